// Port: letters that a plain row of glyphs cannot show - Devanagari, where signs join and change places, and
// variation sequences - as a picture of a whole run. Natively HarfBuzz and FreeType (harfbuzz_shaper.cc); in
// a browser its canvas.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace machi::kiosk {

struct RunPicture {
  int width = 0, height = 0;
  float left = 0;                      // from the pen to the picture's left edge, pixels
  float top = 0;                       // from the base line up to its upper edge
  float advance = 0;                   // how far the pen moves
  std::vector<std::uint8_t> coverage;  // a byte a pixel, row by row
};

class Shaper {
 public:
  virtual ~Shaper() = default;
  // Nothing when no font at hand can show the run.
  virtual std::optional<RunPicture> draw(std::string_view run, float em, bool bold) = 0;
};

// Whether a code point needs one: Devanagari, or a variation selector.
constexpr bool joins(char32_t c) {
  return (c >= 0x900 && c <= 0x97f) || (c >= 0xa8e0 && c <= 0xa8ff) || (c >= 0xfe00 && c <= 0xfe0f) ||
         (c >= 0xe0100 && c <= 0xe01ef);
}
constexpr bool is_selector(char32_t c) {
  return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
}

// devanagari, mincho: font files; empty = none.
std::unique_ptr<Shaper> harfbuzz_shaper(const std::string& devanagari, const std::string& mincho);

}  // namespace machi::kiosk

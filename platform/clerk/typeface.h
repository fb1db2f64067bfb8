// A font file as the clerk sets with it: which signs it really has, and lines of text drawn into a PDF.
// HarfBuzz, FreeType and Cairo behind it, without Fontconfig and without Pango: those choose fonts by name
// and put another one in where a sign is missing, and a variation sequence that a font lacks they draw as its
// base character, without a word. Here a missing sign is an error before anything is drawn. One thread.
#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "core/base/result.h"

typedef struct _cairo cairo_t;

namespace machi::clerk {

class Typeface {
 public:
  // NotFound or BadInput. The file stays open and mapped while this lives.
  static base::Result<Typeface> open(const std::filesystem::path& font);
  Typeface(Typeface&&) noexcept;
  ~Typeface();

  // Unsupported when the font has not every sign of it, each with its variation selector; the detail says
  // the how manyeth, not which. What signs_of refuses is refused the same.
  base::Status check(std::string_view text) const;

  double width(std::string_view text, double size) const;
  // Baseline at (x, y), in points; the source colour is cairo's current one.
  void draw(cairo_t* to, double x, double y, double size, std::string_view text) const;
  // The outline only, as part of the current path.
  void trace(cairo_t* to, double x, double y, double size, std::string_view text) const;

 private:
  struct Font;
  explicit Typeface(std::unique_ptr<Font> font);
  std::unique_ptr<Font> font_;
};

}  // namespace machi::clerk

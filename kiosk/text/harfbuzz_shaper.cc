// HarfBuzz orders and joins the glyphs, FreeType draws each, and the run becomes one picture. A variation
// sequence that the font does not have is not drawn as its base character by this shaper: the caller decides.
#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H
#include <hb-ft.h>
#include <hb.h>

#include <algorithm>
#include <cmath>

#include "core/base/text.h"
#include "kiosk/text/shaper.h"

namespace machi::kiosk {
namespace {

class Face {
 public:
  Face(FT_Library library, const std::string& file) {
    if (!file.empty() && FT_New_Face(library, file.c_str(), 0, &face_) != 0) face_ = nullptr;
    if (face_ != nullptr) shaped_ = hb_ft_font_create_referenced(face_);
  }
  Face(const Face&) = delete;
  Face& operator=(const Face&) = delete;
  ~Face() {
    if (shaped_ != nullptr) hb_font_destroy(shaped_);
    if (face_ != nullptr) FT_Done_Face(face_);
  }
  bool there() const { return face_ != nullptr; }
  FT_Face face() { return face_; }
  hb_font_t* shaped() { return shaped_; }
  void size(float em) {
    FT_Set_Char_Size(face_, 0, std::lround(em * 64), 0, 0);
    hb_ft_font_changed(shaped_);
  }
  bool has(char32_t base, char32_t selector) {
    hb_codepoint_t glyph = 0;
    return hb_font_get_variation_glyph(shaped_, base, selector, &glyph) != 0;
  }

 private:
  FT_Face face_ = nullptr;
  hb_font_t* shaped_ = nullptr;
};

struct Placed {
  hb_codepoint_t glyph;
  float x, y;
};

class HarfbuzzShaper : public Shaper {
 public:
  HarfbuzzShaper(FT_Library library, const std::string& devanagari, const std::string& mincho)
      : library_(library), devanagari_(library, devanagari), mincho_(library, mincho) {}
  HarfbuzzShaper(const HarfbuzzShaper&) = delete;
  HarfbuzzShaper& operator=(const HarfbuzzShaper&) = delete;
  ~HarfbuzzShaper() override = default;

  std::optional<RunPicture> draw(std::string_view run, float em, bool bold) override {
    const std::u32string points = base::to_code_points(run);
    const bool varied = std::any_of(points.begin(), points.end(), is_selector);
    Face& face = varied ? mincho_ : devanagari_;
    if (!face.there() || points.empty()) return std::nullopt;
    face.size(em);
    if (varied)
      for (std::size_t i = 1; i < points.size(); ++i)
        if (is_selector(points[i]) && !face.has(points[i - 1], points[i])) return std::nullopt;
    return picture(face, run, em, bold);
  }

 private:
  static std::vector<Placed> place(Face& face, std::string_view run, float& advance) {
    hb_buffer_t* buffer = hb_buffer_create();
    hb_buffer_add_utf8(buffer, run.data(), static_cast<int>(run.size()), 0, static_cast<int>(run.size()));
    hb_buffer_guess_segment_properties(buffer);
    hb_shape(face.shaped(), buffer, nullptr, 0);
    unsigned count = 0;
    const hb_glyph_info_t* glyphs = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer, nullptr);
    std::vector<Placed> out;
    for (unsigned i = 0; i < count; ++i) {
      out.push_back({glyphs[i].codepoint, advance + static_cast<float>(places[i].x_offset) / 64.0F,
                     static_cast<float>(places[i].y_offset) / 64.0F});
      advance += static_cast<float>(places[i].x_advance) / 64.0F;
    }
    hb_buffer_destroy(buffer);
    return out;
  }

  static std::optional<RunPicture> picture(Face& face, std::string_view run, float em, bool bold) {
    RunPicture out;
    const std::vector<Placed> placed = place(face, run, out.advance);
    const int margin = static_cast<int>(std::ceil(em / 4));
    const int up = static_cast<int>(std::ceil(em * 1.1F));
    out.width = static_cast<int>(std::ceil(out.advance)) + 2 * margin;
    out.height = up + static_cast<int>(std::ceil(em * 0.6F));
    out.left = static_cast<float>(-margin);
    out.top = static_cast<float>(up);
    out.coverage.assign(static_cast<std::size_t>(out.width) * static_cast<std::size_t>(out.height), 0);
    for (const Placed& one : placed) {
      if (one.glyph == 0) return std::nullopt;
      if (FT_Load_Glyph(face.face(), one.glyph, FT_LOAD_NO_HINTING) != 0) return std::nullopt;
      FT_GlyphSlot slot = face.face()->glyph;
      if (bold && slot->format == FT_GLYPH_FORMAT_OUTLINE)
        FT_Outline_Embolden(&slot->outline, std::lround(em * 64 / 24));
      if (FT_Render_Glyph(slot, FT_RENDER_MODE_NORMAL) != 0) return std::nullopt;
      const int x = margin + static_cast<int>(std::lround(one.x)) + slot->bitmap_left;
      const int y = up - static_cast<int>(std::lround(one.y)) - slot->bitmap_top;
      paint(out, slot->bitmap, x, y);
    }
    return out;
  }

  static void paint(RunPicture& out, const FT_Bitmap& from, int x, int y) {
    for (int row = 0; row < static_cast<int>(from.rows); ++row)
      for (int column = 0; column < static_cast<int>(from.width); ++column) {
        const int to_x = x + column;
        const int to_y = y + row;
        if (to_x < 0 || to_y < 0 || to_x >= out.width || to_y >= out.height) continue;
        std::uint8_t& to = out.coverage[static_cast<std::size_t>(to_y) * static_cast<std::size_t>(out.width) +
                                        static_cast<std::size_t>(to_x)];
        to = std::max(to, from.buffer[row * from.pitch + column]);
      }
  }

  // Lives longer than the faces.
  struct Library {
    explicit Library(FT_Library one) : library(one) {}
    Library(const Library&) = delete;
    Library& operator=(const Library&) = delete;
    ~Library() { FT_Done_FreeType(library); }
    FT_Library library;
  } library_;
  Face devanagari_;
  Face mincho_;
};

}  // namespace

std::unique_ptr<Shaper> harfbuzz_shaper(const std::string& devanagari, const std::string& mincho) {
  FT_Library library = nullptr;
  if (FT_Init_FreeType(&library) != 0) return nullptr;
  return std::make_unique<HarfbuzzShaper>(library, devanagari, mincho);
}

}  // namespace machi::kiosk

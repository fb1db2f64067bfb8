// Shaping by HarfBuzz, outlines by FreeType, drawing by Cairo, each glyph with the text that it stands for.
#include "platform/clerk/typeface.h"

#include <cairo-ft.h>
#include <hb-ot.h>
#include <hb.h>

#include <string>
#include <vector>

#include "core/certificate/spelling.h"

namespace machi::clerk {

using base::Code;
using base::fail;

struct Typeface::Font {
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  cairo_font_face_t* cairo = nullptr;
  hb_face_t* hb_face = nullptr;
  hb_font_t* hb = nullptr;
  double units = 1000;

  ~Font() {
    if (hb != nullptr) hb_font_destroy(hb);
    if (hb_face != nullptr) hb_face_destroy(hb_face);
    if (cairo != nullptr) cairo_font_face_destroy(cairo);
    if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }

  bool has(const certificate::Sign& sign) const {
    hb_codepoint_t glyph = 0;
    return (sign.selector != 0 ? hb_font_get_variation_glyph(hb, sign.base, sign.selector, &glyph)
                               : hb_font_get_nominal_glyph(hb, sign.base, &glyph)) != 0 &&
           glyph != 0;
  }

  struct Line {
    std::vector<cairo_glyph_t> glyphs;
    std::vector<cairo_text_cluster_t> clusters;
    double width = 0;
  };
  Line shape(std::string_view text, double x, double y, double size) const {
    hb_buffer_t* buffer = hb_buffer_create();
    const int bytes = static_cast<int>(text.size());
    hb_buffer_add_utf8(buffer, text.data(), bytes, 0, bytes);
    hb_buffer_set_direction(buffer, HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, HB_SCRIPT_HAN);
    hb_buffer_set_language(buffer, hb_language_from_string("ja", 2));
    hb_shape(hb, buffer, nullptr, 0);
    unsigned count = 0;
    const hb_glyph_info_t* infos = hb_buffer_get_glyph_infos(buffer, &count);
    const hb_glyph_position_t* places = hb_buffer_get_glyph_positions(buffer, &count);
    Line line;
    for (unsigned i = 0; i < count; ++i) {
      line.glyphs.push_back({infos[i].codepoint, x + line.width + places[i].x_offset * size / units,
                             y - places[i].y_offset * size / units});
      line.width += places[i].x_advance * size / units;
      if (i > 0 && infos[i].cluster == infos[i - 1].cluster) {
        ++line.clusters.back().num_glyphs;
        continue;
      }
      unsigned next = i + 1;
      while (next < count && infos[next].cluster == infos[i].cluster) ++next;
      const unsigned end = next < count ? infos[next].cluster : static_cast<unsigned>(bytes);
      line.clusters.push_back({static_cast<int>(end - infos[i].cluster), 1});
    }
    hb_buffer_destroy(buffer);
    return line;
  }

  void choose(cairo_t* to, double size) const {
    cairo_set_font_face(to, cairo);
    cairo_set_font_size(to, size);
    cairo_font_options_t* options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_set_font_options(to, options);
    cairo_font_options_destroy(options);
  }
};

Typeface::Typeface(std::unique_ptr<Font> font) : font_(std::move(font)) {}
Typeface::Typeface(Typeface&&) noexcept = default;
Typeface::~Typeface() = default;

base::Result<Typeface> Typeface::open(const std::filesystem::path& file) {
  auto font = std::make_unique<Font>();
  if (FT_Init_FreeType(&font->library) != 0) return fail(Code::Storage, "freetype");
  if (FT_New_Face(font->library, file.c_str(), 0, &font->face) != 0)
    return fail(std::filesystem::exists(file) ? Code::BadInput : Code::NotFound, "font");
  font->cairo = cairo_ft_font_face_create_for_ft_face(font->face, FT_LOAD_NO_HINTING);
  hb_blob_t* blob = hb_blob_create_from_file(file.c_str());
  font->hb_face = hb_face_create(blob, 0);
  hb_blob_destroy(blob);
  font->hb = hb_font_create(font->hb_face);
  hb_ot_font_set_funcs(font->hb);
  font->units = hb_face_get_upem(font->hb_face);
  if (hb_face_get_glyph_count(font->hb_face) == 0) return fail(Code::BadInput, "font");
  return Typeface(std::move(font));
}

base::Status Typeface::check(std::string_view text) const {
  MACHI_TRY_SET(signs, certificate::signs_of(text));
  for (std::size_t i = 0; i < signs.size(); ++i)
    if (!font_->has(signs[i]))
      return fail(Code::Unsupported, "sign " + std::to_string(i + 1) + " has no shape in the font");
  return {};
}

double Typeface::width(std::string_view text, double size) const {
  return font_->shape(text, 0, 0, size).width;
}

void Typeface::draw(cairo_t* to, double x, double y, double size, std::string_view text) const {
  const auto line = font_->shape(text, x, y, size);
  font_->choose(to, size);
  cairo_show_text_glyphs(to, text.data(), static_cast<int>(text.size()), line.glyphs.data(),
                         static_cast<int>(line.glyphs.size()), line.clusters.data(),
                         static_cast<int>(line.clusters.size()), static_cast<cairo_text_cluster_flags_t>(0));
}

void Typeface::trace(cairo_t* to, double x, double y, double size, std::string_view text) const {
  const auto line = font_->shape(text, x, y, size);
  font_->choose(to, size);
  cairo_glyph_path(to, line.glyphs.data(), static_cast<int>(line.glyphs.size()));
}

}  // namespace machi::clerk

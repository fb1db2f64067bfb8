// Dear ImGui means by a font's size its line from ascender to descender; ours is the em, as everywhere in
// print.
#include "kiosk/text/typesetter.h"

#include <imgui.h>

#include <cmath>

#include "core/base/text.h"

namespace machi::kiosk {
namespace {

constexpr float kReference = 20;  // any size: sizes of merged fonts are said relative to the first one's
constexpr std::size_t kPictures = 800;  // a screen has at most about two hundred

void* data_of(base::ByteView bytes) { return const_cast<std::uint8_t*>(bytes.data()); }

}  // namespace

int face_of(std::string_view language) {
  if (language.starts_with("ko")) return 1;
  if (language.starts_with("zh-Hans")) return 2;
  if (language.starts_with("zh-Hant")) return 3;
  return 0;
}

base::Result<std::unique_ptr<Typesetter>> Typesetter::open(const FontSet& fonts,
                                                           std::unique_ptr<Shaper> shaper) {
  for (const base::ByteView file : {fonts.regular, fonts.bold})
    if (const auto measure = measure_font(file, 0); !measure) return measure.error();
  return std::unique_ptr<Typesetter>(new Typesetter(fonts, std::move(shaper)));
}

Typesetter::~Typesetter() = default;

void Typesetter::speak(std::string_view language) { number_ = fonts_.collection ? face_of(language) : 0; }

Typesetter::Face& Typesetter::face(bool bold) {
  Face& out = faces_[{number_, bold}];
  if (out.font != nullptr) return out;
  const base::ByteView file = bold ? fonts_.bold : fonts_.regular;
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  ImFontConfig config;
  config.FontDataOwnedByAtlas = false;
  config.FontNo = static_cast<ImU32>(number_);
  const auto measure = measure_font(file, number_);
  out.line = measure ? measure.value().line : 1.2F;
  out.font = atlas.AddFontFromMemoryTTF(data_of(file), static_cast<int>(file.size()), kReference * out.line,
                                        &config);
  if (!fonts_.rare.empty())
    if (const auto rare = measure_font(fonts_.rare, 0)) {
      config.MergeMode = true;
      config.FontNo = 0;
      atlas.AddFontFromMemoryTTF(data_of(fonts_.rare), static_cast<int>(fonts_.rare.size()),
                                 kReference * rare.value().line, &config);
    }
  return out;
}

float Typesetter::advance(char32_t c, const Style& style) {
  if (c < 0x20 || c == 0x200b) return 0;
  Face& one = face(style.bold);
  const float size = std::round(style.em * one.line);
  const std::tuple<int, bool, int> key(number_, style.bold, static_cast<int>(size));
  if (widths_of_last_ == nullptr || key != last_) {
    last_ = key;
    widths_of_last_ = &widths_[key];
  }
  const auto [found, is_new] = widths_of_last_->try_emplace(c);
  if (is_new) found->second = {one.font->GetFontBaked(size)->GetCharAdvance(c), !one.font->IsGlyphInFont(c)};
  if (found->second.missing) missing_.insert(c);
  return found->second.advance;
}

float Typesetter::width(std::u32string_view text, const Style& style) {
  float sum = 0;
  for (const char32_t c : text) sum += advance(c, style);
  return sum;
}

Typesetter::Run& Typesetter::run(const std::string& text, const Style& style) {
  const std::string key = std::to_string(std::lround(style.em * 4)) + (style.bold ? "b" : "r") + text;
  const auto [found, is_new] = runs_.try_emplace(key);
  Run& out = found->second;
  out.used = clock_;
  if (!is_new) return out;
  const auto picture = shaper_ ? shaper_->draw(text, style.em, style.bold) : std::nullopt;
  if (!picture) {
    // Without its own form a character is drawn in the usual one, and that is said (a screen may; a
    // certificate may not).
    std::u32string plain;
    for (const char32_t c : base::to_code_points(text)) {
      if (is_selector(c))
        missing_.insert(c);
      else
        plain += c;
    }
    out.advance = width(plain, style);
    out.plain = base::from_code_points(plain);
    return out;
  }
  ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
  ImFontAtlasRect place;
  out.rectangle = atlas.AddCustomRect(picture->width, picture->height, &place);
  out.left = picture->left;
  out.top = picture->top;
  out.advance = picture->advance;
  out.width = static_cast<float>(picture->width);
  out.height = static_cast<float>(picture->height);
  if (out.rectangle < 0) return out;
  ImTextureData& texture = *atlas.TexData;
  for (int y = 0; y < picture->height; ++y) {
    auto* to = static_cast<unsigned char*>(texture.GetPixelsAt(place.x, place.y + y));
    for (int x = 0; x < picture->width; ++x) {
      for (int i = 0; i + 1 < texture.BytesPerPixel; ++i) *to++ = 255;
      *to++ = picture->coverage[static_cast<std::size_t>(y * picture->width + x)];
    }
  }
  return out;
}

float Typesetter::shaped(const std::string& text, const Style& style) { return run(text, style).advance; }

void Typesetter::draw(ImDrawList& list, float x, float y, const std::string& text, bool is_shaped,
                      const Style& style, Colour colour) {
  const std::string* letters = &text;
  if (is_shaped) {
    const Run& one = run(text, style);
    ImFontAtlasRect place;
    const ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    if (one.rectangle >= 0 && atlas.GetCustomRect(one.rectangle, &place)) {
      const ImVec2 corner(std::round(x + one.left), std::round(y - one.top));
      list.AddImage(atlas.TexRef, corner, {corner.x + one.width, corner.y + one.height}, place.uv0, place.uv1,
                    colour);
      return;
    }
    letters = &one.plain;
  }
  Face& one = face(style.bold);
  const float size = std::round(style.em * one.line);
  const ImFontBaked& font = *one.font->GetFontBaked(size);
  list.AddText(one.font, size, {x, y - font.Ascent}, colour, letters->data(),
               letters->data() + letters->size());
}

void Typesetter::forget_old() {
  ++clock_;
  if (runs_.size() < kPictures) return;
  for (auto one = runs_.begin(); one != runs_.end();) {
    if (one->second.used + 8 > clock_) {
      ++one;
      continue;
    }
    if (one->second.rectangle >= 0) ImGui::GetIO().Fonts->RemoveCustomRect(one->second.rectangle);
    one = runs_.erase(one);
  }
}

}  // namespace machi::kiosk

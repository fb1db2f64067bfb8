// What is read and not touched: headings, paragraphs, badges, alerts.
#include "kiosk/layout/place.h"

namespace machi::kiosk {
namespace {

std::string_view tone_icon(screen::Tone tone) {
  switch (tone) {
    case screen::Tone::Neutral:
    case screen::Tone::Info:
      return "info";
    case screen::Tone::Success:
      return "check";
    case screen::Tone::Warning:
      return "warning";
    case screen::Tone::Danger:
      return "failed";
  }
  return "info";
}

}  // namespace

float place_heading(Pen& pen, const screen::Node& node, const Frame& at) {
  const float units = node.level == 1 ? 28.0F : node.level == 2 ? 22.0F : 19.0F;
  float y = pen.write(node, node.name, pen.body(units, true), at, pen.theme.text, Align::Left, 1.4F);
  if (!node.hint.empty())
    y += pen.write(node, node.hint, pen.body(17), {at.x, at.y + y, at.w}, pen.theme.secondary);
  return y;
}

float place_text(Pen& pen, const screen::Node& node, const Frame& at) {
  const ToneColours& tone = pen.theme.of(node.tone);
  const bool toned = node.tone != screen::Tone::Neutral;
  const bool strong = node.importance == screen::Importance::Primary;
  const std::string icon =
      node.icon != screen::Icon::None ? icon_name(node.icon) : std::string(toned ? tone_icon(node.tone) : "");
  const Style style = pen.body(strong ? 26 : 18, strong);
  float x = at.x;
  if (!icon.empty()) {
    pen.icon(icon, x, at.y + style.em * 0.15F, style.em * 1.2F, toned ? tone.strong : pen.theme.text);
    x += style.em * 1.7F;
  }
  const Colour colour = node.tone == screen::Tone::Danger ? tone.text : pen.theme.text;
  float y = pen.write(node, node.name, style, {x, at.y, at.x + at.w - x}, colour);
  if (!node.value.empty())
    y += pen.write(node, node.value, pen.body(18, true), {x, at.y + y, at.x + at.w - x}, colour);
  if (!node.hint.empty())
    y += pen.write(node, node.hint, pen.body(16), {x, at.y + y, at.x + at.w - x}, pen.theme.secondary);
  return std::max(y, at.least);
}

float badge_width(Pen& pen, const screen::Node& node) {
  const Style style = pen.body(16, true);
  return pen.natural(node.name, style) + pen.look.px(24) +
         (node.icon != screen::Icon::None ? style.em * 1.4F : 0);
}

float place_badge(Pen& pen, const screen::Node& node, const Frame& at) {
  const ToneColours& tone = pen.theme.of(node.tone);
  const Style style = pen.body(16, true);
  const float pad = pen.look.px(12);
  const float w = std::min(at.w, badge_width(pen, node));
  const float round = pen.look.px(6);
  const std::size_t ground = pen.ground({at.x, at.y, w, 0}, tone.tint, round);
  const std::size_t edge = pen.edge({at.x, at.y, w, 0}, tone.strong, pen.look.px(1), round);
  float x = at.x + pad;
  if (node.icon != screen::Icon::None) {
    pen.icon(icon_name(node.icon), x, at.y + style.em * 0.35F, style.em * 1.1F, tone.strong);
    x += style.em * 1.4F;
  }
  const float h = pen.write(node, node.name, style, {x, at.y + pen.look.px(3), at.x + w - pad - x + 1},
                            tone.text, Align::Left, 1.4F) +
                  pen.look.px(6);
  pen.set_height(ground, h);
  pen.set_height(edge, h);
  return h;
}

float place_alert(Pen& pen, const screen::Node& node, const Frame& at) {
  const ToneColours& tone = pen.theme.of(node.tone);
  const float bar = pen.look.px(8);
  const float pad = pen.look.px(14);
  const float round = pen.look.px(8);
  const std::size_t ground = pen.ground({at.x, at.y, at.w, 0}, pen.theme.surface, round);
  const std::size_t edge = pen.edge({at.x, at.y, at.w, 0}, tone.strong, pen.look.px(1.5F), round);
  const std::size_t strip = pen.ground({at.x, at.y, bar, 0}, tone.strong, pen.look.px(4));
  const float size = pen.look.letters(24);
  pen.icon(node.icon != screen::Icon::None ? icon_name(node.icon) : std::string(tone_icon(node.tone)),
           at.x + bar + pad, at.y + pad, size, tone.strong);
  const float x = at.x + bar + pad + size + pen.look.px(12);
  const float w = at.x + at.w - pad - x;
  float y = at.y + pad;
  y += pen.write(node, node.name, pen.body(18, true), {x, y, w}, pen.theme.text);
  if (!node.hint.empty()) y += pen.write(node, node.hint, pen.body(17), {x, y, w}, pen.theme.text);
  if (!node.children.empty()) {
    y += pen.look.px(10);
    y += place_all(pen, node.children, {x, y, w}, pen.look.px(8));
  }
  const float h = std::max(y + pad - at.y, at.least);
  for (const std::size_t one : {ground, edge, strip}) pen.set_height(one, h);
  return h;
}

float place_empty(Pen& pen, const screen::Node& node, const Frame& at) {
  float y = at.y + pen.look.px(16);
  y += pen.write(node, node.name, pen.body(), {at.x, y, at.w}, pen.theme.secondary, Align::Middle);
  if (!node.children.empty()) {
    y += pen.look.px(16);
    y += place_all(pen, node.children, {at.x, y, at.w}, pen.look.px(12));
  }
  return y - at.y;
}

}  // namespace machi::kiosk

// Buttons: filled once a screen, outlined otherwise, red where something ends; with a second line they are
// cards.
#include "kiosk/layout/place.h"

namespace machi::kiosk {
namespace {

using screen::Importance;

struct Paint {
  Colour ground, edge, text;
  float width = 0;
  bool dashed = false;
  bool underlined = false;
};

Paint paint_of(const Pen& pen, const screen::Node& node) {
  const Theme& theme = pen.theme;
  const float line = pen.look.px(2);
  if (node.disabled) return {theme.disabled, theme.edge, theme.secondary, pen.look.px(1.5F), true, false};
  if (node.state == screen::State::Current)
    return {theme.tint, theme.primary, theme.primary, pen.look.px(3), false, false};
  if (node.tone == screen::Tone::Danger && node.importance == Importance::Tertiary)
    return {kClear, kClear, theme.danger.strong, 0, false, true};
  if (node.tone == screen::Tone::Danger)
    return {theme.surface, theme.danger.strong, theme.danger.strong, line, false, false};
  switch (node.importance) {
    case Importance::Primary:
      return {theme.primary, theme.primary, theme.on_primary, 0, false, false};
    case Importance::Secondary:
      return {theme.surface, theme.primary, theme.primary, line, false, false};
    case Importance::Tertiary:
      return {kClear, kClear, theme.primary, 0, false, true};
  }
  return {theme.surface, theme.primary, theme.primary, line, false, false};
}

void act(Pen& pen, const screen::Node& node, const Box& box, float round) {
  // A link without an address is pressed like a button; one with an address leads out of the kiosk, where
  // nobody goes.
  if (node.role == screen::Role::Link && !node.href.empty()) return;
  pen.target(node, "press", {}, box, round);
}

struct Faces {
  std::size_t ground, edge;
};
Faces face(Pen& pen, const Paint& paint, const Frame& at, float round) {
  return {pen.ground({at.x, at.y, at.w, 0}, paint.ground, round),
          pen.edge({at.x, at.y, at.w, 0}, paint.edge, std::max(1.0F, paint.width), round, paint.dashed)};
}
void close(Pen& pen, const Faces& faces, float h) {
  pen.set_height(faces.ground, h);
  pen.set_height(faces.edge, h);
}

// A second line explains: icon in a tile, both lines, an arrow.
float place_explained(Pen& pen, const screen::Node& node, const Frame& at) {
  const Paint paint = paint_of(pen, node);
  const float round = pen.look.px(12);
  const float pad = pen.look.px(18);
  const Faces faces = face(pen, paint, at, round);
  const std::string icon = icon_name(node.icon);
  const float tile = icon.empty() ? 0 : pen.look.px(64);
  const float arrow = node.disabled ? 0 : pen.look.px(28);
  const float x = at.x + pad + (tile > 0 ? tile + pad : 0);
  const float w = at.x + at.w - pad - arrow - x;
  const bool filled = node.importance == Importance::Primary && !node.disabled;
  const Lines name = pen.set(node, node.name, pen.body(22, true), w, 1.4F);
  const Lines hint = pen.set(node, node.hint, pen.body(16), w, 1.45F);
  const float text = name.height() + hint.height();
  const float h = std::max(
      {at.least, text + pad * 1.5F, tile + pad, pen.look.target(), pen.roomy ? pen.look.px(124) : 0});
  close(pen, faces, h);
  float y = at.y + (h - text) / 2;
  pen.put(name, x, y, w, paint.text);
  y += name.height();
  pen.put(hint, x, y, w, filled ? paint.text : pen.theme.secondary);
  if (tile > 0) {
    const float ty = at.y + (h - tile) / 2;
    pen.ground({at.x + pad, ty, tile, tile}, filled ? pen.theme.surface : pen.theme.tint, pen.look.px(14));
    pen.icon(icon, at.x + pad + tile * 0.22F, ty + tile * 0.22F, tile * 0.56F, pen.theme.primary);
  }
  if (arrow > 0)
    pen.icon("forward", at.x + at.w - pad - pen.look.px(20), at.y + h / 2 - pen.look.px(14), pen.look.px(28),
             paint.text);
  act(pen, node, {at.x, at.y, at.w, h}, round);
  return h;
}

// What the access bar offers has pictures of its own, by what it does.
std::string access_icon(const screen::Node& node) {
  static constexpr std::string_view kOwn[][2] = {{"voice", "voice"},       {"repeat", "retry"},
                                                 {"large", "letters"},     {"low", "low"},
                                                 {"contrast", "contrast"}, {"help", "bell"}};
  for (const auto& [id, icon] : kOwn)
    if (node.id == id) return std::string(icon);
  return icon_name(node.icon);
}

}  // namespace

float button_width(Pen& pen, const screen::Node& node) {
  const Style style = pen.body(19, true);
  return std::max(pen.look.target(), pen.natural(node.name, style) + pen.look.px(28) +
                                         (node.icon != screen::Icon::None ? style.em * 1.6F : 0));
}

float place_button(Pen& pen, const screen::Node& node, const Frame& at) {
  if (!node.hint.empty() && !node.disabled) return place_explained(pen, node, at);
  const Paint paint = paint_of(pen, node);
  const float round = pen.look.px(10);
  const float pad = pen.look.px(12);
  const bool main = node.importance == Importance::Primary;
  const Style style = pen.body(main ? 22 : paint.underlined ? 18 : 19, true);
  const Faces faces = face(pen, paint, at, round);
  const std::string icon = icon_name(node.icon);
  const float size = icon.empty() ? 0 : style.em * 1.25F;
  const float gap = icon.empty() ? 0 : style.em * 0.4F;
  const Lines name = pen.set(node, node.name, style, at.w - 2 * pad - size - gap, 1.35F);
  // Why it cannot be pressed yet.
  const Lines hint = pen.set(node, node.hint, pen.body(16), at.w - 2 * pad, 1.3F);
  const float text = name.height() + (node.hint.empty() ? 0 : hint.height());
  const float h = std::max(
      {at.least, text + pen.look.px(14), main && !pen.look.low ? pen.look.px(64) : pen.look.target()});
  close(pen, faces, h);
  const float total = size + gap + name.width;
  const float x = std::round(at.x + (at.w - total) / 2);
  const float y = at.y + (h - text) / 2;
  if (size > 0) pen.icon(icon, x, y + (name.height() - size) / 2, size, paint.text);
  pen.put(name, x + size + gap, y, name.width, paint.text, Align::Middle);
  if (!node.hint.empty())
    pen.put(hint, at.x + pad, y + name.height(), at.w - 2 * pad, paint.text, Align::Middle);
  if (paint.underlined)
    pen.line(x + size + gap, y + name.height() - pen.look.px(1), name.width, paint.text, pen.look.px(1.5F));
  if (!node.value.empty())
    pen.write(node, node.value, pen.body(16), {at.x + pad, at.y + pad / 2, at.w - 2 * pad}, paint.text,
              Align::Right);
  act(pen, node, {at.x, at.y, at.w, h}, round);
  return h;
}

float place_small_button(Pen& pen, const screen::Node& node, const Frame& at) {
  Paint paint = paint_of(pen, node);
  if (node.state != screen::State::Current && !node.disabled)
    paint = {pen.theme.surface, pen.theme.edge, pen.theme.text, pen.look.px(1.5F), false, false};
  const float round = pen.look.px(8);
  const Faces faces = face(pen, paint, at, round);
  const std::string icon = access_icon(node);
  const float size = icon.empty() ? 0 : pen.look.px(24);
  // The access bar keeps its size: it never moves. 16 units are 32 px.
  const Lines name = pen.set(node, node.name, {pen.look.px(16), true}, at.w - pen.look.px(2), 1.2F);
  const float h = std::max({at.least, name.height() + size + pen.look.px(14), pen.look.target()});
  close(pen, faces, h);
  const float top = at.y + (h - size - name.height()) / 2;
  if (size > 0)
    pen.icon(icon, at.x + (at.w - size) / 2, top, size,
             node.disabled ? pen.theme.secondary : pen.theme.primary);
  pen.put(name, at.x, top + size, at.w, paint.text, Align::Middle);
  act(pen, node, {at.x, at.y, at.w, h}, round);
  return h;
}

float place_buttons(Pen& pen, const std::vector<const screen::Node*>& nodes, const Frame& at, int columns) {
  const float gap = pen.look.px(12);
  float y = at.y;
  const auto count = static_cast<std::size_t>(std::max(1, columns));
  for (std::size_t from = 0; from < nodes.size(); from += count) {
    const std::size_t in_row = std::min(count, nodes.size() - from);
    const float w = (at.w - gap * static_cast<float>(in_row - 1)) / static_cast<float>(in_row);
    float h = at.least;
    for (std::size_t i = from; i < from + in_row; ++i) h = std::max(h, height_of(pen, *nodes[i], w));
    if (from > 0) {
      y += gap;
      pen.may_break(y - gap / 2);
    }
    for (std::size_t i = 0; i < in_row; ++i) {
      pen.shown(*nodes[from + i]);
      place_button(pen, *nodes[from + i], {at.x + static_cast<float>(i) * (w + gap), y, w, h});
    }
    y += h;
  }
  return y - at.y;
}

}  // namespace machi::kiosk

// What holds others: groups, cards, tabs.
#include "kiosk/layout/place.h"

namespace machi::kiosk {
namespace {

bool all_buttons(const std::vector<screen::Node>& nodes) {
  for (const screen::Node& node : nodes)
    if (node.role != screen::Role::Button || !node.hint.empty()) return false;
  return nodes.size() > 1;
}

// The most columns in which no word of a button is torn, and none needs more than two lines.
int columns_for(Pen& pen, const std::vector<screen::Node>& nodes, float w, int most) {
  for (int columns = most; columns > 1; --columns) {
    const float room = (w - pen.look.px(12) * static_cast<float>(columns - 1)) / static_cast<float>(columns) -
                       pen.look.px(24);
    bool fits = true;
    for (const screen::Node& node : nodes) {
      const Style style = pen.body(node.importance == screen::Importance::Primary ? 22 : 19, true);
      const Lines lines = set_lines(pen.type, node.name, style,
                                    room - (node.icon != screen::Icon::None ? style.em * 1.7F : 0));
      fits = fits && !lines.torn && lines.lines.size() <= 2;
    }
    if (fits) return columns;
  }
  return 1;
}

float place_children(Pen& pen, const std::vector<screen::Node>& nodes, const Frame& at) {
  if (!all_buttons(nodes)) return place_all(pen, nodes, at, pen.look.px(10));
  std::vector<const screen::Node*> buttons;
  for (const screen::Node& node : nodes) buttons.push_back(&node);
  return place_buttons(pen, buttons, at,
                       columns_for(pen, nodes, at.w, std::min<int>(3, static_cast<int>(nodes.size()))));
}

}  // namespace

float place_group(Pen& pen, const screen::Node& node, const Frame& at) {
  float y = at.y;
  if (!node.name.empty())
    y += pen.write(node, node.name, pen.body(20, true), {at.x, y, at.w}, pen.theme.text, Align::Left, 1.4F);
  if (!node.hint.empty()) y += pen.write(node, node.hint, pen.body(16), {at.x, y, at.w}, pen.theme.secondary);
  if (y > at.y) y += pen.look.px(8);
  y += place_children(pen, node.children, {at.x, y, at.w});
  return y - at.y;
}

float place_card(Pen& pen, const screen::Node& node, const Frame& at) {
  const float round = pen.look.px(12);
  const float pad = pen.look.px(16);
  const std::size_t ground = pen.ground({at.x, at.y, at.w, 0}, pen.theme.surface, round);
  const std::size_t edge = pen.edge({at.x, at.y, at.w, 0}, pen.theme.divider, pen.look.px(1), round);
  float y = at.y + pad * 0.8F;
  const float w = at.w - 2 * pad;
  float x = at.x + pad;
  if (node.icon != screen::Icon::None) {
    pen.icon(icon_name(node.icon), x, y + pen.look.letters(3), pen.look.letters(24), pen.theme.primary);
    x += pen.look.letters(34);
  }
  if (!node.name.empty())
    y += pen.write(node, node.name, pen.body(19, true), {x, y, at.x + at.w - pad - x}, pen.theme.text,
                   Align::Left, 1.4F);
  if (!node.hint.empty())
    y += pen.write(node, node.hint, pen.body(16), {x, y, at.x + at.w - pad - x}, pen.theme.secondary);
  if (!node.children.empty()) {
    if (!node.name.empty()) y += pen.look.px(6);
    y += place_children(pen, node.children, {at.x + pad, y, w});
  }
  const float h = std::max(y + pad * 0.8F - at.y, at.least);
  pen.set_height(ground, h);
  pen.set_height(edge, h);
  return h;
}

float place_tabs(Pen& pen, const screen::Node& node, const Frame& at) {
  std::vector<const screen::Node*> tabs;
  for (const screen::Node& tab : node.children) tabs.push_back(&tab);
  return place_buttons(pen, tabs, at, columns_for(pen, node.children, at.w, 3));
}

}  // namespace machi::kiosk

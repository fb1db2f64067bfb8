// What holds others: groups, cards, tabs.
#include "kiosk/layout/place.h"

namespace machi::kiosk {
namespace {

bool short_button(const screen::Node& node) {
  return node.role == screen::Role::Button && (node.hint.empty() || node.disabled);
}

bool all_buttons(const std::vector<screen::Node>& nodes) {
  for (const screen::Node& node : nodes)
    if (!short_button(node)) return false;
  return nodes.size() > 1;
}

// A button, what it changes, a button: less, two copies, more.
bool is_stepper(const std::vector<screen::Node>& nodes) {
  return nodes.size() == 3 && short_button(nodes[0]) && nodes[1].role == screen::Role::Text &&
         short_button(nodes[2]);
}

float place_stepper(Pen& pen, const std::vector<screen::Node>& nodes, const Frame& at) {
  const float gap = pen.look.px(12);
  const float number = pen.natural(nodes[1].name, pen.body(24, true));
  const std::vector<screen::Node> keys{nodes[0], nodes[2]};
  float w = (at.w - 2 * gap) / 3;
  bool beside = number <= w;
  for (const screen::Node& key : keys) {
    const Style style = pen.body(19, true);
    const float room = w - pen.look.px(24) - (key.icon != screen::Icon::None ? style.em * 1.7F : 0);
    beside = beside && !set_lines(pen.type, key.name, style, room).torn &&
             !set_lines(pen.type, key.hint, pen.body(16), room).torn;
  }
  // Where the words are too long, the number stands above its two keys.
  float y = at.y;
  pen.shown(nodes[1]);
  if (!beside) {
    y += pen.write(nodes[1], nodes[1].name, pen.body(24, true), {at.x, y, at.w}, pen.theme.text,
                   Align::Middle, 1.3F) +
         gap / 2;
    w = (at.w - gap) / 2;
  }
  float h = pen.look.target();
  for (const screen::Node& key : keys) h = std::max(h, height_of(pen, key, w));
  if (beside) {
    const Lines text = pen.set(nodes[1], nodes[1].name, pen.body(24, true), w, 1.3F);
    pen.put(text, at.x + w + gap, y + (h - text.height()) / 2, w, pen.theme.text, Align::Middle);
  }
  place(pen, keys[0], {at.x, y, w, h});
  place(pen, keys[1], {at.x + at.w - w, y, w, h});
  return y + h - at.y;
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
  if (is_stepper(nodes)) return place_stepper(pen, nodes, at);
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

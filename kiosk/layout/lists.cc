// Rows of things: lists, facts (term and value), tables. A table whose columns do not fit is read row by row.
#include "kiosk/layout/place.h"

namespace machi::kiosk {
namespace {

using screen::Role;

struct Aside {
  std::vector<const screen::Node*> beside;  // at the right: badges, small buttons
  std::vector<const screen::Node*> below;
  float width = 0;
};

Aside split(Pen& pen, const screen::Node& row, float w) {
  Aside out;
  const float gap = pen.look.px(8);
  for (const screen::Node& child : row.children) {
    float wide = w;
    if (child.role == Role::Badge) wide = badge_width(pen, child);
    if (child.role == Role::Button && child.hint.empty()) wide = button_width(pen, child);
    if (child.role == Role::Text && child.icon == screen::Icon::None)
      wide = pen.natural(child.name, pen.body(18, true)) + 2;
    if (out.below.empty() && out.width + wide + gap <= w * 0.6F) {
      out.beside.push_back(&child);
      out.width += wide + gap;
    } else {
      out.below.push_back(&child);
    }
  }
  return out;
}

float wide_of(Pen& pen, const screen::Node& child) {
  if (child.role == Role::Badge) return badge_width(pen, child);
  if (child.role == Role::Button) return button_width(pen, child);
  return pen.natural(child.name, pen.body(18, true)) + 2;
}

float place_row(Pen& pen, const screen::Node& row, const Frame& at) {
  pen.shown(row);
  const float pad = pen.look.px(14);
  const float arrow = row.interactive ? pen.look.px(28) : 0;
  float x = at.x + pad;
  if (row.icon != screen::Icon::None) x += pen.look.letters(38);
  Aside aside = split(pen, row, at.w - 2 * pad);
  float w = at.x + at.w - pad - arrow - aside.width - x;
  const Lines name = pen.set(row, row.name, pen.body(19, true), w, 1.35F);
  const Lines hint = pen.set(row, row.hint, pen.body(16), w, 1.4F);
  const float text = name.height() + (row.hint.empty() ? 0 : hint.height());
  float side = 0;
  for (const screen::Node* child : aside.beside)
    side = std::max(side, height_of(pen, *child, wide_of(pen, *child)));
  float h = std::max({text, side}) + pad;
  if (row.interactive) h = std::max(h, pen.look.target());
  h = std::max(h, pen.look.px(44));
  const float y = at.y + (h - text) / 2;
  if (row.icon != screen::Icon::None)
    pen.icon(icon_name(row.icon), at.x + pad, at.y + (h - pen.look.letters(26)) / 2, pen.look.letters(26),
             pen.theme.primary);
  pen.put(name, x, y, w, pen.theme.text);
  if (!row.hint.empty()) pen.put(hint, x, y + name.height(), w, pen.theme.secondary);
  // A row's own target stands before those in it, as in the tree.
  const std::size_t own = pen.out.targets.size();
  if (row.interactive) pen.target(row, "press", {}, {at.x, at.y, at.w, h}, pen.look.px(8));
  float right = at.x + at.w - pad - arrow - aside.width;
  for (const screen::Node* child : aside.beside) {
    right += pen.look.px(8);
    const float wide = wide_of(pen, *child);
    const float high = height_of(pen, *child, wide);
    place(pen, *child, {right, at.y + (h - high) / 2, wide});
    right += wide;
  }
  if (row.interactive)
    pen.icon("forward", at.x + at.w - pad - pen.look.px(22), at.y + h / 2 - pen.look.px(12), pen.look.px(24),
             pen.theme.primary);
  for (const screen::Node* child : aside.below) {
    h += place(pen, *child, {at.x + pad, at.y + h, at.w - 2 * pad}) + pen.look.px(8);
    pen.may_break(at.y + h - pen.look.px(4));
  }
  if (row.interactive) pen.out.targets[own].box.h = h;
  return h;
}

}  // namespace

float place_list(Pen& pen, const screen::Node& node, const Frame& at) {
  float y = at.y;
  if (!node.name.empty())
    y += pen.write(node, node.name, pen.body(19, true), {at.x, y, at.w}, pen.theme.text, Align::Left, 1.4F) +
         pen.look.px(6);
  const float top = y;
  const std::size_t ground = pen.ground({at.x, y, at.w, 0}, pen.theme.surface, pen.look.px(12));
  const std::size_t edge = pen.edge({at.x, y, at.w, 0}, pen.theme.divider, pen.look.px(1), pen.look.px(12));
  for (const screen::Node& row : node.children) {
    if (y > top) {
      pen.line(at.x, y, at.w, pen.theme.divider, pen.look.px(1));
      pen.may_break(y);
    }
    y += place_row(pen, row, {at.x, y, at.w});
  }
  pen.set_height(ground, y - top);
  pen.set_height(edge, y - top);
  return y - at.y;
}

float place_facts(Pen& pen, const screen::Node& node, const Frame& at) {
  float y = at.y;
  if (!node.name.empty())
    y += pen.write(node, node.name, pen.body(19, true), {at.x, y, at.w}, pen.theme.text, Align::Left, 1.4F) +
         pen.look.px(4);
  for (const screen::Node& fact : node.children) {
    pen.shown(fact);
    if (&fact != &node.children.front()) {
      y += pen.look.px(4);
      pen.line(at.x, y, at.w, pen.theme.divider, pen.look.px(1));
      pen.may_break(y);
      y += pen.look.px(4);
    }
    const bool main = fact.importance == screen::Importance::Primary;
    const Style term = pen.body(main ? 18 : 17);
    const Style value = pen.body(main ? 30 : 18, true);
    const float gap = pen.look.px(12);
    // Side by side when both fit; else the value below its term.
    if (pen.natural(fact.name, term) + gap + pen.natural(fact.value, value) <= at.w) {
      const Lines left = pen.set(fact, fact.name, term, at.w, 1.45F);
      const Lines right = pen.set(fact, fact.value, value, at.w, main ? 1.25F : 1.45F);
      const float h = std::max(left.height(), right.height());
      pen.put(left, at.x, y + (h - left.height()), at.w, pen.theme.secondary);
      pen.put(right, at.x, y + (h - right.height()), at.w, pen.theme.text, Align::Right);
      y += h;
    } else {
      y += pen.write(fact, fact.name, term, {at.x, y, at.w}, pen.theme.secondary);
      y += pen.write(fact, fact.value, value, {at.x, y, at.w}, pen.theme.text);
    }
    if (!fact.hint.empty())
      y += pen.write(fact, fact.hint, pen.body(16), {at.x, y, at.w}, pen.theme.secondary);
  }
  return y - at.y;
}

float place_table(Pen& pen, const screen::Node& node, const Frame& at) {
  float y = at.y;
  y += pen.write(node, node.name, pen.body(19, true), {at.x, y, at.w}, pen.theme.text, Align::Left, 1.4F) +
       pen.look.px(4);
  const std::size_t count = node.columns.size();
  const float gap = pen.look.px(12);
  std::vector<float> widths(count, 0);
  float sum = gap * static_cast<float>(count == 0 ? 0 : count - 1);
  bool plain = true;
  for (std::size_t i = 0; i < count; ++i) {
    if (!node.columns[i].hidden_name) widths[i] = pen.natural(node.columns[i].name, pen.body(16, true));
    for (const screen::Node& row : node.children) {
      widths[i] = std::max(widths[i], pen.natural(row.children[i].name, pen.body()));
      plain = plain && row.children[i].children.empty();
    }
    sum += widths[i];
  }
  const bool fits = plain && sum <= at.w;
  const float spare = fits && count > 1 ? (at.w - sum) / static_cast<float>(count - 1) : 0;
  if (fits) {
    float x = at.x;
    float h = 0;
    for (std::size_t i = 0; i < count; ++i) {
      if (!node.columns[i].hidden_name)
        h = std::max(h, pen.write(node, node.columns[i].name, pen.body(16, true), {x, y, widths[i] + 1},
                                  pen.theme.secondary));
      x += widths[i] + gap + spare;
    }
    y += h;
  }
  for (const screen::Node& row : node.children) {
    pen.shown(row);
    pen.line(at.x, y, at.w, pen.theme.divider, pen.look.px(1));
    pen.may_break(y);
    y += pen.look.px(6);
    float x = at.x;
    float h = 0;
    for (std::size_t i = 0; i < count && i < row.children.size(); ++i) {
      const screen::Node& cell = row.children[i];
      pen.shown(cell);
      if (fits) {
        h = std::max(h, pen.write(cell, cell.name, pen.body(), {x, y, widths[i] + 1}, pen.theme.text));
        x += widths[i] + gap + spare;
        continue;
      }
      if (!cell.name.empty() && !node.columns[i].hidden_name && i > 0)
        y += pen.write(node, node.columns[i].name, pen.body(15), {at.x, y, at.w}, pen.theme.secondary,
                       Align::Left, 1.3F);
      y += pen.write(cell, cell.name, pen.body(18, i == 0), {at.x, y, at.w}, pen.theme.text);
      if (!cell.children.empty()) y += place_all(pen, cell.children, {at.x, y, at.w}, pen.look.px(8));
    }
    y += h + pen.look.px(6);
  }
  return y - at.y;
}

}  // namespace machi::kiosk

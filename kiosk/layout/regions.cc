// See the mock-ups 13 to 19 for what these come from.
#include "kiosk/layout/regions.h"

namespace machi::kiosk {
namespace {

using screen::Node;
using screen::Role;

bool is_button(const Node& node) {
  return (node.role == Role::Button || node.role == Role::Link) && (node.hint.empty() || node.disabled);
}

// The most columns in which no word is torn, and none needs more than two lines.
int columns_for(Pen& pen, const std::vector<const Node*>& nodes, float w, int most) {
  for (int columns = std::min(most, static_cast<int>(nodes.size())); columns > 1; --columns) {
    const float room = (w - pen.look.px(12) * static_cast<float>(columns - 1)) / static_cast<float>(columns) -
                       pen.look.px(24);
    bool fits = true;
    for (const Node* node : nodes) {
      const Style style = pen.body(node->importance == screen::Importance::Primary ? 22 : 19, true);
      const Lines lines = set_lines(pen.type, node->name, style,
                                    room - (node->icon != screen::Icon::None ? style.em * 1.7F : 0));
      fits = fits && !lines.torn && lines.lines.size() <= 2;
    }
    if (fits) return columns;
  }
  return 1;
}

bool plain_text(const Node& node) {
  return node.role == Role::Text && node.tone == screen::Tone::Neutral &&
         node.importance != screen::Importance::Primary && node.icon == screen::Icon::None;
}

// What it comes to and the session's number on one line, where everything is short of room.
bool place_notes(Pen& pen, const std::vector<Node>& nodes, const Frame& at, float& h) {
  std::vector<const Node*> notes;
  float sum = 0;
  for (const Node& node : nodes)
    if (plain_text(node)) {
      notes.push_back(&node);
      sum += pen.natural(node.name, pen.body()) + pen.look.px(16);
    }
  if (notes.size() != 2 || sum > at.w) return false;
  for (const Node* note : notes) {
    pen.shown(*note);
    h = std::max(h, pen.write(*note, note->name, pen.body(), at, pen.theme.text,
                              note == notes.front() ? Align::Left : Align::Right, 1.4F));
  }
  return true;
}

// Where it is, left; what else there is, from the right. What does not fit beside it goes onto a line of its
// own.
float place_bar_line(Pen& pen, const std::vector<const Node*>& nodes, const Frame& at) {
  const float h = pen.look.px(52);
  const float gap = pen.look.px(12);
  const Node& first = *nodes.front();
  const float mark = pen.look.px(28);
  const Style strong{pen.look.px(19), true};
  const Style plain{pen.look.px(18), false};
  pen.shown(first);
  pen.ground({at.x, at.y + (h - mark) / 2, mark, mark}, pen.theme.primary, pen.look.px(6));
  pen.icon("home", at.x + mark * 0.15F, at.y + (h - mark) / 2 + mark * 0.15F, mark * 0.7F,
           pen.theme.on_primary);
  const float x = at.x + mark + gap;
  float left = x + std::min(at.x + at.w - x, pen.natural(first.name, strong) + 2);
  const Lines name = pen.set(first, first.name, strong, left - x, 1.3F);
  pen.put(name, x, at.y + (h - name.height()) / 2, left - x, pen.theme.text);
  float y = at.y;
  float right = at.x + at.w;
  for (std::size_t i = nodes.size(); i-- > 1;) {
    const Node& node = *nodes[i];
    pen.shown(node);
    const std::string& text = node.value.empty() ? node.name : node.value;
    const float w = is_button(node) ? button_width(pen, node) : std::min(at.w, pen.natural(text, plain) + 2);
    if (right - w < left + gap) {
      y += h * 0.8F;
      left = at.x;
      right = at.x + at.w;
    }
    if (is_button(node)) {
      place_button(pen, node, {right - w, y + (h - pen.look.target()) / 2, w});
    } else {
      const Lines lines = pen.set(node, text, plain, w, 1.3F);
      pen.put(lines, right - w, y + (h - lines.height()) / 2, w, pen.theme.text, Align::Right);
    }
    right -= w + gap;
  }
  return y + h - at.y;
}

}  // namespace

float place_bar(Pen& pen, const std::vector<Node>& nodes, const Frame& at) {
  if (nodes.empty()) return 0;
  const float pad = pen.look.px(20);
  const std::size_t ground = pen.ground({at.x, at.y, at.w, 0}, pen.theme.surface);
  std::vector<const Node*> line;
  for (const Node& node : nodes)
    if (node.role != Role::Steps) line.push_back(&node);
  float y = at.y;
  if (!line.empty()) y += place_bar_line(pen, line, {at.x + pad, at.y, at.w - 2 * pad});
  for (const Node& node : nodes)
    if (node.role == Role::Steps) {
      pen.shown(node);
      pen.line(at.x, y, at.w, pen.theme.divider, pen.look.px(1));
      y += pen.look.px(8);
      y += place_steps_across(pen, node, {at.x + pen.look.px(8), y, at.w - pen.look.px(16)}) + pen.look.px(6);
    }
  pen.set_height(ground, y - at.y);
  pen.line(at.x, y, at.w, pen.theme.divider, pen.look.px(1));
  return y - at.y;
}

float place_foot(Pen& pen, const std::vector<Node>& nodes, const Frame& at) {
  if (nodes.empty()) return 0;
  const float pad = pen.look.px(20);
  const float gap = pen.look.px(10);
  const float x = at.x + pad;
  const float w = at.w - 2 * pad;
  const std::size_t ground = pen.ground({at.x, at.y, at.w, 0}, pen.theme.surface);
  pen.line(at.x, at.y, at.w, pen.theme.divider, pen.look.px(1));
  float y = at.y + gap;
  // What it comes to stands beside the main action when both fit.
  float left = 0;
  std::size_t first = 0;
  while (first < nodes.size() && nodes[first].role == Role::Text &&
         nodes[first].tone == screen::Tone::Neutral) {
    const bool strong = nodes[first].importance == screen::Importance::Primary;
    left = std::max(left, pen.natural(nodes[first].name, pen.body(strong ? 26 : 18, strong)) + 2);
    ++first;
  }
  const bool beside = first > 0 && first < nodes.size() && is_button(nodes[first]) &&
                      nodes[first].importance == screen::Importance::Primary && left <= w * 0.4F;
  std::size_t i = 0;
  if (beside) {
    const float x2 = x + left + gap;
    const float button = region_height(pen, [&] {
      return place_button(pen, nodes[first], {x2, y, x + w - x2});
    });
    const float texts = region_height(pen, [&] {
      return place_all(pen,
                       std::vector<Node>(nodes.begin(), nodes.begin() + static_cast<std::ptrdiff_t>(first)),
                       {x, y, left}, 0);
    });
    const float h = std::max(button, texts);
    place_all(pen, std::vector<Node>(nodes.begin(), nodes.begin() + static_cast<std::ptrdiff_t>(first)),
              {x, y + (h - texts) / 2, left}, 0);
    pen.shown(nodes[first]);
    place_button(pen, nodes[first], {x2, y, x + w - x2, h});
    y += h;
    i = first + 1;
  }
  const bool narrow = pen.look.low || pen.look.landscape();
  float notes = 0;
  const bool noted = !beside && place_notes(pen, nodes, {x, y, w}, notes);
  y += notes;
  while (i < nodes.size()) {
    if (noted && plain_text(nodes[i])) {
      ++i;
      continue;
    }
    if (y > at.y + gap) y += gap;
    std::vector<const Node*> run;
    while (i < nodes.size() && is_button(nodes[i]) &&
           (narrow || nodes[i].importance != screen::Importance::Primary))
      run.push_back(&nodes[i++]);
    if (run.empty())
      y += place(pen, nodes[i++], {x, y, w});
    else
      y += place_buttons(pen, run, {x, y, w}, columns_for(pen, run, w, narrow ? 3 : 2));
  }
  const float h = y + gap - at.y;
  pen.set_height(ground, h);
  return h;
}

float place_rail(Pen& pen, const std::vector<Node>& nodes, const Frame& at) {
  if (nodes.empty()) return 0;
  std::vector<const Node*> keys;
  for (const Node& node : nodes) keys.push_back(&node);
  const float gap = pen.look.px(6);
  const float pad = pen.look.px(8);
  const auto width = [&](std::size_t columns) {
    return (at.w - 2 * pad - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  };
  std::size_t columns = keys.size();
  const auto fits = [&] {
    if (width(columns) < pen.look.target()) return false;
    for (const Node* key : keys) {
      const Lines lines =
          set_lines(pen.type, key->name, {pen.look.px(16), true}, width(columns) - pen.look.px(2));
      // Chinese may break between any two of its characters.
      if (lines.torn || (lines.split && !pen.chinese) || lines.lines.size() > 2) return false;
    }
    return true;
  };
  while (columns > 2 && !fits()) columns = columns > 4 ? (keys.size() + 1) / 2 : columns - 1;
  const std::size_t ground = pen.ground({at.x, at.y, at.w, 0}, pen.theme.surface);
  pen.line(at.x, at.y, at.w, pen.theme.divider, pen.look.px(1));
  float y = at.y + gap;
  for (std::size_t from = 0; from < keys.size(); from += columns) {
    if (from > 0) y += gap;
    const std::size_t to = std::min(from + columns, keys.size());
    float h = pen.look.px(56);
    for (std::size_t i = from; i < to; ++i)
      h = std::max(h, region_height(pen, [&] {
                     return place_small_button(pen, *keys[i], {0, 0, width(columns)});
                   }));
    for (std::size_t i = from; i < to; ++i) {
      pen.shown(*keys[i]);
      place_small_button(
          pen, *keys[i],
          {at.x + pad + static_cast<float>(i - from) * (width(columns) + gap), y, width(columns), h});
    }
    y += h;
  }
  const float h = y + gap - at.y;
  pen.set_height(ground, h);
  return h;
}

}  // namespace machi::kiosk

// Steps: what happened (a tick), what is waited for (a clock), what is to come (a dashed line), what to do (a
// number).
#include <cstdlib>

#include "kiosk/layout/place.h"

namespace machi::kiosk {
namespace {

using screen::State;

bool now(State state) {
  return state == State::Waiting || state == State::Current || state == State::New || state == State::Stale;
}

// A dot of its state; across, the one that is on has its number.
void dot(Pen& pen, State state, std::size_t number, const screen::Node& node, float x, float y, float size,
         bool numbered) {
  const Theme& theme = pen.theme;
  const auto figure = [&](Colour colour) {
    const Lines text = pen.set(node, std::to_string(number), {size * 0.52F, true}, size, 1.0F);
    pen.put(text, x, y + (size - text.height()) / 2, size, colour, Align::Middle);
  };
  if (state == State::Done) {
    pen.disc(x, y, size, theme.success.strong);
    pen.icon("tick", x + size * 0.2F, y + size * 0.2F, size * 0.6F, theme.on_primary);
  } else if (state == State::Failed) {
    pen.disc(x, y, size, theme.danger.strong);
    pen.icon("close", x + size * 0.22F, y + size * 0.22F, size * 0.56F, theme.on_primary);
  } else if (now(state) && numbered) {
    pen.disc(x, y, size, theme.primary);
    figure(theme.on_primary);
  } else if (now(state)) {
    pen.ring(x, y, size, theme.primary, pen.look.px(2.5F));
    pen.icon("clock", x + size * 0.2F, y + size * 0.2F, size * 0.6F, theme.primary);
  } else {
    pen.ring(x, y, size, theme.edge, pen.look.px(1.5F));
    if (numbered || state == State::None) figure(theme.secondary);
  }
}

}  // namespace

float place_steps(Pen& pen, const screen::Node& node, const Frame& at) {
  float y = at.y;
  if (!node.name.empty())
    y += pen.write(node, node.name, pen.body(19, true), {at.x, y, at.w}, pen.theme.text, Align::Left, 1.4F) +
         pen.look.px(6);
  const float size = pen.look.letters(30);
  const float x = at.x + size + pen.look.px(12);
  const float w = at.x + at.w - x;
  std::size_t number = 0;
  for (const screen::Node& step : node.children) {
    pen.shown(step);
    if (number > 0) pen.may_break(y);
    dot(pen, step.state, ++number, step, at.x, y, size, false);
    const bool later = step.state == State::Todo;
    float h = pen.write(step, step.name, pen.body(18, !later), {x, y, w},
                        later ? pen.theme.secondary : pen.theme.text);
    if (!step.value.empty())
      h += pen.write(step, step.value, pen.body(16, true), {x, y + h, w}, pen.theme.text, Align::Left, 1.4F);
    if (!step.hint.empty()) h += pen.write(step, step.hint, pen.body(16), {x, y + h, w}, pen.theme.secondary);
    h = std::max(h, size) + pen.look.px(10);
    if (&step != &node.children.back() && h > size + pen.look.px(4))
      pen.ground({at.x + size / 2 - pen.look.px(1.5F), y + size + pen.look.px(2), pen.look.px(3),
                  h - size - pen.look.px(4)},
                 step.state == State::Done ? pen.theme.success.strong : pen.theme.divider);
    y += h;
  }
  return y - at.y;
}

float place_steps_across(Pen& pen, const screen::Node& node, const Frame& at) {
  const auto count = static_cast<float>(node.children.size());
  if (node.children.empty()) return 0;
  const float w = at.w / count;
  const float size = pen.look.px(28);
  // These names repeat what the heading says at length: they stay small, also in large letters.
  float letters = 16;
  const auto fits = [&] {
    for (const screen::Node& step : node.children)
      if (set_lines(pen.type, step.name, {pen.look.px(letters), true}, w - pen.look.px(2)).torn) return false;
    return true;
  };
  while (letters > 12 && !fits()) letters -= 1;
  float h = 0;
  std::size_t number = 0;
  for (const screen::Node& step : node.children) {
    pen.shown(step);
    const float x = at.x + static_cast<float>(number) * w;
    if (number > 0) {
      const bool done = node.children[number - 1].state == State::Done;
      pen.line(x - w / 2 + size / 2 + pen.look.px(3), at.y + size / 2, w - size - pen.look.px(6),
               done ? pen.theme.success.strong : pen.theme.edge, pen.look.px(done ? 2.0F : 1.0F));
    }
    dot(pen, step.state, ++number, step, x + (w - size) / 2, at.y, size, true);
    const Style style{pen.look.px(letters), now(step.state)};
    const Lines name = pen.set(step, step.name, style, w - pen.look.px(2), 1.2F);
    pen.put(name, x, at.y + size + pen.look.px(4), w,
            now(step.state) ? pen.theme.primary : pen.theme.secondary, Align::Middle);
    h = std::max(h, name.height());
  }
  return size + pen.look.px(4) + h;
}

float place_progress(Pen& pen, const screen::Node& node, const Frame& at) {
  float y = at.y;
  if (!node.name.empty())
    y += pen.write(node, node.name, pen.body(18, true), {at.x, y, at.w}, pen.theme.text, Align::Left, 1.4F) +
         pen.look.px(6);
  const float h = pen.look.px(16);
  const float round = h / 2;
  pen.ground({at.x, y, at.w, h}, pen.theme.surface, round);
  // Without a known end: a bar of a third in the middle. Nothing moves by itself.
  const float share = node.value.empty() ? 1.0F / 3 : static_cast<float>(std::atoi(node.value.c_str())) / 100;
  const float w = std::max(h, at.w * share);
  pen.ground({node.value.empty() ? at.x + (at.w - w) / 2 : at.x, y, w, h}, pen.theme.primary, round);
  pen.edge({at.x, y, at.w, h}, pen.theme.edge, pen.look.px(1.5F), round);
  y += h;
  if (!node.hint.empty())
    y += pen.write(node, node.hint, pen.body(16), {at.x, y + pen.look.px(4), at.w}, pen.theme.secondary);
  return y - at.y;
}

}  // namespace machi::kiosk

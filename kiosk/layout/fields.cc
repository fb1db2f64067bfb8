// Fields: a number with less and more beside it, a secret as its pad of keys, other things as a line to type
// into.
#include <charconv>

#include "core/words/words.h"
#include "kiosk/layout/place.h"

namespace machi::kiosk {
namespace {

std::optional<long> number_of(const std::string& text) {
  long out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return out;
}

void step_key(Pen& pen, const screen::Node& node, std::string_view icon, long to, bool disabled,
              const Box& box) {
  const float round = pen.look.px(8);
  pen.ground(box, disabled ? pen.theme.disabled : pen.theme.surface, round);
  pen.edge(box, disabled ? pen.theme.edge : pen.theme.primary, pen.look.px(1.5F), round, disabled);
  const float size = box.h * 0.5F;
  pen.icon(icon, box.x + (box.w - size) / 2, box.y + (box.h - size) / 2, size,
           disabled ? pen.theme.secondary : pen.theme.primary);
  Target target;
  target.node = node.id;
  target.version = node.version;
  target.action = "enter";
  target.value = std::to_string(to);
  target.name = words::plain(node.name, true) + " " + target.value;
  target.box = box;
  target.round = round;
  target.disabled = disabled;
  pen.target(std::move(target));
}

float place_stepper(Pen& pen, const screen::Node& node, const Frame& at) {
  const long value = number_of(node.value).value_or(0);
  const long least = number_of(node.minimum).value_or(0);
  const long most = number_of(node.maximum).value_or(99);
  const float key = pen.look.target();
  const float middle = pen.look.px(64);
  const float right = at.x + at.w;
  const float text = at.w - 2 * key - middle - pen.look.px(12);
  const Lines name = pen.set(node, node.name, pen.body(19, true), text, 1.35F);
  const Lines hint = pen.set(node, node.hint, pen.body(16), text, 1.4F);
  const float words = name.height() + (node.hint.empty() ? 0 : hint.height());
  const float h = std::max({key, words, at.least});
  pen.put(name, at.x, at.y + (h - words) / 2, text, pen.theme.text);
  if (!node.hint.empty())
    pen.put(hint, at.x, at.y + (h - words) / 2 + name.height(), text, pen.theme.secondary);
  const float y = at.y + (h - key) / 2;
  step_key(pen, node, "less", value - 1, node.disabled || value <= least,
           {right - 2 * key - middle, y, key, key});
  const Lines number = pen.set(node, node.value, pen.body(22, true), middle, 1.2F);
  pen.put(number, right - key - middle, y + (key - number.height()) / 2, middle, pen.theme.text,
          Align::Middle);
  step_key(pen, node, "add", value + 1, node.disabled || value >= most, {right - key, y, key, key});
  return h;
}

// A figure, or a word in smaller letters. Why a key is not ready yet is said beside the places, not on the
// key.
void pad_key(Pen& pen, const screen::Node& key, const Box& box) {
  const float round = pen.look.px(10);
  const bool main = key.importance == screen::Importance::Primary && !key.disabled;
  pen.ground(box, key.disabled ? pen.theme.disabled : main ? pen.theme.primary : pen.theme.surface, round);
  pen.edge(box, key.disabled ? pen.theme.edge : pen.theme.primary, pen.look.px(2), round, key.disabled);
  const Colour colour = key.disabled ? pen.theme.secondary : main ? pen.theme.on_primary : pen.theme.primary;
  Style style{pen.look.px(32), true};
  if (key.name.size() > 1)
    for (style.em = pen.look.letters(19); style.em > pen.look.px(15); style.em -= 1) {
      const Lines word = set_lines(pen.type, key.name, style, box.w - pen.look.px(8), 1.2F);
      if (!word.torn && word.height() <= box.h - pen.look.px(8)) break;
    }
  const Lines text = pen.set(key, key.name, style, box.w - pen.look.px(8), 1.2F);
  pen.put(text, box.x, box.y + (box.h - text.height()) / 2, box.w, colour, Align::Middle);
  pen.target(key, "press", {}, box, round);
}

}  // namespace

float place_field(Pen& pen, const screen::Node& node, const Frame& at) {
  if (node.kind == screen::Kind::Number) return place_stepper(pen, node, at);
  float y = at.y + pen.write(node, node.name, pen.body(18, true), at, pen.theme.text, Align::Left, 1.4F);
  if (!node.hint.empty()) y += pen.write(node, node.hint, pen.body(16), {at.x, y, at.w}, pen.theme.secondary);
  y += pen.look.px(6);
  const float h = std::max(pen.look.target(), pen.look.letters(44));
  const float round = pen.look.px(8);
  const Box box{at.x, y, at.w, h};
  pen.ground(box, pen.theme.surface, round);
  pen.edge(box, node.error.empty() ? pen.theme.edge : pen.theme.danger.strong,
           pen.look.px(node.error.empty() ? 1.5F : 3.0F), round, node.disabled);
  std::string value = node.value;
  if (node.kind == screen::Kind::Secret) {
    const std::size_t typed = value.size();
    value.clear();
    for (std::size_t i = 0; i < typed; ++i) value += "●";
  }
  const Lines text = pen.set(node, value, pen.body(20), at.w - pen.look.px(28), 1.3F);
  pen.put(text, at.x + pen.look.px(14), y + (h - text.height()) / 2, at.w, pen.theme.text);
  pen.target(node, "type", {}, box, round);
  y += h;
  if (!node.error.empty())
    y += pen.write(node, node.error, pen.body(17, true), {at.x, y + pen.look.px(4), at.w},
                   pen.theme.danger.text) +
         pen.look.px(4);
  return y - at.y;
}

// The group's value says how many digits are typed; which ones stands nowhere (core/app/kiosk.h). Keys three
// in a row.
float place_pin_pad(Pen& pen, const screen::Node& node, const Frame& at) {
  constexpr long kPlaces = 4;
  float y = at.y;
  const long typed = number_of(node.value).value_or(0);
  const long places = std::max<long>(node.max_length > 0 ? node.max_length : kPlaces, typed);
  const float side = pen.look.px(pen.tight ? 40 : 56);
  const float gap = pen.look.px(16);
  float x = at.x + (at.w - static_cast<float>(places) * (side + gap) + gap) / 2;
  for (long i = 0; i < places; ++i) {
    const bool next = i == typed;
    pen.ground({x, y, side, side}, next ? pen.theme.tint : pen.theme.surface, pen.look.px(10));
    pen.edge({x, y, side, side}, next ? pen.theme.primary : pen.theme.edge, pen.look.px(next ? 3.0F : 1.5F),
             pen.look.px(10));
    if (i < typed) pen.disc(x + side * 0.3F, y + side * 0.3F, side * 0.4F, pen.theme.text);
    x += side + gap;
  }
  y += side + pen.look.px(6);
  // Its name is for those who do not see that it is a pad.
  y += pen.look.px(8);
  const float between = pen.look.px(pen.tight ? 8 : 10);
  const float w = (at.w - 2 * between) / 3;
  const float h = std::max(pen.look.target(), pen.look.px(pen.tight ? 44 : 66));
  for (std::size_t i = 0; i < node.children.size(); ++i) {
    const Box box{at.x + static_cast<float>(i % 3) * (w + between),
                  y + static_cast<float>(i / 3) * (h + between), w, h};
    pen.shown(node.children[i]);
    pad_key(pen, node.children[i], box);
  }
  const auto rows = static_cast<float>((node.children.size() + 2) / 3);
  y += rows * h + std::max(0.0F, rows - 1) * between;
  return y - at.y;
}

}  // namespace machi::kiosk

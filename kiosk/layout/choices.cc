// Choices: short names as chips in columns, explained ones as cards. What is chosen has a thick edge, a tick
// and bold letters; where several may be chosen the mark is a square.
#include "core/words/words.h"
#include "kiosk/layout/place.h"

namespace machi::kiosk {
namespace {

using screen::Kind;
using screen::Option;

std::vector<std::string> after_choosing(const screen::Node& node, const Option& one) {
  std::vector<std::string> out;
  for (const Option& option : node.options)
    if ((&option == &one) != option.selected) out.push_back(option.value);
  return out;
}

class Cells {
 public:
  Cells(Pen& pen, const screen::Node& node, int columns, bool cards)
      : pen_(pen), node_(node), columns_(columns), cards_(cards) {}

  float width(float w) const {
    return (w - gap() * static_cast<float>(columns_ - 1)) / static_cast<float>(columns_);
  }
  float gap() const { return pen_.look.px(pen_.tight ? 5 : 8); }

  float draw(const Frame& at) {
    const auto columns = static_cast<std::size_t>(columns_);
    const float w = width(at.w);
    float y = at.y;
    for (std::size_t from = 0; from < node_.options.size(); from += columns) {
      const std::size_t to = std::min(from + columns, node_.options.size());
      float h = 0;
      for (std::size_t i = from; i < to; ++i) {
        const Pen::Mark before = pen_.mark();
        h = std::max(h, cell(node_.options[i], {at.x, y, w, 0}));
        pen_.rewind(before);
      }
      if (from > 0) {
        y += gap();
        pen_.may_break(y - gap() / 2);
      }
      for (std::size_t i = from; i < to; ++i)
        cell(node_.options[i], {at.x + static_cast<float>(i - from) * (w + gap()), y, w, h});
      y += h;
    }
    return y - at.y;
  }

 private:
  float cell(const Option& option, const Frame& at) {
    const Theme& theme = pen_.theme;
    const bool on = option.selected;
    const float round = pen_.look.px(cards_ ? 12 : 8);
    const float pad = pen_.look.px(pen_.tight ? 9 : 12);
    const std::size_t ground = pen_.ground({at.x, at.y, at.w, 0},
                                           option.disabled ? theme.disabled
                                           : on            ? theme.tint
                                                           : theme.surface,
                                           round);
    const std::size_t edge = pen_.edge({at.x, at.y, at.w, 0}, on ? theme.primary : theme.edge,
                                       pen_.look.px(on ? 3.0F : 1.5F), round, option.disabled);
    const bool marked = cards_ || on || node_.kind == Kind::Multiple;
    const float mark = marked ? pen_.look.px(cards_ ? 30 : 22) : 0;
    const float x = at.x + pad + (marked ? mark + pad * 0.7F : 0);
    const float w = at.x + at.w - pad - x;
    const Colour colour = option.disabled ? theme.secondary : on ? theme.primary : theme.text;
    // Bold is wider: room is taken for it from the beginning, so that nothing moves when it is chosen.
    const Lines name = pen_.set(node_, option.name, pen_.body(cards_ ? 20 : 18, on || cards_), w, 1.35F);
    const Lines hint = pen_.set(node_, option.hint, pen_.body(16), w, 1.4F);
    const float text = name.height() + (option.hint.empty() ? 0 : hint.height());
    const float h =
        std::max({at.least, text + pad, pen_.look.target(), cards_ && !pen_.tight ? pen_.look.px(64) : 0});
    pen_.set_height(ground, h);
    pen_.set_height(edge, h);
    const float y = at.y + (h - text) / 2;
    pen_.put(name, x, y, w, cards_ && !option.disabled ? theme.text : colour,
             cards_ || marked ? Align::Left : Align::Middle);
    if (!option.hint.empty()) pen_.put(hint, x, y + name.height(), w, theme.secondary);
    if (marked) draw_mark(at.x + pad, at.y + (h - mark) / 2, mark, on);
    Target target;
    target.node = node_.id;
    target.version = node_.version;
    target.action = "choose";
    target.value = option.value;
    if (node_.kind == Kind::Multiple) target.values = after_choosing(node_, option);
    target.name = words::plain(option.name + (option.hint.empty() ? "" : " " + option.hint), true);
    target.box = {at.x, at.y, at.w, h};
    target.round = round;
    target.disabled = option.disabled || node_.disabled;
    pen_.target(std::move(target));
    return h;
  }

  void draw_mark(float x, float y, float size, bool on) {
    const Theme& theme = pen_.theme;
    const bool square = node_.kind == Kind::Multiple;
    if (on && square) pen_.ground({x, y, size, size}, theme.primary, pen_.look.px(6));
    if (on && !square) pen_.disc(x, y, size, theme.primary);
    if (on) pen_.icon("tick", x + size * 0.12F, y + size * 0.12F, size * 0.76F, theme.on_primary);
    if (!on && square) pen_.edge({x, y, size, size}, theme.edge, pen_.look.px(1.5F), pen_.look.px(6));
    if (!on && !square) pen_.ring(x, y, size, theme.edge, pen_.look.px(1.5F));
  }

  Pen& pen_;
  const screen::Node& node_;
  int columns_;
  bool cards_;
};

// The most columns in which every name stands on at most two lines, untorn.
int columns_for(Pen& pen, const screen::Node& node, float w) {
  for (int columns = 3; columns > 1; --columns) {
    const float room =
        Cells(pen, node, columns, false).width(w) - pen.look.px(12) * 2 - pen.look.px(22) - pen.look.px(9);
    bool fits = true;
    for (const Option& option : node.options) {
      const Lines lines = set_lines(pen.type, option.name, pen.body(18, true), room);
      fits = fits && !lines.torn && lines.lines.size() <= 2;
    }
    if (fits) return columns;
  }
  return 1;
}

}  // namespace

float place_choice(Pen& pen, const screen::Node& node, const Frame& at) {
  bool cards = node.kind == Kind::Cards;
  for (const Option& option : node.options) cards = cards || !option.hint.empty();
  float y = at.y;
  y += pen.write(node, node.name, pen.body(18, true), {at.x, y, at.w}, pen.theme.text, Align::Left, 1.4F);
  if (!node.hint.empty()) y += pen.write(node, node.hint, pen.body(16), {at.x, y, at.w}, pen.theme.secondary);
  y += pen.look.px(8);
  y += Cells(pen, node, cards ? (pen.look.low ? 2 : 1) : columns_for(pen, node, at.w), cards)
           .draw({at.x, y, at.w});
  if (!node.error.empty())
    y += pen.write(node, node.error, pen.body(17, true), {at.x, y, at.w}, pen.theme.danger.text);
  return y - at.y;
}

}  // namespace machi::kiosk

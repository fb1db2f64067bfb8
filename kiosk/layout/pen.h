// The pen: what every kind of node is drawn with. It measures, draws, and notes what can be touched and what
// did not fit. A place that has to know its height first draws, and takes it back (mark, rewind). One thread.
#pragma once

#include "kiosk/draw/drawing.h"
#include "kiosk/look/look.h"

namespace machi::kiosk {

// Where a node goes. Its height comes of what it says; it is stretched to `least`.
struct Frame {
  float x = 0, y = 0, w = 0;
  float least = 0;
};

enum class Align { Left, Middle, Right };

class Pen {
 public:
  Pen(const Look& how, Typesetter& letters) : look(how), theme(kiosk::theme(how.contrast)), type(letters) {}

  const Look& look;
  const Theme& theme;
  Typesetter& type;
  Drawing out;
  bool roomy = false;    // there is room for large buttons
  bool tight = false;    // there is not
  bool chinese = false;  // a word may break anywhere

  // A ground whose height is known only when what stands on it is drawn: set_height() mends it.
  std::size_t ground(const Box& box, Colour colour, float round = 0);
  std::size_t edge(const Box& box, Colour colour, float width, float round = 0, bool dashed = false);
  void set_height(std::size_t shape, float height) { out.shapes[shape].box.h = height; }
  void line(float x, float y, float w, Colour colour, float width);
  void icon(std::string_view name, float x, float y, float size, Colour colour);
  void disc(float x, float y, float size, Colour colour);
  void ring(float x, float y, float size, Colour colour, float width);

  Style body(float units = 18, bool bold = false) const { return {look.letters(units), bold}; }
  // A word that had to be torn apart is a misfit of that node.
  Lines set(const screen::Node& node, std::string_view text, const Style& style, float width,
            float leading = 1.5F);
  void put(const Lines& lines, float x, float y, float w, Colour colour, Align align = Align::Left);
  // Both at once; the height.
  float write(const screen::Node& node, std::string_view text, const Style& style, const Frame& at,
              Colour colour, Align align = Align::Left, float leading = 1.5F);
  // As wide as the text on one line.
  float natural(std::string_view text, const Style& style);

  void target(Target target);
  void target(const screen::Node& node, std::string action, std::string value, const Box& box, float round);
  void shown(const screen::Node& node) { out.shown.push_back(node.id); }
  void may_break(float y) { out.breaks.push_back(y); }
  void misfit(Misfit::Kind kind, const std::string& node, std::string detail = {}) {
    out.misfits.push_back({kind, node, std::move(detail)});
  }

  struct Mark {
    std::size_t shapes, targets, misfits, breaks, shown;
  };
  Mark mark() const {
    return {out.shapes.size(), out.targets.size(), out.misfits.size(), out.breaks.size(), out.shown.size()};
  }
  void rewind(const Mark& to);
};

// What a voice says for it: readings instead of kanji.
std::string spoken(const screen::Node& node);
std::string icon_name(screen::Icon icon);  // "" = none

}  // namespace machi::kiosk

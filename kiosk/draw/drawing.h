// A drawing: everything that a screen shows, as shapes in pixels, with what can be touched and in which
// order. Made once a screen (kiosk/layout), painted each frame (painter.h), and looked at by tests. Values;
// any thread.
#pragma once

#include <string>
#include <vector>

#include "core/screen/node.h"
#include "kiosk/look/theme.h"
#include "kiosk/text/lines.h"

namespace machi::kiosk {

struct Box {
  float x = 0, y = 0, w = 0, h = 0;
  float right() const { return x + w; }
  float bottom() const { return y + h; }
  bool holds(float px, float py) const { return px >= x && py >= y && px < right() && py < bottom(); }
  Box inset(float by) const { return {x + by, y + by, w - 2 * by, h - 2 * by}; }
};

struct Shape {
  enum class What { Fill, Edge, Dashed, Text, Icon, Disc, Ring, Line, Matrix };
  What what = What::Fill;
  Box box;  // Text: x = the pen, y = the base line; Line: from the corner to the opposite one
  Colour colour = 0;
  float round = 0;     // radius of the corners
  float width = 1;     // of a stroke
  std::string text{};  // Text; Matrix: its modules, row by row; Icon: its name
  Style style{};
  bool shaped = false;
};

// What can be touched or chosen. action and value as in screen::Action.
struct Target {
  std::string node;
  std::string version;
  std::string action;
  std::string value;
  std::vector<std::string> values{};
  std::string name;  // what a voice says of it
  Box box;
  float round = 0;
  bool disabled = false;
};

// Something that the screen could not show as it should be: for tests, and the log (the node's id, never its
// text).
struct Misfit {
  enum class Kind { TooWide, TooHigh, TooSmall, NoGlyph, Region };
  Kind kind;
  std::string node;
  std::string detail;
};

struct Drawing {
  std::vector<Shape> shapes;
  std::vector<Target> targets;
  std::vector<Misfit> misfits;
  std::vector<float> breaks;       // heights at which a page may end
  std::vector<std::string> shown;  // every node, in the order of reading
  int pages = 1;
};

}  // namespace machi::kiosk

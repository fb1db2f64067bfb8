// The regions around main: bar, foot, access bar. Each has its own ground over the whole width. One thread.
#pragma once

#include "kiosk/layout/place.h"

namespace machi::kiosk {

// The place and the time, and below them the steps of the way.
float place_bar(Pen& pen, const std::vector<screen::Node>& nodes, const Frame& at);
// What it comes to, and the actions.
float place_foot(Pen& pen, const std::vector<screen::Node>& nodes, const Frame& at);
// The access bar: one row of small buttons, two where a word would be torn.
float place_rail(Pen& pen, const std::vector<screen::Node>& nodes, const Frame& at);

// What `draw` would take, without drawing it.
template <class Draw>
float region_height(Pen& pen, Draw draw) {
  const Pen::Mark before = pen.mark();
  const float height = draw();
  pen.rewind(before);
  return height;
}

}  // namespace machi::kiosk

// Icons by name, as strokes on a grid of 24 with round ends: a kiosk has no browser to draw pictures with.
// Names are those of screen::Icon, and the presenter's own signs (up, down, forward, tick).
#pragma once

#include <string_view>

#include "kiosk/draw/drawing.h"

struct ImDrawList;

namespace machi::kiosk {

// Whether there are strokes for it: one without shows its words alone.
bool has_icon(std::string_view name);
void draw_icon(ImDrawList& list, std::string_view name, const Box& box, Colour colour, float width);

}  // namespace machi::kiosk

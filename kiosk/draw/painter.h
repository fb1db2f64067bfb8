// Puts a drawing onto Dear ImGui's list. Nothing is decided here. One thread, inside of a frame.
#pragma once

#include "kiosk/draw/drawing.h"

struct ImDrawList;

namespace machi::kiosk {

void paint(ImDrawList& list, Typesetter& type, const Drawing& drawing);
// The ring around what has the focus: black, and yellow inside of it; seen on every ground.
void paint_focus(ImDrawList& list, const Target& target, const Theme& theme, float unit);
// What a finger holds down.
void paint_pressed(ImDrawList& list, const Target& target, const Theme& theme);

}  // namespace machi::kiosk

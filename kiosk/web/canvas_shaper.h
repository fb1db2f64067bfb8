// Letters that have to be joined, drawn by the browser's own text (a canvas that nobody sees) with the fonts
// that the machine has.
#pragma once

#include "kiosk/text/shaper.h"

namespace machi::kiosk {

std::unique_ptr<Shaper> canvas_shaper();

}  // namespace machi::kiosk

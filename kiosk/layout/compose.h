// Composes a whole screen. Portrait: bar, main, foot, and at the bottom the access bar (the screen's rail),
// which never moves. Low: what is only read goes up, everything that is touched into the lowest 564 units
// (1128 px of 1920). Landscape: the same column, and what is only read in a panel beside it. What does not
// fit becomes pages. One thread.
#pragma once

#include "kiosk/draw/drawing.h"
#include "kiosk/look/look.h"

namespace machi::kiosk {

// Targets of the presenter's own, which turn pages; nothing of the screen may have these ids.
inline constexpr const char* kPageBack = "presenter.page.back";
inline constexpr const char* kPageOn = "presenter.page.on";

// page: from 0; one past the last shows the last. Targets come in the order of the tree: bar, main, foot,
// rail.
Drawing compose(const screen::Screen& screen, const Look& look, Typesetter& type, int page);

}  // namespace machi::kiosk

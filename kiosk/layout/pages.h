// Pages: what is higher than its room is cut where a page may end, and two keys turn them. One thread.
#pragma once

#include "kiosk/layout/place.h"

namespace machi::kiosk {

void shift(Drawing& drawing, float x, float y);
void append(Drawing& to, Drawing& from);

struct Page {
  Drawing drawing;  // from its own upper edge
  int number = 0;   // from 0
  int count = 1;
};
// Cuts a drawing of height `h` into pages of at most `room`. A part that is higher than a page is a misfit.
Page cut(const Drawing& whole, float room, float h, int page);

float page_keys_height(Pen& pen);
// The page and, at the room's lower edge, the keys.
void add_page(Pen& pen, Page page, const Box& room, const Look& look);

}  // namespace machi::kiosk

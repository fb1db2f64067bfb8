// What headquarters shows of a shelter, as a line of its table or as a mark on its map: the same rows in the
// same order. Values; one thread.
#pragma once

#include "core/shelter/desk/page.h"

namespace machi::shelter {

struct HqRow {
  const ShelterLine* shelter = nullptr;
  Counts counts;
  bool stale = false;
  std::int64_t requests = 0;  // supplies still wanted
};

// Stale ones first, then open ones, then closed ones; by name (headquarters.cc).
std::vector<HqRow> hq_rows(const DeskView& view);

enum class Room { Unknown, Free, Crowded, Full };
Room room_of(const HqRow& row);
std::string people_text(const DeskView& view, const HqRow& row);  // 132 / 200人

// The map, and below it a list of those whose place nobody told (hq_map.cc).
screen::Nodes hq_map(const DeskView& view, const std::vector<HqRow>& rows);

}  // namespace machi::shelter

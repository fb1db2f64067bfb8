// The rows of the day's list, and the tables that hold them: for the classes, for what came after closing,
// and for reports of phones that nobody confirmed. Pure over the tables.
#pragma once

#include "core/absence/desk/scene.h"

namespace machi::absence {

// The first unread row of the screen is the next one to do.
struct NextToDo {
  bool taken = false;
};

screen::Node lines_table(const DeskScene& scene, std::string id, std::string name,
                         const std::vector<DayLine>& lines, NextToDo& next);
void add_apart(const DeskScene& scene, Date day, screen::Nodes& main);

}  // namespace machi::absence

// "Still ill today?": a child whose illness a report of the last school day told, and about whom nobody has said anything
// for the next one. One tap says it again. Reads the books; one thread.
#pragma once

#include <vector>

#include "core/absence/citizen/context.h"

namespace machi::absence {

struct Again {
  Child child;
  Entry before;   // the report that it follows
  Date day;       // today, or the next school day
  ReportId id;    // of the report that one tap makes: always the same
};
std::vector<Again> still_ill(const CitizenContext& context);

// Cards for the home screen, each with its one button; what a press on one of them does.
screen::Nodes again_cards(const CitizenContext& context);
std::optional<Outcome> again_pressed(const CitizenContext& context, const screen::Action& action);

}  // namespace machi::absence

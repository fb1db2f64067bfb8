// The month of a family: a calendar of what was reported, and the reports of that month below it. Its route's subject is
// the month ("2026-11"), or nothing for this one. Reads the books; one thread.
#pragma once

#include "core/absence/citizen/context.h"

namespace machi::absence {

// The first day of the month that a subject names; this month's when it names none.
Date month_of(const CitizenContext& context, const std::string& subject);
// Heading, the buttons to the months beside it, the table of days, the rows.
screen::Nodes month_nodes(const CitizenContext& context, const std::string& subject);
// The month that a press on one of the two buttons leads to.
std::optional<std::string> month_pressed(const CitizenContext& context, const std::string& subject, const screen::Action& action);

}  // namespace machi::absence

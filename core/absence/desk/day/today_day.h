// Around the day's list: which day is shown, what of it is shown, and whether it is closed. Each part draws
// its nodes and answers their presses. Over the tables; the filters are kept in the desk's settings.
#pragma once

#include "core/absence/desk/page.h"

namespace machi::absence {

// One line above the rows; what is rarely asked for is folded away with the filters.
void add_day_chooser(const DeskScene& scene, Date day, screen::Nodes& main);
void add_other_days(const DeskScene& scene, Date day, screen::Nodes& inside);
Result<bool> act_on_day(PageTurn& turn, const screen::Action& action);

// Whether a line is shown; filters by grade, class, kind and "unread only".
bool passes(const DeskPlace& place, const DayLine& line);
void add_filters(const DeskScene& scene, Date day, std::size_t hidden, screen::Nodes& main);
Result<bool> act_on_filters(PageTurn& turn, const screen::Action& action);
// As they were when the desk was last used.
void load_filters(const SchoolDesk& school, DeskPlace& place);
Status keep_filters(SchoolDesk& school, const DeskPlace& place);

void add_close(const DeskScene& scene, Date day, screen::Nodes& main);
Result<bool> act_on_close(PageTurn& turn, const screen::Action& action);

}  // namespace machi::absence

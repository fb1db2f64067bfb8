// Ages as Japanese law counts them, and school years. Owned by core/rules; any thread; pure.
// An age is reached at the end of the day before the birthday (年齢計算ニ関スル法律, 民法第143条), so the day
// on which it is reached is the day before; where the month lacks the day, it is the month's last day
// (事務連絡 2014-03-11 of the Ministry of Health on routine vaccination says it so for months).
#pragma once

#include "core/base/time.h"

namespace machi::rules {

using base::Date;
using base::Result;

// The same day `months` later (or earlier); the month's last day where there is none. DateOutOfRange past the
// years 1..9999.
Result<Date> plus_months(Date date, int months);

// The day on which an age in months is reached; 0 is the birth itself.
// reach_months(2013-04-01, 12) = 2014-03-31; (2013-01-31, 1) = 2013-02-28; (2024-02-29, 48) = 2028-02-28.
Result<Date> reach_months(Date birth, int months);
inline Result<Date> reach_years(Date birth, int years) { return reach_months(birth, years * 12); }

// Whole months or years reached by the end of `on`; -1 before the birth.
int months_reached(Date birth, Date on);
int years_reached(Date birth, Date on);

// 1 April on which a school year begins and 31 March on which it ends.
Result<Date> school_year_begin(int school_year);
Result<Date> school_year_end(int school_year);
// The school year in which an age in years is reached: 2 April to 1 April of births (a child born on 1 April
// goes with the year before, since the age is reached on 31 March).
Result<int> school_year_of_reaching(Date birth, int years);
// 就学の始期: the first 1 April after the day on which six years are reached (学校教育法第17条).
Result<Date> school_start(Date birth);

}  // namespace machi::rules

// Months are added on the calendar, days never counted in their place. Pure; any thread.
#include "core/rules/age.h"

#include <algorithm>

namespace machi::rules {
namespace {

constexpr int kMostMonths = 200 * 12;

struct Landing {
  Date day;
  bool whole = true;  // false: the month lacks the day, and `day` is its last one
};

Result<Landing> land(Date date, int months) {
  if (months > kMostMonths || months < -kMostMonths)
    return base::fail(base::Code::DateOutOfRange, "more than 200 years");
  const int count = date.year() * 12 + date.month() - 1 + months;
  if (count < 12) return base::fail(base::Code::DateOutOfRange, "before the year 1");
  const int year = count / 12;
  const int month = count % 12 + 1;
  if (year > 9999) return base::fail(base::Code::DateOutOfRange, "after the year 9999");
  for (int day = date.day(); day > 27; --day)
    if (auto found = Date::of(year, month, day); found.ok()) return Landing{*found, day == date.day()};
  MACHI_TRY_SET(found, Date::of(year, month, date.day()));
  return Landing{found, true};
}

}  // namespace

Result<Date> plus_months(Date date, int months) {
  MACHI_TRY_SET(landing, land(date, months));
  return landing.day;
}

Result<Date> reach_months(Date birth, int months) {
  if (months < 0) return base::fail(base::Code::BadInput, "a negative age");
  if (months == 0) return birth;
  MACHI_TRY_SET(landing, land(birth, months));
  return landing.whole ? landing.day.plus(-1) : landing.day;
}

int months_reached(Date birth, Date on) {
  if (on < birth) return -1;
  const int span = (on.year() - birth.year()) * 12 + on.month() - birth.month();
  // The day before the birthday may lie in the month before: one more is tried, and taken back while not
  // reached.
  int months = std::min(span + 1, kMostMonths);
  for (; months > 0; --months)
    if (const auto reached = reach_months(birth, months); reached.ok() && *reached <= on) break;
  return months;
}

int years_reached(Date birth, Date on) {
  const int months = months_reached(birth, on);
  return months < 0 ? -1 : months / 12;
}

Result<Date> school_year_begin(int school_year) { return Date::of(school_year, 4, 1); }
Result<Date> school_year_end(int school_year) { return Date::of(school_year + 1, 3, 31); }

Result<int> school_year_of_reaching(Date birth, int years) {
  MACHI_TRY_SET(reached, reach_years(birth, years));
  return reached.school_year();
}

Result<Date> school_start(Date birth) {
  MACHI_TRY_SET(year, school_year_of_reaching(birth, 6));
  return school_year_begin(year + 1);
}

}  // namespace machi::rules

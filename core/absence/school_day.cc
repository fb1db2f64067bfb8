// School days: weekends and listed days are closed; a report is about today or one of the next sixty days.
#include "core/absence/school_day.h"

namespace machi::absence {

using base::Code;
using base::Date;
using base::Weekday;

bool SchoolDays::open(Date date) const {
  const Weekday weekday = date.weekday();
  return weekday != Weekday::Saturday && weekday != Weekday::Sunday && !closed_.contains(date);
}

std::optional<Date> SchoolDays::next(Date date) const {
  for (int ahead = 0; ahead <= kDaysAhead; ++ahead) {
    if (open(date.plus(ahead))) return date.plus(ahead);
  }
  return std::nullopt;
}

Date SchoolDays::offered(base::Instant now) const {
  const Date today = base::date_of(now);
  const bool over = base::time_of(now) >= kSchoolIsOver;
  return next(over ? today.plus(1) : today).value_or(today);
}

base::Status SchoolDays::check(Date date, Date today) const {
  if (date < today || date > today.plus(kDaysAhead)) return base::fail(Code::DateOutOfRange, "day of report");
  if (!open(date)) return base::fail(Code::NotSchoolDay, "day of report");
  return {};
}

}  // namespace machi::absence

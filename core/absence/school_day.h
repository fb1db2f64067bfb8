// Which days a school is open, and which days a report may be about. Values; any thread; pure.
// Saturdays, Sundays and the days that the school sent (holidays, its own free days) are closed.
#pragma once

#include <optional>
#include <set>

#include "core/base/time.h"

namespace machi::absence {

// A report may be about today and this many days ahead.
inline constexpr int kDaysAhead = 60;
// From this time on the form begins with the next school day: today's lessons are over.
inline constexpr base::TimeOfDay kSchoolIsOver{16 * 60};

class SchoolDays {
 public:
  SchoolDays() = default;
  explicit SchoolDays(std::set<base::Date> closed) : closed_(std::move(closed)) {}

  bool open(base::Date date) const;
  // The first school day on or after `date`; nothing when there is none within kDaysAhead.
  std::optional<base::Date> next(base::Date date) const;
  // The day that a form begins with: today, or the next school day when today is closed or over.
  base::Date offered(base::Instant now) const;
  // DateOutOfRange before today or too far ahead, NotSchoolDay on a closed day.
  base::Status check(base::Date date, base::Date today) const;

 private:
  std::set<base::Date> closed_;
};

}  // namespace machi::absence

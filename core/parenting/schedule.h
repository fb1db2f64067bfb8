// A vaccination schedule: which series there are, how many doses, from when to when, how far apart. Data of a
// town pack (assets/vaccination/japan.json), read from CBOR. Owned by core/parenting; any thread; pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/base/time.h"
#include "core/code/cbor.h"
#include "core/parenting/growth.h"

namespace machi::parenting {

// A day in a child's life, as a schedule writes it:
//   birth           the day of birth                     d42   42 days after it (6週0日後)
//   m12, y9         the day on which the age is reached  c12   the same day twelve months later (not the day
//   before) school-1        1 April, one year before school begins; school: the day before school begins
//   sy12, sy16end   1 April and 31 March of the school year in which the age in years is reached
// behind each a number of days more or less: m12+1, c12-4.
struct When {
  enum class Kind { Birth, Days, Months, Calendar, SchoolBegin, SchoolEve, YearBegin, YearEnd };
  Kind kind = Kind::Birth;
  int count = 0;
  int more_days = 0;
};
Result<When> parse_when(std::string_view text);
Result<Date> day_of(const When& when, Date birth);

// "27 days apart" leaves 27 whole days between two doses; "6 months" leads to the same day of the month.
struct Gap {
  int days = 0;
  int months = 0;
  bool given() const { return days > 0 || months > 0; }
};

struct Dose {
  When from, to;
  std::optional<When> usual_from, usual_to;  // the standard window
  std::optional<When> advised_until;         // not advised to begin after it (Rota: 14 weeks 6 days)
  Gap after_previous, after_first;
  std::optional<When> skip_after;  // not given when the dose before was given later than this
};

// How a series runs for those whose first dose falls into these ages; the first that fits.
struct Plan {
  std::optional<When> first_to;
  std::vector<Dose> doses;
};

using Names = std::map<std::string, std::string>;

struct Series {
  std::string id;
  std::string group;  // series of one group stand in for each other: the one that was begun goes on
  Names name;
  std::optional<Sex> only;     // of one sex
  bool live_injected = false;  // an injected live vaccine
  std::vector<Plan> plans;
  std::string source;
};

struct Schedule {
  std::string id;
  Date as_of;
  int live_gap_days = 0;  // whole days between two injected live vaccines; 0: not said
  bool live_gap_confirmed = false;
  std::vector<Series> series;
  int find(std::string_view name) const;  // by id; -1: none
};

// BadInput with the place.
Result<Schedule> read_schedule(const code::Cbor& written);

}  // namespace machi::parenting

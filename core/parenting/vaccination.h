// A child's vaccinations beside a schedule: each dose given, whether it counts; the next one of each series:
// from when, until when, by how many days too early today, what must not be forgotten. Owned by
// core/parenting; any thread; pure. It says what the schedule says. Whether this child may be vaccinated
// today is a doctor's to say.
#pragma once

#include "core/parenting/schedule.h"

namespace machi::parenting {

struct Given {
  int series = -1;
  Date on;
};

enum class Verdict {
  Counts,
  TooYoung,      // before the first day of its dose
  TooSoon,       // the gap to the dose before, or the first one, was too short
  AfterLive,     // too soon after another injected live vaccine
  AfterTheTime,  // counts, but the routine period was over
  Twice,         // of one series on one day
  NotNeeded,     // the series was complete, or another of its group was begun
};
struct Judged {
  Verdict verdict = Verdict::Counts;
  int dose = 0;        // 1, 2, ... when it counts
  int early_days = 0;  // of TooYoung, TooSoon, AfterLive
};

enum class Turn {
  Today,  // may be given today
  Early,  // `early_days` to go
  Over,   // the routine period is over
  Complete,
  NotForThis,  // of the other sex, or another series of the group was begun
};
struct Next {
  int series = -1;
  Turn turn = Turn::Complete;
  int dose = 0, doses = 0;
  Date earliest, latest;  // of Today, Early, Over
  std::optional<Date> usual_from, usual_to;
  int early_days = 0;
  bool waits_for_live = false;  // earliest because of another injected live vaccine
  bool urgent = false;      // the usual window or the period ends within 60 days, or the usual one is over
  bool late_start = false;  // the first dose is not advised any more
};

struct VaccinationPlan {
  std::vector<Judged> given;  // as in the question, in its order
  std::vector<Next> next;     // one a series
  // When each remaining dose could be, each in its usual window where that is still possible.
  struct Proposed {
    int series = -1;
    int dose = 0;
    Date on;
  };
  std::vector<Proposed> proposed;
};

struct Child {
  Date birth;
  Sex sex = Sex::Female;
};
// DateOutOfRange: a dose before the birth or after today.
Result<VaccinationPlan> plan_vaccination(const Schedule& schedule, const Child& child,
                                         const std::vector<Given>& given, Date today);

}  // namespace machi::parenting

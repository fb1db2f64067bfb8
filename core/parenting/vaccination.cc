// Walks the doses in the order of their days. A dose that does not count leaves the series as it was. Pure;
// any thread.
#include "core/parenting/vaccination.h"

#include <algorithm>
#include <numeric>

#include "core/rules/age.h"

namespace machi::parenting {
namespace {

using base::Code;
using base::fail;

constexpr int kSoonDays = 60;

Result<Date> after(const Gap& gap, Date day) {
  if (gap.months > 0) return rules::plus_months(day, gap.months);
  return day.plus(gap.days > 0 ? gap.days + 1 : 0);
}

// What is known of one series while the doses are walked through.
struct Course {
  std::vector<Date> counted;
  int skipped = 0;
};

class Walk {
 public:
  Walk(const Schedule& schedule, const Child& child)
      : schedule_(schedule), child_(child), courses_(schedule.series.size()) {}

  // The plan that a first dose on this day begins, or that the counted first dose has begun.
  Result<const Plan*> plan_of(int series, Date on) const {
    const Course& course = at(series);
    const Date first = course.counted.empty() ? on : course.counted.front();
    const auto& plans = schedule_.series[static_cast<std::size_t>(series)].plans;
    for (const Plan& plan : plans) {
      if (!plan.first_to) return &plan;
      MACHI_TRY_SET(last, day_of(*plan.first_to, child_.birth));
      if (first <= last) return &plan;
    }
    return &plans.back();
  }

  // The dose that comes next, passing over those that are not given any more; nullptr when the series is
  // complete.
  Result<const Dose*> next_dose(int series, const Plan& plan) {
    Course& course = at(series);
    for (std::size_t index = course.counted.size() + static_cast<std::size_t>(course.skipped);
         index < plan.doses.size(); ++index) {
      const Dose& dose = plan.doses[index];
      if (!dose.skip_after || course.counted.empty()) return &dose;
      MACHI_TRY_SET(limit, day_of(*dose.skip_after, child_.birth));
      if (course.counted.back() <= limit) return &dose;
      ++course.skipped;
    }
    return nullptr;
  }

  Result<Date> by_age(const Dose& dose) const { return day_of(dose.from, child_.birth); }
  Result<Date> by_gap(int series, const Dose& dose) const {
    const Course& course = at(series);
    if (course.counted.empty()) return child_.birth;
    MACHI_TRY_SET(one, after(dose.after_previous, course.counted.back()));
    MACHI_TRY_SET(two, after(dose.after_first, course.counted.front()));
    return std::max(one, two);
  }
  // From the last injected live vaccine of another series.
  std::optional<Date> by_live(int series) const {
    if (schedule_.live_gap_days == 0 || !schedule_.series[static_cast<std::size_t>(series)].live_injected)
      return std::nullopt;
    std::optional<Date> out;
    for (std::size_t i = 0; i < courses_.size(); ++i) {
      if (static_cast<int>(i) == series || !schedule_.series[i].live_injected) continue;
      for (const Date day : courses_[i].counted) {
        const Date free = day.plus(schedule_.live_gap_days + 1);
        if (!out || free > *out) out = free;
      }
    }
    return out;
  }
  bool replaced(int series) const {
    for (std::size_t i = 0; i < courses_.size(); ++i)
      if (static_cast<int>(i) != series && !courses_[i].counted.empty() &&
          schedule_.series[i].group == schedule_.series[static_cast<std::size_t>(series)].group)
        return true;
    return false;
  }
  bool same_day(int series, Date on) const {
    const auto& counted = at(series).counted;
    return std::find(counted.begin(), counted.end(), on) != counted.end();
  }
  void count(int series, Date on) { at(series).counted.push_back(on); }
  int counted(int series) const { return static_cast<int>(at(series).counted.size()); }

  Result<Judged> judge(const Given& given) {
    if (same_day(given.series, given.on)) return Judged{Verdict::Twice, 0, 0};
    if (replaced(given.series)) return Judged{Verdict::NotNeeded, 0, 0};
    MACHI_TRY_SET(plan, plan_of(given.series, given.on));
    MACHI_TRY_SET(dose, next_dose(given.series, *plan));
    if (dose == nullptr) return Judged{Verdict::NotNeeded, 0, 0};
    MACHI_TRY_SET(age, by_age(*dose));
    if (given.on < age) return Judged{Verdict::TooYoung, 0, age.days - given.on.days};
    MACHI_TRY_SET(gap, by_gap(given.series, *dose));
    if (given.on < gap) return Judged{Verdict::TooSoon, 0, gap.days - given.on.days};
    // On one day live vaccines may be given together; only days between are too few.
    if (const auto live = by_live(given.series);
        live && given.on < *live && given.on != live->plus(-schedule_.live_gap_days - 1))
      return Judged{Verdict::AfterLive, 0, live->days - given.on.days};
    MACHI_TRY_SET(last, day_of(dose->to, child_.birth));
    count(given.series, given.on);
    return Judged{given.on > last ? Verdict::AfterTheTime : Verdict::Counts, counted(given.series), 0};
  }

 private:
  Course& at(int series) { return courses_[static_cast<std::size_t>(series)]; }
  const Course& at(int series) const { return courses_[static_cast<std::size_t>(series)]; }

  const Schedule& schedule_;
  Child child_;
  std::vector<Course> courses_;
};

Result<Next> next_of(Walk& walk, const Schedule& schedule, const Child& child, int series, Date today) {
  Next next;
  next.series = series;
  const Series& about = schedule.series[static_cast<std::size_t>(series)];
  if ((about.only && *about.only != child.sex) || walk.replaced(series)) {
    next.turn = Turn::NotForThis;
    return next;
  }
  MACHI_TRY_SET(plan, walk.plan_of(series, today));
  MACHI_TRY_SET(dose, walk.next_dose(series, *plan));
  next.doses = static_cast<int>(plan->doses.size());
  if (dose == nullptr) return next;
  next.dose = walk.counted(series) + 1;
  MACHI_TRY_SET(age, walk.by_age(*dose));
  MACHI_TRY_SET(gap, walk.by_gap(series, *dose));
  MACHI_TRY_SET(latest, day_of(dose->to, child.birth));
  next.earliest = std::max(age, gap);
  next.latest = latest;
  if (const auto live = walk.by_live(series);
      live && *live > next.earliest && live->plus(-schedule.live_gap_days - 1) != today) {
    next.earliest = *live;
    next.waits_for_live = true;
  }
  if (dose->usual_from) {
    MACHI_TRY_SET(from, day_of(*dose->usual_from, child.birth));
    next.usual_from = std::max(from, next.earliest);
  }
  if (dose->usual_to) {
    MACHI_TRY_SET(to, day_of(*dose->usual_to, child.birth));
    next.usual_to = to;
  }
  if (dose->advised_until && walk.counted(series) == 0) {
    MACHI_TRY_SET(until, day_of(*dose->advised_until, child.birth));
    next.late_start = today > until;
  }
  if (next.earliest > next.latest || today > next.latest)
    next.turn = Turn::Over;
  else if (today < next.earliest)
    next.turn = Turn::Early, next.early_days = next.earliest.days - today.days;
  else
    next.turn = Turn::Today;
  const bool ends = next.latest.days - today.days <= kSoonDays;
  const bool usual_ends = next.usual_to && next.usual_to->days - today.days <= kSoonDays;
  next.urgent = next.turn == Turn::Today && (ends || usual_ends);
  return next;
}

// Each remaining dose on the first day that is possible, usual and free, one after the other.
base::Status propose(Walk walk, const Schedule& schedule, const Child& child, Date today,
                     std::vector<VaccinationPlan::Proposed>& out) {
  // Bounded: every round adds a dose or ends a series.
  std::vector<char> ended(schedule.series.size());
  for (std::size_t round = 0; round < 2000; ++round) {
    VaccinationPlan::Proposed best;
    for (std::size_t i = 0; i < schedule.series.size(); ++i) {
      if (ended[i] != 0) continue;
      const int series = static_cast<int>(i);
      MACHI_TRY_SET(next, next_of(walk, schedule, child, series, today));
      Date day = std::max(today, next.earliest);
      if (next.usual_from && *next.usual_from > day && *next.usual_from <= next.latest)
        day = *next.usual_from;
      const bool open = next.turn == Turn::Today || next.turn == Turn::Early;
      if (!open || next.late_start || day > next.latest) {
        ended[i] = 1;
        continue;
      }
      // Of several series of one group the first in the schedule is proposed.
      for (const auto& earlier : out)
        if (earlier.series != series &&
            schedule.series[static_cast<std::size_t>(earlier.series)].group == schedule.series[i].group)
          ended[i] = 1;
      if (ended[i] == 0 && (best.series < 0 || day < best.on)) best = {series, next.dose, day};
    }
    if (best.series < 0) return {};
    walk.count(best.series, best.on);
    out.push_back(best);
  }
  return {};
}

}  // namespace

Result<VaccinationPlan> plan_vaccination(const Schedule& schedule, const Child& child,
                                         const std::vector<Given>& given, Date today) {
  VaccinationPlan plan;
  plan.given.resize(given.size());
  std::vector<std::size_t> order(given.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return given[a].on < given[b].on; });
  Walk walk(schedule, child);
  for (const std::size_t index : order) {
    const Given& one = given[index];
    if (one.series < 0 || static_cast<std::size_t>(one.series) >= schedule.series.size())
      return fail(Code::BadInput, "no such series");
    if (one.on < child.birth) return fail(Code::DateOutOfRange, "a dose before the birth");
    if (one.on > today) return fail(Code::DateOutOfRange, "a dose in the future");
    MACHI_TRY_SET(judged, walk.judge(one));
    plan.given[index] = judged;
  }
  for (std::size_t i = 0; i < schedule.series.size(); ++i) {
    MACHI_TRY_SET(next, next_of(walk, schedule, child, static_cast<int>(i), today));
    plan.next.push_back(next);
  }
  MACHI_TRY(propose(walk, schedule, child, today, plan.proposed));
  return plan;
}

}  // namespace machi::parenting

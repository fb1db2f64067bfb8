// Plan, ages, names, reminders.
#include "core/parenting/citizen/care.h"

#include <algorithm>

#include "core/base/text.h"
#include "core/rules/age.h"

namespace machi::parenting {
namespace {

constexpr int kFullTerm = 280;
constexpr int kYearsFrom = 24;   // months from which an age is said in years
constexpr int kCheckMonths = 2;  // how long a check-up is reminded of
constexpr std::size_t kMostReminders = 30;

}  // namespace

Result<CarePlan> care_plan(const Record& record, const KnownChild& child, const Tables& tables, Date today) {
  CarePlan out;
  if (!child.said.birth) return base::fail(base::Code::Missing, "birth");
  std::vector<Given> given;
  std::vector<std::size_t> of;
  for (KnownDose& known : record.doses(child.id)) {
    PlannedDose dose;
    dose.series = tables.schedule.find(known.said.vaccine);
    const bool judged = dose.series >= 0 && known.said.on >= *child.said.birth && known.said.on <= today;
    if (judged) {
      given.push_back({dose.series, known.said.on});
      of.push_back(out.doses.size());
    }
    dose.known = std::move(known);
    out.doses.push_back(std::move(dose));
  }
  const Child asked{*child.said.birth, child.said.sex.value_or(Sex::Female)};
  MACHI_TRY_SET(plan, plan_vaccination(tables.schedule, asked, given, today));
  for (std::size_t i = 0; i < of.size(); ++i) out.doses[of[i]].judged = plan.given[i];
  out.plan = std::move(plan);
  return out;
}

std::string age_text(const words::Words& words, int months) {
  if (months < kYearsFrom && months != 12) {
    if (months < 12) return words.count("household.months", months);
    return words("parenting.age.both",
                 {{"years", std::to_string(months / 12)}, {"months", std::to_string(months % 12)}});
  }
  return words("household.age", {{"n", std::to_string(months / 12)}});
}

int gestation_days(const ChildSaid& child) {
  if (!child.birth || !child.due) return 0;
  return kFullTerm - (child.due->days - child.birth->days);
}

std::string age_of(const words::Words& words, const ChildSaid& child, Date today) {
  if (!child.birth) {
    const int days = kFullTerm - (child.due->days - today.days);
    return words("parenting.week", {{"n", std::to_string(std::max(0, days / 7))}});
  }
  return age_text(words, std::max(0, rules::months_reached(*child.birth, today)));
}

std::string check_name(const words::Words& words, std::string_view form) {
  if (form == "p") return words("parenting.check.pregnancy");
  if (form == "dental") return words("parenting.check.dental");
  for (const CheckForm& one : kCheckForms)
    if (form == one.id) return words("parenting.check.of", {{"age", age_text(words, one.months)}});
  return std::string(form);
}

std::string series_name(const words::Words& words, const Schedule& schedule, int series) {
  const Names& names = schedule.series[static_cast<std::size_t>(series)].name;
  const auto in = [&names](const char* language) {
    const auto found = names.find(language);
    return found == names.end() ? std::string() : found->second;
  };
  const std::string japanese = in("ja"), own = in(words.language().c_str()), english = in("en");
  if (words.language().starts_with("ja")) return japanese;
  const std::string shown = own.empty() ? english : own;
  // The clinic's papers have the Japanese name.
  return shown.empty() || shown == japanese ? japanese : shown + " (" + japanese + ")";
}

std::string vaccine_name(const words::Words& words, const Schedule& schedule, const std::string& vaccine) {
  const int series = schedule.find(vaccine);
  return series < 0 ? vaccine : series_name(words, schedule, series);
}

std::vector<Reminder> reminders(const Record& record, const Tables& tables, const words::Words& words,
                                Date today) {
  struct Dated {
    Date until;
    Reminder what;
  };
  std::vector<Dated> found;
  for (const KnownChild& child : record.children()) {
    if (!child.said.birth) continue;
    if (const auto care = care_plan(record, child, tables, today); care.ok())
      for (const Next& next : care->plan.next) {
        if (next.turn != Turn::Today || !next.urgent || next.late_start) continue;
        const Date until = next.usual_to ? std::min(*next.usual_to, next.latest) : next.latest;
        Reminder one;
        one.child = child.id;
        one.id = "remind." + child.id.hex() + "." +
                 tables.schedule.series[static_cast<std::size_t>(next.series)].id;
        one.text = series_name(words, tables.schedule, next.series);
        one.hint = child.said.name + " / " +
                   (until < today ? words("parenting.plan.usual-over")
                                  : words("parenting.plan.until", {{"when", words.birth(until)}}));
        one.vaccine = true;
        found.push_back({std::max(until, today), std::move(one)});
      }
    const auto done = record.check_ups(child.id);
    const int months = rules::months_reached(*child.said.birth, today);
    for (const CheckForm& form : kCheckForms) {
      if (form.months == 0 || months < form.months || months >= form.months + kCheckMonths) continue;
      if (std::any_of(done.begin(), done.end(), [&](const auto& one) { return one.said.form == form.id; }))
        continue;
      const auto until = rules::plus_months(*child.said.birth, form.months + kCheckMonths);
      if (!until.ok()) continue;
      Reminder one;
      one.child = child.id;
      one.id = "remind." + child.id.hex() + "." + form.id;
      one.text = check_name(words, form.id);
      one.hint = child.said.name;
      found.push_back({*until, std::move(one)});
    }
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Dated& a, const Dated& b) { return a.until < b.until; });
  if (found.size() > kMostReminders) found.resize(kMostReminders);
  std::vector<Reminder> out;
  for (Dated& one : found) out.push_back(std::move(one.what));
  return out;
}

std::optional<std::int64_t> typed_decimal(std::string_view typed, int decimals) {
  const std::string text = base::trimmed(base::fold_width(typed));
  std::int64_t out = 0;
  int behind = -1;
  bool digits = false;
  for (const char sign : text) {
    if ((sign == '.' || sign == ',') && behind < 0) {
      behind = 0;
      continue;
    }
    if (sign < '0' || sign > '9' || out > 100'000'000) return std::nullopt;
    digits = true;
    if (behind >= decimals) {
      if (sign != '0') return std::nullopt;  // finer than anybody measures
      continue;
    }
    out = out * 10 + (sign - '0');
    if (behind >= 0) ++behind;
  }
  if (!digits) return std::nullopt;
  for (int i = std::max(behind, 0); i < decimals; ++i) out *= 10;
  return out;
}

std::string decimal_text(const words::Words& words, std::int64_t value, int decimals) {
  std::int64_t scale = 1;
  for (int i = 0; i < decimals; ++i) scale *= 10;
  std::string behind = std::to_string(value % scale);
  behind.insert(0, static_cast<std::size_t>(decimals) - behind.size(), '0');
  while (behind.size() > 1 && behind.back() == '0') behind.pop_back();
  return std::to_string(value / scale) + words("number.point") + behind;
}

}  // namespace machi::parenting

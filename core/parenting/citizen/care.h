// What the record comes to today: the vaccination plan beside the doses given, growth as a chart, what is
// due. Pure; any thread.
#pragma once

#include "core/parenting/citizen/record.h"
#include "core/parenting/citizen/tables.h"
#include "core/parenting/vaccination.h"
#include "core/screen/builder.h"
#include "core/words/words.h"

namespace machi::parenting {

// Doses as the schedule judges them. One of a vaccine that it does not know, or on a day that cannot be by
// now (the birth was corrected), is not judged.
struct PlannedDose {
  KnownDose known;
  int series = -1;
  std::optional<Judged> judged;
};
struct CarePlan {
  VaccinationPlan plan;
  std::vector<PlannedDose> doses;
};
Result<CarePlan> care_plan(const Record& record, const KnownChild& child, const Tables& tables, Date today);

// A check-up of the handbook: its name on the record and the age in months at which it is usual; 0: none.
struct CheckForm {
  const char* id;
  int months;
};
inline constexpr CheckForm kCheckForms[] = {
    {"p", 0},   {"m1", 1},  {"m4", 4},  {"m7", 7},  {"m10", 10}, {"y1", 12},    {"m18", 18},
    {"y2", 24}, {"y3", 36}, {"y4", 48}, {"y5", 60}, {"y6", 72},  {"dental", 0},
};
std::string check_name(const words::Words& words, std::string_view form);

// 4か月, 1歳6か月, 3歳. Corrected: for a birth before 37 weeks, until two years.
std::string age_text(const words::Words& words, int months);
std::string age_of(const words::Words& words, const ChildSaid& child, Date today);
int gestation_days(const ChildSaid& child);  // 0: not known

std::string series_name(const words::Words& words, const Schedule& schedule, int series);
// As the record calls it: a series' id, or what was written.
std::string vaccine_name(const words::Words& words, const Schedule& schedule, const std::string& vaccine);

struct Reminder {
  FactId child;
  std::string id;  // unique among all
  std::string text;
  std::string hint;
  bool vaccine = false;
};
// What must not be forgotten, the next end first.
std::vector<Reminder> reminders(const Record& record, const Tables& tables, const words::Words& words,
                                Date today);

// A table that is drawn as curves (Kind::Chart), and where the last measurement stands. Nothing to draw: no
// birth.
struct Growth {
  screen::Node chart;
  std::string standing;  // a sentence; "" without a measurement or a band
  std::string source;    // whose bands
};
std::optional<Growth> growth_chart(const Record& record, const KnownChild& child, Measure measure,
                                   const Tables& tables, const words::Words& words, Date today);
// A number as typed, in thousandths or tenths of the unit; nothing when it is none.
std::optional<std::int64_t> typed_decimal(std::string_view typed, int decimals);
std::string decimal_text(const words::Words& words, std::int64_t value, int decimals);

}  // namespace machi::parenting

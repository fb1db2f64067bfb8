// 出席停止: how long a pupil with an infectious disease stays at home, by 学校保健安全法施行規則 (第18条
// names the classes, 第19条 the periods). "N days after" counts from the day behind the one named
// (初日不算入): fever gone on the 3rd, two days passed with the 5th, back on the 6th. A doctor may always
// allow an earlier day. Pure; any thread; cannot fail.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/absence/disease.h"
#include "core/base/time.h"

namespace machi::absence {

using base::Date;

// What ends the period.
enum class ExclusionEnd {
  Days,         // days after the onset, or after the fever or the symptoms went: a day can be computed
  DaysAndWell,  // days after the onset, and the pupil well again
  Signs,        // cough, rash or crusts: no day can be computed
  Doctor,       // a doctor sees no risk of infection
  Cured,        // 治癒するまで
};

// What the doctor's note (or the family's record of the course, where the school takes one) has to say.
enum class NoteFact {
  Name,              // of the disease
  Onset,             // first day of the illness
  SwellingOnset,     // first day of the swelling
  FeverGone,         // day on which the fever was gone
  SymptomsEased,     // day on which the symptoms eased
  SymptomsGone,      // day on which the main symptoms were gone
  CoughOrTreatment,  // the cough is gone, or five days of treatment are over
  RashGone,
  Crusted,  // all of the rash is crusts
  Well,     // general condition
  NoRisk,   // no risk of infection, by a doctor
  Cured,
  FirstDay,  // from which day the pupil may come
};

struct Exclusion {
  int disease_class = 2;      // 第1種, 第2種, 第3種
  int item = 2;               // 第19条 第N号
  std::string_view sub_item;  // "イ".."チ" of 第19条第2号; "" where there is none
  ExclusionEnd end = ExclusionEnd::Days;
  std::optional<Date> first_day_back;  // by the rule, when all that it needs is known
  std::optional<Date> not_before;      // what is known already rules out every day before this one
  std::vector<NoteFact> note;
};

// `onset`: first day of the illness (mumps: of the swelling). `better`: day on which the fever was gone, the
// symptoms eased (COVID-19) or went (pharyngoconjunctival fever). `preschool`: 幼児.
Exclusion exclusion_of(Disease disease, bool preschool, std::optional<Date> onset,
                       std::optional<Date> better);

// Which of the two days the rule counts from: what a form has to ask.
bool counts_from_onset(Disease disease);
bool counts_from_better(Disease disease);

}  // namespace machi::absence

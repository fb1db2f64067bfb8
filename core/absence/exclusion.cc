// The table of 第19条 and its arithmetic.
#include "core/absence/exclusion.h"

#include <algorithm>

namespace machi::absence {
namespace {

// Days that have to pass after the onset and after getting better; -1 where the rule does not count from it.
struct Rule {
  int disease_class;
  std::string_view sub_item;
  ExclusionEnd end;
  int after_onset = -1;
  int after_better = -1;
  std::vector<NoteFact> note;
};

Rule rule_of(Disease disease) {
  using enum NoteFact;
  switch (disease) {
    case Disease::Influenza:
      return {2, "イ", ExclusionEnd::Days, 5, 2, {Onset, FeverGone}};
    case Disease::Pertussis:
      return {2, "ロ", ExclusionEnd::Signs, -1, -1, {CoughOrTreatment}};
    case Disease::Measles:
      return {2, "ハ", ExclusionEnd::Days, -1, 3, {FeverGone}};
    case Disease::Mumps:
      return {2, "ニ", ExclusionEnd::DaysAndWell, 5, -1, {SwellingOnset, Well}};
    case Disease::Rubella:
      return {2, "ホ", ExclusionEnd::Signs, -1, -1, {RashGone}};
    case Disease::Varicella:
      return {2, "ヘ", ExclusionEnd::Signs, -1, -1, {Crusted}};
    case Disease::PharyngoconjunctivalFever:
      return {2, "ト", ExclusionEnd::Days, -1, 2, {SymptomsGone}};
    case Disease::Covid19:
      return {2, "チ", ExclusionEnd::Days, 5, 1, {Onset, SymptomsEased}};
    case Disease::Tuberculosis:
    case Disease::MeningococcalMeningitis:
      return {2, "", ExclusionEnd::Doctor, -1, -1, {NoRisk}};
    case Disease::FirstClass:
      return {1, "", ExclusionEnd::Cured, -1, -1, {Cured}};
    case Disease::Cholera:
    case Disease::Shigellosis:
    case Disease::EnterohaemorrhagicEColi:
    case Disease::TyphoidFever:
    case Disease::ParatyphoidFever:
    case Disease::EpidemicKeratoconjunctivitis:
    case Disease::AcuteHaemorrhagicConjunctivitis:
    case Disease::OtherThirdClass:
      return {3, "", ExclusionEnd::Doctor, -1, -1, {NoRisk}};
  }
  return {3, "", ExclusionEnd::Doctor, -1, -1, {NoRisk}};
}

// 第19条: 第1号 is the first class, 第2号 the second without tuberculosis and meningitis, 第3号 these and the
// third class.
int item_of(const Rule& rule) {
  if (rule.disease_class == 1) return 1;
  return rule.sub_item.empty() ? 3 : 2;
}

}  // namespace

bool counts_from_onset(Disease disease) { return rule_of(disease).after_onset >= 0; }
bool counts_from_better(Disease disease) { return rule_of(disease).after_better >= 0; }

Exclusion exclusion_of(Disease disease, bool preschool, std::optional<Date> onset,
                       std::optional<Date> better) {
  const Rule rule = rule_of(disease);
  Exclusion out;
  out.disease_class = rule.disease_class;
  out.item = item_of(rule);
  out.sub_item = rule.sub_item;
  out.end = rule.end;
  out.note.push_back(NoteFact::Name);
  out.note.insert(out.note.end(), rule.note.begin(), rule.note.end());
  out.note.push_back(NoteFact::FirstDay);

  const int after_better = rule.after_better + (disease == Disease::Influenza && preschool ? 1 : 0);
  std::optional<Date> by_onset, by_better;
  if (rule.after_onset >= 0 && onset) by_onset = onset->plus(rule.after_onset + 1);
  if (rule.after_better >= 0 && better) by_better = better->plus(after_better + 1);
  out.not_before = std::max(by_onset, by_better);  // an empty one is the smallest
  const bool known = (rule.after_onset < 0 || by_onset) && (rule.after_better < 0 || by_better);
  if (known && out.end == ExclusionEnd::Days) out.first_day_back = out.not_before;
  return out;
}

}  // namespace machi::absence

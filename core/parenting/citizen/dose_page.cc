// A dose that was given: vaccine, day, lot, place. What the schedule would not take is said before it is
// written, and written all the same when it happened.
#include <algorithm>

#include "core/parenting/citizen/family_pages.h"

namespace machi::parenting {

const KnownDose* FamilyPages::dose_of(const std::vector<KnownDose>& doses, const std::string& rest) const {
  for (const KnownDose& one : doses)
    if (one.said.vaccine + "/" + one.said.on.iso() == rest) return &one;
  return nullptr;
}

Screen FamilyPages::dose(const Context& context, const KnownChild& child, const std::string& rest,
                         Screen out) const {
  const auto& words = context.words;
  const auto doses = record_.doses(child.id);
  const KnownDose* known = dose_of(doses, rest);
  if (known != nullptr && known->differs) {
    const auto told = [](const std::string& one, const std::string& two) {
      return two.empty() ? one : one + " / " + two;
    };
    out.main.push_back(screen::alert(
        "differs",
        words("parenting.dose.differs", {{"lot", told(known->said.lot, known->other_lot)},
                                         {"place", told(known->said.place, known->other_place)}}),
        Tone::Warning));
  }
  std::vector<screen::Option> options;
  const std::string chosen = typed("vaccine");
  bool listed = false;
  for (std::size_t i = 0; i < tables_.schedule.series.size(); ++i) {
    const Series& one = tables_.schedule.series[i];
    if (one.only && child.said.sex && *one.only != *child.said.sex && one.id != chosen) continue;
    options.push_back(
        screen::option(one.id, series_name(words, tables_.schedule, static_cast<int>(i)), one.id == chosen));
    listed = listed || one.id == chosen;
  }
  const bool other = chosen == "other" || (!chosen.empty() && !listed);
  options.push_back(screen::option("other", words("parenting.dose.other"), other));
  Node vaccine = screen::choice("vaccine", words("parenting.dose.vaccine"), Kind::Single, std::move(options));
  if (const auto error = errors_.find("vaccine"); error != errors_.end())
    vaccine.error = words(error->second);
  out.main.push_back(std::move(vaccine));
  if (other) {
    Node called = field(context, "called", "parenting.dose.called", Kind::Text, kNameSigns);
    if (called.value.empty() && chosen != "other") called.value = chosen;
    out.main.push_back(std::move(called));
  }
  Node on = field(context, "on", "parenting.on", Kind::Text, 20);
  on.hint = words("parenting.day.hint");
  out.main.push_back(std::move(on));
  Node lot = field(context, "lot", "parenting.dose.lot", Kind::Text, kLotSigns);
  lot.hint = words("parenting.dose.lot.hint");
  out.main.push_back(std::move(lot));
  out.main.push_back(field(context, "place", "parenting.place", Kind::Text, kPlaceSigns));
  if (!warned_.empty()) out.main.push_back(screen::alert("warned", words(warned_), Tone::Warning));
  if (known != nullptr) add_erase(context, out, "parenting.erase.ask");
  out.foot.push_back(screen::button(
      "save", words(warned_.empty() ? "parenting.save" : "parenting.dose.anyway"), Importance::Primary));
  return out;
}

Step FamilyPages::act_dose(const Context& context, const KnownChild& child, const std::string& rest,
                           const Action& action) {
  if (action.action != "press") return {};
  const auto doses = record_.doses(child.id);
  const KnownDose* known = dose_of(doses, rest);
  if (action.node == "erase.yes" && asking_ && known != nullptr)
    return erase(context, child.id, known->facts) ? pages::back() : Step{};
  if (action.node != "save") return {};
  errors_.clear();
  DoseGiven said;
  said.vaccine = typed("vaccine");
  if (said.vaccine == "other" || (tables_.schedule.find(said.vaccine) < 0 && !typed("called").empty()))
    said.vaccine = typed("called");
  if (said.vaccine.empty()) errors_["vaccine"] = "parenting.error.vaccine";
  const auto on = typed_day(context, "on", child.said);
  said.lot = typed("lot"), said.place = typed("place");
  if (!errors_.empty() || !on) return {};
  said.on = *on;
  const bool changed = known == nullptr || known->said.vaccine != said.vaccine || known->said.on != said.on;
  if (const int series = tables_.schedule.find(said.vaccine); changed && series >= 0 && warned_.empty()) {
    Record tried = record_;
    Fact fact;
    fact.child = child.id;
    fact.said = said;
    if (known != nullptr) fact.replaces = known->facts;
    fact.salt[0] = 1;
    // Twice on a day would be taken for the same dose: it is said, not written again.
    for (const KnownDose& one : doses)
      if (one.said.vaccine == said.vaccine && one.said.on == said.on) warned_ = "parenting.warn.twice";
    tried.add(named(std::move(fact)));
    if (const auto care = care_plan(tried, child, tables_, context.today()); care.ok() && warned_.empty())
      for (const PlannedDose& one : care->doses) {
        if (one.known.said != said || !one.judged) continue;
        const Verdict verdict = one.judged->verdict;
        if (verdict == Verdict::TooYoung || verdict == Verdict::TooSoon || verdict == Verdict::AfterLive)
          warned_ = "parenting.warn.early";
        if (verdict == Verdict::AfterTheTime) warned_ = "parenting.warn.late";
        if (verdict == Verdict::NotNeeded || verdict == Verdict::Twice) warned_ = "parenting.warn.not-needed";
      }
    if (!warned_.empty()) return {};
  }
  return write(context, child.id, said, known != nullptr ? known->facts : std::vector<FactId>{})
             ? pages::back()
             : Step{};
}

}  // namespace machi::parenting

// The vaccination plan of a child: what may be given today, what is too early and by how many days, what is
// over, what was given and whether it counts, when the rest could be. It says what the schedule says.
#include <algorithm>

#include "core/parenting/citizen/family_pages.h"

namespace machi::parenting {
namespace {

constexpr int kCountedDays = 400;  // beyond, the day says more than their number

std::string verdict(const words::Words& words, const Judged& judged) {
  const auto early = [&](const char* key) { return words.count(key, judged.early_days); };
  switch (judged.verdict) {
    case Verdict::Counts:
      return "";
    case Verdict::TooYoung:
      return early("parenting.verdict.too-young");
    case Verdict::TooSoon:
      return early("parenting.verdict.too-soon");
    case Verdict::AfterLive:
      return early("parenting.verdict.after-live");
    case Verdict::AfterTheTime:
      return words("parenting.verdict.after-time");
    case Verdict::Twice:
      return words("parenting.verdict.twice");
    case Verdict::NotNeeded:
      return words("parenting.verdict.not-needed");
  }
  return "";
}

}  // namespace

Screen FamilyPages::plan(const Context& context, const KnownChild& child, Screen out) const {
  const auto& words = context.words;
  const Date today = context.today();
  const auto care = care_plan(record_, child, tables_, today);
  out.main.push_back(screen::text("who", child.said.name + " / " + age_of(words, child.said, today)));
  if (!care.ok()) {
    out.main.push_back(screen::alert("trouble", words("parenting.failed"), Tone::Danger));
    return out;
  }
  Nodes now, early, over;
  std::vector<const Next*> next;
  for (const Next& one : care->plan.next) next.push_back(&one);
  std::stable_sort(next.begin(), next.end(), [](const Next* a, const Next* b) {
    return a->urgent != b->urgent ? a->urgent : a->earliest < b->earliest;
  });
  for (const Next* one : next) {
    const std::string& id = tables_.schedule.series[static_cast<std::size_t>(one->series)].id;
    const std::string dose = words(
        "parenting.plan.dose",
        {{"vaccine", series_name(words, tables_.schedule, one->series)}, {"n", std::to_string(one->dose)}});
    if (one->turn == Turn::Today) {
      now.push_back(screen::row_button(
          "record." + id, dose,
          one->late_start ? words("parenting.plan.late")
                          : words("parenting.plan.until", {{"when", words.birth(one->latest)}})));
      if (one->urgent && !one->late_start)
        now.back().children.push_back(
            screen::badge("soon." + id, words("parenting.plan.soon"), Tone::Warning, Icon::Clock));
    } else if (one->turn == Turn::Early) {
      std::string hint = words("parenting.plan.from", {{"when", words.birth(one->earliest)}});
      if (one->waits_for_live) hint += kAnd + words("parenting.plan.live");
      early.push_back(screen::row("early." + id, dose, std::move(hint)));
      if (one->early_days <= kCountedDays)
        early.back().children.push_back(
            screen::badge("days." + id, words.count("parenting.plan.days", one->early_days), Tone::Neutral));
    } else if (one->turn == Turn::Over) {
      over.push_back(screen::row("over." + id, dose,
                                 words("parenting.plan.ended", {{"when", words.birth(one->latest)}})));
    }
  }
  if (now.empty())
    out.main.push_back(screen::text("none", words("parenting.plan.none")));
  else
    out.main.push_back(
        screen::group("now", words("parenting.plan.today"), {screen::list("now.list", "", std::move(now))}));
  out.main.push_back(screen::text("doctor", words("parenting.plan.doctor")));
  out.main.push_back(
      screen::button("record", words("parenting.plan.record"), Importance::Primary, Icon::Add));
  if (!early.empty())
    out.main.push_back(screen::group("early", words("parenting.plan.early"),
                                     {screen::list("early.list", "", std::move(early))}));
  if (!over.empty())
    out.main.push_back(screen::group("over", words("parenting.plan.over"),
                                     {screen::list("over.list", "", std::move(over))}));
  Nodes given;
  for (const PlannedDose& dose : care->doses) {
    const DoseGiven& said = dose.known.said;
    const std::string id = said.vaccine + "/" + said.on.iso();
    std::string hint = words.birth(said.on);
    if (!said.place.empty()) hint += " / " + said.place;
    if (!said.lot.empty()) hint += " / " + said.lot;
    given.push_back(screen::row_button("given." + id, vaccine_name(words, tables_.schedule, said.vaccine),
                                       std::move(hint)));
    const std::string note = !dose.judged ? words("parenting.verdict.unknown") : verdict(words, *dose.judged);
    if (!note.empty())
      given.back().children.push_back(screen::badge("note." + id, note, Tone::Warning, Icon::Warning));
    if (dose.known.differs)
      given.back().children.push_back(
          screen::badge("differs." + id, words("parenting.both.badge"), Tone::Warning, Icon::Warning));
  }
  if (!given.empty())
    out.main.push_back(screen::group("given", words("parenting.plan.given"),
                                     {screen::list("given.list", "", std::move(given))}));
  Nodes steps;
  for (std::size_t i = 0; i < care->plan.proposed.size();) {
    const Date on = care->plan.proposed[i].on;
    std::string all;
    for (; i < care->plan.proposed.size() && care->plan.proposed[i].on == on; ++i)
      all += (all.empty() ? "" : kAnd) +
             words("parenting.plan.dose",
                   {{"vaccine", series_name(words, tables_.schedule, care->plan.proposed[i].series)},
                    {"n", std::to_string(care->plan.proposed[i].dose)}});
    steps.push_back(screen::step("on." + on.iso(), words.birth(on), screen::State::Todo, "", all));
  }
  if (!steps.empty()) {
    Node proposed = screen::group("proposed", words("parenting.plan.proposed"),
                                  {screen::steps("proposed.steps", "", std::move(steps))});
    out.main.push_back(std::move(proposed));
  }
  out.main.push_back(screen::text(
      "source", words("parenting.plan.source", {{"when", words.birth(tables_.schedule.as_of)}})));
  out.main.push_back(screen::button("print", words("parenting.print"), Importance::Secondary));
  return out;
}

Step FamilyPages::act_plan(const Context&, const KnownChild& child, const Action& action) {
  if (action.action != "press") return {};
  constexpr std::string_view kRecord = "record.", kGiven = "given.";
  if (action.node == "record") return pages::go_to(kDose, child.id.hex());
  if (action.node.starts_with(kRecord))
    return pages::go_to(kDose, child.id.hex() + "/" + action.node.substr(kRecord.size()));
  if (action.node.starts_with(kGiven))
    return pages::go_to(kDose, child.id.hex() + "/" + action.node.substr(kGiven.size()));
  return {};
}

}  // namespace machi::parenting

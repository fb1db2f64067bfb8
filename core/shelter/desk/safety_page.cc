// What families said of themselves from wherever they are: those who need help and have nobody yet first,
// with their own words and their telephone; and that somebody sees to them.
#include "core/shelter/desk/page.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Node;
using screen::Nodes;
using screen::Tone;

constexpr std::size_t kShown = 100;

Node card(const DeskView& view, const ShelterDesk::SafetyLine& line) {
  const auto& words = view.words;
  const SafetyReport& report = line.report;
  const std::string id = report.household.hex();
  std::string names;
  for (const SafetyPerson& one : report.people) names += (names.empty() ? "" : "・") + one.name;
  const bool help = report.safety == Safety::Help;
  Nodes inside{screen::badge("state." + id, words(help ? "safety.help" : "safety.safe"),
                             help && !line.helped ? Tone::Danger
                             : help               ? Tone::Warning
                                                  : Tone::Success,
                             help ? Icon::Warning : Icon::Check)};
  if (line.helped) inside.push_back(screen::badge("seen-to." + id, words("desk.shelter.safety.helped")));
  Nodes facts{screen::fact("at." + id, words("desk.shelter.safety.when"), words.moment(report.at, view.now))};
  if (!report.where.empty())
    facts.push_back(screen::fact("where." + id, words("safety.where"), report.where));
  if (!report.note.empty()) facts.push_back(screen::fact("note." + id, words("safety.note"), report.note));
  inside.push_back(screen::facts("facts." + id, "", std::move(facts)));
  if (!report.telephone.empty())
    inside.push_back(screen::link("call." + id, words("desk.shelter.call", {{"number", report.telephone}}),
                                  "tel:" + report.telephone, Icon::Telephone));
  if (help && !line.helped)
    inside.push_back(screen::button("helped." + id, words("desk.shelter.safety.see-to")));
  return screen::group("safety." + id, names, std::move(inside));
}

screen::Screen view(const DeskView& view) {
  const auto& words = view.words;
  screen::Screen out = frame(view, "desk.shelter.safety", words("desk.shelter.page.safety"));
  if (const auto counts = view.desk.safety_counts(); counts.ok())
    out.main.push_back(screen::facts(
        "counts", "",
        {screen::fact("count.unhelped", words("desk.shelter.safety.unhelped"),
                      words("desk.shelter.safety.households", {{"n", std::to_string(counts->unhelped)}})),
         screen::fact("count.help", words("safety.help"), words.count("desk.shelter.people", counts->help)),
         screen::fact("count.safe", words("safety.safe"),
                      words.count("desk.shelter.people", counts->safe))}));
  const auto lines = view.desk.safety(kShown);
  Nodes cards;
  if (lines.ok())
    for (const auto& line : *lines) cards.push_back(card(view, line));
  if (cards.empty()) out.main.push_back(screen::empty("none", words("desk.shelter.safety.none")));
  for (Node& one : cards) out.main.push_back(std::move(one));
  return screen::finish(std::move(out));
}

Result<bool> act(Turn& turn, const screen::Action& action) {
  const auto id = subject(action, "helped");
  if (!id) return false;
  MACHI_TRY_SET(household, HouseholdId::from_hex_text(*id));
  MACHI_TRY(turn.desk.say(household.bytes, Field::Helped, "", 1, turn.view.now));
  turn.place.notice = turn.view.words("desk.shelter.safety.noted");
  return true;
}

}  // namespace

const Page kSafetyPage{PageId::Safety, "safety", Icon::Warning, PageId::Headquarters, view, act};

}  // namespace machi::shelter

// A relative asks where somebody is, at the desk or by telephone: name and birth date, and one answer. Who is
// not here, who does not want it told and who is protected are the same sentence; no list, no hint, no row
// that could be counted. Every question is written down.
#include "core/base/text.h"
#include "core/shelter/desk/page.h"

namespace machi::shelter {
namespace {

using screen::Importance;
using screen::Kind;
using screen::Node;
using screen::Tone;

screen::Screen view(const DeskView& view) {
  const auto& words = view.words;
  const Question& asked = view.place.question;
  screen::Screen out = frame(view, "desk.shelter.answer", words("desk.shelter.page.answer"));
  out.main.push_back(screen::text("how", words("desk.shelter.answer.how")));
  Node name = screen::field("ask.name", words("desk.shelter.answer.name"), Kind::Text, asked.name);
  name.max_length = 40;
  if (asked.tried && base::trimmed(asked.name).empty()) name.error = words("desk.shelter.name.missing");
  out.main.push_back(std::move(name));
  Node birth = screen::field("ask.birth", words("desk.shelter.answer.birth"), Kind::Date, asked.birth);
  birth.maximum = base::date_of(view.now).iso();
  if (const auto day = Date::parse(asked.birth); day.ok())
    birth.options.push_back(screen::option(day->iso(), words.birth(*day), true));
  if (asked.tried && !Date::parse(asked.birth).ok()) birth.error = words("desk.shelter.answer.birth.missing");
  out.main.push_back(std::move(birth));
  if (!asked.answer.empty()) {
    Node answer = screen::alert("answer", asked.answer, Tone::Info);
    answer.hint = words("desk.shelter.answer.say");
    out.main.push_back(std::move(answer));
    out.announce = words::plain(asked.answer);
  }
  out.foot.push_back(screen::button("ask", words("desk.shelter.answer.ask"), Importance::Primary));
  return screen::finish(std::move(out));
}

Result<bool> act(Turn& turn, const screen::Action& action) {
  Question& asked = turn.place.question;
  if (action.node == "ask.name" || action.node == "ask.birth") {
    (action.node == "ask.name" ? asked.name : asked.birth) = action.value;
    asked.answer.clear();
    return true;
  }
  if (action.node != "ask") return false;
  asked.tried = true;
  asked.answer.clear();
  const auto birth = Date::parse(asked.birth);
  if (base::trimmed(asked.name).empty() || !birth.ok()) return true;
  const auto& words = turn.view.words;
  MACHI_TRY(turn.desk.say(turn.desk.entropy().id<FactTag>().bytes, Field::Look,
                          "? " + household::cleaned(asked.name, 40), 0, turn.view.now));
  MACHI_TRY_SET(told, turn.desk.told(asked.name, *birth));
  const ShelterLine* at = told && told->at ? turn.view.find(*told->at) : nullptr;
  asked.answer = at     ? words("desk.shelter.answer.at", {{"place", at->name}})
                 : told ? words("desk.shelter.answer.safe")
                        : words("desk.shelter.answer.none");
  return true;
}

}  // namespace

const Page kAnswerPage{PageId::Answer, "answer", screen::Icon::Help, PageId::Reception, view, act};

}  // namespace machi::shelter

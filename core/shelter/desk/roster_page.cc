// The whole town's roster, from headquarters, and from a row to the person, who can be sent to another
// shelter from here. Every look is a fact: what was looked for, and when; all devices of the office see the
// list of looks.
#include "core/base/text.h"
#include "core/shelter/desk/page.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Node;
using screen::Nodes;

constexpr std::size_t kShown = 50;

screen::Screen view(const DeskView& view) {
  const auto& words = view.words;
  screen::Screen out = frame(view, "desk.shelter.roster", words("desk.shelter.page.roster"));
  Node search = screen::field("search", words("desk.shelter.search"), screen::Kind::Text, view.place.words);
  search.hint = words("desk.shelter.roster.hint");
  search.max_length = 40;
  out.main.push_back(std::move(search));
  if (!view.place.words.empty()) {
    StayBook::Filter filter;
    filter.words = view.place.words;
    Nodes rows;
    if (const auto found = view.book().find(filter, kShown); found.ok())
      for (const StayLine& line : *found) {
        rows.push_back(stay_row(view, line, true));
      }
    if (rows.empty())
      out.main.push_back(screen::empty("none", words("desk.shelter.list.none")));
    else
      out.main.push_back(screen::list("people", words("desk.shelter.page.roster"), std::move(rows)));
  }
  Nodes looks;
  if (const auto told = view.book().heads(Field::Look, kShown); told.ok())
    for (const Head& head : *told)
      looks.push_back(screen::row("look." + head.fact.hex(), head.text, words.moment(head.at, view.now)));
  if (!looks.empty()) {
    Node group = screen::group("looks", words("desk.shelter.looks"),
                               {screen::list("looks.list", words("desk.shelter.looks"), std::move(looks))});
    group.collapsed = true;
    out.main.push_back(std::move(group));
  }
  return screen::finish(std::move(out));
}

Result<bool> act(Turn& turn, const screen::Action& action) {
  if (const auto id = subject(action, "stay")) {
    MACHI_TRY_SET(stay, StayId::from_hex_text(*id));
    MACHI_TRY_SET(line, turn.view.book().stay(stay));
    if (!line) return false;
    MACHI_TRY(turn.desk.say(turn.desk.entropy().id<FactTag>().bytes, Field::Look, shown_name(line->person), 0,
                            turn.view.now));
    turn.place.stay = stay;
    turn.place.page = PageId::Stay;
    return true;
  }
  if (action.node != "search") return false;
  turn.place.words = base::trimmed(action.value);
  if (turn.place.words.empty()) return true;
  MACHI_TRY(turn.desk.say(turn.desk.entropy().id<FactTag>().bytes, Field::Look, turn.place.words, 0,
                          turn.view.now));
  return true;
}

}  // namespace

const Page kRosterPage{PageId::Roster, "roster", Icon::Search, PageId::Headquarters, view, act};

}  // namespace machi::shelter

// Who is here: by kana, name, telephone or address; those who say to be here, those whom somebody has to look
// at, those who left; and the roster as a file and on paper.
#include "core/shelter/desk/page.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Node;
using screen::Nodes;

constexpr std::size_t kMore = 50;

StayBook::Filter filter_of(const DeskView& view) {
  StayBook::Filter filter;
  filter.shelter = view.desk.here();
  filter.words = view.place.words;
  const std::string& only = view.place.only;
  filter.open = only != "left";
  if (only == "said") filter.said = true;
  filter.doubt = only == "doubt";
  return filter;
}

screen::Screen view(const DeskView& view) {
  const auto& words = view.words;
  screen::Screen out = frame(view, "desk.shelter.list", words("desk.shelter.page.list"));
  Node search = screen::field("search", words("desk.shelter.search"), screen::Kind::Text, view.place.words);
  search.hint = words("desk.shelter.search.hint");
  search.max_length = 40;
  out.main.push_back(std::move(search));
  std::vector<screen::Option> options;
  for (const char* one : {"here", "said", "doubt", "left"})
    options.push_back(
        screen::option(one, words("desk.shelter.only." + std::string(one)), view.place.only == one));
  out.main.push_back(
      screen::choice("only", words("desk.shelter.only"), screen::Kind::Single, std::move(options)));
  const auto found = view.book().find(filter_of(view), view.place.shown + 1);
  Nodes rows;
  if (found.ok())
    for (const StayLine& line : *found)
      if (rows.size() < view.place.shown) rows.push_back(stay_row(view, line, false));
  if (rows.empty())
    out.main.push_back(screen::empty("none", words("desk.shelter.list.none")));
  else
    out.main.push_back(screen::list("people", words("desk.shelter.page.list"), std::move(rows)));
  if (found.ok() && found->size() > view.place.shown)
    out.main.push_back(screen::button("more", words("desk.shelter.more")));
  Nodes outputs{screen::button("print", words("desk.shelter.print")),
                screen::button("csv", words("desk.shelter.csv"))};
  outputs[0].hint = words("desk.shelter.print.hint");
  outputs[0].busy = view.drawing;
  out.main.push_back(screen::group("outputs", words("desk.shelter.outputs"), std::move(outputs)));
  return screen::finish(std::move(out));
}

Result<bool> act(Turn& turn, const screen::Action& action) {
  DeskPlace& place = turn.place;
  if (action.node == "search") {
    place.words = action.value;
    place.shown = kMore;
    return true;
  }
  if (action.node == "only") {
    place.only = action.value;
    place.shown = kMore;
    return true;
  }
  if (action.node == "more") {
    place.shown += kMore;
    return true;
  }
  if (action.node == "csv") {
    MACHI_TRY_SET(file, roster_csv(turn.view, turn.desk.here()));
    turn.ask.save = std::move(file);
    return true;
  }
  if (action.node == "print") {
    MACHI_TRY_SET(paper, roster_paper(turn.view, turn.desk.here()));
    turn.ask.paper.emplace("shelter-roster.pdf", std::move(paper));
    return true;
  }
  if (const auto id = subject(action, "stay")) {
    MACHI_TRY_SET(stay, StayId::from_hex_text(*id));
    place.stay = stay;
    place.page = PageId::Stay;
    return true;
  }
  return false;
}

}  // namespace

const Page kListPage{PageId::List, "list", Icon::People, PageId::Reception, view, act};

}  // namespace machi::shelter

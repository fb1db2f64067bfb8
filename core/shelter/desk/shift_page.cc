// Supplies that were asked for, and what the next shift has to know: short texts, each a fact of its own, so
// that two tablets that write at once lose nothing.
#include "core/base/text.h"
#include "core/shelter/desk/page.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Kind;
using screen::Node;
using screen::Nodes;
using screen::Tone;

constexpr std::size_t kShown = 200;
constexpr std::size_t kHex = 32;  // a shelter's id before the text

struct Line {
  SubjectId subject{};
  std::string text;
  Instant at;
};
std::vector<Line> lines(const DeskView& view, Field field) {
  std::vector<Line> out;
  const auto told = view.book().heads(field, 2000);
  if (!told.ok()) return out;
  const std::string here = view.desk.here().hex() + " ";
  for (const Head& head : *told)
    if (head.text.starts_with(here) && out.size() < kShown)
      out.push_back({head.subject, head.text.substr(kHex + 1), head.at});
  return out;
}

Supply supply_of(const DeskView& view, const SubjectId& request) {
  const auto told = view.book().heads(request, Field::Supplied);
  return told.ok() && !told->empty() ? static_cast<Supply>(told->front().number) : Supply::Wanted;
}

screen::Screen view(const DeskView& view) {
  const auto& words = view.words;
  screen::Screen out = frame(view, "desk.shelter.shift", words("desk.shelter.page.shift"));
  Nodes requests;
  for (const Line& line : lines(view, Field::Request)) {
    const std::string id = "supply." + base::to_hex(line.subject);
    const Supply now = supply_of(view, line.subject);
    std::vector<screen::Option> options;
    for (const auto& [one, key] : {std::pair{Supply::Wanted, "wanted"},
                                   {Supply::OnTheWay, "on-the-way"},
                                   {Supply::Arrived, "arrived"}})
      options.push_back(screen::option(std::to_string(static_cast<int>(one)),
                                       words("desk.shelter.supply." + std::string(key)), one == now));
    Node choice = screen::choice(id, line.text, Kind::Single, std::move(options));
    choice.hint = words.moment(line.at, view.now);
    requests.push_back(std::move(choice));
  }
  Node what = screen::field("request", words("desk.shelter.request"), Kind::Text, view.place.words);
  what.hint = words("desk.shelter.request.hint");
  what.max_length = 100;
  requests.push_back(std::move(what));
  requests.push_back(screen::button("request.add", words("desk.shelter.request.add"),
                                    screen::Importance::Secondary, Icon::Add));
  out.main.push_back(screen::group("requests", words("desk.shelter.supplies"), std::move(requests)));
  Nodes notes;
  Nodes rows;
  for (const Line& line : lines(view, Field::Handover))
    rows.push_back(
        screen::row("note." + base::to_hex(line.subject), line.text, words.moment(line.at, view.now)));
  if (!rows.empty())
    notes.push_back(screen::list("notes.list", words("desk.shelter.handover"), std::move(rows)));
  Node note = screen::field("note", words("desk.shelter.handover.write"), Kind::Multiline, view.place.room);
  note.max_length = 250;
  notes.push_back(std::move(note));
  notes.push_back(screen::button("note.add", words("desk.shelter.handover.add"),
                                 screen::Importance::Secondary, Icon::Add));
  out.main.push_back(screen::group("notes", words("desk.shelter.handover"), std::move(notes)));
  return screen::finish(std::move(out));
}

Result<bool> act(Turn& turn, const screen::Action& action) {
  DeskPlace& place = turn.place;
  if (action.node == "request") {
    place.words = action.value;
    return true;
  }
  if (action.node == "note") {
    place.room = action.value;
    return true;
  }
  if (const auto id = subject(action, "supply"); id && action.action == "choose") {
    MACHI_TRY_SET(raw, base::from_hex(*id));
    MACHI_TRY_SET(request, base::fixed<16>(raw));
    MACHI_TRY(turn.desk.say(request, Field::Supplied, "", std::atoi(action.value.c_str()), turn.view.now));
    return true;
  }
  const bool request = action.node == "request.add";
  if (!request && action.node != "note.add") return false;
  std::string& typed = request ? place.words : place.room;
  const std::string text = base::trimmed(typed);
  if (text.empty()) return true;
  const auto subject = turn.desk.entropy().id<FactTag>().bytes;
  MACHI_TRY(turn.desk.say(subject, request ? Field::Request : Field::Handover,
                          turn.desk.here().hex() + " " + text, 0, turn.view.now));
  typed.clear();
  place.notice = turn.view.words(request ? "desk.shelter.request.added" : "desk.shelter.handover.added");
  return true;
}

}  // namespace

const Page kShiftPage{PageId::Shift, "shift", Icon::Edit, PageId::Reception, view, act};

}  // namespace machi::shelter

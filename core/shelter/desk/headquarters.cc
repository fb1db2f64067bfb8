// Headquarters: every shelter with its people, its room, what they need and when it was last heard from.
// Those that have not been heard of for ten minutes come first and are shown as stale: an old number is no
// number. And the list of shelters out of open data.
#include <algorithm>
#include <map>

#include "core/shelter/desk/hq_rows.h"

namespace machi::shelter {
namespace {

using household::Need;
using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::State;
using screen::Tone;

constexpr std::int64_t kStaleMs = 10 * 60'000;
constexpr std::int64_t kCrowdedPercent = 85;
constexpr Need kShown[] = {Need::Infant, Need::Wheelchair, Need::Dialysis, Need::Allergy};

}  // namespace

bool is_stale(const DeskView& view, const ShelterLine& one) {
  return one.standing == Standing::Open && (!one.heard || view.now.ms - one.heard->ms > kStaleMs);
}
std::string heard_text(const DeskView& view, const ShelterLine& one) {
  if (!one.heard) return view.words("desk.shelter.never");
  const std::int64_t minutes = std::max<std::int64_t>(0, (view.now.ms - one.heard->ms) / 60'000);
  return minutes < 120 ? view.words.count("desk.shelter.ago", minutes)
                       : view.words.moment(*one.heard, view.now);
}
std::string stale_text(const DeskView& view, const ShelterLine& one) {
  return one.heard ? view.words("desk.shelter.stale", {{"ago", heard_text(view, one)}})
                   : heard_text(view, one);
}

Room room_of(const HqRow& row) {
  const std::int64_t all = row.shelter->capacity, in = row.counts.inside;
  if (all <= 0) return Room::Unknown;
  return in >= all ? Room::Full : in * 100 >= all * kCrowdedPercent ? Room::Crowded : Room::Free;
}

std::string people_text(const DeskView& view, const HqRow& row) {
  const std::int64_t all = row.shelter->capacity, in = row.counts.inside;
  return all > 0
             ? view.words("desk.shelter.count.of", {{"n", std::to_string(in)}, {"all", std::to_string(all)}})
             : view.words.count("desk.shelter.people", in);
}

std::vector<HqRow> hq_rows(const DeskView& view) {
  std::map<std::string, std::int64_t> wanted;
  if (const auto told = view.book().heads(Field::Request, 5000); told.ok())
    for (const Head& head : *told) {
      const auto state = view.book().heads(head.subject, Field::Supplied);
      const bool open =
          !state.ok() || state->empty() || state->front().number == static_cast<int>(Supply::Wanted);
      wanted[head.text.substr(0, 32)] += open ? 1 : 0;
    }
  std::vector<HqRow> out;
  for (const ShelterLine& one : view.shelters) {
    auto counts = view.book().counts(one.id);
    out.push_back({&one, counts.ok() ? *counts : Counts{}, is_stale(view, one), wanted[one.id.hex()]});
  }
  const auto rank = [](const HqRow& row) {
    return row.shelter->standing != Standing::Open ? 2 : row.stale ? 0 : 1;
  };
  std::stable_sort(out.begin(), out.end(), [&](const HqRow& a, const HqRow& b) { return rank(a) < rank(b); });
  return out;
}

namespace {

Node row_node(const DeskView& view, const HqRow& row) {
  const auto& words = view.words;
  const ShelterLine& one = *row.shelter;
  const std::string id = one.id.hex();
  const bool open = one.standing == Standing::Open;
  Nodes cells;
  Node name = screen::cell("name." + id, one.name);
  name.hint = words(open ? "desk.shelter.open" : "desk.shelter.closed");
  cells.push_back(std::move(name));
  Node people = screen::cell("in." + id, people_text(view, row));
  const Room room = room_of(row);
  if (row.counts.car + row.counts.home > 0)
    people.hint = words("desk.shelter.outside.n", {{"n", std::to_string(row.counts.car + row.counts.home)}});
  if (room == Room::Full)
    people.children.push_back(screen::badge("full." + id, words("desk.shelter.full.badge"), Tone::Danger));
  else if (room == Room::Crowded)
    people.children.push_back(screen::badge("crowded." + id, words("desk.shelter.crowded"), Tone::Warning));
  if (row.stale) people.state = State::Stale;
  cells.push_back(std::move(people));
  for (const Need need : kShown)
    cells.push_back(screen::cell(std::string(name_of(need)) + "." + id,
                                 std::to_string(row.counts.needs[static_cast<std::size_t>(need)])));
  cells.push_back(screen::cell("supplies." + id, std::to_string(row.requests)));
  Node heard = screen::cell("heard." + id, row.stale ? "" : heard_text(view, one));
  if (row.stale)
    heard.children.push_back(
        screen::badge("stale." + id, stale_text(view, one), Tone::Warning, Icon::Warning));
  if (!open) heard.name = "";
  cells.push_back(std::move(heard));
  Node button = screen::button("shelter." + id, words(row.stale ? "desk.shelter.check" : "desk.shelter.look"),
                               row.stale ? Importance::Primary : Importance::Secondary,
                               row.stale ? Icon::Telephone : Icon::None);
  cells.push_back(screen::cell("do." + id, "", {std::move(button)}));
  Node out = screen::table_row("row." + id, std::move(cells));
  if (row.stale) out.state = State::Stale;
  return out;
}

void cards(const DeskView& view, const std::vector<HqRow>& rows, Nodes& out) {
  const auto& words = view.words;
  const auto town = view.book().counts(ShelterId{});
  std::int64_t open = 0, full = 0, old = 0, needs = 0;
  const ShelterLine* oldest = nullptr;
  for (const HqRow& row : rows) {
    open += row.shelter->standing == Standing::Open ? 1 : 0;
    full += room_of(row) == Room::Full ? 1 : 0;
    if (!row.stale) continue;
    ++old;
    if (!oldest || (oldest->heard && (!row.shelter->heard || *row.shelter->heard < *oldest->heard)))
      oldest = row.shelter;
  }
  if (town.ok())
    for (const std::int64_t n : town->needs) needs += n;
  Nodes facts{
      screen::fact("town.in", words("desk.shelter.hq.people"),
                   words.count("desk.shelter.people", town.ok() ? town->seen() : 0)),
      screen::fact("town.said", words("desk.shelter.said"),
                   words.count("desk.shelter.people", town.ok() ? town->said : 0)),
      screen::fact(
          "town.open", words("desk.shelter.hq.open"),
          words("desk.shelter.hq.open.n", {{"n", std::to_string(open)}, {"full", std::to_string(full)}})),
      screen::fact("town.needs", words("desk.shelter.hq.needs"), words.count("desk.shelter.people", needs)),
      screen::fact("town.doubts", words("desk.shelter.doubt"),
                   words.count("desk.shelter.people", town.ok() ? town->doubts : 0)),
      screen::fact("town.stale", words("desk.shelter.hq.stale"), words.count("desk.shelter.hq.places", old))};
  out.push_back(screen::facts("town", words("desk.shelter.hq.town"), std::move(facts)));
  if (oldest) {
    Node alert = screen::alert("old", words.count("desk.shelter.hq.old", old), Tone::Warning);
    alert.hint =
        words("desk.shelter.hq.old.longest", {{"name", oldest->name}, {"ago", heard_text(view, *oldest)}});
    alert.state = State::Stale;
    out.push_back(std::move(alert));
  }
}

Node import_group(const DeskView& view) {
  const auto& words = view.words;
  Nodes inside{screen::file("list", words("desk.shelter.import.file"), ".csv,text/csv",
                            words("desk.shelter.import.hint"))};
  const auto& list = view.place.list;
  if (list) {
    inside.push_back(screen::text(
        "list.found", words("desk.shelter.import.found", {{"n", std::to_string(list->shelters.size())},
                                                          {"rows", std::to_string(list->rows)}})));
    Nodes rows;
    for (const OpenTrouble& trouble : list->troubles)
      if (rows.size() < 50)
        rows.push_back(screen::row(
            "trouble." + std::to_string(rows.size()),
            words("desk.shelter.import.line",
                  {{"n", std::to_string(trouble.line)},
                   {"what", words("desk.shelter.import." + std::string(trouble_word(trouble.what)))}}),
            trouble.value));
    if (!rows.empty())
      inside.push_back(screen::list("list.troubles", words("desk.shelter.import.troubles"), std::move(rows)));
    if (!list->shelters.empty())
      inside.push_back(screen::button(
          "list.take", words("desk.shelter.import.take", {{"n", std::to_string(list->shelters.size())}})));
  }
  Node group = screen::group("import", words("desk.shelter.import"), std::move(inside));
  group.collapsed = !list && !view.shelters.empty();
  return group;
}

Node table_of(const DeskView& view, const std::vector<HqRow>& rows) {
  const auto& words = view.words;
  Nodes lines;
  for (const HqRow& row : rows) lines.push_back(row_node(view, row));
  std::vector<screen::Column> columns{{"name", words("desk.shelter.where")},
                                      {"in", words("desk.shelter.hq.in")}};
  for (const Need need : kShown)
    columns.push_back({std::string(name_of(need)), words("need." + std::string(name_of(need)))});
  columns.push_back({"supplies", words("desk.shelter.supplies")});
  columns.push_back({"heard", words("desk.shelter.hq.heard")});
  columns.push_back({"do", words("desk.shelter.look"), true});
  return screen::table("shelters", words("desk.shelter.page.hq"), std::move(columns), std::move(lines));
}

screen::Screen view(const DeskView& view) {
  const auto& words = view.words;
  screen::Screen out = frame(view, "desk.shelter.hq", words("desk.shelter.page.hq"));
  const auto rows = hq_rows(view);
  cards(view, rows, out.main);
  if (rows.empty()) {
    out.main.push_back(screen::empty("none", words("desk.shelter.hq.none")));
  } else {
    out.main.push_back(
        screen::choice("show", words("desk.shelter.hq.show"), screen::Kind::Single,
                       {screen::option("table", words("desk.shelter.hq.as-table"), !view.place.map),
                        screen::option("map", words("desk.shelter.hq.as-map"), view.place.map)}));
    if (!view.place.map) out.main.push_back(table_of(view, rows));
    if (view.place.map)
      for (Node& node : hq_map(view, rows)) out.main.push_back(std::move(node));
  }
  out.main.push_back(import_group(view));
  return screen::finish(std::move(out));
}

// A place that is known already by name and address keeps its id, and learns where it is.
Result<int> take_list(Turn& turn, const OpenList& list) {
  Facts facts;
  int fresh = 0;
  for (const OpenShelter& one : list.shelters) {
    const auto known = std::find_if(
        turn.view.shelters.begin(), turn.view.shelters.end(),
        [&](const ShelterLine& line) { return line.name == one.name && line.place == one.place; });
    const auto spot =
        one.latitude && one.longitude ? spot_of(*one.latitude, *one.longitude) : std::optional<Spot>();
    if (known != turn.view.shelters.end()) {
      if (spot && !known->spot)
        facts.push_back(
            turn.desk.fact(Correct{known->id.bytes, Field::Spot, spot_text(*spot), 0, {}}, turn.view.now));
      continue;
    }
    ++fresh;
    const SubjectId id = turn.desk.entropy().id<ShelterTag>().bytes;
    const auto add = [&](Field field, std::string text, std::int64_t number) {
      facts.push_back(turn.desk.fact(Correct{id, field, std::move(text), number, {}}, turn.view.now));
    };
    add(Field::ShelterName, one.name, 0);
    if (!one.place.empty()) add(Field::Place, one.place, 0);
    if (!one.telephone.empty()) add(Field::ShelterPhone, one.telephone, 0);
    if (spot) add(Field::Spot, spot_text(*spot), 0);
    if (one.capacity && *one.capacity <= 1'000'000) add(Field::Capacity, "", *one.capacity);
    add(Field::Standing, "", static_cast<int>(Standing::Closed));
  }
  MACHI_TRY(turn.desk.write(std::move(facts), turn.view.now));
  return fresh;
}

Result<bool> act(Turn& turn, const screen::Action& action) {
  if (const auto id = subject(action, "shelter")) {
    MACHI_TRY_SET(shelter, ShelterId::from_hex_text(*id));
    turn.place.shelter = shelter;
    turn.place.no_spot = false;
    turn.place.page = PageId::Place;
    return true;
  }
  if (action.node == "show") {
    turn.place.map = action.value == "map";
    return true;
  }
  if (action.node == "list" && action.action == "open") {
    if (turn.text)
      turn.place.list = read_open_data(*turn.text);
    else {
      turn.place.warns = true;
      turn.place.notice = turn.view.words("desk.shelter.import.no-file");
    }
    return true;
  }
  if (action.node != "list.take" || !turn.place.list) return false;
  MACHI_TRY_SET(fresh, take_list(turn, *turn.place.list));
  turn.place.list.reset();
  turn.place.notice = turn.view.words("desk.shelter.import.taken", {{"n", std::to_string(fresh)}});
  return true;
}

}  // namespace

const Page kHeadquartersPage{PageId::Headquarters, "hq", Icon::People, PageId::Headquarters, view, act};

}  // namespace machi::shelter

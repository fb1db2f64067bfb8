// One shelter, from headquarters: open or closed, how many fit in, its rooms, its telephone.
#include "core/base/text.h"
#include "core/shelter/desk/page.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Kind;
using screen::Node;
using screen::Nodes;

screen::Screen view(const DeskView& view) {
  const auto& words = view.words;
  const ShelterLine* one = view.find(view.place.shelter);
  if (!one) {
    screen::Screen none = frame(view, "desk.shelter.place", words("desk.shelter.page.hq"));
    none.foot.push_back(screen::button("back", words("button.back")));
    return screen::finish(std::move(none));
  }
  screen::Screen out = frame(view, "desk.shelter.place/" + one->id.hex(), one->name);
  if (is_stale(view, *one)) {
    Node alert = screen::alert("old", stale_text(view, *one), screen::Tone::Warning);
    alert.hint = words("desk.shelter.place.old");
    alert.state = screen::State::Stale;
    out.main.push_back(std::move(alert));
  }
  if (!one->place.empty()) out.main.push_back(screen::text("place", one->place));
  std::string digits;
  for (const char sign : base::fold_width(one->telephone))
    if ((sign >= '0' && sign <= '9') || sign == '+') digits += sign;
  if (!digits.empty())
    out.main.push_back(screen::link("call", words("desk.shelter.call", {{"number", one->telephone}}),
                                    "tel:" + digits, Icon::Telephone));
  out.main.push_back(
      screen::choice("standing", words("desk.shelter.standing"), Kind::Single,
                     {screen::option("2", words("desk.shelter.open"), one->standing == Standing::Open),
                      screen::option("1", words("desk.shelter.closed"), one->standing != Standing::Open)}));
  Node capacity = screen::field("capacity", words("desk.shelter.capacity"), Kind::Number,
                                one->capacity > 0 ? std::to_string(one->capacity) : "");
  capacity.minimum = "0";
  capacity.maximum = "100000";
  out.main.push_back(std::move(capacity));
  Node spot =
      screen::field("spot", words("desk.shelter.spot"), Kind::Text, one->spot ? spot_text(*one->spot) : "");
  spot.hint = words("desk.shelter.spot.hint");
  spot.max_length = 40;
  if (view.place.no_spot) spot.error = words("desk.shelter.spot.bad");
  out.main.push_back(std::move(spot));
  std::string rooms;
  for (const std::string& room : one->rooms) rooms += (rooms.empty() ? "" : "\n") + room;
  Node field = screen::field("rooms", words("desk.shelter.rooms"), Kind::Multiline, rooms);
  field.hint = words("desk.shelter.rooms.hint");
  field.max_length = 1000;
  out.main.push_back(std::move(field));
  if (const auto counts = view.book().counts(one->id); counts.ok()) {
    Nodes facts;
    for (int i = 0; i < household::kNeeds; ++i)
      if (const auto n = counts->needs[static_cast<std::size_t>(i)]; n > 0) {
        const std::string name(name_of(static_cast<household::Need>(i)));
        facts.push_back(
            screen::fact("need." + name, words("need." + name), words.count("desk.shelter.people", n)));
      }
    if (!facts.empty())
      out.main.push_back(screen::facts("needs", words("desk.shelter.needs"), std::move(facts)));
  }
  out.main.push_back(screen::button("poster", words("desk.shelter.poster")));
  out.main.push_back(screen::button("csv", words("desk.shelter.csv")));
  out.foot.push_back(screen::button("back", words("button.back"), screen::Importance::Tertiary, Icon::Back));
  return screen::finish(std::move(out));
}

Result<bool> act(Turn& turn, const screen::Action& action) {
  const SubjectId id = turn.place.shelter.bytes;
  const Instant now = turn.view.now;
  if (action.node == "standing") {
    MACHI_TRY(turn.desk.say(id, Field::Standing, "", action.value == "2" ? 2 : 1, now));
    return true;
  }
  if (action.node == "capacity") {
    const std::string digits = base::trimmed(base::fold_width(action.value));
    if (digits.empty() || digits.size() > 6 || digits.find_first_not_of("0123456789") != std::string::npos)
      return true;
    MACHI_TRY(turn.desk.say(id, Field::Capacity, "", std::atoi(digits.c_str()), now));
    return true;
  }
  if (action.node == "spot") {
    const auto spot = read_spot(action.value);
    turn.place.no_spot = !spot && !base::trimmed(action.value).empty();
    if (turn.place.no_spot) return true;
    MACHI_TRY(turn.desk.say(id, Field::Spot, spot ? spot_text(*spot) : "", 0, now));
    return true;
  }
  if (action.node == "rooms") {
    MACHI_TRY(turn.desk.say(id, Field::Rooms, action.value, 0, now));
    return true;
  }
  if (action.node == "poster") {
    turn.place.page = PageId::Poster;
    return true;
  }
  if (action.node != "csv") return false;
  // Whoever takes a roster away is written down, as whoever looks somebody up.
  MACHI_TRY(turn.desk.say(turn.desk.entropy().id<FactTag>().bytes, Field::Look,
                          "CSV " + turn.place.shelter.hex(), 0, now));
  MACHI_TRY_SET(file, roster_csv(turn.view, turn.place.shelter));
  turn.ask.save = std::move(file);
  return true;
}

}  // namespace

const Page kPlacePage{PageId::Place, "", Icon::None, PageId::Headquarters, view, act};

}  // namespace machi::shelter

// The reception: a scanner that is always on, the form without a code one tap off, and how full the place is.
#include "core/shelter/desk/page.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

Result<Node> fullness(const DeskView& view, const ShelterLine& here) {
  const auto& words = view.words;
  MACHI_TRY_SET(counts, view.book().counts(here.id));
  Nodes facts;
  const auto fact = [&](const char* id, const std::string& name, std::string value) {
    facts.push_back(screen::fact(id, name, std::move(value)));
  };
  fact("count.inside", words("desk.shelter.count.inside"),
       here.capacity > 0 ? words("desk.shelter.count.of", {{"n", std::to_string(counts.inside)},
                                                           {"all", std::to_string(here.capacity)}})
                         : words.count("desk.shelter.people", counts.inside));
  if (counts.car > 0)
    fact("count.car", words("desk.shelter.manner.car"), words.count("desk.shelter.people", counts.car));
  if (counts.home > 0)
    fact("count.home", words("desk.shelter.manner.home"), words.count("desk.shelter.people", counts.home));
  if (counts.said > 0)
    fact("count.said", words("desk.shelter.said"), words.count("desk.shelter.people", counts.said));
  if (counts.doubts > 0)
    fact("count.doubts", words("desk.shelter.doubt"), words.count("desk.shelter.people", counts.doubts));
  Nodes inside{screen::facts("counts", "", std::move(facts))};
  if (here.capacity > 0)
    inside.push_back(
        screen::progress("full", words("desk.shelter.full"),
                         static_cast<int>(std::min<std::int64_t>(100, counts.inside * 100 / here.capacity))));
  if (view.waiting > 0)
    inside.push_back(screen::text("waiting", words.count("desk.shelter.waiting", view.waiting)));
  return screen::group("fullness", words("desk.shelter.now"), std::move(inside));
}

screen::Screen view(const DeskView& view) {
  const auto& words = view.words;
  screen::Screen out = frame(view, "desk.shelter.reception", words("desk.shelter.page.reception"));
  if (view.place.scanned && !view.place.scanned->pass) {
    Node alert = screen::alert(
        "trouble", words(household::pass_words(view.place.scanned->trouble)), Tone::Warning,
        {screen::button("trouble.walkin", words("desk.shelter.walkin"), Importance::Secondary)});
    alert.hint = words("desk.pass.next");
    out.main.push_back(std::move(alert));
  }
  out.main.push_back(
      screen::standing_scanner("scanner", words("desk.shelter.scan"), words("desk.shelter.scan.hint")));
  out.main.push_back(
      screen::button("walkin", words("desk.shelter.walkin"), Importance::Secondary, Icon::Edit));
  Nodes more{screen::button("poster", words("desk.shelter.poster"), Importance::Tertiary),
             screen::button("self", words("desk.shelter.self"), Importance::Tertiary)};
  more.back().disabled = !view.lockable;
  if (!view.lockable) more.back().hint = words("desk.shelter.self.lock");
  if (const ShelterLine* here = view.here())
    if (auto full = fullness(view, *here); full.ok()) out.main.push_back(std::move(*full));
  Node door = screen::group("door", words("desk.shelter.door"), std::move(more));
  door.collapsed = true;
  out.main.push_back(std::move(door));
  return screen::finish(std::move(out));
}

Result<bool> act(Turn& turn, const screen::Action& action) {
  DeskPlace& place = turn.place;
  if (action.node == "walkin" || action.node == "trouble.walkin") {
    place.draft = {};
    place.room.clear();
    place.manner = Manner::Inside;
    place.page = PageId::WalkIn;
    return true;
  }
  if (action.node == "poster") {
    place.page = PageId::Poster;
    return true;
  }
  if (action.node == "self") {
    MACHI_TRY(turn.desk.set("self", "1"));
    place.self = {};
    return true;
  }
  if (action.node != "scanner" || !turn.read_pass) return false;
  place.scanned = turn.read_pass(action.value);
  if (!place.scanned->pass) return true;
  place.absent.clear();
  place.room.clear();
  place.manner = static_cast<Manner>(static_cast<int>(place.scanned->pass->place) + 1);
  place.page = PageId::Household;
  return true;
}

}  // namespace

const Page kReceptionPage{PageId::Reception, "reception", Icon::Scan, PageId::Reception, view, act};

}  // namespace machi::shelter

// Where this tablet stands: one of the town's shelters, or headquarters. Shelters come with the office's
// mail; a town that has none yet makes them at headquarters, and a tablet without a network makes its own.
#include "core/base/text.h"
#include "core/shelter/desk/page.h"

namespace machi::shelter {
namespace {

using screen::Importance;
using screen::Node;
using screen::Nodes;

screen::Screen view(const DeskView& view) {
  const auto& words = view.words;
  screen::Screen out = frame(view, "desk.shelter.choose", words("desk.shelter.choose"));
  Nodes rows;
  for (const ShelterLine& one : view.shelters)
    rows.push_back(screen::row_button("shelter." + one.id.hex(), one.name, one.place));
  if (rows.empty())
    out.main.push_back(screen::empty("none", words("desk.shelter.choose.none")));
  else
    out.main.push_back(screen::list("shelters", words("desk.shelter.choose.list"), std::move(rows)));
  out.main.push_back(
      screen::button("hq", words("desk.shelter.choose.hq"), Importance::Secondary, screen::Icon::People));
  Nodes own{
      screen::field("own.name", words("desk.shelter.choose.name"), screen::Kind::Text, view.place.words)};
  own.back().max_length = 60;
  own.push_back(screen::button("own.make", words("desk.shelter.choose.make")));
  Node group = screen::group("own", words("desk.shelter.choose.new"), std::move(own));
  group.collapsed = !rows.empty();
  out.main.push_back(std::move(group));
  return screen::finish(std::move(out));
}

Result<bool> act(Turn& turn, const screen::Action& action) {
  if (const auto id = subject(action, "shelter")) {
    const auto shelter = ShelterId::from_hex_text(*id);
    if (!shelter.ok() || !turn.view.find(*shelter)) return false;
    MACHI_TRY(turn.desk.set("here", shelter->hex()));
    turn.place = {};
    return true;
  }
  if (action.node == "hq") {
    MACHI_TRY(turn.desk.set("here", "hq"));
    turn.place = {};
    turn.place.page = PageId::Headquarters;
    return true;
  }
  if (action.node == "own.name") {
    turn.place.words = action.value;
    return true;
  }
  if (action.node != "own.make") return false;
  const std::string name = base::trimmed(turn.place.words);
  if (name.empty()) {
    turn.place.warns = true;
    turn.place.notice = turn.view.words("desk.shelter.name.missing");
    return true;
  }
  const ShelterId made = turn.desk.entropy().id<ShelterTag>();
  MACHI_TRY(
      turn.desk.write({turn.desk.fact(Correct{made.bytes, Field::ShelterName, name, 0, {}}, turn.view.now),
                       turn.desk.fact(Correct{made.bytes, Field::Standing, "", 2, {}}, turn.view.now)},
                      turn.view.now));
  MACHI_TRY(turn.desk.set("here", made.hex()));
  turn.place = {};
  return true;
}

}  // namespace

const Page kChoosePage{PageId::Choose, "choose", screen::Icon::Home, PageId::Reception, view, act};

}  // namespace machi::shelter

// Headquarters' map: a plan out of the shelters' own coordinates, for there may be no network to fetch one
// from. It is a list whose rows have a place; a presenter draws the same rows on a plan. What state a shelter
// is in is told three times: by a word, a mark's shape and a colour.
#include "core/shelter/desk/hq_rows.h"

namespace machi::shelter {
namespace {

using screen::Icon;
using screen::Kind;
using screen::Node;
using screen::Nodes;
using screen::State;
using screen::Tone;

// The word and the tone; a presenter gives each tone a shape of its own, and what is stale another.
Node state_badge(const DeskView& view, const HqRow& row) {
  const auto& words = view.words;
  const std::string id = "state." + row.shelter->id.hex();
  if (row.shelter->standing != Standing::Open) return screen::badge(id, words("desk.shelter.closed"));
  if (row.stale) return screen::badge(id, stale_text(view, *row.shelter), Tone::Warning, Icon::Clock);
  switch (room_of(row)) {
    case Room::Full:
      return screen::badge(id, words("desk.shelter.full.badge"), Tone::Danger, Icon::Failed);
    case Room::Crowded:
      return screen::badge(id, words("desk.shelter.crowded"), Tone::Warning, Icon::Warning);
    case Room::Free:
    case Room::Unknown:
      return screen::badge(id, words("desk.shelter.open"), Tone::Success, Icon::Check);
  }
  return screen::badge(id, words("desk.shelter.open"));
}

}  // namespace

Nodes hq_map(const DeskView& view, const std::vector<HqRow>& rows) {
  const auto& words = view.words;
  Nodes placed, unplaced, out;
  for (const HqRow& row : rows) {
    const ShelterLine& one = *row.shelter;
    Node badge = state_badge(view, row);
    Node node = screen::row_button("shelter." + one.id.hex(), one.name, people_text(view, row));
    node.tone = badge.tone;
    if (row.stale) node.state = State::Stale;
    node.children.push_back(std::move(badge));
    if (one.spot) node.href = geo_uri(*one.spot);
    (one.spot ? placed : unplaced).push_back(std::move(node));
  }
  if (!placed.empty()) {
    Node map = screen::list("map", words("desk.shelter.map"), std::move(placed));
    map.kind = Kind::Map;
    map.hint = words("desk.shelter.map.hint");
    map.options = {screen::option("in", words("desk.shelter.map.in")),
                   screen::option("out", words("desk.shelter.map.out"))};
    out.push_back(std::move(map));
  }
  if (!unplaced.empty()) {
    Node list = screen::list("unplaced", words("desk.shelter.map.unplaced"), std::move(unplaced));
    list.hint = words("desk.shelter.map.unplaced.hint");
    out.push_back(std::move(list));
  }
  return out;
}

}  // namespace machi::shelter

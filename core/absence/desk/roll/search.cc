// Search: a pupil by name or reading, and from there everything about the pupil. Pure over the tables.
#include "core/absence/desk/page.h"
#include "core/absence/desk/roll/find.h"

namespace machi::absence {
namespace {

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  screen::Screen out = desk_frame(scene, "desk.search", words("desk.search.title"));
  out.main.push_back(screen::heading("heading", words("desk.search.title")));
  add_finder(scene, "pupil", scene.place.find, out.main);
  return screen::finish(std::move(out));
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  if (action.node == "find") {
    turn.place.find = action.value;
    return true;
  }
  if (const auto about = subject(action, "pupil")) {
    MACHI_TRY_SET(id, PupilId::from_hex_text(*about));
    turn.place.pupil = id;
    turn.place.page = DeskPage::Pupil;
    return true;
  }
  return false;
}

}  // namespace

const Page kSearchPage{DeskPage::Search, "search", screen::Icon::Search, DeskPage::Today, view, act, nullptr};

}  // namespace machi::absence

// The board's page for a school that has lost all its tablets: the board, a spare member of every school,
// invites a new one. It reads no mail of the school. Pure.
#include "core/absence/desk/devices/recovery.h"
#include "core/absence/desk/page.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  screen::Screen out = desk_frame(scene, "desk.rescue", words("desk.rescue.title"));
  out.main.push_back(screen::heading("heading", words("desk.rescue.title")));
  if (!scene.rescue.link.empty()) {
    Nodes inside{screen::text("rescue.next", words("desk.rescue.next", {{"school", scene.rescue.school}}))};
    if (auto symbol =
            symbol_node(scene, "rescue.symbol", words("desk.devices.invite.symbol"), scene.rescue.link))
      inside.push_back(std::move(*symbol));
    else
      inside.push_back(screen::text("rescue.link", scene.rescue.link));
    inside.push_back(screen::alert(
        "rescue.secret",
        words("desk.devices.invite.secret", {{"time", words.moment(scene.rescue.to, scene.now)}}),
        Tone::Warning));
    inside.push_back(screen::button("rescue.hide", words("desk.devices.invite.hide")));
    out.main.push_back(screen::group("rescue.shown", scene.rescue.school, std::move(inside)));
    return screen::finish(std::move(out));
  }
  out.main.push_back(screen::text("how", words("desk.rescue.how")));
  Nodes rows;
  for (const BoardSchool& school : scene.schools) {
    const std::string id = "rescue." + school.id.hex();
    Node row = screen::row("school." + school.id.hex(), school.name,
                           words(school.spare ? "desk.rescue.ready" : "desk.rescue.waits"));
    if (school.spare) row.children.push_back(screen::button(id, words("desk.rescue.invite")));
    rows.push_back(std::move(row));
    if (school.spare && scene.place.asking == id)
      out.main.push_back(second_press(id, words("desk.rescue.sure", {{"school", school.name}}),
                                      words("desk.rescue.sure.hint"), words("desk.rescue.yes")));
  }
  if (!rows.empty()) out.main.push_back(screen::list("schools", words("desk.board.school"), std::move(rows)));
  for (Node& node : came_lines(scene)) out.main.push_back(std::move(node));
  return screen::finish(std::move(out));
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  if (action.node == "rescue.hide") {
    turn.wish.hide_invitation = true;
    return true;
  }
  const auto about = subject(action, "rescue");
  if (!about) return false;
  const bool yes = about->ends_with(".yes");
  const auto school = mail::MailboxId::from_hex_text(about->substr(0, 32));
  if (!school.ok()) return false;
  if (!yes)
    turn.place.asking = action.node;
  else if (turn.asked)
    turn.wish.rescue = *school;
  return !yes || turn.asked;
}

}  // namespace

const Page kRescuePage{DeskPage::Rescue, "rescue", Icon::Help, DeskPage::Board, view, act, nullptr};

}  // namespace machi::absence

// This desk among the school's devices: its name, and the invitation for another one. Pure over the tables.
#include "core/absence/content.h"
#include "core/absence/desk/page.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

constexpr std::size_t kNameLimit = 20;

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  screen::Screen out = desk_frame(scene, "desk.devices", words("desk.devices.title"));
  out.main.push_back(screen::heading("heading", words("desk.devices.title")));
  Node name = screen::field("name", words("desk.devices.name"), screen::Kind::Text, scene.school.name());
  name.hint = words("desk.devices.name.hint");
  name.max_length = 20;
  out.main.push_back(std::move(name));
  out.main.push_back(screen::text("count", words.count("desk.devices.count", scene.desks)));

  Nodes inside;
  if (scene.invitation.empty()) {
    inside.push_back(screen::text("invite.how", words("desk.devices.invite.how")));
    inside.push_back(screen::button("invite", words("desk.devices.invite"), Importance::Primary, Icon::Add));
    Node guest =
        screen::button("invite.guest", words("desk.guest.invite"), Importance::Secondary, Icon::Person);
    guest.hint = words("desk.guest.how", {{"time", words.time(kGuestsLeave)}});
    inside.push_back(std::move(guest));
  } else {
    inside.push_back(screen::text("invite.next", words("desk.devices.invite.next")));
    if (auto symbol =
            symbol_node(scene, "invite.symbol", words("desk.devices.invite.symbol"), scene.invitation))
      inside.push_back(std::move(*symbol));
    else
      inside.push_back(screen::text("invite.link", scene.invitation));
    inside.push_back(screen::alert(
        "invite.secret",
        words("desk.devices.invite.secret", {{"time", words.moment(scene.invitation_to, scene.now)}}),
        Tone::Warning));
    inside.push_back(screen::button("invite.hide", words("desk.devices.invite.hide")));
  }
  out.main.push_back(screen::group("add", words("desk.devices.add"), std::move(inside)));
  return screen::finish(std::move(out));
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  if (action.node == "invite") {
    turn.wish.invite = true;
  } else if (action.node == "invite.guest") {
    turn.wish.invite_guest = true;
  } else if (action.node == "invite.hide") {
    turn.wish.hide_invitation = true;
  } else if (action.node == "name") {
    const std::u32string points = base::to_code_points(base::trimmed(content::cleaned(action.value)));
    MACHI_TRY(turn.school.rename(base::from_code_points(points.substr(0, kNameLimit))));
  } else {
    return false;
  }
  return true;
}

}  // namespace

const Page kDevicesPage{DeskPage::Devices, "devices", Icon::Settings, DeskPage::Today, view, act, nullptr};

}  // namespace machi::absence

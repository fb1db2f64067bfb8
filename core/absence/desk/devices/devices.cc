// This desk among the school's devices: its name, and the invitation for another one. Pure over the tables.
#include <algorithm>
#include <vector>

#include "core/absence/content.h"
#include "core/absence/desk/devices/recovery.h"
#include "core/absence/desk/page.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

constexpr std::size_t kNameLimit = 20;

std::string name_of(const DeskScene& scene, const DeskDevice& device) {
  if (device.invited) return scene.words("desk.devices.invited");
  const DeskName known = scene.school.roll().desk(device.key);
  return known.name.empty()
             ? scene.words("desk.devices.nameless", {{"key", base::to_hex(device.key.bytes).substr(0, 6)}})
             : known.name;
}

// This one first, then who wrote last: a key says nothing to a person.
std::vector<DeskDevice> in_order(const DeskScene& scene) {
  std::vector<DeskDevice> devices = scene.devices;
  const auto seen = [&](const DeskDevice& device) { return scene.school.roll().desk(device.key).seen.ms; };
  std::stable_sort(devices.begin(), devices.end(), [&](const DeskDevice& a, const DeskDevice& b) {
    return a.own != b.own ? a.own : seen(a) > seen(b);
  });
  return devices;
}

Node device_row(const DeskScene& scene, const DeskDevice& device) {
  const auto& words = scene.words;
  const std::string key = base::to_hex(device.key.bytes);
  const DeskName known = scene.school.roll().desk(device.key);
  Node row = screen::row(
      "device." + key, name_of(scene, device),
      known.seen.ms > 0 ? words("desk.devices.seen", {{"time", words.moment(known.seen, scene.now)}}) : "");
  if (device.until)
    row.children.push_back(screen::badge(
        "until." + key, words("desk.guest.badge", {{"time", words.moment(*device.until, scene.now)}}),
        Tone::Info, Icon::Clock));
  if (device.own) {
    row.children.push_back(
        screen::badge("own." + key, words("desk.devices.own"), Tone::Success, Icon::Check));
    return row;
  }
  Node remove = screen::button("remove." + key, words("desk.devices.remove"));
  remove.tone = Tone::Danger;
  row.children.push_back(std::move(remove));
  return row;
}

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  screen::Screen out = desk_frame(scene, "desk.devices", words("desk.devices.title"));
  out.main.push_back(screen::heading("heading", words("desk.devices.title")));
  Node name = screen::field("name", words("desk.devices.name"), screen::Kind::Text, scene.school.name());
  name.hint = words("desk.devices.name.hint");
  name.max_length = 20;
  out.main.push_back(std::move(name));
  out.main.push_back(screen::text("count", words.count("desk.devices.count", scene.desks)));

  Nodes rows;
  for (const DeskDevice& device : in_order(scene)) rows.push_back(device_row(scene, device));
  if (!rows.empty()) out.main.push_back(screen::list("devices", words("desk.devices.list"), std::move(rows)));
  for (const DeskDevice& device : scene.devices)
    if (const std::string id = "remove." + base::to_hex(device.key.bytes); scene.place.asking == id)
      out.main.push_back(second_press(id,
                                      words("desk.devices.remove.sure", {{"name", name_of(scene, device)}}),
                                      words("desk.devices.remove.hint"), words("desk.devices.remove.yes")));

  for (Node& node : came_lines(scene)) out.main.push_back(std::move(node));
  Nodes inside;
  if (scene.invitation.empty()) {
    inside.push_back(screen::text("invite.how", words("desk.devices.invite.how")));
    inside.push_back(screen::button("invite", words("desk.devices.invite"), Importance::Primary, Icon::Add));
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
  if (!scene.board) out.main.push_back(guest_group(scene));
  return screen::finish(std::move(out));
}

// Whose code was said, and nobody else. The field says so when there is none.
Status let_in(PageTurn& turn) {
  const auto code = mail::parse_guest_code(turn.place.guest_code);
  const auto ask = code.ok() ? turn.school.guests().find(*code, turn.scene.now) : std::nullopt;
  if (!ask) {
    turn.place.notice = "desk.guest.allow.unknown";
    return {};
  }
  if (turn.place.guest_some && turn.place.guest_only.empty()) {
    turn.place.notice = "desk.guest.view.none";
    return {};
  }
  if (turn.place.guest_some) turn.wish.let_in_for = std::exchange(turn.place.guest_only, {});
  turn.place.guest_some = false;
  const Instant until =
      turn.place.guest_to > turn.scene.now ? turn.place.guest_to : guest_ends(turn.scene.now).back();
  turn.wish.let_in = std::pair(*ask, until);
  turn.place.guest_code.clear();
  turn.place.guest_to = {};
  turn.place.notice = "desk.guest.allowed";
  return {};
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  if (action.node == "invite") {
    turn.wish.invite = true;
  } else if (action.node == "guest.code" || action.node == "guest.scan") {
    const auto code = mail::parse_guest_code(action.value);
    turn.place.guest_code = code.ok() ? mail::print_guest_code(*code) : base::trimmed(action.value);
  } else if (action.node == "guest.to") {
    for (const Instant at : guest_ends(turn.scene.now))
      if (std::to_string(at.seconds()) == action.value) turn.place.guest_to = at;
  } else if (action.node == "guest.view") {
    turn.place.guest_some = action.value == "some";
  } else if (action.node == "guest.classes") {
    turn.place.guest_only.clear();
    for (const std::string& value : action.values) {
      MACHI_TRY_SET(id, ClassId::from_hex_text(value));
      turn.place.guest_only.insert(id);
    }
  } else if (action.node == "guest.allow") {
    MACHI_TRY(let_in(turn));
  } else if (action.node == "invite.hide") {
    turn.wish.hide_invitation = true;
  } else if (action.node == "name") {
    const std::u32string points = base::to_code_points(base::trimmed(content::cleaned(action.value)));
    MACHI_TRY(turn.school.rename(base::from_code_points(points.substr(0, kNameLimit)), turn.scene.now));
  } else if (const auto about = subject(action, "remove")) {
    const bool yes = about->ends_with(".yes");
    if (!yes) {
      turn.place.asking = action.node;
      return true;
    }
    if (!turn.asked) return false;
    MACHI_TRY_SET(raw, base::from_hex(about->substr(0, about->size() - 4)));
    MACHI_TRY_SET(key, base::fixed<32>(raw));
    turn.wish.remove = crypto::SignPublic{key};
    turn.place.notice = "desk.devices.removed";
  } else {
    return false;
  }
  return true;
}

}  // namespace

const Page kDevicesPage{DeskPage::Devices, "devices", Icon::Settings, DeskPage::Today, view, act, nullptr};

}  // namespace machi::absence

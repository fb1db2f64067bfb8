// This desk among the school's devices: its name, the invitation for another one; the languages; and the
// screen of a desk that has no school yet. Pure over the tables.
#include "core/absence/desk/scene.h"

namespace machi::absence {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

screen::Screen devices_screen(const DeskScene& scene) {
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

screen::Screen language_screen(const DeskScene& scene) {
  const auto& words = scene.words;
  screen::Screen out = desk_frame(scene, "desk.language", words("language.title"));
  out.main.push_back(screen::heading("heading", words("language.title")));
  std::vector<screen::Option> options;
  for (const words::Language& language : words::languages())
    options.push_back(screen::option(std::string(language.tag), std::string(language.own_name),
                                     language.tag == words.language()));
  out.main.push_back(
      screen::choice("language", words("button.language"), screen::Kind::Single, std::move(options)));
  return screen::finish(std::move(out));
}

screen::Screen join_screen(const words::Words& words, mail::Client::Joining joining,
                           const std::string& school_name, bool bad_link) {
  using Joining = mail::Client::Joining;
  screen::Screen out;
  out.app = "desk";
  out.name = "desk.join";
  out.language = words.language();
  if (joining == Joining::Waiting) {
    const std::string title = school_name.empty() ? words("desk.join.waiting.somewhere")
                                                  : words("desk.join.waiting", {{"school", school_name}});
    out.title = words::plain(title);
    out.announce = words::plain(title);
    out.main.push_back(screen::heading("heading", title));
    out.main.push_back(screen::progress("progress", words("desk.join.progress")));
    out.main.push_back(screen::text("wait", words("desk.join.wait")));
    return screen::finish(std::move(out));
  }
  out.title = words::plain(words("desk.join.title"));
  out.main.push_back(screen::heading("heading", words("desk.join.title")));
  if (joining == Joining::Refused) {
    Node refused = screen::alert("refused", words("desk.join.refused"), Tone::Danger);
    refused.hint = words("desk.join.refused.next");
    out.main.push_back(std::move(refused));
  } else if (bad_link) {
    Node bad = screen::alert("bad-link", words("desk.join.bad-link"), Tone::Warning);
    bad.hint = words("desk.join.bad-link.next");
    out.main.push_back(std::move(bad));
  }
  out.main.push_back(screen::text("how", words("desk.join.how")));
  out.main.push_back(screen::scanner("scanner", words("desk.join.scan"), words("desk.join.scan.hint")));
  return screen::finish(std::move(out));
}

}  // namespace machi::absence

// The screen of a desk that has no school yet. Pure.
#include "core/absence/desk/scene.h"

namespace machi::absence {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

screen::Screen join_screen(const words::Words& words, mail::Client::Joining joining,
                           const std::string& school_name, bool bad_link, std::optional<base::Code> waits) {
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
    using base::Code;
    const char* what = !waits || *waits == Code::Missing ? nullptr
                       : *waits == Code::HeadNeeded      ? "desk.join.waits.restored"
                       : *waits == Code::UnknownKey      ? "desk.join.waits.invitation"
                       : *waits == Code::Unreachable     ? "desk.join.waits.unreachable"
                                                         : nullptr;
    if (what != nullptr) out.main.push_back(screen::alert("waits", words(what), Tone::Info));
    out.main.push_back(screen::text("wait", words("desk.join.wait")));
    if (waits)
      out.foot.push_back(
          screen::button("join.retry", words("desk.join.retry"), Importance::Secondary, Icon::Retry));
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
  Node key = screen::button("key", words("desk.key.open"), Importance::Tertiary);
  key.hint = words("desk.key.open.hint");
  out.main.push_back(std::move(key));
  Node guest = screen::button("guest", words("desk.guest.here"), Importance::Tertiary, Icon::Person);
  guest.hint = words("desk.guest.here.hint");
  out.main.push_back(std::move(guest));
  return screen::finish(std::move(out));
}

}  // namespace machi::absence

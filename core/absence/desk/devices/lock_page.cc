// The lock's two screens: the shut one, which shows no name and no number of anybody, and the page where a
// PIN is chosen. Pure over the settings.
#include "core/absence/desk/devices/lock.h"
#include "core/absence/desk/page.h"
#include "core/crypto/password.h"

namespace machi::absence {
namespace {

using screen::Icon;
using screen::Importance;
using screen::Node;
using screen::Nodes;
using screen::Tone;

screen::Screen view(const DeskScene& scene) {
  const auto& words = scene.words;
  const LockState lock(scene.school);
  screen::Screen out = desk_frame(scene, "desk.lock", words("desk.lock.title"));
  if (scene.place.pins > 0) out.name += "/" + std::to_string(scene.place.pins);
  out.main.push_back(screen::heading("heading", words("desk.lock.title")));
  out.main.push_back(screen::text("how", words("desk.lock.how")));
  Node pin = screen::field("pin.new", words(lock.has_pin() ? "desk.lock.pin.other" : "desk.lock.pin.new"),
                           screen::Kind::Secret);
  pin.hint = words("desk.lock.pin.hint");
  pin.max_length = static_cast<std::int32_t>(kPinLongest);
  out.main.push_back(std::move(pin));
  if (!lock.has_pin()) {
    out.main.push_back(screen::button("pin.set", words("desk.lock.set"), Importance::Primary, Icon::Lock));
    return screen::finish(std::move(out));
  }
  out.main.push_back(screen::button("pin.set", words("desk.lock.change"), Importance::Secondary, Icon::Lock));
  std::vector<screen::Option> minutes;
  for (const int n : kLockMinutes)
    minutes.push_back(screen::option(
        std::to_string(n), words("desk.lock.minutes", {{"n", std::to_string(n)}}), n == lock.minutes()));
  out.main.push_back(
      screen::choice("minutes", words("desk.lock.after"), screen::Kind::Single, std::move(minutes)));
  Node remove = screen::button("pin.remove", words("desk.lock.remove"));
  remove.tone = Tone::Danger;
  out.main.push_back(std::move(remove));
  return screen::finish(std::move(out));
}

Result<bool> act(PageTurn& turn, const screen::Action& action) {
  DeskLock lock(turn.school, turn.entropy);
  DeskPlace& place = turn.place;
  if (action.node == "pin.new") {
    place.pin = action.value;
  } else if (action.node == "pin.set") {
    const auto chosen = lock.choose(place.pin, turn.scene.now);
    crypto::wipe_text(place.pin);
    ++place.pins;  // another screen: the field is empty again
    if (!chosen.ok() && chosen.code() != base::Code::BadInput) return chosen.error();
    place.notice = chosen.ok() ? "desk.lock.chosen" : "desk.lock.bad-pin";
  } else if (action.node == "minutes") {
    for (const int n : kLockMinutes)
      if (std::to_string(n) == action.value) MACHI_TRY(lock.set_minutes(n));
  } else if (action.node == "pin.remove") {
    MACHI_TRY(lock.remove());
  } else {
    return false;
  }
  return true;
}

}  // namespace

screen::Screen locked_screen(const DeskScene& scene, const LockState& lock) {
  const auto& words = scene.words;
  screen::Screen out;
  out.app = "desk";
  out.name = "desk.locked/" + std::to_string(lock.wrong());
  out.language = words.language();
  out.title = words::plain(words("desk.locked.title"));
  Node school = screen::text("school", scene.school_name);
  school.icon = Icon::School;
  out.bar.push_back(std::move(school));
  out.main.push_back(screen::heading("heading", words("desk.locked.title")));
  if (const auto until = lock.waits(scene.now)) {
    const auto seconds = (until->ms - scene.now.ms + 999) / 1000;
    out.main.push_back(
        screen::alert("waits", words("desk.locked.waits", {{"n", std::to_string(seconds)}}), Tone::Warning));
    return screen::finish(std::move(out));
  }
  if (lock.wrong() > 0) out.main.push_back(screen::alert("wrong", words("desk.locked.wrong"), Tone::Warning));
  Node pin = screen::field("pin", words("desk.locked.pin"), screen::Kind::Secret);
  pin.max_length = static_cast<std::int32_t>(lock.length());
  pin.hint = words("desk.locked.pin.hint", {{"n", std::to_string(lock.length())}});
  out.main.push_back(std::move(pin));
  out.focus = "pin";
  return screen::finish(std::move(out));
}

const Page kLockPage{DeskPage::Lock, "lock", Icon::Lock, DeskPage::Today, view, act, nullptr};

}  // namespace machi::absence

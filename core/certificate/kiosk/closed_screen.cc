// The kiosk serves nobody: out of service, or somebody's card still lies on the reader. Pure.
#include "core/certificate/kiosk/screens.h"

namespace machi::certificate::kiosk {
namespace {

// Whoever comes by learns what to do, and nothing about who was here before.
std::string_view key_of(std::optional<Reason> reason) {
  if (!reason) return "kiosk.closed.broken";
  switch (*reason) {
    case Reason::Printing:
    case Reason::Tray:
      return "kiosk.closed.paper";
    case Reason::Terminal:
      return "kiosk.closed.terminal";
    case Reason::WrongPerson:
    case Reason::Staff:
      return "kiosk.closed.staff";
  }
  return "kiosk.closed.staff";
}

}  // namespace

screen::Screen closed_screen(const Scene& scene, std::optional<Reason> reason, bool door) {
  const auto& w = scene.words;
  screen::Nodes foot;
  if (door) foot.push_back(staff_door(scene));
  return screen_of(
      scene, {"kiosk.closed",
              w("kiosk.closed"),
              {screen::text("why", w(key_of(reason))), screen::text("counter", w("kiosk.closed.counter"))},
              std::move(foot),
              false,
              true});
}

screen::Screen card_left_screen(const Scene& scene) {
  const auto& w = scene.words;
  return screen_of(scene, {"kiosk.card-left",
                           w("kiosk.card-left"),
                           {screen::alert("take", w("kiosk.card-left.take"), screen::Tone::Warning)},
                           {},
                           false,
                           true});
}

}  // namespace machi::certificate::kiosk

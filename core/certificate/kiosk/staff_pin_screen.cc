// Staff's own PIN. What was typed stands in no node; only how many digits there are. Pure.
#include "core/certificate/kiosk/screens.h"

namespace machi::certificate::kiosk {
namespace {

using screen::Importance;
using screen::Node;

constexpr int kFree = 4;                        // wrong ones that cost seconds only
constexpr std::int64_t kLong = 5 * 60'000;      // and from then on minutes,
constexpr std::int64_t kLongest = 60 * 60'000;  // twice as many each time

Node key(std::string id, std::string name) { return screen::button("key." + std::move(id), std::move(name)); }

}  // namespace

std::int64_t staff_pause_ms(int wrong) {
  if (wrong <= 0) return 0;
  if (wrong <= kFree) return std::int64_t{1000} << wrong;
  std::int64_t out = kLong;
  for (int i = kFree + 1; i < wrong && out < kLongest; ++i) out *= 2;
  return out < kLongest ? out : kLongest;
}

screen::Screen staff_pin_screen(const Scene& scene, int typed, bool wrong, std::int64_t wait) {
  const auto& w = scene.words;
  screen::Nodes main, keys;
  if (wrong) main.push_back(screen::alert("wrong", w("kiosk.staff.pin.wrong"), screen::Tone::Danger));
  if (wait > 0)
    main.push_back(screen::text("wait", w("kiosk.staff.pin.wait", {{"seconds", std::to_string(wait)}})));
  main.push_back(screen::text("typed", w("kiosk.pin.typed", {{"digits", std::to_string(typed)}})));
  for (int digit = 1; digit <= 9; ++digit) keys.push_back(key(std::to_string(digit), std::to_string(digit)));
  keys.push_back(key("clear", w("kiosk.pin.clear")));
  keys.push_back(key("0", "0"));
  Node enter = key("enter", w("kiosk.pin.enter"));
  enter.importance = Importance::Primary;
  if (typed == 0) {
    keys[9].disabled = true;
    keys[9].hint = w("kiosk.pin.none");
  }
  if (typed < kLeastStaffDigits || wait > 0) {
    enter.disabled = true;
    enter.hint = w("kiosk.staff.pin.least", {{"digits", std::to_string(kLeastStaffDigits)}});
  }
  keys.push_back(std::move(enter));
  Node pad = screen::group("pad", w("kiosk.pin.pad"), std::move(keys));
  pad.kind = screen::Kind::Secret;
  pad.value = std::to_string(typed);
  pad.max_length = kMostStaffDigits;
  main.push_back(std::move(pad));
  return screen_of(
      scene, {"kiosk.staff-pin",
              w("kiosk.staff.pin"),
              std::move(main),
              {screen::button("close", w("kiosk.staff.close"), Importance::Secondary, screen::Icon::Close)},
              false,
              true});
}

}  // namespace machi::certificate::kiosk

// The card and its PIN. What was typed stands in no node; only how many digits there are. Pure.
#include "core/certificate/kiosk/screens.h"

namespace machi::certificate::kiosk {
namespace {

using screen::Importance;
using screen::Node;
using screen::Tone;

Node key(std::string id, std::string name) { return screen::button("key." + std::move(id), std::move(name)); }

Node pad(const Scene& scene, int typed) {
  const auto& w = scene.words;
  screen::Nodes keys;
  for (int digit = 1; digit <= 9; ++digit) keys.push_back(key(std::to_string(digit), std::to_string(digit)));
  keys.push_back(key("clear", w("kiosk.pin.clear")));
  keys.push_back(key("0", "0"));
  Node enter = key("enter", w("kiosk.pin.enter"));
  enter.importance = Importance::Primary;
  if (typed == 0) {
    keys[9].disabled = true;
    keys[9].hint = w("kiosk.pin.none");
  }
  if (typed < 4) {
    enter.disabled = true;
    enter.hint = w("kiosk.pin.four");
  }
  keys.push_back(std::move(enter));
  Node out = screen::group("pad", w("kiosk.pin.pad"), std::move(keys));
  out.kind = screen::Kind::Secret;
  out.value = std::to_string(typed);
  out.max_length = 4;
  return out;
}

Node cancel_button(const Scene& scene) {
  return screen::button("cancel", scene.words("kiosk.cancel.card"), Importance::Secondary,
                        screen::Icon::Close);
}

}  // namespace

screen::Screen card_screen(const Scene& scene, Trouble trouble, std::uint32_t reprints) {
  const auto& w = scene.words;
  screen::Nodes main, foot;
  if (reprints != 0) {
    main.push_back(screen::alert("reprint", w("kiosk.reprint", {{"number", "A-" + std::to_string(reprints)}}),
                                 Tone::Info));
  } else {
    foot.push_back(screen::button("back", w("button.back"), Importance::Secondary, screen::Icon::Back));
  }
  foot.push_back(screen::button("cancel", w("kiosk.cancel"), Importance::Secondary, screen::Icon::Close));
  if (trouble != Trouble::None) {
    const std::string key = "kiosk.trouble." + std::string(name_of(trouble));
    main.push_back(screen::alert("trouble", w(key + ".what"), Tone::Warning));
    main.push_back(screen::text("next", w(key + ".next")));
  } else {
    main.push_back(screen::text("face", w("kiosk.card.face")));
    main.push_back(screen::text("stay", w("kiosk.card.stay")));
  }
  return screen_of(scene, {"kiosk.card", w("kiosk.card"), std::move(main), std::move(foot), true});
}

screen::Screen pin_screen(const Scene& scene, int typed, bool wrong, int tries) {
  const auto& w = scene.words;
  const Importance quiet = Importance::Tertiary;
  screen::Nodes main;
  if (wrong) {
    main.push_back(
        screen::alert("wrong", w("kiosk.pin.wrong", {{"tries", std::to_string(tries)}}), Tone::Danger));
    main.push_back(screen::text("then", w("kiosk.pin.then")));
  } else {
    main.push_back(screen::text("which", w("kiosk.pin.which")));
    if (tries > 0)
      main.push_back(screen::text("tries", w("kiosk.pin.tries", {{"tries", std::to_string(tries)}})));
  }
  main.push_back(screen::text("typed", w("kiosk.pin.typed", {{"digits", std::to_string(typed)}})));
  main.push_back(pad(scene, typed));
  return screen_of(scene, {"kiosk.pin",
                           w("kiosk.pin"),
                           std::move(main),
                           {screen::button("forgot", w("kiosk.pin.forgot"), quiet), cancel_button(scene)}});
}

screen::Screen forgot_screen(const Scene& scene) {
  const auto& w = scene.words;
  return screen_of(scene, {"kiosk.forgot",
                           w("kiosk.forgot"),
                           {screen::text("counter", w("kiosk.forgot.counter")),
                            screen::text("never", w("kiosk.forgot.never"))},
                           {screen::button("back", w("button.back"), Importance::Primary, screen::Icon::Back),
                            cancel_button(scene)}});
}

screen::Screen working_screen(const Scene& scene, Working what, bool slow) {
  const auto& w = scene.words;
  std::string heading = what == Working::Card      ? w("kiosk.working.card")
                        : what == Working::Clerk   ? w("kiosk.working.clerk")
                        : what == Working::Printer ? w("kiosk.working.printer")
                                                   : w("kiosk.working.stopping");
  screen::Nodes main, foot;
  main.push_back(screen::progress("busy", w("kiosk.working.wait")));
  if (what != Working::Stopping) main.push_back(screen::text("stay", w("kiosk.card.stay")));
  if (what == Working::Card || what == Working::Clerk) foot.push_back(cancel_button(scene));
  if (slow) main.push_back(screen::alert("slow", w("kiosk.working.slow"), Tone::Info));
  return screen_of(scene, {"kiosk.working", std::move(heading), std::move(main), std::move(foot)});
}

}  // namespace machi::certificate::kiosk

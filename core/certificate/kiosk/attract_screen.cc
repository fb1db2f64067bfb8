// Before a visit, and questions that may come at any time: the language, and whether anybody is there. Pure.
#include "core/certificate/kiosk/screens.h"

namespace machi::certificate::kiosk {
namespace {

using screen::Importance;
using screen::Node;

Node language_choice(const Scene& scene) {
  std::vector<screen::Option> options;
  for (const words::Language& one : words::languages()) {
    screen::Option option =
        screen::option(std::string(one.tag), std::string(one.own_name), one.tag == scene.words.language());
    option.language = one.tag;
    options.push_back(std::move(option));
  }
  return screen::choice("language", "ことば / Language / 语言", screen::Kind::Single, std::move(options));
}

std::int64_t least(const Fees& fees) {
  std::int64_t out = fees[0];
  for (const std::int64_t fee : fees) out = fee < out ? fee : out;
  return out;
}

}  // namespace

Node staff_door(const Scene& scene) {
  return screen::button("staff", scene.words("kiosk.staff.door"), Importance::Tertiary);
}

screen::Screen attract_screen(const Scene& scene, bool failed, bool door) {
  const auto& w = scene.words;
  Node start = screen::button("start", w("kiosk.start"), Importance::Primary);
  start.hint = w("kiosk.start.hint", {{"yen", yen(least(scene.fees))}});
  screen::Nodes main;
  main.push_back(screen::text("how", w("kiosk.attract.how")));
  main.push_back(std::move(start));
  main.push_back(screen::text("need", w("kiosk.attract.need")));
  if (failed) main.push_back(screen::alert("failed", w("kiosk.language.failed"), screen::Tone::Warning));
  main.push_back(language_choice(scene));
  screen::Nodes foot;
  if (door) foot.push_back(staff_door(scene));
  return screen_of(scene,
                   {"kiosk.attract", w("kiosk.attract"), std::move(main), std::move(foot), false, true});
}

screen::Screen languages_screen(const Scene& scene, bool failed) {
  const auto& w = scene.words;
  screen::Nodes main;
  if (failed) main.push_back(screen::alert("failed", w("kiosk.language.failed"), screen::Tone::Warning));
  if (!w.reviewed()) main.push_back(screen::text("unreviewed", w("language.unreviewed")));
  main.push_back(language_choice(scene));
  return screen_of(scene, {"kiosk.languages",
                           w("language.title"),
                           std::move(main),
                           {screen::button("close", w("kiosk.go-on"), Importance::Primary)},
                           false,
                           true});
}

screen::Screen still_there_screen(const Scene& scene, int seconds) {
  const auto& w = scene.words;
  return screen_of(
      scene, {"kiosk.still-there",
              w("kiosk.still-there"),
              {screen::alert("left", w("kiosk.still-there.left", {{"seconds", std::to_string(seconds)}}),
                             screen::Tone::Warning)},
              {screen::button("stay", w("kiosk.still-there.stay"), Importance::Primary),
               screen::button("leave", w("kiosk.cancel"), Importance::Secondary, screen::Icon::Close)},
              false,
              true});
}

}  // namespace machi::certificate::kiosk

// What staff see: whether the machine is well, what it has done today, what waits for them; and what they may
// do about it. Pure.
#include "core/certificate/kiosk/screens.h"

#include <cstdlib>

namespace machi::certificate::kiosk {
namespace {

using screen::Importance;
using screen::Tone;

screen::Node state(const Scene& scene, std::string id, std::string name, bool ready) {
  return screen::fact(std::move(id), std::move(name),
                      ready ? scene.words("kiosk.staff.ready") : scene.words("kiosk.staff.not-ready"));
}

}  // namespace

screen::Screen staff_screen(const Scene& scene, const Machine& machine, const Book& book,
                            std::optional<Known> refunded) {
  const auto& w = scene.words;
  screen::Nodes main, facts, foot;
  if (book.out_of_service()) main.push_back(screen::alert("closed", w("kiosk.closed"), Tone::Warning));
  if (refunded == Known::Yes)
    main.push_back(screen::alert("refunded", w("kiosk.staff.refund.ok"), Tone::Success));
  if (machine.cause != Cause::None)
    main.push_back(screen::alert(
        "cause", w("kiosk.trouble." + std::string(name_of(trouble_of(machine.cause))) + ".what"),
        Tone::Danger));
  if (machine.test) {
    main.push_back(*machine.test ? screen::alert("test", w("kiosk.staff.test.ok"), Tone::Success)
                                 : screen::alert("test", w("kiosk.staff.test.failed"), Tone::Warning));
  }
  if (machine.known) {
    facts.push_back(state(scene, "printer", w("kiosk.staff.printer"), machine.printer));
    facts.push_back(state(scene, "terminal", w("kiosk.staff.terminal"), machine.terminal));
    facts.push_back(state(scene, "clerk", w("kiosk.staff.clerk"), machine.clerk));
  }
  const std::string unknown = w("kiosk.staff.unknown");
  facts.push_back(screen::fact(
      "paper", w("kiosk.staff.paper"),
      machine.paper < 0 ? unknown : w("kiosk.staff.percent", {{"percent", std::to_string(machine.paper)}})));
  facts.push_back(screen::fact("sheets", w("kiosk.staff.sheets"),
                               machine.sheets < 0 ? unknown : std::to_string(machine.sheets)));
  main.push_back(screen::facts("state", w("kiosk.staff.state"), std::move(facts)));
  main.push_back(screen::facts(
      "today", w("kiosk.staff.today"),
      {screen::fact("sum", w("kiosk.staff.sum"),
                    w("kiosk.staff.total", {{"copies", std::to_string(machine.today.copies())},
                                            {"yen", (machine.today.yen() < 0 ? "-" : "") +
                                                        yen(std::abs(machine.today.yen()))}}))}));
  if (!book.cases().empty()) {
    screen::Nodes rows;
    for (const std::uint32_t number : book.cases()) {
      const std::string id = std::to_string(number);
      rows.push_back(screen::button("case." + id, "A-" + id));
    }
    main.push_back(screen::group("cases", w("kiosk.staff.cases"), std::move(rows)));
  }
  main.push_back(screen::button("totals", w("kiosk.staff.totals")));
  main.push_back(screen::button("log", w("kiosk.staff.log")));
  foot.push_back(screen::button("test-print", w("kiosk.staff.test")));
  // Nobody is served while paper may lie in the tray: who lets the machine serve again says that it is empty.
  if (book.out_of_service() || book.tray()) {
    const bool tray = book.tray() || *book.out_of_service() != Reason::Staff;
    foot.push_back(screen::button("put-in", tray ? w("kiosk.staff.tray") : w("kiosk.staff.put-in"),
                                  Importance::Primary));
  } else {
    foot.push_back(screen::button("put-out", w("kiosk.staff.put-out")));
  }
  foot.push_back(screen::button("close", w("kiosk.staff.close"), Importance::Secondary, screen::Icon::Close));
  return screen_of(scene, {"kiosk.staff", w("kiosk.staff"), std::move(main), std::move(foot), false, true});
}

}  // namespace machi::certificate::kiosk

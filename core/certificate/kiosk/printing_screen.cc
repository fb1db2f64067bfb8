// Sheet by sheet, then what is to be taken, then the farewell. Pure.
#include "core/certificate/kiosk/screens.h"

#include <algorithm>

namespace machi::certificate::kiosk {
namespace {

using screen::Importance;
using screen::State;
using screen::Tone;

int sheets_of(const OfferedPaper& paper) { return paper.sheets * paper.copies; }

int all_sheets(const Prints& prints) {
  int sum = 0;
  for (const OfferedPaper& paper : prints.papers) sum += sheets_of(paper);
  return sum;
}

std::int64_t total(const Prints& prints) {
  std::int64_t sum = 0;
  for (const OfferedPaper& paper : prints.papers) sum += paper.fee;
  return sum;
}

}  // namespace

screen::Screen printing_screen(const Scene& scene, const Prints& prints) {
  const auto& w = scene.words;
  const int all = all_sheets(prints);
  int out = prints.sheets;
  for (std::size_t i = 0; i < prints.done && i < prints.papers.size(); ++i)
    out += sheets_of(prints.papers[i]);
  out = std::min(out, all);
  screen::Nodes steps;
  for (std::size_t i = 0; i < prints.papers.size(); ++i) {
    steps.push_back(
        screen::step("paper." + std::to_string(i), title_of(scene, prints.papers[i].kind),
                     i < prints.done    ? State::Done
                     : i == prints.done ? State::Waiting
                                        : State::Todo,
                     {}, w("kiosk.sheets", {{"sheets", std::to_string(sheets_of(prints.papers[i]))}})));
  }
  screen::Nodes main;
  main.push_back(screen::progress(
      "sheets", w("kiosk.print.out", {{"done", std::to_string(out)}, {"sheets", std::to_string(all)}}),
      all == 0 ? -1 : out * 100 / all));
  main.push_back(screen::steps("papers", w("kiosk.papers"), std::move(steps)));
  if (prints.charged)
    main.push_back(screen::text("paid", w("kiosk.print.paid", {{"yen", yen(total(prints))}}), Tone::Success));
  main.push_back(screen::alert("wait", w("kiosk.print.wait"), Tone::Info));
  main.push_back(screen::text("stay", w("kiosk.card.stay")));
  std::string heading = w("kiosk.print", {{"sheet", std::to_string(std::min(out + 1, std::max(all, 1)))}});
  return screen_of(scene, {"kiosk.printing", std::move(heading), std::move(main), {}});
}

screen::Screen take_screen(const Scene& scene, const Prints& prints, bool card) {
  const auto& w = scene.words;
  screen::Nodes steps;
  if (card) steps.push_back(screen::step("card", w("kiosk.take.card"), State::None));
  steps.push_back(screen::step(
      "paper", w("kiosk.take.paper", {{"sheets", std::to_string(all_sheets(prints))}}), State::None));
  if (prints.charged) steps.push_back(screen::step("receipt", w("kiosk.take.receipt"), State::None));
  return screen_of(scene, {"kiosk.take",
                           w("kiosk.take"),
                           {screen::steps("things", w("kiosk.take.things"), std::move(steps))},
                           {screen::button("taken", w("kiosk.take.done"), Importance::Primary)}});
}

screen::Screen farewell_screen(const Scene& scene, bool card) {
  const auto& w = scene.words;
  screen::Nodes main;
  if (card) main.push_back(screen::alert("card", w("kiosk.card-left.take"), Tone::Warning));
  main.push_back(screen::text("forgotten", w("kiosk.farewell.forgotten")));
  return screen_of(scene, {"kiosk.farewell", w("kiosk.farewell"), std::move(main), {}, false, true});
}

}  // namespace machi::certificate::kiosk

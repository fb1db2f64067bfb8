// Who it is for, what will be printed and what it costs; then the terminal. The birth date is shown when it
// is asked for: others stand behind. Pure.
#include "core/certificate/kiosk/screens.h"

namespace machi::certificate::kiosk {
namespace {

using screen::Importance;
using screen::Node;
using screen::Tone;

std::string birth_date(const words::Words& w, Date date) {
  return w("kiosk.you.birth.date", {{"year", std::to_string(date.year())},
                                    {"month", w("date.month." + std::to_string(date.month()))},
                                    {"day", std::to_string(date.day())}});
}

Node paper_row(const Scene& scene, const OfferedPaper& paper, const OrderItem& item, std::size_t index) {
  const auto& w = scene.words;
  const std::string id = "paper." + std::to_string(index);
  std::string count = w("kiosk.paper.count", {{"copies", std::to_string(paper.copies)},
                                              {"sheets", std::to_string(paper.sheets * paper.copies)},
                                              {"yen", yen(paper.fee)}});
  const std::string details = details_of(scene, item);
  screen::Nodes below;
  if (!details.empty()) below.push_back(screen::text(id + ".details", details));
  return screen::row(id, title_of(scene, paper.kind), std::move(count), std::move(below));
}

}  // namespace

screen::Screen confirm_screen(const Scene& scene, const ToConfirm& what) {
  const auto& w = scene.words;
  screen::Nodes main, foot;
  if (what.declined) main.push_back(screen::alert("declined", w("kiosk.pay.declined"), Tone::Warning));
  if (what.holder != nullptr) {
    Node name = screen::fact("name", w("kiosk.you.name"), what.holder->name);
    name.language = scene.words.foreign("ja");
    screen::Nodes of;
    of.push_back(std::move(name));
    of.push_back(screen::fact("birth", w("kiosk.you.birth"),
                              what.birth ? birth_date(w, what.holder->birth) : w("kiosk.you.hidden")));
    main.push_back(screen::facts("you", w("kiosk.you"), std::move(of)));
    if (!what.birth) main.push_back(screen::button("show", w("kiosk.you.show"), Importance::Tertiary));
  }
  screen::Nodes rows;
  for (std::size_t i = 0; i < what.session.papers.size(); ++i)
    rows.push_back(paper_row(scene, what.session.papers[i], what.session.order[i], i));
  main.push_back(screen::list("papers", w("kiosk.papers"), std::move(rows)));
  const std::int64_t total = what.session.total();
  if (total > 0) main.push_back(screen::text("ways", w("kiosk.pay.ways")));
  foot.push_back(screen::button(
      "pay", total > 0 ? w("kiosk.pay.button", {{"yen", yen(total)}}) : w("kiosk.print.button"),
      Importance::Primary));
  if (what.session.reprints == 0)
    foot.push_back(screen::button("change", w("kiosk.change"), Importance::Secondary, screen::Icon::Edit));
  foot.push_back(
      screen::button("cancel", w("kiosk.cancel.card"), Importance::Secondary, screen::Icon::Close));
  return screen_of(scene, {"kiosk.confirm", w("kiosk.confirm"), std::move(main), std::move(foot), true});
}

screen::Screen pay_screen(const Scene& scene, std::int64_t amount, bool stopping, bool slow) {
  const auto& w = scene.words;
  screen::Nodes main, foot;
  main.push_back(screen::text("terminal", w("kiosk.pay.terminal")));
  main.push_back(screen::text("ways", w("kiosk.pay.ways")));
  main.push_back(screen::progress("busy", w("kiosk.working.wait")));
  if (slow) main.push_back(screen::alert("slow", w("kiosk.pay.slow"), Tone::Info));
  Node stop = screen::button("stop", w("kiosk.pay.stop"), Importance::Secondary, screen::Icon::Close);
  if (stopping) {
    stop.disabled = true;
    stop.hint = w("kiosk.pay.stopping");
  }
  foot.push_back(std::move(stop));
  return screen_of(
      scene, {"kiosk.pay", w("kiosk.pay", {{"yen", yen(amount)}}), std::move(main), std::move(foot), true});
}

}  // namespace machi::certificate::kiosk

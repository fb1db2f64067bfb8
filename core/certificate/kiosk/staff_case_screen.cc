// One case that nobody knows the end of: what is known of its money and paper, and what staff may do. Pure.
#include "core/certificate/kiosk/screens.h"

namespace machi::certificate::kiosk {
namespace {

using screen::Importance;
using screen::Tone;

std::string money_of(const Scene& scene, const Case& one) {
  const auto& w = scene.words;
  const std::int64_t sum = one.session.total();
  if (one.doubt() != nullptr) return w("kiosk.staff.unknown");
  if (one.session.charged()) return w("kiosk.staff.case.paid", {{"yen", yen(sum)}});
  return w("kiosk.staff.case.unpaid");
}

}  // namespace

screen::Screen staff_case_screen(const Scene& scene, const CaseView& view) {
  const auto& w = scene.words;
  const Case& one = view.one;
  screen::Nodes main, foot, papers;
  if (view.busy) main.push_back(screen::progress("busy", w("kiosk.working.wait")));
  if (view.refunded && *view.refunded != Known::Yes)
    main.push_back(screen::alert("refund-failed", w("kiosk.staff.refund.failed"), Tone::Warning));
  main.push_back(screen::facts("case", w("kiosk.case"),
                               {screen::fact("of", w("kiosk.staff.case.session"), number_of(one.session.id)),
                                screen::fact("money", w("kiosk.money"), money_of(scene, one)),
                                screen::fact("delivered", w("kiosk.staff.case.delivered"),
                                             std::to_string(one.session.delivered()) + " / " +
                                                 std::to_string(one.session.papers.size()))}));
  for (std::size_t i = 0; i < one.session.papers.size(); ++i) {
    const OfferedPaper& paper = one.session.papers[i];
    papers.push_back(screen::row(
        "paper." + std::to_string(i), title_of(scene, paper.kind),
        w("kiosk.staff.total", {{"copies", std::to_string(paper.copies)}, {"yen", yen(paper.fee)}})));
  }
  if (!papers.empty()) main.push_back(screen::list("papers", w("kiosk.papers"), std::move(papers)));
  if (!view.busy && (one.doubt() != nullptr || one.refundable()))
    main.push_back(screen::button("refund", w("kiosk.staff.refund")));
  if (!view.busy && one.reprintable()) {
    screen::Node again = screen::button("reprint", w("kiosk.staff.reprint"));
    if (!view.serves) {
      again.disabled = true;
      again.hint = w("kiosk.staff.reprint.first");
    }
    main.push_back(std::move(again));
  }
  if (!view.busy)
    main.push_back(
        screen::button("settle", w("kiosk.staff.settle", {{"number", "A-" + std::to_string(one.number)}})));
  foot.push_back(screen::button("home", w("button.back"), Importance::Secondary, screen::Icon::Back));
  return screen_of(scene, {"kiosk.staff/case", "A-" + std::to_string(one.number), std::move(main),
                           std::move(foot), false, true});
}

}  // namespace machi::certificate::kiosk

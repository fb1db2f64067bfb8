// Something did not work: what happened, what to do now, what became of the money. Pure.
#include "core/certificate/kiosk/screens.h"

namespace machi::certificate::kiosk {
namespace {

using screen::Importance;
using screen::Tone;

std::string money_text(const Scene& scene, const Money& money) {
  const auto& w = scene.words;
  if (!money.outcome) return w("kiosk.money.none");
  switch (*money.outcome) {
    case Outcome::NotCharged:
      return w("kiosk.money.none");
    case Outcome::Refunded:
      return w("kiosk.money.refunded", {{"yen", yen(money.amount)}});
    case Outcome::Delivered:
      return w("kiosk.money.paid", {{"yen", yen(money.amount)}});
    case Outcome::OpenCase:
      return w("kiosk.money.case");
  }
  return w("kiosk.money.none");
}

// Whatever the printer lacks, staff come.
std::string next_key(Trouble trouble) {
  switch (trouble) {
    case Trouble::PaperOut:
    case Trouble::Jam:
    case Trouble::Cover:
    case Trouble::Toner:
    case Trouble::WrongTray:
    case Trouble::PrinterOffline:
    case Trouble::PrinterFailed:
    case Trouble::PaperLeft:
      return "kiosk.trouble.printer.next";
    case Trouble::None:
    case Trouble::Cancelled:
    case Trouble::WalkedAway:
    case Trouble::CardUnreadable:
    case Trouble::CardTwo:
    case Trouble::CardLocked:
    case Trouble::CardLastTry:
    case Trouble::CardExpired:
    case Trouble::CardRevoked:
    case Trouble::CardGone:
    case Trouble::Counter:
    case Trouble::ClerkSilent:
    case Trouble::WrongPerson:
    case Trouble::TooYoung:
    case Trouble::NotPaid:
    case Trouble::TerminalSilent:
    case Trouble::Broken:
      return "kiosk.trouble." + std::string(name_of(trouble)) + ".next";
  }
  return {};
}

}  // namespace

screen::Screen trouble_screen(const Scene& scene, Trouble trouble, const Money& money, bool card,
                              bool again) {
  const auto& w = scene.words;
  const std::string key = "kiosk.trouble." + std::string(name_of(trouble));
  const bool open = money.outcome == Outcome::OpenCase;
  const auto group = [](std::string id, std::string name, std::string text) {
    return screen::group(id, std::move(name), {screen::text(id + ".text", std::move(text))});
  };
  screen::Nodes main, foot;
  main.push_back(group("next", w("kiosk.what-next"), open ? w("kiosk.case.next") : w(next_key(trouble))));
  main.push_back(group("money", w("kiosk.money"), money_text(scene, money)));
  if (open) {
    main.push_back(
        screen::facts("case", w("kiosk.case"),
                      {screen::fact("number", w("kiosk.case.number"), "A-" + std::to_string(money.number))}));
  }
  if (card) main.push_back(screen::alert("card", w("kiosk.card-left.take"), Tone::Warning));
  if (again)
    foot.push_back(screen::button("again", w("kiosk.again"), Importance::Secondary, screen::Icon::Retry));
  foot.push_back(screen::button("close", w("kiosk.finish"), Importance::Primary));
  return screen_of(scene, {"kiosk.trouble/" + std::string(name_of(trouble)), w(key + ".what"),
                           std::move(main), std::move(foot)});
}

}  // namespace machi::certificate::kiosk

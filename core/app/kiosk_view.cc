// Which screen is shown, how long it waits, and what becomes of a visitor who has gone.
#include "core/app/kiosk_state.h"

namespace machi::app {

using counter::Stage;
using counter::Trouble;

// Where the visitor stands, whatever lies over it: a new place has its whole time.
std::string KioskApp::place() const {
  std::string out = std::to_string(static_cast<int>(page_)) + "/" + std::to_string(visit_.detail);
  if (page_ == Page::Staff) out += "r" + std::to_string(static_cast<int>(visit_.room));
  if (page_ == Page::Running)
    out += "/" + std::to_string(static_cast<int>(kiosk_.stage())) + (visit_.ended ? "e" : "") +
           (visit_.forgot ? "f" : "") + (visit_.wrong ? "w" : "");
  return out;
}

counter::Scene KioskApp::scene() const {
  counter::Scene out{words_,
                     config_.place,
                     now_,
                     manner_,
                     config_.fees,
                     visit_.session,
                     std::to_string(visits_),
                     0,
                     visit_.basket.copies(),
                     visit_.basket.sum(config_.fees),
                     visit_.help};
  switch (page_) {
    case Page::Choose:
    case Page::Details:
      out.step = 1;
      break;
    case Page::Card:
      out.step = 2;
      break;
    case Page::Running:
      switch (kiosk_.stage()) {
        case Stage::Free:
        case Stage::Pin:
        case Stage::Identifying:
        case Stage::Asking:
          out.step = 3;
          break;
        case Stage::Confirming:
          out.step = 4;
          break;
        case Stage::Paying:
          out.step = 5;
          break;
        case Stage::Printing:
        case Stage::Undoing:
        case Stage::TakePaper:
        case Stage::OutOfService:
        case Stage::Stuck:
          out.step = 6;
          break;
      }
      // What the clerk asks for counts from here on.
      if (!visit_.prints.papers.empty()) out.sum = visit_.amount;
      break;
    case Page::Attract:
    case Page::Trouble:
    case Page::Farewell:
    case Page::StaffPin:
    case Page::Staff:
      break;
  }
  if (visit_.reprint != 0) out.sum = 0;  // it was paid for
  return out;
}

screen::Screen KioskApp::draw() const {
  const counter::Scene shown = scene();
  const bool door = config_.staff_door && !config_.staff_pin.empty();
  if (warns()) {
    const std::int64_t left = touched_.ms + limit_ms() - now_.ms;
    return counter::still_there_screen(shown, static_cast<int>((left + 999) / 1000));
  }
  if (visit_.languages) return counter::languages_screen(shown, language_failed_);
  switch (page_) {
    case Page::Attract:
      if (kiosk_.stage() == Stage::Stuck) return counter::closed_screen(shown, std::nullopt, door);
      if (kiosk_.book().out_of_service())
        return counter::closed_screen(shown, kiosk_.book().out_of_service(), door);
      if (kiosk_.stage() != Stage::Free) return counter::closed_screen(shown, counter::Reason::Tray, door);
      if (card_ && !card_new_) return counter::card_left_screen(shown);
      return counter::attract_screen(shown, language_failed_, door);
    case Page::Choose:
      return counter::choose_screen(shown, visit_.basket);
    case Page::Details: {
      const auto& items = visit_.basket.items();
      return counter::details_screen(shown, items[visit_.detail], visit_.detail + 1 == items.size());
    }
    case Page::Card:
      return counter::card_screen(shown, visit_.trouble, visit_.reprint);
    case Page::Running:
      return draw_running(shown);
    case Page::Trouble: {
      const bool again = visit_.reprint == 0 && !visit_.basket.items().empty() &&
                         kiosk_.stage() == Stage::Free &&
                         (visit_.trouble == Trouble::CardGone || visit_.trouble == Trouble::ClerkSilent ||
                          visit_.trouble == Trouble::Cancelled);
      return counter::trouble_screen(shown, visit_.trouble, visit_.money, card_, again);
    }
    case Page::Farewell:
      return counter::farewell_screen(shown, card_);
    case Page::StaffPin:
      return counter::staff_pin_screen(shown, visit_.typed, visit_.wrong, (staff_wait_ms() + 999) / 1000);
    case Page::Staff:
      return draw_staff(shown);
  }
  return counter::attract_screen(shown, language_failed_, door);
}

screen::Screen KioskApp::draw_running(const counter::Scene& shown) const {
  const bool slow = now_.ms >= touched_.ms + kSlowMs;
  if (visit_.ended) return counter::take_screen(shown, visit_.prints, card_);
  const auto& open = kiosk_.book().open();
  // Once it is decided that nothing more comes of it, nothing of the person is shown.
  const bool over = visit_.trouble != Trouble::None || visit_.change;
  const Stage stage = kiosk_.stage();
  if (over && stage != Stage::Paying && stage != Stage::Printing)
    return counter::working_screen(shown, counter::Working::Stopping, slow);
  switch (stage) {
    case Stage::Free:
    case Stage::Identifying:
    case Stage::OutOfService:
    case Stage::Stuck:
      return counter::working_screen(shown, counter::Working::Card, slow);
    case Stage::Pin:
      if (visit_.forgot) return counter::forgot_screen(shown);
      if (visit_.pin_ready) return counter::working_screen(shown, counter::Working::Card, slow);
      return counter::pin_screen(shown, visit_.typed, visit_.wrong,
                                 visit_.wrong ? kiosk_.tries() : seen_.tries);
    case Stage::Asking:
      return counter::working_screen(shown, counter::Working::Clerk, slow);
    case Stage::Confirming:
      return counter::confirm_screen(
          shown, {*open, card_ ? kiosk_.holder() : nullptr, visit_.birth, visit_.declined});
    case Stage::Paying:
      if (open->charged() || open->total() == 0)
        return counter::working_screen(shown, counter::Working::Printer, slow);
      return counter::pay_screen(shown, open->total(), visit_.stopping, slow);
    case Stage::Printing:
      return counter::printing_screen(shown, visit_.prints);
    case Stage::Undoing:
      return counter::working_screen(shown, counter::Working::Stopping, slow);
    case Stage::TakePaper:
      return counter::take_screen(shown, visit_.prints, card_);
  }
  return counter::working_screen(shown, counter::Working::Card, slow);
}

// ---- Time

std::int64_t KioskApp::limit_ms() const {
  std::int64_t seconds = 0;
  switch (page_) {
    case Page::Attract:
      // Somebody has begun with the letters or the language, and gone.
      seconds = begun() ? 60 : 0;
      break;
    case Page::Choose:
    case Page::Details:
    case Page::Staff:
      seconds = visit_.refund || visit_.refunding ? 0 : 120;
      break;
    case Page::Card:
    case Page::Trouble:
    case Page::StaffPin:
      seconds = 90;
      break;
    case Page::Farewell:
      return card_ ? 60'000 : 8'000;
    case Page::Running:
      if (visit_.ended) {
        seconds = 90;
        break;
      }
      switch (kiosk_.stage()) {
        case Stage::Pin:
        case Stage::Confirming:
          seconds = 90;
          break;
        case Stage::Paying:
          seconds = kiosk_.book().open()->charged() ? 0 : 120;
          break;
        case Stage::Printing:
          return 180'000;  // without another sheet
        case Stage::Free:
        case Stage::Identifying:
        case Stage::Asking:
        case Stage::Undoing:
        case Stage::TakePaper:
        case Stage::OutOfService:
        case Stage::Stuck:
          break;  // the devices' own limits hold
      }
      break;
  }
  // Whoever needs larger letters, the voice or a low screen needs more time too.
  const bool slowly = manner_.large || manner_.low || manner_.voice || words_.language() == "ja-x-easy";
  return seconds * (slowly ? 2000 : 1000);
}

bool KioskApp::warns() const {
  const std::int64_t limit = limit_ms();
  if (limit == 0 || page_ == Page::Farewell) return false;
  if (page_ == Page::Running && !visit_.ended && kiosk_.stage() == Stage::Printing) return false;
  return now_.ms >= touched_.ms + limit - kWarnMs && now_.ms < touched_.ms + limit;
}

void KioskApp::time_is_up() {
  touched_ = now_;
  switch (page_) {
    case Page::Attract:
    case Page::Choose:
    case Page::Details:
    case Page::Card:
    case Page::Trouble:
    case Page::StaffPin:
    case Page::Staff:
      return end_visit();
    case Page::Farewell:
      if (card_) call_staff();
      return end_visit();
    case Page::Running:
      break;
  }
  if (visit_.ended) {
    act(counter::act::Cancel{});  // the paper lies there: staff come
    call_staff();
    return end_visit();
  }
  if (kiosk_.stage() == Stage::Printing) return act(counter::act::GiveUpPrinting{});
  cancel(Trouble::WalkedAway);
}

}  // namespace machi::app

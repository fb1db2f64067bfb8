// What a visitor's press does, screen by screen. What does not stand on the screen that is shown has been
// refused before.
#include "core/app/kiosk_state.h"

#include <charconv>

namespace machi::app {

using counter::Stage;
using counter::Trouble;

void KioskApp::press(const screen::Action& action) {
  const std::string& node = action.node;
  if (name_ == "kiosk.still-there") {
    if (node == "leave") {
      if (page_ == Page::Running && !visit_.ended) return cancel(Trouble::Cancelled);
      return end_visit();
    }
    if (!press_bar(node)) return;  // "stay": that somebody pressed is all
    return;
  }
  if (press_bar(node)) return;
  if (visit_.languages) {
    if (node == "language") choose_language(action.value);
    if (node == "close" || action.action == "back") visit_.languages = false;
    return;
  }
  switch (page_) {
    case Page::Attract:
      if (node == "language") choose_language(action.value);
      if (node == "start") begin_visit();
      if (node == "staff") staff_in();
      return;
    case Page::Choose:
      return press_choose(action);
    case Page::Details:
      return press_details(action);
    case Page::Card:
      if (node == "cancel") return end_visit();
      if (node == "back" || action.action == "back") {
        if (visit_.reprint != 0) return end_visit();
        visit_.trouble = Trouble::None;
        page_ = Page::Details;
      }
      return;
    case Page::Running:
      return press_running(node.empty() && action.action == "back" ? "back" : node);
    case Page::Trouble:
      if (node == "close") return end_visit();
      if (node == "again") {
        visit_.trouble = Trouble::None;
        visit_.money = {};
        visit_.session.clear();
        page_ = Page::Card;
        if (card_) begin_session();
      }
      return;
    case Page::Farewell:
      return;
    case Page::StaffPin:
      return press_staff_pin(node);
    case Page::Staff:
      return press_staff(node.empty() && action.action == "back" ? "home" : node);
  }
}

bool KioskApp::press_bar(const std::string& node) {
  const auto speak = [this] {
    out_->push_back(kiosk_effect::Speak{counter::speech_of(drawn_), drawn_.language});
  };
  if (node == "voice") {
    manner_.voice = !manner_.voice;
    if (manner_.voice) speak();
    if (!manner_.voice) out_->push_back(kiosk_effect::Speak{});
  } else if (node == "repeat") {
    speak();
  } else if (node == "large") {
    manner_.large = !manner_.large;
  } else if (node == "low") {
    manner_.low = !manner_.low;
  } else if (node == "contrast") {
    manner_.contrast = !manner_.contrast;
  } else if (node == "languages") {
    visit_.languages = !visit_.languages;
  } else if (node == "help") {
    call_staff();
    out_->push_back(kiosk_effect::Speak{words::plain(words_("kiosk.help.calling"), true), words_.language()});
  } else {
    return false;
  }
  return true;
}

void KioskApp::choose_language(const std::string& tag) {
  language_failed_ = false;
  const std::string load = shelf_.choose(tag);
  if (!load.empty()) out_->push_back(kiosk_effect::LoadWords{load});
  words_ = shelf_.words();
  visit_.languages = false;
}

void KioskApp::press_choose(const screen::Action& action) {
  if (action.node == "cancel" || action.action == "back") return end_visit();
  if (action.node == "kinds") {
    std::vector<certificate::Kind> kinds;
    for (const std::string& value : action.values)
      if (const auto kind = certificate::kind_named(value)) kinds.push_back(*kind);
    visit_.basket.choose(kinds, counter::newest_tax_year(base::date_of(now_)));
  }
  if (action.node == "next" && !visit_.basket.items().empty()) {
    visit_.detail = 0;
    page_ = Page::Details;
  }
}

void KioskApp::press_details(const screen::Action& action) {
  const std::string& node = action.node;
  counter::OrderItem item = visit_.basket.items()[visit_.detail];
  if (node == "cancel") return end_visit();
  if (node == "back" || action.action == "back") {
    if (visit_.detail == 0)
      page_ = Page::Choose;
    else
      --visit_.detail;
    return;
  }
  if (node == "next") {
    if (visit_.detail + 1 < visit_.basket.items().size()) {
      ++visit_.detail;
      return;
    }
    page_ = Page::Card;
    return begin_session();
  }
  if (node == "less") --item.copies;
  if (node == "more") ++item.copies;
  if (node == "who") item.household = action.value == "household";
  if (node == "year")
    std::from_chars(action.value.data(), action.value.data() + action.value.size(), item.year);
  if (node == "shown") {
    item.options = {};
    for (const std::string& value : action.values)
      if (const auto option = certificate::option_named(value)) item.options = item.options.with(*option);
  }
  visit_.basket.change(item.kind, item);
}

void KioskApp::press_pad(const std::string& key) {
  auto& digits = visit_.pin.digits.bytes();
  if (key == "clear") {
    if (visit_.typed > 0) digits[static_cast<std::size_t>(--visit_.typed)] = 0;
  } else if (key == "enter") {
    visit_.pin_ready = visit_.typed == 4;
  } else if (visit_.typed < 4 && key.size() == 1 && key[0] >= '0' && key[0] <= '9') {
    digits[static_cast<std::size_t>(visit_.typed++)] = static_cast<std::uint8_t>(key[0]);
  }
}

void KioskApp::press_running(const std::string& node) {
  if (visit_.ended) {
    visit_.paper_taken = visit_.paper_taken || node == "taken";
    return;
  }
  if (node.starts_with("key.")) return press_pad(node.substr(4));
  if (node == "forgot") visit_.forgot = true;
  if (node == "back") visit_.forgot = false;
  if (node == "cancel") cancel(Trouble::Cancelled);
  if (node == "show") visit_.birth = true;
  if (node == "pay") {
    visit_.declined = false;
    act(counter::act::Confirm{});
  }
  if (node == "change") {
    visit_.change = true;
    act(counter::act::Cancel{});
  }
  if (node == "stop") cancel(Trouble::Cancelled);
}

// Ends the session where nothing is lost by it; a terminal that waits is told to stop.
void KioskApp::cancel(Trouble why) {
  if (!in_session() || visit_.ended || kiosk_.stage() == Stage::Printing) return;
  trouble(why);
  visit_.typed = 0;
  visit_.pin = {};
  visit_.pin_ready = visit_.forgot = visit_.birth = false;
  act(counter::act::Cancel{});
  stop_charge();
}

}  // namespace machi::app

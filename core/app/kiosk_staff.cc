// What whoever looks after the machine does at it: their PIN, the case that waits, the day's totals.
#include "core/app/kiosk_state.h"

#include <charconv>

#include "core/crypto/password.h"
#include "core/crypto/sodium.h"

namespace machi::app {

using counter::Known;
using counter::Stage;

namespace {

constexpr int kAlarm = 5;  // wrong PINs in a row until staff are called

}  // namespace

void KioskApp::staff_in() {
  if (page_ != Page::Attract) return;
  if (config_.staff_pin.empty()) return enter_staff();
  end_visit();  // whoever began with letters or a language has gone
  page_ = Page::StaffPin;
}

void KioskApp::enter_staff() {
  visit_ = {};
  page_ = Page::Staff;
  machine_ = {};
  act(counter::act::StaffKnock{true});
  out_->push_back(kiosk_effect::ReadMachine{});
}

std::int64_t KioskApp::staff_wait_ms() const {
  const std::int64_t left = staff_wrong_at_.ms + counter::staff_pause_ms(staff_wrong_) - now_.ms;
  return left > 0 && staff_wrong_ > 0 ? left : 0;
}

void KioskApp::press_staff_pin(const std::string& node) {
  if (node == "close") return end_visit();
  if (!node.starts_with("key.")) return;
  const std::string key = node.substr(4);
  auto& digits = visit_.staff_digits.bytes();
  if (key == "clear") {
    if (visit_.typed > 0) digits[static_cast<std::size_t>(--visit_.typed)] = 0;
    return;
  }
  if (key != "enter") {
    if (visit_.typed < counter::kMostStaffDigits && key.size() == 1)
      digits[static_cast<std::size_t>(visit_.typed++)] = static_cast<std::uint8_t>(key[0]);
    return;
  }
  if (visit_.typed < counter::kLeastStaffDigits || staff_wait_ms() > 0) return;
  const bool right = crypto::is_password(config_.staff_pin, {reinterpret_cast<const char*>(digits.data()),
                                                             static_cast<std::size_t>(visit_.typed)});
  crypto::wipe(digits);
  visit_.typed = 0;
  if (right) {
    staff_wrong_ = 0;
    return enter_staff();
  }
  // On the disk too: who pulls the plug has no more tries than who does not.
  ++staff_wrong_;
  staff_wrong_at_ = now_;
  visit_.wrong = true;
  act(counter::act::StaffKnock{false});
  if (staff_wrong_ == kAlarm) call_staff();
}

void KioskApp::press_staff(const std::string& node) {
  if (node == "close") {
    out_->push_back(kiosk_effect::LeaveStaff{});
    return end_visit();
  }
  if (node == "home") {
    visit_.room = Room::Home;
    visit_.refund_seen = false;
  }
  if (node == "totals" || node == "log") {
    visit_.room = node == "log" ? Room::Log : Room::Totals;
    machine_.saved.reset();
    out_->push_back(kiosk_effect::ReadMachine{});
  }
  if (node.starts_with("case.")) {
    std::from_chars(node.data() + 5, node.data() + node.size(), visit_.number);
    visit_.room = Room::Case;
    visit_.refund_seen = false;
  }
  if (node == "save") out_->push_back(kiosk_effect::SaveTotals{base::date_of(now_)});
  if (node == "test-print") {
    machine_.test.reset();
    out_->push_back(kiosk_effect::TestPrint{});
  }
  if (node == "put-out") act(counter::act::PutOut{});
  if (node == "put-in") act(counter::act::EmptyTray{});
  if (visit_.room == Room::Case) press_case(node);
}

void KioskApp::press_case(const std::string& node) {
  if (node == "refund") {
    visit_.refund = true;
    visit_.refund_seen = false;
  }
  if (node == "reprint") visit_.allow = true;
  if (node == "settle") act(counter::act::SettleCase{visit_.number});
}

// What was asked for waits until the clerk has been told what he is just being told.
void KioskApp::follow_staff() {
  if (visit_.refund && doing_ == 0) {
    visit_.refund = false;
    visit_.refunding = true;
    act(counter::act::RefundCase{visit_.number});
  }
  if (visit_.refunding && kiosk_.refunded()) {
    visit_.refunding = false;
    visit_.refund_seen = true;
    out_->push_back(kiosk_effect::ReadMachine{});
  }
  if (visit_.allow && doing_ == 0) {
    const counter::Case* one = kiosk_.book().find_case(visit_.number);
    if (one == nullptr || !one->reprintable() || kiosk_.stage() != Stage::Free) {
      visit_.allow = false;
    } else if (!one->reprint) {
      act(counter::act::ReprintCase{visit_.number});
    } else {
      const auto lacking = one->lacking();
      const std::uint32_t number = visit_.number;
      out_->push_back(kiosk_effect::LeaveStaff{});
      begin_visit();
      visit_.basket.put(lacking);
      visit_.reprint = number;
      page_ = Page::Card;
      return;
    }
  }
  // Paid back, or settled: it is no case any more.
  if (visit_.room == Room::Case && kiosk_.book().find_case(visit_.number) == nullptr)
    visit_.room = Room::Home;
}

screen::Screen KioskApp::draw_staff(const counter::Scene& shown) const {
  const auto refunded = visit_.refund_seen ? kiosk_.refunded() : std::nullopt;
  switch (visit_.room) {
    case Room::Case:
      if (const counter::Case* one = kiosk_.book().find_case(visit_.number))
        return counter::staff_case_screen(
            shown, {*one, visit_.refund || visit_.refunding, kiosk_.stage() == Stage::Free, refunded});
      break;
    case Room::Totals:
      return counter::staff_totals_screen(shown, machine_);
    case Room::Log:
      return counter::staff_log_screen(shown, machine_);
    case Room::Home:
      break;
  }
  return counter::staff_screen(shown, machine_, kiosk_.book(), refunded);
}

void KioskApp::turn_day() {
  const base::Date today = base::date_of(now_);
  if (today == day_) return;
  // Also at the start: the machine may have been off at midnight.
  out_->push_back(kiosk_effect::SaveTotals{today.plus(-1)});
  day_ = today;
}

}  // namespace machi::app

// Names of troubles, the basket's sums, and the session's number. Pure.
#include "core/certificate/kiosk/scene.h"

#include <algorithm>

namespace machi::certificate::kiosk {

std::string_view name_of(Trouble trouble) {
  switch (trouble) {
    case Trouble::None:
      return "";
    case Trouble::Cancelled:
      return "cancelled";
    case Trouble::WalkedAway:
      return "walked-away";
    case Trouble::CardUnreadable:
      return "card-unreadable";
    case Trouble::CardTwo:
      return "card-two";
    case Trouble::CardLocked:
      return "card-locked";
    case Trouble::CardLastTry:
      return "card-last-try";
    case Trouble::CardExpired:
      return "card-expired";
    case Trouble::CardRevoked:
      return "card-revoked";
    case Trouble::CardGone:
      return "card-gone";
    case Trouble::Counter:
      return "counter";
    case Trouble::ClerkSilent:
      return "clerk-silent";
    case Trouble::WrongPerson:
      return "wrong-person";
    case Trouble::TooYoung:
      return "too-young";
    case Trouble::NotPaid:
      return "not-paid";
    case Trouble::TerminalSilent:
      return "terminal-silent";
    case Trouble::PaperOut:
      return "paper-out";
    case Trouble::Jam:
      return "jam";
    case Trouble::Cover:
      return "cover";
    case Trouble::Toner:
      return "toner";
    case Trouble::WrongTray:
      return "wrong-tray";
    case Trouble::PrinterOffline:
      return "printer-offline";
    case Trouble::PrinterFailed:
      return "printer-failed";
    case Trouble::PaperLeft:
      return "paper-left";
    case Trouble::Broken:
      return "broken";
  }
  return "";
}

Trouble trouble_of(Cause cause) {
  switch (cause) {
    case Cause::PaperOut:
      return Trouble::PaperOut;
    case Cause::Jam:
      return Trouble::Jam;
    case Cause::Cover:
      return Trouble::Cover;
    case Cause::Toner:
      return Trouble::Toner;
    case Cause::Tray:
      return Trouble::WrongTray;
    case Cause::Offline:
    case Cause::Silent:
      return Trouble::PrinterOffline;
    case Cause::None:
    case Cause::Refused:
    case Cause::Revoked:
      return Trouble::PrinterFailed;
  }
  return Trouble::PrinterFailed;
}

Trouble trouble_of(CardTrouble trouble) {
  switch (trouble) {
    case CardTrouble::None:
    case CardTrouble::WrongPin:
      return Trouble::None;
    case CardTrouble::NotMyNumber:
    case CardTrouble::Unreadable:
      return Trouble::CardUnreadable;
    case CardTrouble::LastTry:
      return Trouble::CardLastTry;
    case CardTrouble::Locked:
      return Trouble::CardLocked;
    case CardTrouble::Expired:
      return Trouble::CardExpired;
  }
  return Trouble::None;
}

const OrderItem* Basket::find(Kind kind) const {
  const auto found =
      std::find_if(items_.begin(), items_.end(), [kind](const OrderItem& item) { return item.kind == kind; });
  return found == items_.end() ? nullptr : &*found;
}

void Basket::choose(const std::vector<Kind>& kinds, int year) {
  std::vector<OrderItem> chosen;
  for (const Kind kind : kinds) {
    const OrderItem* before = find(kind);
    chosen.push_back(before ? *before : OrderItem{kind, {}, false, is_tax(kind) ? year : 0, 1});
  }
  std::sort(chosen.begin(), chosen.end(),
            [](const OrderItem& a, const OrderItem& b) { return a.kind < b.kind; });
  items_ = std::move(chosen);
}

bool Basket::change(Kind kind, const OrderItem& to) {
  if (to.kind != kind || to.copies < 1 || to.copies > kMostCopies) return false;
  for (OrderItem& item : items_)
    if (item.kind == kind) return item = to, true;
  return false;
}

int Basket::copies() const {
  int sum = 0;
  for (const OrderItem& item : items_) sum += item.copies;
  return sum;
}

std::int64_t Basket::sum(const Fees& fees) const {
  std::int64_t sum = 0;
  for (const OrderItem& item : items_) sum += fees[static_cast<std::size_t>(item.kind) - 1] * item.copies;
  return sum;
}

int newest_tax_year(Date today) { return today.month() >= 6 ? today.year() : today.year() - 1; }

std::string number_of(const SessionId& session) {
  // Without letters that are taken for figures, or for each other.
  static constexpr std::string_view kLetters = "ACEFHKLMNPRTUVWXY";
  const unsigned digits =
      (unsigned{session.bytes[1]} << 16 | unsigned{session.bytes[2]} << 8 | unsigned{session.bytes[3]}) %
      10000u;
  std::string text = std::to_string(digits);
  text.insert(0, 4 - text.size(), '0');
  return std::string(1, kLetters[session.bytes[0] % kLetters.size()]) + "-" + text;
}

}  // namespace machi::certificate::kiosk

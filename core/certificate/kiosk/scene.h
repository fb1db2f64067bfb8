// What the kiosk's screens are drawn from: the words, how the visitor wants to be served, what they have put
// together, and what went wrong, by the names that its sentences have. Values; any thread; pure.
#pragma once

#include <array>

#include "core/certificate/kiosk/day.h"
#include "core/certificate/kiosk/transaction.h"
#include "core/words/words.h"

namespace machi::certificate::kiosk {

// How the visitor wants to be served; back to the usual when they have gone.
struct Manner {
  bool large = false;     // larger letters
  bool low = false;       // everything that is touched lies low, for whoever sits
  bool contrast = false;  // black and white
  bool voice = false;     // every new screen is read out, and what has the focus
  bool operator==(const Manner&) const = default;
};

// What the host saw when something did not work, for the sentence that the visitor reads.
enum class Cause {
  None,
  Refused,   // the clerk: please ask at the counter, whatever the cause
  Revoked,   // the clerk: the certificate on the card was revoked
  Silent,    // no answer
  PaperOut,  // the printer, from here on
  Jam,
  Cover,
  Toner,
  Tray,     // the wrong paper tray, or none
  Offline,  // the printer does not answer
};

// Why a visit ends before its paper does, or without it.
enum class Trouble {
  None,
  Cancelled,       // by the visitor
  WalkedAway,      // by a time limit
  CardUnreadable,  // upside down, damaged, or not a My Number card
  CardTwo,
  CardLocked,
  CardLastTry,  // one try is left, and is not spent here
  CardExpired,
  CardRevoked,  // its certificate: the card itself is no longer good for this
  CardGone,     // taken away before the end
  Counter,      // please ask at the counter
  ClerkSilent,
  WrongPerson,  // somebody else's paper was offered: everything stops
  TooYoung,     // for a seal certificate
  NotPaid,      // declined too often
  TerminalSilent,
  PaperOut,
  Jam,
  Cover,
  Toner,
  WrongTray,
  PrinterOffline,
  PrinterFailed,
  PaperLeft,  // paper lies in the tray
  Broken,     // the journal cannot be written
};
std::string_view name_of(Trouble trouble);  // "card-locked"; "" of None
Trouble trouble_of(Cause cause);            // of the printer's; PrinterFailed when it says nothing
Trouble trouble_of(CardTrouble trouble);

using Fees = std::array<std::int64_t, 9>;  // yen a copy, by kind

// What the visitor has put together so far.
class Basket {
 public:
  const std::vector<OrderItem>& items() const { return items_; }
  const OrderItem* find(Kind kind) const;
  // Puts one copy of each in, takes out what is not named, keeps the rest; in the kinds' order.
  void choose(const std::vector<Kind>& kinds, int year);
  void put(std::vector<OrderItem> items) { items_ = std::move(items); }
  bool change(Kind kind, const OrderItem& to);  // false for copies that there are not, or another kind
  void clear() { items_.clear(); }
  int copies() const;
  std::int64_t sum(const Fees& fees) const;

 private:
  std::vector<OrderItem> items_;
};
// The newest fiscal year whose tax certificates exist on that day (they come out in June), and how many years
// back may be asked for.
int newest_tax_year(Date today);
inline constexpr int kTaxYears = 5;

enum class Help { None, Called, Failed };

struct Scene {
  const words::Words& words;
  std::string place;  // 日和町役場
  Instant now;
  Manner manner;
  Fees fees{};
  std::string session;  // its number, once the card was read; "" = none
  std::string visit;    // of this visitor alone; an action of another visit counts for nothing
  int step = 0;         // 1 choose ... 6 take; 0 = none is shown
  int copies = 0;
  std::int64_t sum = 0;
  Help help = Help::None;
};

// What the devices say of themselves, for the staff's screen.
struct Machine {
  bool known = false;  // the rest was asked for and answered
  bool printer = false, terminal = false, clerk = false;
  Cause cause = Cause::None;
  std::int64_t sheets = -1;  // ever printed; -1 = not known
  int paper = -1;            // percent; -1 = not known
  DayTotals today{};
  std::vector<Record> log{};    // the newest first
  std::optional<bool> test{};   // how the last test print went
  std::optional<bool> saved{};  // the day's totals, as a file
};

// The session as people read it out: a letter and four digits ("K-4827").
std::string number_of(const SessionId& session);

}  // namespace machi::certificate::kiosk

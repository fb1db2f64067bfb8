// The kiosk's hands: carries out the transaction's effects, one at a time, with the devices behind their
// ports, the clerk's line and the journal. What a device does not say comes back as "unknown", never as a
// guess. One thread at a time; each call waits as long as its device may take.
#pragma once

#include <functional>

#include "core/certificate/kiosk/journal_store.h"
#include "platform/host/card/card_reader.h"
#include "platform/host/printer/printer.h"
#include "platform/host/receipt/receipt_printer.h"
#include "platform/host/terminal/payment_terminal.h"
#include "platform/kiosk/clerk_line.h"

namespace machi::kiosk {

using certificate::kiosk::CardTrouble;
using certificate::kiosk::Work;

struct Done {
  certificate::kiosk::Answer answer;
  Cause cause = Cause::None;  // what was seen when it did not work
  int sheets = 0;             // of a Print or Watch: put out so far, when the printer says so
};

// "charge", "print" ...: a step's name for logs and tests.
std::string_view name_of(const Work& work);

class Devices {
 public:
  struct Ports {
    host::CardReader& card;
    host::Printer& printer;
    host::PaymentTerminal& terminal;
    host::ReceiptPrinter& receipts;
    ClerkLine& clerk;
    store::Database& journal;
    base::Instant (*now)();
    std::string place;  // on receipts and slips
  };
  explicit Devices(Ports ports) : ports_(ports) {}

  Done perform(const Work& work);

  // What lies on the reader now, met anew: the connection is the session's, and lost with the card.
  struct CardMet {
    host::CardSeen seen = host::CardSeen::Empty;
    CardTrouble trouble = CardTrouble::None;
    int tries = 0;
  };
  CardMet meet_card();
  void let_card_go();
  Cause printer_cause();

  // Told before each piece of work, and after it.
  std::function<void(std::string_view step, bool after)> watch;

 private:
  Done identify(const certificate::kiosk::work::Identify& work);
  Done carry_out(const Work& work);
  Ports ports_;
};

}  // namespace machi::kiosk

// A visitor without a screen: an order, a PIN, a card on the reader, driven through the transaction with real
// devices; and staff who empty the tray. For a machine's first start, for tests of whole machines, and to
// finish what a crash left open. One thread.
#pragma once

#include "platform/kiosk/devices.h"

namespace machi::kiosk {

struct Visitor {
  std::vector<certificate::kiosk::OrderItem> order;
  crypto::Secret<4> pin;
  bool takes_paper = true;
  int card_milliseconds = 15'000;  // to wait for a card on the reader
};

class Visit {
 public:
  Visit(certificate::kiosk::Transaction& transaction, Devices& devices, base::Instant (*now)())
      : transaction_(transaction), devices_(devices), now_(now) {}

  // What a crash left open. Storage when the journal cannot be written.
  base::Status finish_what_is_open();
  // NotAllowed when the kiosk serves nobody; NotFound without a card. The outcome is last_outcome().
  base::Status serve(Visitor visitor, host::CardReader& reader);
  // The tray is looked into, open cases are settled, the kiosk serves again.
  base::Status staff();
  CardTrouble card_trouble() const { return card_.trouble; }

 private:
  base::Status run(std::optional<certificate::kiosk::Effect> effect);
  certificate::kiosk::Transaction& transaction_;
  Devices& devices_;
  base::Instant (*now_)();
  Devices::CardMet card_;
};

}  // namespace machi::kiosk

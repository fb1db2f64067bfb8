// The device that takes money, as the kiosk's host asks it: one call at a time, each under a reference of the
// kiosk's own, and each with "it does not say" as a possible answer (core/certificate/terminal/TERMINAL.md).
// Calls wait; abandon() alone may come from another thread while charge() waits.
#pragma once

#include "core/certificate/terminal/messages.h"

namespace machi::host {

using certificate::kiosk::Known;
using certificate::kiosk::Means;
using certificate::kiosk::Ref;

class PaymentTerminal {
 public:
  virtual ~PaymentTerminal() = default;
  virtual bool ready() = 0;
  virtual Known charge(const Ref& ref, std::int64_t amount) = 0;
  // Also closes the reference: nothing happens under it any more.
  virtual Known settle(const Ref& ref) = 0;
  virtual Known refund(const Ref& ref, const Ref& of, std::int64_t amount) = 0;
  // The visitor does not want to pay: the charge under this reference ends soon, one way or the other.
  virtual void abandon(const Ref& ref) = 0;
  // With what the last charge (also one that settle told of) was paid, when the terminal says so.
  virtual Means means() const { return Means::Unknown; }
};

}  // namespace machi::host

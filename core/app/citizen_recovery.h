// What the citizen app holds while a record is printed, handed over or brought back. Private to core/app.
#pragma once

#include "core/mail/client.h"

namespace machi::app {

struct Recovery {
  std::optional<mail::PaperKey> sheet;  // made just now, and shown until the person leaves it
  std::optional<mail::SlipCode> shown;  // the code for a second device
  base::Instant shown_until;
  bool asked = false;                  // something was read here, and its record is on its way
  std::optional<mail::SlipCode> code;  // read or typed: of the device that hands over
  bool joining = false;                // with its invitation
  std::optional<base::Code> trouble;   // why there is no record
  bool mistyped = false;
  bool restored = false;  // the record is in the tables, and nobody was told yet
  bool again = false;     // what it says was written may have to be sent again
  bool changed = false;   // the sheet's copy is older than the tables
  base::Instant copied;
};

}  // namespace machi::app

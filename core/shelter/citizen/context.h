// What the family's side of shelters stands on; the app makes one for each call. One thread.
#pragma once

#include "core/household/alias.h"
#include "core/household/citizen/screens.h"
#include "core/mail/client.h"
#include "core/shelter/fact.h"

namespace machi::shelter {

using household::Step;

struct PhoneContext {
  store::Database& database;
  household::HouseholdBook book;
  base::Entropy& entropy;
  mail::Client& mail;
  const words::Words& words;
  Instant now;
  std::optional<mail::Recipient>
      to;  // the town's shelter office: by the directory, else as the app was built
  bool online = true;
};

// Where a message of this phone stands: on it, at the town, or not taken.
enum class Sent { Saved, Arrived, Refused };
Sent state_of(const PhoneContext& context, const base::MessageId& message);

}  // namespace machi::shelter

// What becomes of one message by what the other side answered: done, gone, later, or never. The same for Web
// Push (RFC 8030), LINE's Messaging API and whoever else answers in HTTP. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/time.h"

namespace machi::channels {

enum class Fate {
  Sent,
  Gone,   // the receiver is no more: forget it
  Later,  // at `again`
  Never,  // this message is not taken, and will not be
};

struct Outcome {
  Fate fate = Fate::Never;
  base::Instant again;     // of Later
  bool everybody = false;  // the service is in trouble, not this receiver: all of its messages wait
};

// status 0: no answer. `tries`: how often it was tried before. Waits half a minute, doubled each time, at
// most an hour, and never less than the answer's Retry-After; the caller ends it when the message's time is
// over.
Outcome outcome_of(int status, std::string_view retry_after, int tries, base::Instant now);

// Seconds, or a date of HTTP (RFC 9110 section 10.2.3), as seconds from now; nothing when it is neither.
std::optional<std::int64_t> seconds_of_retry(std::string_view retry_after, base::Instant now);

}  // namespace machi::channels

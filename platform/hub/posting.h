// The counter for mail: who may post, once, under which number. See office_state.h for the threads.
#pragma once

#include "platform/hub/office_state.h"

namespace machi::hub {

struct PostWork {
  mail::Envelope envelope;  // signature verified
  Hash hash{};
  Bytes bytes;
  int puzzle = 0;  // bits of the puzzle that the sender solved for this envelope
};
Result<PostWork> decode_post(const Request& request);

// The receipt, the same again for the same envelope; Conflict for another one with the same id. NotFound for
// an unknown mailbox, NotAllowed for a key that was taken out, TooMany past a rate.
Result<Answer> post(OfficeState& office, const PostWork& work, Instant now);

}  // namespace machi::hub

// The counter for what is found by a code alone: enrolment slips, which an office leaves locked, and recovery
// slots, which a person's device leaves locked. See office_state.h.
#pragma once

#include "core/mail/paper.h"
#include "core/mail/slip.h"
#include "platform/hub/office_state.h"

namespace machi::hub {

struct SlipRecordWork {
  mail::SlipRecord record;  // signature verified
  Bytes bytes;
};
Result<SlipRecordWork> decode_slip_record(const Request& request);
// The author reads the office's mail. The same record again changes nothing; another one under its id is
// Conflict.
Result<Answer> post_slip_record(OfficeState& office, const SlipRecordWork& work, Instant now);

struct SlipWork {
  mail::SlipId id;
};
Result<SlipWork> decode_slip(const Request& request);
Result<Answer> read_slip_record(OfficeState& office, const SlipWork& work, Instant now);

struct SlotPostWork {
  mail::SlotRecord record;  // signature verified
  Bytes bytes;
};
Result<SlotPostWork> decode_slot_post(const Request& request);
// From readers of a person's mailbox, one for each mailbox.
Result<Answer> post_slot(OfficeState& office, const SlotPostWork& work, Instant now);

struct SlotReadWork {
  mail::SlotId id;
};
Result<SlotReadWork> decode_slot_read(const Request& request);
Result<Answer> read_slot(OfficeState& office, const SlotReadWork& work, Instant now);

}  // namespace machi::hub

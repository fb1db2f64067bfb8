// The counter for enrolment slips: an office leaves a locked record, whoever knows the code finds it. See
// office_state.h.
#pragma once

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

}  // namespace machi::hub

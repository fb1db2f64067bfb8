// The counter for access logs, grants and, after a restore, the statements of newest entries. See
// office_state.h.
#pragma once

#include "platform/hub/office_state.h"

namespace machi::hub {

struct AccessWork {
  std::vector<Bytes> entries;  // of one mailbox, numbers rising by one; signatures verified
  std::vector<mail::AccessEntry> read;
};
Result<AccessWork> decode_access(const Request& request);
// All or none. Entries that the hub has already are skipped, so that a lost answer can be asked for again and
// a whole log posted to a restored hub; a different entry under a known number is Conflict.
Result<Answer> post_access(OfficeState& office, const AccessWork& work, const std::string& address,
                           Instant now);

struct GrantsWork {
  std::vector<Bytes> grants;  // of one mailbox
  std::vector<mail::Grant> read;
};
Result<GrantsWork> decode_grants(const Request& request);
Result<Answer> post_grants(OfficeState& office, const GrantsWork& work, Instant now);

struct AccessHeadWork {
  mail::AccessHead head;
};
Result<AccessHeadWork> decode_access_head(const Request& request);
// HeadNeeded while the hub lacks entries or too few admins have said so (restored.h), Conflict when the heads
// differ or the incarnation is another.
Result<Answer> post_access_head(OfficeState& office, const AccessHeadWork& work, Instant now);

}  // namespace machi::hub

// The counter for sealed snapshots: from readers, of the present incarnation, their blobs here before them;
// the newest three stay. And the rule of what mail a snapshot allows to delete. See office_state.h.
#pragma once

#include "core/mail/snapshot.h"
#include "platform/hub/office_state.h"

namespace machi::hub {

inline constexpr std::size_t kSnapshotsKept = 3;
inline constexpr std::int64_t kMailKeptSeconds = 90 * 86400;

struct SnapshotPostWork {
  mail::Snapshot snapshot;  // signature verified
  Bytes bytes;
};
Result<SnapshotPostWork> decode_snapshot_post(const Request& request);
// NotFound while a blob is missing, Conflict for a number that is not here or another incarnation.
Result<Answer> post_snapshot(OfficeState& office, const SnapshotPostWork& work, Instant now);

struct SnapshotReadWork {
  std::string ticket;
};
Result<SnapshotReadWork> decode_snapshot_read(const Request& request);
Result<Answer> read_snapshots(OfficeState& office, const SnapshotReadWork& work, Instant now);

// Deletes what the oldest kept snapshot of the mailbox covers and 90 days have passed over, with the
// attachments of that age. How many messages went. In the caller's transaction, on the store's thread.
Result<std::uint64_t> forget_covered(MessageStore& store, const MailboxId& mailbox,
                                     const IncarnationId& incarnation, Instant now);

// The answer to a read that begins before the first message that is left: 409 conflict with that number.
Answer begins_later(const MailboxRow& row);

}  // namespace machi::hub

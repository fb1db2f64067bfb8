// Mailboxes between a restore and their confirmation (PROTOCOL.md, Restore): what admins post again is held
// beside the log of the backup until enough of them agree on its newest entry. In memory: after a restart
// everybody posts again. Belongs to the thread of the store.
#pragma once

#include "platform/hub/mailboxes.h"

namespace machi::hub {

// How long a single admin waits for another one that the backup lists to say something else.
inline constexpr std::int64_t kQuietSeconds = 600;
// How long envelopes to an unknown epoch speak against a log.
inline constexpr std::int64_t kWitnessSeconds = 86400;

struct Restored {
  mail::AccessLog base;  // of the backup
  std::set<SignPublic> base_ever;
  Mailbox provisional;                            // with what was posted again
  std::vector<Bytes> entries;                     // past the backup
  std::map<Hash, std::set<SignPublic>> heads;     // the newest entry that admins know -> who stated it
  Instant began;                                  // this newest entry was first stated
  Instant seen;                                   // the mailbox was first asked for
  bool contested = false;                         // two logs go on from the backup: time decides nothing
  std::map<SignPublic, std::uint64_t> witnesses;  // listed key -> epoch past the log's that it writes to
};

class RestoredMailboxes {
 public:
  // The state of a mailbox that the store has and nobody has confirmed.
  Restored& at(const MailboxId& id, const Mailbox& present, Instant now);
  // Takes entries again that go on from the backup. Another log that does so puts this one aside.
  Status take(Restored& restored, std::uint64_t first, const std::vector<Bytes>& entries, Instant now);
  // The hash of an entry of what was posted again, from the backup's newest one on.
  static std::optional<Hash> entry_at(const Restored& restored, std::uint64_t number);
  // An admin's statement about the newest entry that it knows; its place in the log was checked. A
  // colleague's newer entries do not contradict it: it agrees with the same log. True when there are enough,
  // one of them with the newest entry.
  bool state(Restored& restored, const SignPublic& admin, const Hash& head, Instant now);
  // A listed key writes to an epoch that this log does not have: the log may lack entries.
  void witness(const MailboxId& id, const Mailbox& present, const SignPublic& from, std::uint64_t epoch,
               Instant now);
  void forget(const MailboxId& id) { known_.erase(id); }

 private:
  std::map<MailboxId, Restored> known_;
};

}  // namespace machi::hub

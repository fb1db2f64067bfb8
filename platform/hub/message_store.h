// The port behind which the hub keeps sealed mail: one contract (tests/unit/hub/message_store_contract.h) for
// every database. Every query about mail names its mailbox, so that a table may be spread over machines by
// it. A store belongs to one thread. Trouble is Storage or StorageFull.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "core/mail/access.h"
#include "core/mail/paper.h"
#include "core/mail/slip.h"
#include "platform/hub/request.h"

namespace machi::hub {

using base::IncarnationId;
using base::MessageId;
using crypto::SignPublic;
using mail::Hash;

// A message as it was taken.
struct Posted {
  std::uint64_t number = 0;
  Hash hash{};
  Instant at;
};

struct StoredMessage {
  std::uint64_t number = 0;
  Bytes envelope;
};

struct MailboxRow {
  IncarnationId
      confirmed;  // the incarnation in which the mailbox was founded or its access log last confirmed
  std::uint64_t newest = 0;   // newest message number; 0 when none
  std::uint64_t oldest = 1;   // first number that was not deleted
  IncarnationId oldest_of;    // in which the ones before it were deleted; zero when none were
  std::uint64_t entries = 0;  // of the access log; only a store that is shared counts them
};

// What a request of a batch is going to ask about.
struct Expected {
  MailboxId mailbox;
  bool writes = false;
  // The message that it looks for.
  std::optional<std::pair<SignPublic, MessageId>> message;
};

// Where a mailbox stands: enough to see that something came.
struct Standing {
  MailboxId mailbox;
  std::uint64_t newest = 0;
  std::uint64_t entries = 0;
  auto operator<=>(const Standing&) const = default;
};

struct StoredSnapshot {
  std::uint64_t serial = 0;  // grows with each that is posted
  std::uint64_t covers = 0;
  Bytes snapshot;
};

struct StoredSlip {
  Bytes record;
  Instant to;
};

class MessageStore {
 public:
  virtual ~MessageStore() = default;

  // Everything between begin and commit is durable together or not at all; durable means: survives a power
  // cut.
  virtual Status begin() = 0;
  virtual Status commit() = 0;
  virtual void rollback() = 0;
  // One request inside a batch: when `work` fails, what it wrote is undone and the rest of the batch stays.
  virtual Status attempt(const std::function<Status()>& work) = 0;

  // Whether other processes may be at the same database: then nothing that was read stays true past its
  // batch.
  virtual bool shared() const { return false; }
  // Said before a batch's requests are carried out, inside begin and commit or before reads alone: a store
  // behind a network fetches all of it at once and holds the mailboxes that will be written. Good until the
  // batch ends; for reads alone, until release().
  virtual Status expect(std::span<const Expected>) { return {}; }
  virtual void release() {}
  // After a batch that was not committed: whether another process was in its way, and the same batch may do
  // now.
  virtual bool again() const { return false; }
  // Where these mailboxes stand now; what other processes took is learned by asking. For a shared store.
  virtual Result<std::vector<Standing>> standings(std::span<const MailboxId>) {
    return std::vector<Standing>{};
  }
  // Whether this mark of the mailbox was never used before; it is from now on, until its time is over. For a
  // shared store.
  virtual Result<bool> use_once(const MailboxId&, ByteView, Instant, Instant) {
    return base::fail(base::Code::Unsupported, "store of one process");
  }

  // The present incarnation; zero before the first. A new one follows a restore (or is the first).
  virtual Result<IncarnationId> incarnation() = 0;
  virtual Status begin_incarnation(const IncarnationId& id, Instant now) = 0;

  virtual Result<std::optional<MailboxRow>> mailbox(const MailboxId& mailbox) = 0;
  virtual Status found_mailbox(const MailboxId& mailbox, const IncarnationId& confirmed) = 0;
  virtual Status confirm_mailbox(const MailboxId& mailbox, const IncarnationId& confirmed) = 0;

  virtual Result<std::optional<Posted>> find_message(const MailboxId& mailbox, const SignPublic& from,
                                                     const MessageId& id) = 0;
  // Takes the mailbox's next number (from 1, no gap) and inserts. The mailbox is there.
  virtual Result<std::uint64_t> append_message(const MailboxId& mailbox, const SignPublic& from,
                                               const MessageId& id, const Hash& hash, Instant at,
                                               ByteView envelope) = 0;
  // In order of number, past `after`, at most `count`, and no more once `bytes` are reached (at least one).
  virtual Result<std::vector<StoredMessage>> messages(const MailboxId& mailbox, std::uint64_t after,
                                                      std::size_t count, std::size_t bytes) = 0;

  virtual Status append_access(const MailboxId& mailbox, std::uint64_t number, ByteView entry) = 0;
  // Entries from `number` on.
  virtual Result<std::vector<Bytes>> access(const MailboxId& mailbox, std::uint64_t number) = 0;

  // A later grant for the same mailbox, reader and epoch replaces the earlier.
  virtual Status put_grant(const MailboxId& mailbox, const SignPublic& reader, std::uint64_t epoch,
                           ByteView grant) = 0;
  virtual Result<std::vector<Bytes>> grants(const MailboxId& mailbox, const SignPublic& reader) = 0;

  // The same blob again changes nothing.
  virtual Status put_blob(const MailboxId& mailbox, const Hash& hash, Instant at, ByteView bytes) = 0;
  virtual Result<std::optional<Bytes>> blob(const MailboxId& mailbox, const Hash& hash) = 0;

  virtual Status drop_blob(const MailboxId& mailbox, const Hash& hash) = 0;
  // Hashes of the blobs that came before a time.
  virtual Result<std::vector<Hash>> blobs_before(const MailboxId& mailbox, Instant before) = 0;

  virtual Status put_snapshot(const MailboxId& mailbox, std::uint64_t covers, Instant at,
                              ByteView snapshot) = 0;
  // Newest first.
  virtual Result<std::vector<StoredSnapshot>> snapshots(const MailboxId& mailbox) = 0;
  virtual Status drop_snapshot(const MailboxId& mailbox, std::uint64_t serial) = 0;
  // Mailboxes that have a snapshot: where there may be mail to delete.
  virtual Result<std::vector<MailboxId>> snapshot_mailboxes() = 0;
  // Deletes, from the oldest on, messages up to number `through` that came before a time, and says how many.
  // Numbers stay without gap: what is left begins at MailboxRow::oldest.
  virtual Result<std::uint64_t> forget_messages(const MailboxId& mailbox, std::uint64_t through,
                                                Instant before, const IncarnationId& incarnation) = 0;

  // One slot a mailbox: a later one takes its place. Conflict when the id is another mailbox's. Found by id
  // alone.
  virtual Status put_slot(const MailboxId& mailbox, const mail::SlotId& id, ByteView record) = 0;
  virtual Result<std::optional<Bytes>> slot(const mail::SlotId& id) = 0;

  // Slips are found by their own id: who types a code does not know the mailbox yet.
  virtual Status put_slip(const mail::SlipId& id, const MailboxId& office, Instant to, ByteView record) = 0;
  virtual Result<std::optional<StoredSlip>> slip(const mail::SlipId& id) = 0;
};

}  // namespace machi::hub

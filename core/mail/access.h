// The access log of a mailbox: signed, numbered, hash-chained entries, and their fold (PROTOCOL.md,
// Mailboxes). The hub and every member fold the same bytes to the same state. Values; any thread; pure.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "core/base/time.h"
#include "core/code/cose.h"

namespace machi::mail {

using base::Bytes;
using base::ByteView;
using base::Instant;
using base::MailboxId;
using base::Result;
using base::Status;
using crypto::SealKey;
using crypto::SealPublic;
using crypto::SignKey;
using crypto::SignPublic;
using Hash = base::Array<32>;

enum class AccessOp { Add = 1, Remove = 2, Epoch = 3 };
enum class Nature { Office = 1, Person = 2, Broadcast = 3 };

struct Rights {
  bool read = false;
  bool post = false;
  bool admin = false;
  bool operator==(const Rights&) const = default;
};
inline constexpr Rights kAllRights{true, true, true};
inline constexpr Rights kPostOnly{false, true, false};
inline constexpr Rights kSpareRights{true, false, true};

struct AccessEntry {
  MailboxId mailbox;
  std::uint64_t number = 0;
  Hash previous{};
  AccessOp op = AccessOp::Add;
  SignPublic author;
  SignPublic subject;              // add, remove
  Rights rights;                   // add
  std::optional<Instant> from;     // add
  std::optional<Instant> to;       // add
  std::optional<SealPublic> seal;  // add, when it may read
  std::uint64_t epoch = 0;         // epoch
  SealPublic epoch_key;            // epoch
  std::optional<Nature> nature;    // entry 0
};

// Signs an entry with its author's key (entry.author is set from it).
Bytes make_access_entry(AccessEntry entry, const SignKey& author);
// Decodes and verifies the signature of the author that the entry names; says nothing about rights.
Result<AccessEntry> read_access_entry(ByteView bytes);

struct Member {
  SignPublic key;
  Rights rights;
  std::optional<Instant> from;
  std::optional<Instant> to;
  std::optional<SealPublic> seal;
};

class AccessLog {
 public:
  // Applies one entry: state rules 1-4. Conflict when number or hash do not follow; NotAllowed when the
  // author may not.
  Status append(ByteView bytes, Instant now);
  // The same for entries that were taken before and are read again from the member's own store: dates are not
  // judged anew.
  Status append_known(ByteView bytes);

  bool empty() const { return count_ == 0; }
  std::uint64_t next_number() const { return count_; }
  const Hash& head() const { return head_; }
  const MailboxId& mailbox() const { return mailbox_; }
  Nature nature() const { return nature_; }
  std::uint64_t epoch() const { return epoch_; }
  const SealPublic& epoch_key() const { return epoch_key_; }
  // The member of a key, when it is listed and its dates include now.
  const Member* find(const SignPublic& key, Instant now) const;
  std::vector<Member> readers(Instant now) const;
  const std::map<SignPublic, Member>& members() const { return members_; }
  // Whether a key had the read right at any time: what it did for the office then still holds after its
  // removal.
  bool was_reader(const SignPublic& key) const {
    const auto found = ever_.find(key);
    return found != ever_.end() && found->second.read;
  }
  // The same of the admin right.
  bool was_admin(const SignPublic& key) const {
    const auto found = ever_.find(key);
    return found != ever_.end() && found->second.admin;
  }
  // Whether a key was ever added.
  bool was_member(const SignPublic& key) const { return ever_.contains(key); }
  // A reader was removed and no epoch has begun since: an admin owes one.
  bool owes_epoch() const { return owes_epoch_; }

  // An entry that follows the head, filled with mailbox, number and previous.
  AccessEntry next(AccessOp op) const;

 private:
  Status fold(ByteView bytes, std::optional<Instant> now);
  bool has_lasting_admin_besides(const SignPublic& key) const;
  MailboxId mailbox_;
  std::uint64_t count_ = 0;
  Hash head_{};
  Nature nature_ = Nature::Person;
  std::uint64_t epoch_ = 0;
  SealPublic epoch_key_;
  bool owes_epoch_ = false;
  std::map<SignPublic, Member> members_;
  std::map<SignPublic, Rights> ever_;  // every key that was added, and what it might do at a time
};

// Grant: the secret of an epoch, sealed to one reader.
struct Grant {
  MailboxId mailbox;
  std::uint64_t epoch = 0;
  SignPublic reader;
  Bytes sealed;
  SignPublic author;
};
Bytes make_grant(base::Entropy& entropy, const MailboxId& mailbox, std::uint64_t epoch,
                 const crypto::Secret<32>& secret, const SignPublic& reader, const SealPublic& reader_seal,
                 const SignKey& author);
Result<Grant> read_grant(ByteView bytes);
// The epoch's secret, checked against the mailbox and epoch that the grant names.
Result<crypto::Secret<32>> open_grant(const Grant& grant, const SealKey& reader);

// The statement with which an admin confirms a restored hub's newest entry.
struct AccessHead {
  MailboxId mailbox;
  std::uint64_t number = 0;
  Hash hash{};
  base::IncarnationId incarnation;
  SignPublic key;
};
Bytes make_access_head(const AccessHead& head, const SignKey& key);
Result<AccessHead> read_access_head(ByteView bytes);

}  // namespace machi::mail

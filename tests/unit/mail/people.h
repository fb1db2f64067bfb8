// The cast of the mail tests: repeatable devices, keys and a mailbox with an admin. Test code; one thread.
#pragma once

#include "core/crypto/drbg.h"
#include "core/mail/envelope.h"

namespace machi::mail::test {

inline const Instant kNow = Instant::from_seconds(1795500000);  // 2026-11-24

inline crypto::DeviceSeed device(std::uint8_t number) {
  base::Array<32> seed{};
  seed.fill(number);
  return crypto::DeviceSeed(crypto::Secret<32>(seed));
}

inline MailboxId mailbox(std::uint8_t number) {
  MailboxId id;
  id.bytes.fill(number);
  return id;
}

inline Bytes first_entry(const MailboxId& id, const crypto::DeviceSeed& admin, Nature nature) {
  AccessEntry entry;
  entry.mailbox = id;
  entry.subject = admin.posting(id).open;
  entry.rights = kAllRights;
  entry.seal = admin.seal().open;
  entry.nature = nature;
  return make_access_entry(entry, admin.posting(id));
}

// A log with its first admin; entries are appended through `add` and friends, which say what the fold
// answered.
struct LogBook {
  MailboxId id;
  AccessLog log;
  std::vector<Bytes> entries;

  LogBook(const MailboxId& mailbox_id, const crypto::DeviceSeed& admin, Nature nature = Nature::Office)
      : id(mailbox_id) {
    (void)take(first_entry(id, admin, nature));
  }
  Status take(const Bytes& entry, Instant now = kNow) {
    Status taken = log.append(entry, now);
    if (taken.ok()) entries.push_back(entry);
    return taken;
  }
  Status add(const crypto::DeviceSeed& by, const crypto::DeviceSeed& whom, Rights rights,
             std::optional<Instant> to = {}, Instant now = kNow) {
    AccessEntry entry = log.next(AccessOp::Add);
    entry.subject = whom.posting(id).open;
    entry.rights = rights;
    entry.to = to;
    if (rights.read) entry.seal = whom.seal().open;
    return take(make_access_entry(with_author(entry, by), by.posting(id)), now);
  }
  Status remove(const crypto::DeviceSeed& by, const crypto::DeviceSeed& whom) {
    AccessEntry entry = log.next(AccessOp::Remove);
    entry.subject = whom.posting(id).open;
    return take(make_access_entry(with_author(entry, by), by.posting(id)));
  }
  Status epoch(const crypto::DeviceSeed& by, const crypto::SealKey& key) {
    AccessEntry entry = log.next(AccessOp::Epoch);
    entry.epoch = log.epoch() + 1;
    entry.epoch_key = key.open;
    return take(make_access_entry(with_author(entry, by), by.posting(id)));
  }

 private:
  AccessEntry with_author(AccessEntry entry, const crypto::DeviceSeed& by) const {
    entry.author = by.posting(id).open;
    return entry;
  }
};

}  // namespace machi::mail::test

// The access state of the mailboxes that are in use: folded from the store when first asked for, then kept,
// and held beside the store at each use when other processes write to it. Belongs to the thread of the store.
#pragma once

#include <map>
#include <set>

#include "platform/hub/message_store.h"

namespace machi::hub {

struct Mailbox {
  mail::AccessLog log;
  std::set<SignPublic>
      ever;  // every key that was ever added: what is in here and not listed now was taken out
  IncarnationId confirmed;
};

class Mailboxes {
 public:
  explicit Mailboxes(MessageStore& store) : store_(store) {}

  // nullptr when there is no such mailbox. Good until the next call.
  Result<const Mailbox*> find(const MailboxId& id);
  // NotFound instead of nullptr.
  Result<const Mailbox*> at(const MailboxId& id);
  // The state that the store was just given.
  void put(const MailboxId& id, Mailbox mailbox) { known_[id] = std::move(mailbox); }
  // After a batch that was not committed, what is kept here may not be in the store.
  void forget() { known_.clear(); }

 private:
  Result<const Mailbox*> load(const MailboxId& id, const MailboxRow& row);
  Status read_on(Mailbox& mailbox, const MailboxId& id);
  Result<const Mailbox*> find_shared(const MailboxId& id);

  MessageStore& store_;
  std::map<MailboxId, Mailbox> known_;
};

// The member that a key is now. UnknownKey when it was never listed, NotAllowed when it was removed or is
// outside its dates.
Result<mail::Member> member_of(const Mailbox& mailbox, const SignPublic& key, Instant now);

}  // namespace machi::hub

// Folding access logs from the store. On the thread of the store.
#include "platform/hub/mailboxes.h"

namespace machi::hub {

using base::Code;
using base::fail;

namespace {
constexpr std::size_t kKept = 20000;
}

Result<const Mailbox*> Mailboxes::find(const MailboxId& id) {
  if (auto found = known_.find(id); found != known_.end()) return static_cast<const Mailbox*>(&found->second);
  MACHI_TRY_SET(row, store_.mailbox(id));
  if (!row) return static_cast<const Mailbox*>(nullptr);
  MACHI_TRY_SET(entries, store_.access(id, 0));
  Mailbox mailbox;
  mailbox.confirmed = row->confirmed;
  for (const Bytes& bytes : entries) {
    MACHI_TRY_SET(entry, mail::read_access_entry(bytes));
    // What the store holds was judged when it came in.
    MACHI_TRY(mailbox.log.append_known(bytes));
    if (entry.op == mail::AccessOp::Add) mailbox.ever.insert(entry.subject);
  }
  if (known_.size() >= kKept) known_.clear();
  return static_cast<const Mailbox*>(&known_.emplace(id, std::move(mailbox)).first->second);
}

Result<const Mailbox*> Mailboxes::at(const MailboxId& id) {
  MACHI_TRY_SET(found, find(id));
  if (found == nullptr) return fail(Code::NotFound, "mailbox");
  return found;
}

Result<mail::Member> member_of(const Mailbox& mailbox, const SignPublic& key, Instant now) {
  if (const mail::Member* member = mailbox.log.find(key, now); member != nullptr) return *member;
  return fail(mailbox.ever.contains(key) ? Code::NotAllowed : Code::UnknownKey, "member");
}

}  // namespace machi::hub

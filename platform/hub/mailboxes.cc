// Folding access logs from the store. On the thread of the store.
#include "platform/hub/mailboxes.h"

namespace machi::hub {

using base::Code;
using base::fail;

namespace {
constexpr std::size_t kKept = 20000;
}

// The entries that the fold does not have yet.
Status Mailboxes::read_on(Mailbox& mailbox, const MailboxId& id) {
  MACHI_TRY_SET(entries, store_.access(id, mailbox.log.next_number()));
  for (const Bytes& bytes : entries) {
    MACHI_TRY_SET(entry, mail::read_access_entry(bytes));
    // What the store holds was judged when it came in.
    MACHI_TRY(mailbox.log.append_known(bytes));
    if (entry.op == mail::AccessOp::Add) mailbox.ever.insert(entry.subject);
  }
  return {};
}

Result<const Mailbox*> Mailboxes::load(const MailboxId& id, const MailboxRow& row) {
  Mailbox mailbox;
  mailbox.confirmed = row.confirmed;
  MACHI_TRY(read_on(mailbox, id));
  if (known_.size() >= kKept) known_.clear();
  return static_cast<const Mailbox*>(&known_.insert_or_assign(id, std::move(mailbox)).first->second);
}

Result<const Mailbox*> Mailboxes::find(const MailboxId& id) {
  if (store_.shared()) return find_shared(id);
  if (auto found = known_.find(id); found != known_.end()) return static_cast<const Mailbox*>(&found->second);
  MACHI_TRY_SET(row, store_.mailbox(id));
  if (!row) return static_cast<const Mailbox*>(nullptr);
  return load(id, *row);
}

// A device that another process was told to remove is removed here, too: the row says how long the log is.
Result<const Mailbox*> Mailboxes::find_shared(const MailboxId& id) {
  MACHI_TRY_SET(row, store_.mailbox(id));
  const auto found = known_.find(id);
  if (!row) {
    if (found != known_.end()) known_.erase(found);
    return static_cast<const Mailbox*>(nullptr);
  }
  if (found == known_.end() || found->second.log.next_number() > row->entries) return load(id, *row);
  Mailbox& mailbox = found->second;
  mailbox.confirmed = row->confirmed;
  if (mailbox.log.next_number() < row->entries)
    if (auto read = read_on(mailbox, id); !read.ok()) {
      known_.erase(found);
      return read.error();
    }
  return static_cast<const Mailbox*>(&mailbox);
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

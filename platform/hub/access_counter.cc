// Access entries, grants, access heads. decode_* on any thread, the rest on the store's.
#include "platform/hub/access_counter.h"

#include "core/code/cbor.h"

namespace machi::hub {

using base::Code;
using base::fail;

namespace {

constexpr std::size_t kEntriesAtOnce = 2048;
// An admin whose statement is not enough yet asks again after so long.
constexpr std::uint32_t kAskAgainSeconds = 10;
Result<std::vector<Bytes>> list_of_bytes(const Request& request) {
  MACHI_TRY_SET(list, code::decode(request.body));
  if (list.array() == nullptr || list.array()->empty()) return fail(Code::BadInput, "list");
  if (list.array()->size() > kEntriesAtOnce) return fail(Code::TooLarge, "list");
  std::vector<Bytes> out;
  for (const code::Cbor& item : *list.array()) {
    MACHI_TRY_SET(raw, item.bytes());
    out.push_back(base::copy(raw));
  }
  return out;
}

Status append(Mailbox& mailbox, const mail::AccessEntry& entry, ByteView bytes, Instant now) {
  MACHI_TRY(mailbox.log.append(bytes, now));
  if (entry.op == mail::AccessOp::Add) mailbox.ever.insert(entry.subject);
  return {};
}

Status check_same(OfficeState& office, const MailboxId& id, std::uint64_t first,
                  const std::vector<Bytes>& entries, std::size_t count) {
  MACHI_TRY_SET(stored, office.store.access(id, first));
  if (stored.size() < count) return fail(Code::Storage, "access log is short");
  for (std::size_t i = 0; i < count; ++i)
    if (stored[i] != entries[i]) return fail(Code::Conflict, "another entry has this number");
  return {};
}

// To a mailbox that nobody has confirmed since the restore: beside the backup's log, not into it.
Result<Answer> post_again(OfficeState& office, const Mailbox& present, const AccessWork& work, Instant now) {
  const MailboxId& id = work.read[0].mailbox;
  const std::uint64_t first = work.read[0].number;
  const std::uint64_t base = present.log.next_number();
  const std::size_t stored =
      static_cast<std::size_t>(std::min<std::uint64_t>(base > first ? base - first : 0, work.entries.size()));
  if (stored > 0) MACHI_TRY(check_same(office, id, first, work.entries, stored));
  Restored& restored = office.restored.at(id, present, now);
  if (stored < work.entries.size()) {
    if (const std::uint32_t wait = office.rates.take_change(id, work.read.back().author, now); wait != 0)
      return too_many(wait);
    MACHI_TRY(office.restored.take(restored, first, work.entries, now));
  }
  return answer(code::encode(code::Cbor::map({{1, restored.provisional.log.next_number()}})));
}

}  // namespace

Answer empty_answer() { return answer(code::encode(code::Cbor(code::CborMap{}))); }

Result<AccessWork> decode_access(const Request& request) {
  AccessWork work;
  MACHI_TRY_SET(entries, list_of_bytes(request));
  work.entries = std::move(entries);
  for (const Bytes& bytes : work.entries) {
    MACHI_TRY_SET(entry, mail::read_access_entry(bytes));
    if (!work.read.empty() &&
        (entry.mailbox != work.read[0].mailbox || entry.number != work.read.back().number + 1))
      return fail(Code::BadInput, "entries do not follow each other");
    work.read.push_back(std::move(entry));
  }
  return work;
}

Result<Answer> post_access(OfficeState& office, const AccessWork& work, const std::string& address,
                           Instant now) {
  const MailboxId& id = work.read[0].mailbox;
  const std::uint64_t first = work.read[0].number;
  MACHI_TRY_SET(present, office.mailboxes.find(id));
  if (present != nullptr && present->confirmed != office.incarnation)
    return post_again(office, *present, work, now);
  const bool founding = present == nullptr;
  Mailbox changed = founding ? Mailbox{} : *present;
  if (founding) changed.confirmed = office.incarnation;

  const std::uint64_t next = changed.log.next_number();
  if (first > next) return fail(Code::Conflict, "entries are missing before these");
  const std::size_t known =
      static_cast<std::size_t>(std::min<std::uint64_t>(next - first, work.entries.size()));
  if (known > 0) MACHI_TRY(check_same(office, id, first, work.entries, known));

  for (std::size_t i = known; i < work.entries.size(); ++i) {
    MACHI_TRY(append(changed, work.read[i], work.entries[i], now));
  }
  if (known < work.entries.size()) {
    // Only what would be taken counts against a rate.
    const std::uint32_t wait = founding ? office.rates.take_new_mailbox(address, now)
                                        : office.rates.take_change(id, work.read.back().author, now);
    if (wait != 0) return too_many(wait);
    if (founding) MACHI_TRY(office.store.found_mailbox(id, office.incarnation));
    for (std::size_t i = known; i < work.entries.size(); ++i)
      MACHI_TRY(office.store.append_access(id, work.read[i].number, work.entries[i]));
    office.news.push_back(id);
  }
  const std::uint64_t number = changed.log.next_number();
  if (known < work.entries.size()) office.mailboxes.put(id, std::move(changed));
  return answer(code::encode(code::Cbor::map({{1, number}})));
}

Result<GrantsWork> decode_grants(const Request& request) {
  GrantsWork work;
  MACHI_TRY_SET(grants, list_of_bytes(request));
  work.grants = std::move(grants);
  for (const Bytes& bytes : work.grants) {
    MACHI_TRY_SET(grant, mail::read_grant(bytes));
    if (!work.read.empty() && grant.mailbox != work.read[0].mailbox)
      return fail(Code::BadInput, "another mailbox");
    work.read.push_back(std::move(grant));
  }
  return work;
}

Result<Answer> post_grants(OfficeState& office, const GrantsWork& work, Instant now) {
  const MailboxId& id = work.read[0].mailbox;
  MACHI_TRY_SET(mailbox, office.mailboxes.at(id));
  for (const mail::Grant& grant : work.read) {
    MACHI_TRY_SET(author, member_of(*mailbox, grant.author, now));
    if (!author.rights.admin) return fail(Code::NotAllowed, "right to grant");
    const mail::Member* reader = mailbox->log.find(grant.reader, now);
    if (reader == nullptr || !reader->rights.read) return fail(Code::NotAllowed, "grant to no reader");
    if (grant.epoch == 0 || grant.epoch > mailbox->log.epoch()) return fail(Code::Conflict, "epoch");
  }
  if (const std::uint32_t wait = office.rates.take_change(id, work.read[0].author, now); wait != 0)
    return too_many(wait);
  for (std::size_t i = 0; i < work.grants.size(); ++i)
    MACHI_TRY(office.store.put_grant(id, work.read[i].reader, work.read[i].epoch, work.grants[i]));
  return empty_answer();
}

Result<AccessHeadWork> decode_access_head(const Request& request) {
  MACHI_TRY_SET(head, mail::read_access_head(request.body));
  return AccessHeadWork{head};
}

Result<Answer> post_access_head(OfficeState& office, const AccessHeadWork& work, Instant now) {
  const mail::AccessHead& head = work.head;
  MACHI_TRY_SET(present, office.mailboxes.at(head.mailbox));
  const bool confirmed = present->confirmed == office.incarnation;
  Restored* restored = confirmed ? nullptr : &office.restored.at(head.mailbox, *present, now);
  const Mailbox& mailbox = restored != nullptr ? restored->provisional : *present;
  MACHI_TRY_SET(member, member_of(mailbox, head.key, now));
  if (!member.rights.admin) return fail(Code::NotAllowed, "right to confirm");
  if (head.incarnation != office.incarnation) return fail(Code::Conflict, "incarnation");
  if (head.number >= mailbox.log.next_number()) return fail(Code::HeadNeeded, "the hub lacks entries");
  const bool newest = head.number + 1 == mailbox.log.next_number() && head.hash == mailbox.log.head();
  if (!newest && (confirmed || RestoredMailboxes::entry_at(*restored, head.number) != head.hash))
    return fail(Code::Conflict, "another newest entry");
  if (confirmed) return empty_answer();
  // Not enough yet: reads stay closed, and the statement is remembered.
  if (!office.restored.state(*restored, head.key, head.hash, now))
    return Answer{refusal(Code::HeadNeeded, kAskAgainSeconds), std::nullopt};

  std::uint64_t number = restored->base.next_number();
  for (const Bytes& entry : restored->entries)
    MACHI_TRY(office.store.append_access(head.mailbox, number++, entry));
  MACHI_TRY(office.store.confirm_mailbox(head.mailbox, office.incarnation));
  Mailbox done = std::move(restored->provisional);
  done.confirmed = office.incarnation;
  office.restored.forget(head.mailbox);
  office.mailboxes.put(head.mailbox, std::move(done));
  office.news.push_back(head.mailbox);
  return empty_answer();
}

}  // namespace machi::hub

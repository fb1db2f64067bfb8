// The mailboxes of which this device is a member: founding, joining, the copy of the access log, epochs,
// proofs.
#include "core/mail/client_state.h"

namespace machi::mail {

using base::Code;
using base::fail;
using code::Cbor;

Status Client::State::store_mailbox(const OwnMailbox& mailbox) {
  auto row = database.prepare(
      "insert into mail_mailbox(id, nature, belonging, cursor, cursor_of, stays, invitation) "
      "values(?,?,?,?,?,?,?) on conflict(id) do update set "
      "nature=excluded.nature, belonging=excluded.belonging, stays=excluded.stays, "
      "invitation=excluded.invitation");
  row.bind(mailbox.id)
      .bind(static_cast<int>(mailbox.nature))
      .bind(static_cast<int>(mailbox.belonging))
      .bind(mailbox.cursor)
      .bind(mailbox.cursor_of)
      .bind(mailbox.invitation_stays);
  if (mailbox.invitation)
    row.bind(mailbox.invitation->view());
  else
    row.bind_null();
  return row.run();
}

Status Client::State::append_entry(OwnMailbox& mailbox, ByteView entry) {
  MACHI_TRY_SET(read, read_access_entry(entry));
  if (read.number < mailbox.log.next_number())
    return base::equal(mailbox.entries[static_cast<std::size_t>(read.number)], entry)
               ? Status{}
               : fail(Code::Conflict, "other entry");
  MACHI_TRY(mailbox.log.append_known(entry));
  mailbox.entries.push_back(base::copy(entry));
  return database.prepare("insert into mail_access values(?,?,?)")
      .bind(mailbox.id)
      .bind(static_cast<std::int64_t>(read.number))
      .bind(entry)
      .run();
}

Status Client::State::keep_epoch(OwnMailbox& mailbox, std::uint64_t epoch, const crypto::Secret<32>& secret) {
  MACHI_TRY(database.prepare("insert or replace into mail_epoch values(?,?,?)")
                .bind(mailbox.id)
                .bind(static_cast<std::int64_t>(epoch))
                .bind(secret.view())
                .run());
  mailbox.epochs.insert_or_assign(epoch, EpochSecret{secret.clone(), crypto::seal_key(secret.clone())});
  return {};
}

Result<MailboxId> Client::State::found(Nature nature, Instant now) {
  OwnMailbox mailbox;
  mailbox.id = entropy.id<base::MailboxTag>();
  mailbox.nature = nature;
  mailbox.belonging = Belonging::Founded;
  const auto id = mailbox.id;
  const crypto::SignKey key = posting(id);
  const SealPublic seal = this->seed->seal().open;

  AccessEntry first;
  first.mailbox = id;
  first.author = first.subject = key.open;
  first.rights = kAllRights;
  first.seal = seal;
  first.nature = nature;
  std::vector<Bytes> entries{make_access_entry(first, key)};
  std::vector<Bytes> grants;

  store::Transaction transaction(database);
  MACHI_TRY(store_mailbox(mailbox));
  MACHI_TRY(append_entry(mailbox, entries.front()));
  AccessLog log = mailbox.log;
  MACHI_TRY(new_epoch(mailbox, log, key, entries, grants, now));
  MACHI_TRY(append_entry(mailbox, entries.back()));
  MACHI_TRY(store_change(mailbox, entries, grants));
  MACHI_TRY(transaction.commit());
  mailboxes.emplace(id, std::move(mailbox));
  return id;
}

Status Client::State::join(const MailboxId& id, crypto::Secret<32> invitation, Nature nature, bool stays) {
  // Another invitation takes the place of one that still waits: the first may have been a misprint.
  if (auto known = mailboxes.find(id); known != mailboxes.end()) {
    const Belonging belonging = known->second.belonging;
    if (belonging != Belonging::Refused && belonging != Belonging::Joining) return {};
    if (has_change(id)) return {};
    begin_anew(known->second);
  }
  OwnMailbox mailbox;
  mailbox.id = id;
  mailbox.nature = nature;
  mailbox.belonging = Belonging::Joining;
  mailbox.invitation.emplace(std::move(invitation));
  mailbox.invitation_stays = stays;
  mailbox.session.with_invitation = true;
  MACHI_TRY(database.prepare("delete from mail_access where mailbox=?").bind(id).run());
  MACHI_TRY(database.prepare("delete from mail_epoch where mailbox=?").bind(id).run());
  MACHI_TRY(store_mailbox(mailbox));
  mailboxes.insert_or_assign(id, std::move(mailbox));
  return {};
}

Status Client::State::attend(const MailboxId& id) {
  if (mailboxes.contains(id)) return {};
  OwnMailbox mailbox;
  mailbox.id = id;
  mailbox.nature = Nature::Office;
  mailbox.belonging = Belonging::Standby;
  MACHI_TRY(store_mailbox(mailbox));
  mailboxes.insert_or_assign(id, std::move(mailbox));
  return {};
}

// A joining without an invitation: somebody who is in adds this device's own key.
Status Client::State::wait_in(const MailboxId& id) {
  if (const auto known = mailboxes.find(id); known != mailboxes.end()) {
    if (known->second.belonging != Belonging::Refused) return {};
    begin_anew(known->second);
  }
  OwnMailbox mailbox;
  mailbox.id = id;
  mailbox.nature = Nature::Office;
  mailbox.belonging = Belonging::Joining;
  MACHI_TRY(store_mailbox(mailbox));
  mailboxes.insert_or_assign(id, std::move(mailbox));
  return {};
}

void Client::State::let_in(OwnMailbox& mailbox, Instant now) {
  if (mailbox.belonging != Belonging::Joining || mailbox.invitation) return;
  if (!mailbox.log.find(posting(mailbox.id).open, now)) return;
  mailbox.belonging = Belonging::Joined;
  mailbox.wants_snapshot = true;
  if (auto kept = store_mailbox(mailbox); !kept.ok()) log("mail.storage", "let in");
}

Status Client::State::take_entries(OwnMailbox& mailbox, ByteView body) {
  MACHI_TRY_SET(map, code::decode(body));
  const Cbor* list = map.find(1);
  if (list == nullptr || list->array() == nullptr) return fail(Code::BadInput, "entries");
  store::Transaction transaction(database);
  for (const Cbor& item : *list->array()) {
    MACHI_TRY_SET(entry, item.bytes());
    MACHI_TRY(append_entry(mailbox, entry));
  }
  if (!mailbox.log.empty() && mailbox.log.mailbox() != mailbox.id)
    return fail(Code::BadInput, "log of another mailbox");
  mailbox.nature = mailbox.log.nature();
  MACHI_TRY(store_mailbox(mailbox));
  return transaction.commit();
}

std::map<std::uint64_t, SealPublic> OwnMailbox::epoch_keys() const {
  std::map<std::uint64_t, SealPublic> out;
  for (const Bytes& bytes : entries)
    if (auto entry = read_access_entry(bytes); entry.ok() && entry->op == AccessOp::Epoch)
      out[entry->epoch] = entry->epoch_key;
  return out;
}

std::vector<std::uint64_t> OwnMailbox::stillborn_epochs() const {
  std::vector<std::uint64_t> out;
  const auto keys = epoch_keys();
  for (const auto& [epoch, kept] : epochs)
    if (const auto key = keys.find(epoch); key == keys.end() || key->second != kept.key.open)
      out.push_back(epoch);
  return out;
}

Status Client::State::take_grants(OwnMailbox& mailbox, ByteView body, Instant now) {
  MACHI_TRY_SET(list, code::decode(body));
  if (list.array() == nullptr) return fail(Code::BadInput, "grants");
  auto keys = mailbox.epoch_keys();
  const crypto::SealKey own = mailbox.session.with_invitation && mailbox.invitation
                                  ? crypto::DeviceSeed(mailbox.invitation->clone()).seal()
                                  : seed->seal();
  store::Transaction transaction(database);
  for (const Cbor& item : *list.array()) {
    MACHI_TRY_SET(bytes, item.bytes());
    auto grant = read_grant(bytes);
    if (!grant.ok() || grant->mailbox != mailbox.id || mailbox.epochs.contains(grant->epoch)) continue;
    auto secret = open_grant(*grant, own);
    // The log's signed epoch key is the judge: a grant that does not open to it is nobody's.
    if (!secret.ok() || !keys.contains(grant->epoch) ||
        crypto::seal_key(secret->clone()).open != keys[grant->epoch]) {
      log("mail.grant-refused", "");
      continue;
    }
    MACHI_TRY(keep_epoch(mailbox, grant->epoch, *secret));
  }
  MACHI_TRY(transaction.commit());
  mailbox.wants_grants = false;
  return retry_sealed(mailbox, now);
}

Result<Proof> Client::State::proof(const MailboxId& office, const MailboxId& target, Instant until) {
  auto found_one = mailboxes.find(office);
  if (found_one == mailboxes.end() || found_one->second.log.empty())
    return fail(Code::NotAllowed, "no member");
  const OwnMailbox& mailbox = found_one->second;

  std::map<SignPublic, std::size_t> added;  // key -> the entry that added it last
  std::optional<std::size_t> newest_epoch;
  SignPublic epoch_author;
  SignPublic founder;
  std::vector<SignPublic> authors;
  for (std::size_t i = 0; i < mailbox.entries.size(); ++i) {
    MACHI_TRY_SET(entry, read_access_entry(mailbox.entries[i]));
    authors.push_back(entry.author);
    if (i == 0) founder = entry.author;
    if (entry.op == AccessOp::Add) added[entry.subject] = i;
    if (entry.op == AccessOp::Epoch) {
      newest_epoch = i;
      epoch_author = entry.author;
    }
  }
  Proof proof;
  std::set<std::size_t> listed;
  // The line of adds from the founder down to a key, oldest first, each entry once.
  auto line_to = [&](const SignPublic& key) -> bool {
    std::vector<std::size_t> line;
    SignPublic at = key;
    for (int steps = 0; steps < 16; ++steps) {
      auto entry = added.find(at);
      if (entry == added.end()) return false;
      line.push_back(entry->second);
      at = authors[entry->second];
      if (at == founder) break;
    }
    if (at != founder) return false;
    for (auto it = line.rbegin(); it != line.rend(); ++it)
      if (listed.insert(*it).second) proof.chain.push_back(mailbox.entries[*it]);
    return true;
  };
  const crypto::SignKey own = posting(office);
  const bool with_epoch = newest_epoch && (epoch_author == founder || line_to(epoch_author));
  if (!line_to(own.open)) return fail(Code::NotAllowed, "no line to the founder");
  if (proof.chain.size() > 16) return fail(Code::TooLarge, "chain");
  if (with_epoch) proof.epoch_entry = mailbox.entries[*newest_epoch];
  proof.voucher = make_voucher(office, own, target, posting(target).open, until);
  return proof;
}

}  // namespace machi::mail

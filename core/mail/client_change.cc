// Changes of an access log by an admin: wishes are durable, a change is built on the newest known log, and is
// built again when somebody else was quicker. Entries are posted before the grants that need them; both
// survive a crash between.
#include "core/mail/client_state.h"

namespace machi::mail {

using base::Code;
using base::fail;
using code::Cbor;

namespace {

constexpr int kWishesAtOnce = 64;
constexpr std::int64_t kChangeRetrySeconds = 5;

int bits_of(Rights rights) { return (rights.read ? 1 : 0) | (rights.post ? 2 : 0) | (rights.admin ? 4 : 0); }
Rights rights_of(std::int64_t bits) { return {(bits & 1) != 0, (bits & 2) != 0, (bits & 4) != 0}; }

}  // namespace

Bytes encode_list(const std::vector<Bytes>& list) {
  code::CborArray out;
  for (const Bytes& item : list) out.emplace_back(ByteView(item));
  return code::encode(Cbor(std::move(out)));
}

Status Client::State::wish(const MailboxId& mailbox, AccessOp op, const SignPublic& key, Rights rights,
                           std::optional<SealPublic> seal, std::optional<Instant> until) {
  auto row =
      database.prepare("insert into mail_wish(mailbox, op, key, rights, seal, until) values(?,?,?,?,?,?)");
  row.bind(mailbox).bind(static_cast<int>(op)).bind(key.bytes).bind(bits_of(rights));
  if (seal)
    row.bind(seal->bytes);
  else
    row.bind_null();
  if (until)
    row.bind(*until);
  else
    row.bind_null();
  return row.run();
}

Status Client::State::store_change(OwnMailbox& mailbox, const std::vector<Bytes>& entries,
                                   const std::vector<Bytes>& grants) {
  return database.prepare("insert or replace into mail_change values(?,?,?,0)")
      .bind(mailbox.id)
      .bind(encode_list(entries))
      .bind(grants.empty() ? Bytes{} : encode_list(grants))
      .run();
}

bool Client::State::has_change(const MailboxId& mailbox) {
  auto row = database.prepare("select 1 from mail_change where mailbox=?");
  row.bind(mailbox);
  auto there = row.step();
  return !there.ok() || *there;
}

// Begins the next epoch on `log`, with a grant for every reader that is left.
Status Client::State::new_epoch(OwnMailbox& mailbox, AccessLog& log, const crypto::SignKey& author,
                                std::vector<Bytes>& entries, std::vector<Bytes>& grants, Instant now) {
  crypto::Secret<32> secret;
  entropy.fill(secret.bytes());
  AccessEntry entry = log.next(AccessOp::Epoch);
  entry.author = author.open;
  entry.epoch = log.epoch() + 1;
  entry.epoch_key = crypto::seal_key(secret.clone()).open;
  entries.push_back(make_access_entry(entry, author));
  MACHI_TRY(log.append(entries.back(), now));
  for (const Member& reader : log.readers(now))
    grants.push_back(make_grant(entropy, mailbox.id, entry.epoch, secret, reader.key, *reader.seal, author));
  return keep_epoch(mailbox, entry.epoch, secret);
}

Status Client::State::plan_wishes(OwnMailbox& mailbox, Instant now) {
  if (mailbox.belonging == Belonging::Joining || mailbox.belonging == Belonging::Refused ||
      has_change(mailbox.id))
    return {};
  const crypto::SignKey key = posting(mailbox.id);
  AccessLog log = mailbox.log;
  std::vector<Bytes> entries;
  std::vector<Bytes> grants;
  std::vector<std::int64_t> satisfied;
  std::vector<std::pair<SignPublic, SealPublic>> new_readers;

  store::Transaction transaction(database);
  {
    auto rows = database.prepare(
        "select seq, op, key, rights, seal, until from mail_wish where mailbox=? order by seq limit ?");
    rows.bind(mailbox.id).bind(kWishesAtOnce);
    for (;;) {
      MACHI_TRY_SET(there, rows.step());
      if (!there) break;
      const SignPublic subject{rows.fixed<32>(2)};
      const Rights rights = rights_of(rows.integer(3));
      const auto member = log.members().find(subject);
      const bool add = rows.integer(1) == static_cast<int>(AccessOp::Add);
      const bool done = add ? member != log.members().end() && member->second.rights == rights
                            : member == log.members().end();
      if (done) {
        satisfied.push_back(rows.integer(0));
        continue;
      }
      AccessEntry entry = log.next(add ? AccessOp::Add : AccessOp::Remove);
      entry.subject = subject;
      entry.author = key.open;
      if (add) {
        entry.rights = rights;
        if (!rows.is_null(4)) entry.seal = SealPublic{rows.fixed<32>(4)};
        if (!rows.is_null(5)) entry.to = Instant::from_seconds(rows.instant(5).seconds());
        if (rights.read && entry.seal) new_readers.emplace_back(subject, *entry.seal);
      }
      Bytes bytes = make_access_entry(entry, key);
      if (auto appended = log.append(bytes, now); !appended.ok()) {
        base::Code code = appended.code();
        this->log("mail.wish-refused", base::code_name(code));
        satisfied.push_back(rows.integer(0));
        continue;
      }
      entries.push_back(std::move(bytes));
    }
  }
  for (const std::int64_t seq : satisfied)
    MACHI_TRY(database.prepare("delete from mail_wish where seq=?").bind(seq).run());
  for (const auto& [reader, seal] : new_readers)
    for (const auto& [epoch, kept] : mailbox.epochs)
      grants.push_back(make_grant(entropy, mailbox.id, epoch, kept.secret, reader, seal, key));
  if (log.owes_epoch()) MACHI_TRY(new_epoch(mailbox, log, key, entries, grants, now));
  if (!entries.empty()) MACHI_TRY(store_change(mailbox, entries, grants));
  return transaction.commit();
}

Status Client::State::plan_join(OwnMailbox& mailbox, Instant now) {
  if (has_change(mailbox.id) || !mailbox.invitation) return {};
  const crypto::DeviceSeed invitation(mailbox.invitation->clone());
  const crypto::SignKey invited = invitation.posting(mailbox.id);
  const crypto::SignKey own = posting(mailbox.id);
  const SealPublic own_seal = seed->seal().open;
  AccessLog log = mailbox.log;
  std::vector<Bytes> entries;
  std::vector<Bytes> grants;

  AccessEntry enter = log.next(AccessOp::Add);
  enter.author = invited.open;
  enter.subject = own.open;
  enter.rights = kAllRights;
  enter.seal = own_seal;
  entries.push_back(make_access_entry(enter, invited));
  MACHI_TRY(log.append(entries.back(), now));

  if (!mailbox.invitation_stays) {
    AccessEntry leave = log.next(AccessOp::Remove);
    leave.author = own.open;
    leave.subject = invited.open;
    entries.push_back(make_access_entry(leave, own));
    MACHI_TRY(log.append(entries.back(), now));
  }

  store::Transaction transaction(database);
  for (const auto& [epoch, kept] : mailbox.epochs)
    grants.push_back(make_grant(entropy, mailbox.id, epoch, kept.secret, own.open, own_seal, own));
  MACHI_TRY(new_epoch(mailbox, log, own, entries, grants, now));
  MACHI_TRY(store_change(mailbox, entries, grants));
  return transaction.commit();
}

void Client::State::change_answered(OwnMailbox& mailbox, bool grants_step, int status, ByteView body,
                                    Instant now) {
  auto again = [&](std::int64_t seconds) { change_after[mailbox.id] = now.plus_seconds(seconds); };
  if (status != 200) {
    const WireError error = decode_error(body);
    this->log("mail.change-refused", base::code_name(error.code));
    if (status >= 500 || base::is_retryable(error.code))
      return again(std::max<std::int64_t>(error.retry_after, kChangeRetrySeconds));
    if (grants_step || mailbox.log.next_number() == 0) return again(60);
    if (error.code == Code::Conflict || error.code == Code::NotAllowed) {
      // Somebody else was quicker: read the log again, then build the change anew. Secrets of epochs that
      // never came about go with it, also where another's epoch of the same number has been read since.
      const std::vector<std::uint64_t> stillborn = mailbox.stillborn_epochs();
      store::Transaction transaction(database);
      bool stored = database.prepare("delete from mail_change where mailbox=?").bind(mailbox.id).run().ok();
      for (const std::uint64_t epoch : stillborn)
        stored = stored && database.prepare("delete from mail_epoch where mailbox=? and epoch=?")
                               .bind(mailbox.id)
                               .bind(static_cast<std::int64_t>(epoch))
                               .run()
                               .ok();
      if (!stored || !transaction.commit().ok()) return again(kChangeRetrySeconds);
      for (const std::uint64_t epoch : stillborn) mailbox.epochs.erase(epoch);
      mailbox.wants_sync = true;
      return again(1);
    }
    return again(60);
  }
  store::Transaction transaction(database);
  if (!grants_step) {
    auto row = database.prepare("select entries, length(grants) from mail_change where mailbox=?");
    row.bind(mailbox.id);
    auto there = row.step();
    if (!there.ok() || !*there) return;
    auto list = code::decode(row.blob(0));
    const bool has_grants = row.integer(1) > 0;
    if (!list.ok() || list->array() == nullptr) return;
    for (const Cbor& item : *list->array()) {
      auto entry = item.bytes();
      if (!entry.ok() || !append_entry(mailbox, *entry).ok()) {
        this->log("mail.change-unfolded", "");
        mailbox.wants_sync = true;
        return again(kChangeRetrySeconds);
      }
    }
    if (mailbox.belonging == Belonging::Joining) {
      mailbox.belonging = Belonging::Joined;
      mailbox.invitation.reset();
      mailbox.wants_snapshot = true;
      errand_after = Instant{};  // what was refused because the hub did not know this device yet
      begin_anew(mailbox);
      mailbox.session.with_invitation = false;
      if (!store_mailbox(mailbox).ok()) return again(kChangeRetrySeconds);
      if (mailbox.nature == Nature::Person && former && !post_slot(now).ok())
        return again(kChangeRetrySeconds);
    }
    auto step = database
                    .prepare(has_grants ? "update mail_change set step=1 where mailbox=?"
                                        : "delete from mail_change where mailbox=?")
                    .bind(mailbox.id)
                    .run();
    if (!step.ok()) return again(kChangeRetrySeconds);
  } else if (!database.prepare("delete from mail_change where mailbox=?").bind(mailbox.id).run().ok()) {
    return again(kChangeRetrySeconds);
  }
  if (!transaction.commit().ok()) return again(kChangeRetrySeconds);
  changed();
}

}  // namespace machi::mail

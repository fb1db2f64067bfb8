// Snapshots: posting one, and beginning with one. A device that begins takes the newest by a reader of today,
// else by one of before; when none can be used it reads all the mail that is left.
#include <algorithm>

#include "core/mail/client_state.h"

namespace machi::mail {

using base::Code;
using base::fail;
using code::Cbor;
using Step = Session::Step;

namespace {

constexpr std::int64_t kRetrySeconds = 30;
// Longer than any writer posts again after a restore.
constexpr std::int64_t kIdsSeconds = 60 * 86400;

}  // namespace

Status Client::State::post_snapshot(const MailboxId& id, ByteView bytes, std::uint64_t covers, Instant now) {
  auto found_one = mailboxes.find(id);
  if (found_one == mailboxes.end()) return fail(Code::NotFound, "mailbox");
  OwnMailbox& mailbox = found_one->second;
  const bool read_here = mailbox.cursor_of == incarnation;
  if (covers > (read_here ? static_cast<std::uint64_t>(mailbox.cursor) : 0))
    return fail(Code::Conflict, "covers what is not folded");

  store::Transaction transaction(database);
  SnapshotContent content;
  content.service = base::copy(bytes);
  auto rows = database.prepare(
      "select id, sender, sealed is not null from mail_in where mailbox=? and (sealed is not null or at>?) "
      "and "
      "(number<=? or incarnation<>?)");
  rows.bind(id)
      .bind(now.plus_seconds(-kIdsSeconds))
      .bind(static_cast<std::int64_t>(covers))
      .bind(incarnation);
  for (;;) {
    MACHI_TRY_SET(there, rows.step());
    if (!there) break;
    if (rows.integer(2) != 0) return fail(Code::Conflict, "a message waits for its epoch");
    content.messages.push_back({rows.id<MessageId>(0), SignPublic{rows.fixed<32>(1)}});
  }
  auto persons = database.prepare("select sender, mailbox, epoch, key from mail_correspondent");
  for (;;) {
    MACHI_TRY_SET(there, persons.step());
    if (!there) break;
    content.persons.push_back({SignPublic{persons.fixed<32>(0)}, persons.id<MailboxId>(1),
                               static_cast<std::uint64_t>(persons.integer(2)),
                               SealPublic{persons.fixed<32>(3)}});
  }
  if (mailbox.nature == Nature::Person) {
    content.offices = offices_written_to();
    MACHI_TRY_SET(arrived, arrivals());
    content.arrived = std::move(arrived);
  }
  auto devices = database.prepare("select sender, first, replaces from mail_device order by seq");
  for (;;) {
    MACHI_TRY_SET(there, devices.step());
    if (!there) break;
    content.devices.push_back(
        {SignPublic{devices.fixed<32>(0)}, SignPublic{devices.fixed<32>(1)}, devices.integer(2) != 0});
  }
  MACHI_TRY_SET(whole, encode_snapshot_content(content));

  // One that still waits is out of date.
  MACHI_TRY(
      database
          .prepare("delete from mail_blob where message in (select id from mail_snapshot where mailbox=?)")
          .bind(id)
          .run());
  const auto name = entropy.id<base::MessageTag>();
  Snapshot snapshot{id, mailbox.log.epoch(), incarnation, covers, {}, {}, {}};
  SnapshotSecret secret;
  entropy.fill(secret.key.bytes());
  secret.content = crypto::hash(whole);
  for (std::size_t at = 0; at < whole.size(); at += kChunkBytes) {
    const ByteView chunk = ByteView(whole).subspan(at, std::min(kChunkBytes, whole.size() - at));
    const Bytes locked = crypto::lock(entropy, secret.key, chunk);
    snapshot.chunks.push_back({crypto::hash(locked), locked.size()});
    MACHI_TRY(keep_blob(id, name, snapshot.chunks.back().blob, locked));
  }
  const Bytes body = make_snapshot(entropy, snapshot, secret, mailbox.log.epoch_key(), posting(id));
  MACHI_TRY(database.prepare("insert or replace into mail_snapshot values(?,?,?)")
                .bind(id)
                .bind(name)
                .bind(body)
                .run());
  return transaction.commit();
}

void Client::State::plan_snapshots(std::vector<Call>& out, Instant now) {
  if (busy(Purpose::SnapshotPost)) return;
  auto rows = database.prepare(
      "select id, body from mail_snapshot where not exists(select 1 from mail_blob where "
      "message=mail_snapshot.id "
      "and posted=0)");
  for (;;) {
    auto there = rows.step();
    if (!there.ok() || !*there) return;
    Conversation about{Purpose::SnapshotPost, {}};
    about.message = rows.id<MessageId>(0);
    if (auto after = blob_after.find(about.message); after != blob_after.end() && now < after->second)
      continue;
    call(out, about, "POST", "/v1/snapshot", rows.blob(1));
    return;
  }
}

void Client::State::snapshot_posted(const Conversation& about, int status, ByteView body, Instant now) {
  const WireError error = status == 200 ? WireError{} : decode_error(body);
  if (status != 200 && (status >= 500 || base::is_retryable(error.code))) {
    blob_after[about.message] = now.plus_seconds(std::max<std::int64_t>(error.retry_after, kRetrySeconds));
    return;
  }
  // A refused one is given up: the next day close makes a newer.
  if (status != 200) log("mail.snapshot-refused", base::code_name(error.code));
  store::Transaction transaction(database);
  Status kept = database.prepare("delete from mail_snapshot where id=?").bind(about.message).run();
  if (kept.ok()) kept = drop_blobs(about.message);
  if (kept.ok()) kept = transaction.commit();
  if (!kept.ok()) {
    log("mail.storage", "snapshot");
    blob_after[about.message] = now.plus_seconds(kRetrySeconds);
  }
  changed();
}

Status Client::State::begin_at(OwnMailbox& mailbox, std::uint64_t number) {
  MACHI_TRY(database.prepare("update mail_mailbox set cursor=?, cursor_of=? where id=?")
                .bind(static_cast<std::int64_t>(number))
                .bind(incarnation)
                .bind(mailbox.id)
                .run());
  mailbox.cursor = static_cast<std::int64_t>(number);
  mailbox.cursor_of = incarnation;
  return {};
}

// The hub has deleted what would come first. Who has read it already goes on behind it; anybody else takes a
// snapshot.
void Client::State::begins_later(OwnMailbox& mailbox, const WireError& error, Instant now) {
  auto row = database.prepare("select cursor, cursor_of, start, start_of from mail_mailbox where id=?");
  row.bind(mailbox.id);
  auto there = row.step();
  if (!there.ok() || !*there) return session_failed(mailbox, WireError{Code::Storage, 0}, now);
  const auto needed = static_cast<std::int64_t>(error.starts) - 1;
  const bool had = (row.id<IncarnationId>(1) == error.starts_of && row.integer(0) >= needed) ||
                   (row.id<IncarnationId>(3) == error.starts_of && row.integer(2) >= needed);
  mailbox.session.step = Step::Ready;
  if (!had && events.on_snapshot && !mailbox.begins_later) {
    mailbox.wants_snapshot = true;
    mailbox.begins_later = error;
    return;
  }
  if (!had) log("mail.mail-missing", "");
  store::Transaction transaction(database);
  Status kept = database.prepare("update mail_mailbox set start=?, start_of=? where id=?")
                    .bind(needed)
                    .bind(error.starts_of)
                    .bind(mailbox.id)
                    .run();
  if (kept.ok()) kept = begin_at(mailbox, static_cast<std::uint64_t>(needed));
  if (kept.ok()) kept = transaction.commit();
  if (!kept.ok()) session_failed(mailbox, WireError{Code::Storage, 0}, now);
}

void Client::State::snapshots_answered(OwnMailbox& mailbox, ByteView body, Instant now) {
  mailbox.taking = {};
  auto map = code::decode(body);
  const Cbor* list = map.ok() ? map->find(1) : nullptr;
  if (list == nullptr || list->array() == nullptr)
    return session_failed(mailbox, WireError{Code::BadInput, 0}, now);
  if (auto start = map->integer_at(2); start.ok() && *start > 0)
    if (auto raw_of = map->bytes_at(3); raw_of.ok())
      if (auto of = IncarnationId::from(*raw_of); of.ok()) {
        mailbox.taking.start = static_cast<std::uint64_t>(*start) - 1;
        mailbox.taking.start_of = *of;
      }
  for (const bool of_today : {true, false})
    for (const Cbor& item : *list->array()) {
      auto raw = item.bytes();
      if (!raw.ok()) continue;
      auto snapshot = read_snapshot(*raw);
      if (!snapshot.ok() || snapshot->mailbox != mailbox.id || !mailbox.epochs.contains(snapshot->epoch))
        continue;
      const auto member = mailbox.log.members().find(snapshot->author);
      const bool reader = member != mailbox.log.members().end() && member->second.rights.read;
      // A device that was taken off may have posted while it was on; but one that is on is asked first.
      if (reader != of_today || !mailbox.log.was_reader(snapshot->author)) continue;
      mailbox.taking.offered.push_back(std::move(*snapshot));
    }
  if (mailbox.taking.offered.empty()) return next_offer(mailbox, "none", now);
  mailbox.session.step = Step::Chunks;
}

void Client::State::chunk_answered(OwnMailbox& mailbox, ByteView body, Instant now) {
  Taking& taking = mailbox.taking;
  const Snapshot& snapshot = taking.offered.front();
  if (crypto::hash(body) != snapshot.chunks[taking.chunks.size()].blob)
    return next_offer(mailbox, "hash", now);
  taking.chunks.push_back(base::copy(body));
  if (taking.chunks.size() < snapshot.chunks.size()) return;
  const Status taken = take_snapshot(mailbox, now);
  if (!taken.ok() && (taken.code() == Code::Storage || taken.code() == Code::StorageFull)) {
    taking = {};
    return session_failed(mailbox, WireError{taken.code(), 0}, now);
  }
  if (!taken.ok()) return next_offer(mailbox, base::code_name(taken.code()), now);
  taking = {};
  mailbox.wants_snapshot = false;
  mailbox.begins_later.reset();
  mailbox.session.step = Step::Ready;
  changed();
}

// The one at the front is of no use: the next, or the mail that is left.
void Client::State::next_offer(OwnMailbox& mailbox, std::string_view why, Instant now) {
  Taking& taking = mailbox.taking;
  taking.chunks.clear();
  if (!taking.offered.empty()) {
    log("mail.snapshot-unusable", why);
    taking.offered.erase(taking.offered.begin());
  }
  mailbox.session.step = taking.offered.empty() ? Step::Ready : Step::Chunks;
  if (!taking.offered.empty()) return;
  mailbox.wants_snapshot = false;
  if (mailbox.begins_later) {
    const WireError error = *mailbox.begins_later;
    begins_later(mailbox, error, now);
    mailbox.begins_later.reset();
  }
}

Status Client::State::take_snapshot(OwnMailbox& mailbox, Instant now) {
  const Snapshot& snapshot = mailbox.taking.offered.front();
  MACHI_TRY_SET(secret, open_snapshot(snapshot, mailbox.epochs.at(snapshot.epoch).key));
  Bytes whole;
  for (const Bytes& chunk : mailbox.taking.chunks) {
    MACHI_TRY_SET(piece, crypto::unlock(secret.key, chunk));
    whole.insert(whole.end(), piece.begin(), piece.end());
    if (whole.size() > kSnapshotLimit) return fail(Code::TooLarge, "snapshot");
  }
  if (crypto::hash(whole) != secret.content) return fail(Code::BadInput, "content");
  MACHI_TRY_SET(content, decode_snapshot_content(whole));

  store::Transaction transaction(database);
  MACHI_TRY(database.prepare("delete from mail_in where mailbox=?").bind(mailbox.id).run());
  for (const KnownMessage& message : content.messages)
    MACHI_TRY(database
                  .prepare("insert or ignore into mail_in(mailbox, id, sender, number, incarnation, at) "
                           "values(?,?,?,?,?,?)")
                  .bind(mailbox.id)
                  .bind(message.id)
                  .bind(message.sender.bytes)
                  .bind(static_cast<std::int64_t>(snapshot.covers))
                  .bind(incarnation)
                  .bind(now)
                  .run());
  for (const KnownPerson& person : content.persons)
    MACHI_TRY(database.prepare("insert or ignore into mail_correspondent values(?,?,?,?)")
                  .bind(person.sender.bytes)
                  .bind(person.mailbox)
                  .bind(static_cast<std::int64_t>(person.epoch))
                  .bind(person.epoch_key.bytes)
                  .run());
  for (const KnownDevice& device : content.devices)
    MACHI_TRY(database.prepare("insert or ignore into mail_device(sender, first, replaces) values(?,?,?)")
                  .bind(device.sender.bytes)
                  .bind(device.first.bytes)
                  .bind(device.replaces)
                  .run());
  MACHI_TRY(keep_arrivals(content.arrived));
  if (mailbox.nature == Nature::Person && !content.offices.empty())
    MACHI_TRY(offer_devices(mailbox, content.offices, true, now));
  MACHI_TRY(database.prepare("update mail_mailbox set start=?, start_of=? where id=?")
                .bind(static_cast<std::int64_t>(mailbox.taking.start))
                .bind(mailbox.taking.start_of)
                .bind(mailbox.id)
                .run());
  MACHI_TRY(events.on_snapshot(mailbox.id, content.service, snapshot.covers));
  MACHI_TRY(begin_at(mailbox, snapshot.covers));
  return transaction.commit();
}

}  // namespace machi::mail

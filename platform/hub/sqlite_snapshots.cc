// SQL of snapshots, of what they allow to delete, and of the blobs that go with it: the rest of
// SqliteMessageStore. Same thread, same errors.
#include "platform/hub/sqlite_message_store.h"

namespace machi::hub {

namespace {
std::int64_t sql(std::uint64_t number) { return static_cast<std::int64_t>(number); }
}  // namespace

Status SqliteMessageStore::drop_blob(const MailboxId& mailbox, const Hash& hash) {
  return database_->prepare("delete from blob_sealed where mailbox = ? and hash = ?")
      .bind(mailbox)
      .bind(hash)
      .run();
}

Result<std::vector<Hash>> SqliteMessageStore::blobs_before(const MailboxId& mailbox, Instant before) {
  auto rows = database_->prepare("select hash from blob_sealed where mailbox = ? and at < ?");
  rows.bind(mailbox).bind(before);
  std::vector<Hash> out;
  for (;;) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return out;
    out.push_back(rows.fixed<32>(0));
  }
}

Status SqliteMessageStore::put_snapshot(const MailboxId& mailbox, std::uint64_t covers, Instant at,
                                        ByteView snapshot) {
  return database_
      ->prepare(
          "insert into snapshot (mailbox, serial, covers, at, snapshot) values "
          "(?1, (select coalesce(max(serial), 0) + 1 from snapshot where mailbox = ?1), ?2, ?3, ?4)")
      .bind(mailbox)
      .bind(sql(covers))
      .bind(at)
      .bind(snapshot)
      .run();
}

Result<std::vector<StoredSnapshot>> SqliteMessageStore::snapshots(const MailboxId& mailbox) {
  auto rows = database_->prepare(
      "select serial, covers, snapshot from snapshot where mailbox = ? order by serial desc");
  rows.bind(mailbox);
  std::vector<StoredSnapshot> out;
  for (;;) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return out;
    out.push_back({static_cast<std::uint64_t>(rows.integer(0)), static_cast<std::uint64_t>(rows.integer(1)),
                   rows.blob(2)});
  }
}

Status SqliteMessageStore::drop_snapshot(const MailboxId& mailbox, std::uint64_t serial) {
  return database_->prepare("delete from snapshot where mailbox = ? and serial = ?")
      .bind(mailbox)
      .bind(sql(serial))
      .run();
}

Result<std::vector<MailboxId>> SqliteMessageStore::snapshot_mailboxes() {
  auto rows = database_->prepare("select distinct mailbox from snapshot");
  std::vector<MailboxId> out;
  for (;;) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return out;
    out.push_back(rows.id<MailboxId>(0));
  }
}

Status SqliteMessageStore::put_slot(const MailboxId& mailbox, const mail::SlotId& id, ByteView record) {
  return database_
      ->prepare(
          "insert into slot (mailbox, id, record) values (?, ?, ?) "
          "on conflict (mailbox) do update set id = excluded.id, record = excluded.record")
      .bind(mailbox)
      .bind(id)
      .bind(record)
      .run();
}

Result<std::optional<Bytes>> SqliteMessageStore::slot(const mail::SlotId& id) {
  auto row = database_->prepare("select record from slot where id = ?");
  MACHI_TRY_SET(found, row.bind(id).step());
  if (!found) return std::optional<Bytes>{};
  return std::optional<Bytes>{row.blob(0)};
}

Result<std::uint64_t> SqliteMessageStore::forget_messages(const MailboxId& mailbox, std::uint64_t through,
                                                          Instant before, const IncarnationId& incarnation) {
  // Times need not rise with numbers (a clock may be set back): the first message that stays holds all after
  // it.
  MACHI_TRY(
      database_
          ->prepare("delete from message where mailbox = ?1 and number <= ?2 and number < "
                    "coalesce((select min(number) from message where mailbox = ?1 and at >= ?3), ?2 + 1)")
          .bind(mailbox)
          .bind(sql(through))
          .bind(before)
          .run());
  const auto gone = static_cast<std::uint64_t>(database_->changes());
  if (gone == 0) return gone;
  MACHI_TRY(database_->prepare("update mailbox set oldest = oldest + ?2, oldest_of = ?3 where mailbox = ?1")
                .bind(mailbox)
                .bind(sql(gone))
                .bind(incarnation)
                .run());
  return gone;
}

}  // namespace machi::hub

// What lies beside the mail: access entries to read, grants, blobs, snapshots and what they allow to delete,
// slots, slips. The rest of PostgresMessageStore. Same thread, same errors.
#include "platform/hub/postgres/postgres_message_store.h"

namespace machi::hub {

using base::Code;
using base::fail;

namespace {

std::int64_t sql(std::uint64_t number) { return static_cast<std::int64_t>(number); }

std::vector<Bytes> blobs_of(const PgRows& rows) {
  std::vector<Bytes> out;
  for (int i = 0; i < rows.count(); ++i) out.push_back(base::copy(rows.blob(i, 0)));
  return out;
}

std::optional<Bytes> one_of(const PgRows& rows) {
  if (rows.count() == 0) return {};
  return base::copy(rows.blob(0, 0));
}

}  // namespace

Result<std::vector<Bytes>> PostgresMessageStore::access(const MailboxId& mailbox, std::uint64_t number) {
  MACHI_TRY_SET(
      rows, batch_.ask(PgQuery{"select entry from access where mailbox = $1 and number >= $2 order by number",
                               {pg_value(mailbox.view()), pg_value(sql(number))}}));
  return blobs_of(rows);
}

Status PostgresMessageStore::put_grant(const MailboxId& mailbox, const SignPublic& reader,
                                       std::uint64_t epoch, ByteView grant) {
  return batch_.write(
      {"insert into grant_sealed (mailbox, reader, epoch, sealed) values ($1, $2, $3, $4) "
       "on conflict (mailbox, reader, epoch) do update set sealed = excluded.sealed",
       {pg_value(mailbox.view()), pg_value(reader.bytes), pg_value(sql(epoch)), pg_value(grant)}});
}

Result<std::vector<Bytes>> PostgresMessageStore::grants(const MailboxId& mailbox, const SignPublic& reader) {
  MACHI_TRY_SET(rows, batch_.ask(PgQuery{
                          "select sealed from grant_sealed where mailbox = $1 and reader = $2 order by epoch",
                          {pg_value(mailbox.view()), pg_value(reader.bytes)}}));
  return blobs_of(rows);
}

Status PostgresMessageStore::put_blob(const MailboxId& mailbox, const Hash& hash, Instant at,
                                      ByteView bytes) {
  return batch_.write(
      {"insert into blob_sealed (mailbox, hash, at, bytes) values ($1, $2, $3, $4) "
       "on conflict (mailbox, hash) do nothing",
       {pg_value(mailbox.view()), pg_value(hash), pg_value(at.ms), pg_value(bytes)}});
}

Result<std::optional<Bytes>> PostgresMessageStore::blob(const MailboxId& mailbox, const Hash& hash) {
  MACHI_TRY_SET(rows, batch_.ask(PgQuery{"select bytes from blob_sealed where mailbox = $1 and hash = $2",
                                         {pg_value(mailbox.view()), pg_value(hash)}}));
  return one_of(rows);
}

Status PostgresMessageStore::drop_blob(const MailboxId& mailbox, const Hash& hash) {
  return batch_.write({"delete from blob_sealed where mailbox = $1 and hash = $2",
                       {pg_value(mailbox.view()), pg_value(hash)}});
}

Result<std::vector<Hash>> PostgresMessageStore::blobs_before(const MailboxId& mailbox, Instant before) {
  MACHI_TRY_SET(rows, batch_.ask(PgQuery{"select hash from blob_sealed where mailbox = $1 and at < $2",
                                         {pg_value(mailbox.view()), pg_value(before.ms)}}));
  std::vector<Hash> out;
  for (int i = 0; i < rows.count(); ++i) out.push_back(rows.fixed<32>(i, 0));
  return out;
}

Status PostgresMessageStore::put_snapshot(const MailboxId& mailbox, std::uint64_t covers, Instant at,
                                          ByteView snapshot) {
  MACHI_TRY_SET(held, batch_.mailbox(mailbox, true));
  if (!held->row) return fail(Code::NotFound, "mailbox");
  return batch_.write(
      {"insert into snapshot (mailbox, serial, covers, at, snapshot) select $1::bytea, coalesce(max(serial), "
       "0) + 1, "
       "$2::bigint, $3::bigint, $4::bytea from snapshot where mailbox = $1",
       {pg_value(mailbox.view()), pg_value(sql(covers)), pg_value(at.ms), pg_value(snapshot)}});
}

Result<std::vector<StoredSnapshot>> PostgresMessageStore::snapshots(const MailboxId& mailbox) {
  MACHI_TRY_SET(rows,
                batch_.ask(PgQuery{
                    "select serial, covers, snapshot from snapshot where mailbox = $1 order by serial desc",
                    {pg_value(mailbox.view())}}));
  std::vector<StoredSnapshot> out;
  for (int i = 0; i < rows.count(); ++i)
    out.push_back({static_cast<std::uint64_t>(rows.integer(i, 0)),
                   static_cast<std::uint64_t>(rows.integer(i, 1)), base::copy(rows.blob(i, 2))});
  return out;
}

Status PostgresMessageStore::drop_snapshot(const MailboxId& mailbox, std::uint64_t serial) {
  return batch_.write({"delete from snapshot where mailbox = $1 and serial = $2",
                       {pg_value(mailbox.view()), pg_value(sql(serial))}});
}

Result<std::vector<MailboxId>> PostgresMessageStore::snapshot_mailboxes() {
  MACHI_TRY_SET(rows, batch_.ask(PgQuery{"select distinct mailbox from snapshot", {}}));
  std::vector<MailboxId> out;
  for (int i = 0; i < rows.count(); ++i) out.push_back(rows.id<MailboxId>(i, 0));
  return out;
}

Result<std::uint64_t> PostgresMessageStore::forget_messages(const MailboxId& mailbox, std::uint64_t through,
                                                            Instant before,
                                                            const IncarnationId& incarnation) {
  MACHI_TRY_SET(held, batch_.mailbox(mailbox, true));
  if (!held->row) return std::uint64_t{0};
  // Times need not rise with numbers (a clock may be set back): the first message that stays holds all after
  // it.
  MACHI_TRY_SET(rows, batch_.ask(PgQuery{
                          "delete from message where mailbox = $1 and number <= $2 and number < coalesce("
                          "(select min(number) from message where mailbox = $1 and at >= $3), $2 + 1)",
                          {pg_value(mailbox.view()), pg_value(sql(through)), pg_value(before.ms)}}));
  const auto gone = static_cast<std::uint64_t>(rows.changed());
  if (gone == 0) return gone;
  batch_.touch(mailbox, *held);
  held->row->oldest += gone;
  held->row->oldest_of = incarnation;
  MACHI_TRY(batch_.write(
      {"update mailbox set oldest = $2, oldest_of = $3 where mailbox = $1",
       {pg_value(mailbox.view()), pg_value(sql(held->row->oldest)), pg_value(incarnation.view())}}));
  return gone;
}

Status PostgresMessageStore::put_slot(const MailboxId& mailbox, const mail::SlotId& id, ByteView record) {
  MACHI_TRY_SET(other, batch_.ask(PgQuery{"select mailbox from slot where id = $1", {pg_value(id.view())}}));
  if (other.count() > 0 && other.id<MailboxId>(0, 0) != mailbox) return fail(Code::Conflict, "slot");
  return batch_.write(
      {"insert into slot (mailbox, id, record) values ($1, $2, $3) "
       "on conflict (mailbox) do update set id = excluded.id, record = excluded.record",
       {pg_value(mailbox.view()), pg_value(id.view()), pg_value(record)}});
}

Result<std::optional<Bytes>> PostgresMessageStore::slot(const mail::SlotId& id) {
  MACHI_TRY_SET(rows, batch_.ask(PgQuery{"select record from slot where id = $1", {pg_value(id.view())}}));
  return one_of(rows);
}

Status PostgresMessageStore::put_slip(const mail::SlipId& id, const MailboxId& office, Instant to,
                                      ByteView record) {
  return batch_.write({"insert into slip (id, office, until, record) values ($1, $2, $3, $4)",
                       {pg_value(id.view()), pg_value(office.view()), pg_value(to.ms), pg_value(record)}});
}

Result<std::optional<StoredSlip>> PostgresMessageStore::slip(const mail::SlipId& id) {
  MACHI_TRY_SET(rows,
                batch_.ask(PgQuery{"select record, until from slip where id = $1", {pg_value(id.view())}}));
  if (rows.count() == 0) return std::optional<StoredSlip>{};
  return std::optional<StoredSlip>{{base::copy(rows.blob(0, 0)), {rows.integer(0, 1)}}};
}

}  // namespace machi::hub

// SQL of the message store. Owned by the hub's writer thread; what SQLite refuses comes back as Storage or
// StorageFull.
#include "platform/hub/sqlite_message_store.h"

#include <chrono>

namespace machi::hub {

using base::Code;
using base::fail;

namespace {

constexpr store::Migration kMigrations[] = {{"hub.1", R"(
create table incarnation (
  number integer primary key,
  id blob not null unique,
  began integer not null
) strict;
create table mailbox (
  mailbox blob primary key,
  confirmed blob not null,
  newest integer not null
) strict, without rowid;
create table message (
  mailbox blob not null,
  number integer not null,
  sender blob not null,
  id blob not null,
  hash blob not null,
  at integer not null,
  envelope blob not null,
  primary key (mailbox, number)
) strict;
create unique index message_once on message (mailbox, sender, id);
create table access (
  mailbox blob not null,
  number integer not null,
  entry blob not null,
  primary key (mailbox, number)
) strict, without rowid;
create table grant_sealed (
  mailbox blob not null,
  reader blob not null,
  epoch integer not null,
  sealed blob not null,
  primary key (mailbox, reader, epoch)
) strict, without rowid;
create table blob_sealed (
  mailbox blob not null,
  hash blob not null,
  at integer not null,
  bytes blob not null,
  primary key (mailbox, hash)
) strict;
create table slip (
  id blob primary key,
  office blob not null,
  until integer not null,
  record blob not null
) strict, without rowid;
)"},
                                            {"hub.2", R"(
alter table mailbox add column oldest integer not null default 1;
alter table mailbox add column oldest_of blob not null default x'';
create table snapshot (
  mailbox blob not null,
  serial integer not null,
  covers integer not null,
  at integer not null,
  snapshot blob not null,
  primary key (mailbox, serial)
) strict, without rowid;
)"},
                                            {"hub.3", R"(
create table slot (
  mailbox blob primary key,
  id blob not null unique,
  record blob not null
) strict, without rowid;
)"}};

std::int64_t sql(std::uint64_t number) { return static_cast<std::int64_t>(number); }

Result<std::vector<Bytes>> blobs_of(store::Statement& rows) {
  std::vector<Bytes> out;
  for (;;) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return out;
    out.push_back(rows.blob(0));
  }
}

}  // namespace

Result<std::unique_ptr<SqliteMessageStore>> SqliteMessageStore::open(const store::OpenOptions& options) {
  MACHI_TRY_SET(database, store::Database::open(options));
  MACHI_TRY(database->migrate({std::begin(kMigrations), std::end(kMigrations)}));
  return std::unique_ptr<SqliteMessageStore>(new SqliteMessageStore(std::move(database)));
}

Result<IncarnationId> SqliteMessageStore::copy_running(const std::string& from, const std::string& to,
                                                       const std::function<void()>& between) {
  MACHI_TRY_SET(database, store::Database::open({from, "", true}));
  MACHI_TRY(database->backup_to(to, {256, between}));
  SqliteMessageStore store(std::move(database));
  return store.incarnation();
}

Result<std::string> SqliteMessageStore::check_file(const std::string& path) {
  MACHI_TRY_SET(database, store::Database::open({path, "", false}));
  return database->check();
}

Status SqliteMessageStore::begin() {
  if (batch_) return fail(Code::Storage, "batch is open");
  batch_.emplace(*database_);
  return {};
}

Status SqliteMessageStore::commit() {
  if (!batch_) return fail(Code::Storage, "no batch");
  const auto began = std::chrono::steady_clock::now();
  const Status done = batch_->commit();
  if (on_durable) on_durable(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
  batch_.reset();
  return done;
}

void SqliteMessageStore::rollback() { batch_.reset(); }

Status SqliteMessageStore::attempt(const std::function<Status()>& work) {
  store::Transaction savepoint(*database_);
  MACHI_TRY(work());
  return savepoint.commit();
}

Result<IncarnationId> SqliteMessageStore::incarnation() {
  auto row = database_->prepare("select id from incarnation order by number desc limit 1");
  MACHI_TRY_SET(found, row.step());
  return found ? row.id<IncarnationId>(0) : IncarnationId{};
}

Status SqliteMessageStore::begin_incarnation(const IncarnationId& id, Instant now) {
  return database_->prepare("insert into incarnation (id, began) values (?, ?)").bind(id).bind(now).run();
}

Result<std::optional<MailboxRow>> SqliteMessageStore::mailbox(const MailboxId& mailbox) {
  auto row = database_->prepare("select confirmed, newest, oldest, oldest_of from mailbox where mailbox = ?");
  MACHI_TRY_SET(found, row.bind(mailbox).step());
  if (!found) return std::optional<MailboxRow>{};
  return std::optional<MailboxRow>{{row.id<IncarnationId>(0), static_cast<std::uint64_t>(row.integer(1)),
                                    static_cast<std::uint64_t>(row.integer(2)), row.id<IncarnationId>(3)}};
}

Status SqliteMessageStore::found_mailbox(const MailboxId& mailbox, const IncarnationId& confirmed) {
  return database_->prepare("insert into mailbox (mailbox, confirmed, newest) values (?, ?, 0)")
      .bind(mailbox)
      .bind(confirmed)
      .run();
}

Status SqliteMessageStore::confirm_mailbox(const MailboxId& mailbox, const IncarnationId& confirmed) {
  return database_->prepare("update mailbox set confirmed = ?2 where mailbox = ?1")
      .bind(mailbox)
      .bind(confirmed)
      .run();
}

Result<std::optional<Posted>> SqliteMessageStore::find_message(const MailboxId& mailbox,
                                                               const SignPublic& from, const MessageId& id) {
  auto row =
      database_->prepare("select number, hash, at from message where mailbox = ? and sender = ? and id = ?");
  MACHI_TRY_SET(found, row.bind(mailbox).bind(from.bytes).bind(id).step());
  if (!found) return std::optional<Posted>{};
  return std::optional<Posted>{
      {static_cast<std::uint64_t>(row.integer(0)), row.fixed<32>(1), row.instant(2)}};
}

Result<std::uint64_t> SqliteMessageStore::append_message(const MailboxId& mailbox, const SignPublic& from,
                                                         const MessageId& id, const Hash& hash, Instant at,
                                                         ByteView envelope) {
  std::int64_t number = 0;
  {
    auto next =
        database_->prepare("update mailbox set newest = newest + 1 where mailbox = ? returning newest");
    MACHI_TRY_SET(found, next.bind(mailbox).step());
    if (!found) return fail(Code::NotFound, "mailbox");
    number = next.integer(0);
    MACHI_TRY_SET(more, next.step());
    if (more) return fail(Code::Storage, "two rows for a mailbox");
  }
  MACHI_TRY(database_
                ->prepare("insert into message (mailbox, number, sender, id, hash, at, envelope) "
                          "values (?, ?, ?, ?, ?, ?, ?)")
                .bind(mailbox)
                .bind(number)
                .bind(from.bytes)
                .bind(id)
                .bind(hash)
                .bind(at)
                .bind(envelope)
                .run());
  return static_cast<std::uint64_t>(number);
}

Result<std::vector<StoredMessage>> SqliteMessageStore::messages(const MailboxId& mailbox, std::uint64_t after,
                                                                std::size_t count, std::size_t bytes) {
  auto rows = database_->prepare(
      "select number, envelope from message where mailbox = ? and number > ? order by number limit ?");
  rows.bind(mailbox).bind(sql(after)).bind(sql(count));
  std::vector<StoredMessage> out;
  std::size_t sum = 0;
  for (;;) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return out;
    StoredMessage message{static_cast<std::uint64_t>(rows.integer(0)), rows.blob(1)};
    sum += message.envelope.size();
    if (sum > bytes && !out.empty()) return out;
    out.push_back(std::move(message));
  }
}

Status SqliteMessageStore::append_access(const MailboxId& mailbox, std::uint64_t number, ByteView entry) {
  return database_->prepare("insert into access (mailbox, number, entry) values (?, ?, ?)")
      .bind(mailbox)
      .bind(sql(number))
      .bind(entry)
      .run();
}

Result<std::vector<Bytes>> SqliteMessageStore::access(const MailboxId& mailbox, std::uint64_t number) {
  auto rows =
      database_->prepare("select entry from access where mailbox = ? and number >= ? order by number");
  rows.bind(mailbox).bind(sql(number));
  return blobs_of(rows);
}

Status SqliteMessageStore::put_grant(const MailboxId& mailbox, const SignPublic& reader, std::uint64_t epoch,
                                     ByteView grant) {
  return database_
      ->prepare(
          "insert into grant_sealed (mailbox, reader, epoch, sealed) values (?, ?, ?, ?) "
          "on conflict (mailbox, reader, epoch) do update set sealed = excluded.sealed")
      .bind(mailbox)
      .bind(reader.bytes)
      .bind(sql(epoch))
      .bind(grant)
      .run();
}

Result<std::vector<Bytes>> SqliteMessageStore::grants(const MailboxId& mailbox, const SignPublic& reader) {
  auto rows =
      database_->prepare("select sealed from grant_sealed where mailbox = ? and reader = ? order by epoch");
  rows.bind(mailbox).bind(reader.bytes);
  return blobs_of(rows);
}

Status SqliteMessageStore::put_blob(const MailboxId& mailbox, const Hash& hash, Instant at, ByteView bytes) {
  return database_
      ->prepare(
          "insert into blob_sealed (mailbox, hash, at, bytes) values (?, ?, ?, ?) "
          "on conflict (mailbox, hash) do nothing")
      .bind(mailbox)
      .bind(hash)
      .bind(at)
      .bind(bytes)
      .run();
}

Result<std::optional<Bytes>> SqliteMessageStore::blob(const MailboxId& mailbox, const Hash& hash) {
  auto row = database_->prepare("select bytes from blob_sealed where mailbox = ? and hash = ?");
  MACHI_TRY_SET(found, row.bind(mailbox).bind(hash).step());
  if (!found) return std::optional<Bytes>{};
  return std::optional<Bytes>{row.blob(0)};
}

Status SqliteMessageStore::put_slip(const mail::SlipId& id, const MailboxId& office, Instant to,
                                    ByteView record) {
  return database_->prepare("insert into slip (id, office, until, record) values (?, ?, ?, ?)")
      .bind(id)
      .bind(office)
      .bind(to)
      .bind(record)
      .run();
}

Result<std::optional<StoredSlip>> SqliteMessageStore::slip(const mail::SlipId& id) {
  auto row = database_->prepare("select record, until from slip where id = ?");
  MACHI_TRY_SET(found, row.bind(id).step());
  if (!found) return std::optional<StoredSlip>{};
  return std::optional<StoredSlip>{{row.blob(0), row.instant(1)}};
}

}  // namespace machi::hub

// Mail: what a batch expects, incarnations, mailboxes, messages, access entries. On the store's thread.
#include "platform/hub/postgres/postgres_message_store.h"

#include <chrono>
#include <set>

#include "platform/hub/postgres/postgres_schema.h"

namespace machi::hub {

using base::Code;
using base::fail;

namespace {

constexpr std::string_view kIncarnation = "select id from incarnation order by number desc limit 1";
// Each question costs the server as much as several rows: where the mailboxes are asked for, the incarnation
// comes along.
constexpr std::string_view kRows =
    "select mailbox, confirmed, newest, oldest, oldest_of, entries, "
    "(select id from incarnation order by number desc limit 1) from mailbox where mailbox = any "
    "($1::bytea[])";
constexpr std::string_view kRowsLocked =
    "select mailbox, confirmed, newest, oldest, oldest_of, entries, "
    "(select id from incarnation order by number desc limit 1) from mailbox where mailbox = any "
    "($1::bytea[]) order by mailbox for update";

std::int64_t sql(std::uint64_t number) { return static_cast<std::int64_t>(number); }
std::uint64_t number(const PgRows& rows, int row, int column) {
  return static_cast<std::uint64_t>(rows.integer(row, column));
}

Bytes ids_of(const std::set<MailboxId>& mailboxes) {
  PgArray out(PgArray::Of::Strings);
  for (const MailboxId& mailbox : mailboxes) out.add(mailbox.view());
  return out.value();
}

void hold_all(PostgresBatch& batch, const std::set<MailboxId>& asked, const PgRows& rows, bool locked) {
  for (const MailboxId& mailbox : asked) batch.hold(mailbox, {});
  for (int i = 0; i < rows.count(); ++i)
    batch.hold(rows.id<MailboxId>(i, 0),
               {MailboxRow{rows.id<IncarnationId>(i, 1), number(rows, i, 2), number(rows, i, 3),
                           rows.id<IncarnationId>(i, 4), number(rows, i, 5)},
                locked, false});
}

}  // namespace

Result<std::unique_ptr<PostgresMessageStore>> PostgresMessageStore::open(const std::string& url) {
  MACHI_TRY_SET(connection, PostgresConnection::open(url));
  MACHI_TRY(make_postgres_tables(*connection));
  return std::unique_ptr<PostgresMessageStore>(new PostgresMessageStore(std::move(connection)));
}

Status PostgresMessageStore::commit() {
  const auto began = std::chrono::steady_clock::now();
  const Status done = batch_.commit();
  if (on_durable) on_durable(std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count());
  return done;
}

// One round trip: the locks in the mailboxes' order, so that two processes never wait for each other; then,
// behind the locks, whether the messages are there.
Status PostgresMessageStore::expect(std::span<const Expected> expected) {
  if (!batch_.open()) {
    batch_.clear();
    batch_.keep();
  }
  std::set<MailboxId> writes, reads;
  PgArray mailbox(PgArray::Of::Strings), sender(PgArray::Of::Strings), id(PgArray::Of::Strings);
  for (const Expected& one : expected) {
    (one.writes && batch_.open() ? writes : reads).insert(one.mailbox);
    if (!one.message) continue;
    mailbox.add(one.mailbox.view());
    sender.add(ByteView(one.message->first.bytes));
    id.add(one.message->second.view());
  }
  for (const MailboxId& written : writes) reads.erase(written);
  // Nothing is asked that has no answer.
  std::vector<PgQuery> queries;
  if (!writes.empty()) queries.push_back({kRowsLocked, {ids_of(writes)}});
  if (!reads.empty()) queries.push_back({kRows, {ids_of(reads)}});
  if (mailbox.count() > 0)
    queries.push_back(
        {"select w.mailbox, w.sender, w.id, m.number, m.hash, m.at "
         "from unnest($1::bytea[], $2::bytea[], $3::bytea[]) w (mailbox, sender, id) "
         "cross join lateral (select number, hash, at from message "
         "where mailbox = w.mailbox and sender = w.sender and id = w.id limit 1) m",
         {mailbox.value(), sender.value(), id.value()}});
  if (queries.empty()) return {};
  MACHI_TRY_SET(rows, batch_.ask(std::move(queries)));
  auto answered = rows.begin();
  const auto take = [&](const std::set<MailboxId>& asked, bool locked) {
    if (asked.empty()) return;
    const PgRows& there = *answered++;
    hold_all(batch_, asked, there, locked);
    if (there.count() > 0) batch_.incarnation = there.id<IncarnationId>(0, 6);
  };
  take(writes, true);
  take(reads, false);
  for (const Expected& one : expected)
    if (one.message) batch_.found({one.mailbox, one.message->first, one.message->second}, {});
  if (mailbox.count() > 0) {
    const PgRows& there = *answered++;
    for (int i = 0; i < there.count(); ++i)
      batch_.found({there.id<MailboxId>(i, 0), SignPublic{there.fixed<32>(i, 1)}, there.id<MessageId>(i, 2)},
                   Posted{number(there, i, 3), there.fixed<32>(i, 4), {there.integer(i, 5)}});
  }
  return {};
}

void PostgresMessageStore::release() {
  if (!batch_.open()) batch_.clear();
}

Result<std::vector<Standing>> PostgresMessageStore::standings(std::span<const MailboxId> mailboxes) {
  MACHI_TRY_SET(rows, batch_.ask(PgQuery{
                          "select mailbox, newest, entries from mailbox where mailbox = any ($1::bytea[])",
                          {ids_of({mailboxes.begin(), mailboxes.end()})}}));
  std::vector<Standing> out;
  for (int i = 0; i < rows.count(); ++i)
    out.push_back({rows.id<MailboxId>(i, 0), number(rows, i, 1), number(rows, i, 2)});
  return out;
}

Result<bool> PostgresMessageStore::use_once(const MailboxId& mailbox, ByteView mark, Instant until,
                                            Instant now) {
  MACHI_TRY_SET(
      rows,
      batch_.ask(PgQuery{"with over as (delete from used where mailbox = $1 and until < $4::bigint) "
                         "insert into used (mailbox, mark, until) values ($1, $2, $3) on conflict do nothing",
                         {pg_value(mailbox.view()), pg_value(mark), pg_value(until.ms), pg_value(now.ms)}}));
  return rows.changed() == 1;
}

Result<IncarnationId> PostgresMessageStore::incarnation() {
  if (batch_.incarnation) return *batch_.incarnation;
  MACHI_TRY_SET(rows, batch_.ask(PgQuery{kIncarnation, {}}));
  return rows.count() > 0 ? rows.id<IncarnationId>(0, 0) : IncarnationId{};
}

Status PostgresMessageStore::begin_incarnation(const IncarnationId& id, Instant now) {
  batch_.incarnation.reset();
  return batch_.write(
      {"insert into incarnation (number, id, began) "
       "select coalesce(max(number), 0) + 1, $1::bytea, $2::bigint from incarnation",
       {pg_value(id.view()), pg_value(now.ms)}});
}

Result<std::optional<MailboxRow>> PostgresMessageStore::mailbox(const MailboxId& mailbox) {
  MACHI_TRY_SET(held, batch_.mailbox(mailbox, false));
  return held->row;
}

Status PostgresMessageStore::found_mailbox(const MailboxId& mailbox, const IncarnationId& confirmed) {
  MACHI_TRY_SET(held, batch_.mailbox(mailbox, false));
  if (held->row) return fail(Code::Conflict, "mailbox is there");
  batch_.touch(mailbox, *held);
  MACHI_TRY(batch_.write({"insert into mailbox (mailbox, confirmed, newest) values ($1, $2, 0)",
                          {pg_value(mailbox.view()), pg_value(confirmed.view())}}));
  batch_.hold(mailbox, {MailboxRow{confirmed, 0, 1, {}, 0}, true, false});
  return {};
}

Status PostgresMessageStore::confirm_mailbox(const MailboxId& mailbox, const IncarnationId& confirmed) {
  MACHI_TRY_SET(held, batch_.mailbox(mailbox, true));
  if (!held->row) return fail(Code::NotFound, "mailbox");
  batch_.touch(mailbox, *held);
  held->row->confirmed = confirmed;
  return batch_.write({"update mailbox set confirmed = $2 where mailbox = $1",
                       {pg_value(mailbox.view()), pg_value(confirmed.view())}});
}

Result<std::optional<Posted>> PostgresMessageStore::find_message(const MailboxId& mailbox,
                                                                 const SignPublic& from,
                                                                 const MessageId& id) {
  const PostgresBatch::MessageKey key{mailbox, from, id};
  if (const auto* known = batch_.looked_for(key)) return *known;
  MACHI_TRY_SET(
      rows, batch_.ask(
                PgQuery{"select number, hash, at from message where mailbox = $1 and sender = $2 and id = $3",
                        {pg_value(mailbox.view()), pg_value(from.bytes), pg_value(id.view())}}));
  if (rows.count() == 0) return std::optional<Posted>{};
  return std::optional<Posted>{{number(rows, 0, 0), rows.fixed<32>(0, 1), {rows.integer(0, 2)}}};
}

Result<std::uint64_t> PostgresMessageStore::append_message(const MailboxId& mailbox, const SignPublic& from,
                                                           const MessageId& id, const Hash& hash, Instant at,
                                                           ByteView envelope) {
  if (!batch_.open()) return fail(Code::Storage, "no batch");
  MACHI_TRY_SET(held, batch_.mailbox(mailbox, true));
  if (!held->row) return fail(Code::NotFound, "mailbox");
  // Behind the lock nobody can put the same message there.
  MACHI_TRY_SET(earlier, find_message(mailbox, from, id));
  if (earlier) return fail(Code::Conflict, "message is there");
  batch_.touch(mailbox, *held);
  held->moved = true;
  const std::uint64_t next = ++held->row->newest;
  const PostgresBatch::MessageKey key{mailbox, from, id};
  if (batch_.looked_for(key) == nullptr) batch_.found(key, {});
  batch_.found(key, Posted{next, hash, at});
  MACHI_TRY(batch_.write_message(mailbox, next, from, id, hash, at, envelope));
  return next;
}

Result<std::vector<StoredMessage>> PostgresMessageStore::messages(const MailboxId& mailbox,
                                                                  std::uint64_t after, std::size_t count,
                                                                  std::size_t bytes) {
  MACHI_TRY_SET(
      rows,
      batch_.ask(PgQuery{
          "select number, envelope from (select number, envelope, row_number() over w as place, "
          "sum(octet_length(envelope)) over w as upto "
          "from (select number, envelope from message where mailbox = $1 and number > $2 order by number "
          "limit $3) n "
          "window w as (order by number rows unbounded preceding)) m "
          "where place = 1 or upto <= $4::bigint order by number",
          {pg_value(mailbox.view()), pg_value(sql(after)), pg_value(sql(count)), pg_value(sql(bytes))}}));
  std::vector<StoredMessage> out;
  for (int i = 0; i < rows.count(); ++i) out.push_back({number(rows, i, 0), base::copy(rows.blob(i, 1))});
  return out;
}

Status PostgresMessageStore::append_access(const MailboxId& mailbox, std::uint64_t entry_number,
                                           ByteView entry) {
  MACHI_TRY_SET(held, batch_.mailbox(mailbox, true));
  if (!held->row) return fail(Code::NotFound, "mailbox");
  batch_.touch(mailbox, *held);
  held->row->entries = std::max(held->row->entries, entry_number + 1);
  held->moved = true;
  return batch_.write({"insert into access (mailbox, number, entry) values ($1, $2, $3)",
                       {pg_value(mailbox.view()), pg_value(sql(entry_number)), pg_value(entry)}});
}

}  // namespace machi::hub

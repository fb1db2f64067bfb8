// One transaction, from begin to commit or rollback. On the store's thread.
#include "platform/hub/postgres/postgres_batch.h"

namespace machi::hub {

using base::Code;
using base::fail;

namespace {
constexpr std::string_view kRow =
    "select confirmed, newest, oldest, oldest_of, entries from mailbox where mailbox = $1";
constexpr std::string_view kRowLocked =
    "select confirmed, newest, oldest, oldest_of, entries from mailbox where mailbox = $1 for update";
}  // namespace

Status PostgresBatch::begin() {
  if (open_) return fail(Code::Storage, "batch is open");
  clear();
  open_ = true;
  again_ = false;
  return {};
}

void PostgresBatch::clear() {
  open_ = begun_ = keeping_ = false;
  broken_.reset();
  writes_.clear();
  messages_ = Messages{};
  held_.clear();
  looked_.clear();
  attempt_.reset();
  incarnation.reset();
}

Status PostgresBatch::broken(base::Error error) {
  again_ = connection_.in_the_way();
  if (open_) broken_ = error;
  return error;
}

PostgresBatch::Places PostgresBatch::places() const {
  return {messages_.mailbox.end(), messages_.number.end(), messages_.sender.end(),  messages_.id.end(),
          messages_.hash.end(),    messages_.at.end(),     messages_.envelope.end()};
}

PgQuery PostgresBatch::insert_of(const Messages& messages, const Places& from, const Places& to) {
  return {
      "insert into message (mailbox, number, sender, id, hash, at, envelope) "
      "select * from unnest($1::bytea[], $2::bigint[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bigint[], "
      "$7::bytea[])",
      {messages.mailbox.value(from[0], to[0]), messages.number.value(from[1], to[1]),
       messages.sender.value(from[2], to[2]), messages.id.value(from[3], to[3]),
       messages.hash.value(from[4], to[4]), messages.at.value(from[5], to[5]),
       messages.envelope.value(from[6], to[6])}};
}

// Numbers and messages in one statement: what it costs to begin one is paid once a batch.
PgQuery PostgresBatch::moved_and_inserted(PgQuery moved, PgQuery insert) {
  for (Bytes& value : moved.values) insert.values.push_back(std::move(value));
  insert.sql =
      "with moved as (update mailbox m set newest = u.newest, entries = u.entries "
      "from unnest($8::bytea[], $9::bigint[], $10::bigint[]) u (mailbox, newest, entries) "
      "where m.mailbox = u.mailbox) "
      "insert into message (mailbox, number, sender, id, hash, at, envelope) "
      "select * from unnest($1::bytea[], $2::bigint[], $3::bytea[], $4::bytea[], $5::bytea[], $6::bigint[], "
      "$7::bytea[])";
  return insert;
}

std::optional<PgQuery> PostgresBatch::move_mailboxes() {
  PgArray mailbox(PgArray::Of::Strings), newest(PgArray::Of::Integers), entries(PgArray::Of::Integers);
  for (auto& [id, held] : held_) {
    if (!held.moved || !held.row) continue;
    held.moved = false;
    mailbox.add(id.view());
    newest.add(static_cast<std::int64_t>(held.row->newest));
    entries.add(static_cast<std::int64_t>(held.row->entries));
  }
  if (mailbox.count() == 0) return {};
  return PgQuery{
      "update mailbox m set newest = u.newest, entries = u.entries "
      "from unnest($1::bytea[], $2::bigint[], $3::bigint[]) u (mailbox, newest, entries) "
      "where m.mailbox = u.mailbox",
      {mailbox.value(), newest.value(), entries.value()}};
}

// What waits, in order: of before the attempt, then (behind a savepoint) of the attempt.
std::vector<PgQuery> PostgresBatch::take_waiting() {
  std::vector<PgQuery> out;
  const Places all = places();
  const std::size_t before = attempt_ ? attempt_->writes : writes_.size();
  const Places until = attempt_ ? attempt_->messages : all;
  for (std::size_t i = 0; i < before; ++i) out.push_back(std::move(writes_[i]));
  if (until[0].count > 0) out.push_back(insert_of(messages_, {}, until));
  if (attempt_ && (before < writes_.size() || until[0].count < all[0].count)) {
    if (!attempt_->savepoint) out.push_back({"savepoint attempt", {}});
    attempt_->savepoint = true;
    for (std::size_t i = before; i < writes_.size(); ++i) out.push_back(std::move(writes_[i]));
    if (until[0].count < all[0].count) out.push_back(insert_of(messages_, until, all));
  }
  // Rows that an attempt takes back are written once more after it: nobody else sees them before the commit.
  if (auto moved = move_mailboxes()) {
    if (!attempt_ && until[0].count > 0)
      out.back() = moved_and_inserted(std::move(*moved), std::move(out.back()));
    else
      out.push_back(std::move(*moved));
  }
  writes_.clear();
  messages_ = Messages{};
  if (attempt_) {
    attempt_->writes = 0;
    attempt_->messages = {};
  }
  return out;
}

Result<std::vector<PgRows>> PostgresBatch::ask(std::vector<PgQuery> queries) {
  if (broken_) return *broken_;
  if (!open_) {
    auto rows = connection_.run(queries);
    if (!rows.ok()) again_ = connection_.in_the_way();
    return rows;
  }
  std::vector<PgQuery> all;
  if (!begun_) all.push_back({"begin isolation level read committed", {}});
  for (PgQuery& waiting : take_waiting()) all.push_back(std::move(waiting));
  const std::size_t first = all.size();
  for (PgQuery& query : queries) all.push_back(std::move(query));
  if (begun_ && (!connection_.connected() || connection_.life() != life_))
    return broken(fail(Code::Storage, "database was away")).error();
  auto rows = connection_.run(all);
  begun_ = true;
  life_ = connection_.life();
  if (!rows.ok()) return broken(rows.error()).error();
  rows->erase(rows->begin(), rows->begin() + static_cast<std::ptrdiff_t>(first));
  return rows;
}

Result<PgRows> PostgresBatch::ask(PgQuery query) {
  std::vector<PgQuery> queries;
  queries.push_back(std::move(query));
  MACHI_TRY_SET(rows, ask(std::move(queries)));
  return std::move(rows[0]);
}

Status PostgresBatch::write(PgQuery query) {
  if (broken_) return *broken_;
  if (!open_) {  // a transaction by itself
    auto done = connection_.run(query);
    return done.ok() ? Status{} : Status(done.error());
  }
  writes_.push_back(std::move(query));
  return {};
}

Status PostgresBatch::write_message(const MailboxId& mailbox, std::uint64_t number, const SignPublic& from,
                                    const MessageId& id, const Hash& hash, Instant at, ByteView envelope) {
  if (broken_) return *broken_;
  messages_.mailbox.add(mailbox.view());
  messages_.number.add(static_cast<std::int64_t>(number));
  messages_.sender.add(ByteView(from.bytes));
  messages_.id.add(id.view());
  messages_.hash.add(ByteView(hash));
  messages_.at.add(at.ms);
  messages_.envelope.add(envelope);
  return {};
}

Status PostgresBatch::commit() {
  if (!open_) return fail(Code::Storage, "no batch");
  if (broken_) return *broken_;
  const bool anything = begun_ || !writes_.empty() || messages_.number.count() > 0;
  if (anything) {
    MACHI_TRY_SET(rows, ask(PgQuery{"commit", {}}));
    // A transaction that failed ends by a commit too, but is told otherwise.
    if (rows.tag() != "COMMIT") return broken(fail(Code::Storage, "not committed"));
  }
  clear();
  return {};
}

void PostgresBatch::rollback() {
  if (open_ && begun_ && connection_.connected() && connection_.life() == life_) {
    const bool was_again = again_;
    static_cast<void>(connection_.execute("rollback"));
    again_ = was_again;
  }
  clear();
}

Status PostgresBatch::attempt(const std::function<Status()>& work) {
  if (attempt_) return fail(Code::Storage, "attempt in an attempt");
  if (!open_) return fail(Code::Storage, "no batch");
  attempt_ = Attempt{};
  attempt_->writes = writes_.size();
  attempt_->messages = places();
  const Status done = work();
  Attempt attempt = std::move(*attempt_);
  attempt_.reset();
  if (broken_) return *broken_;
  if (!done.ok()) {
    undo(attempt);
    return done;
  }
  if (attempt.savepoint) writes_.push_back({"release savepoint attempt", {}});
  return {};
}

void PostgresBatch::undo(Attempt& attempt) {
  writes_.resize(attempt.writes);
  PgArray* const arrays[] = {&messages_.mailbox, &messages_.number, &messages_.sender,  &messages_.id,
                             &messages_.hash,    &messages_.at,     &messages_.envelope};
  for (std::size_t i = 0; i < attempt.messages.size(); ++i) arrays[i]->cut(attempt.messages[i]);
  if (attempt.savepoint) {
    writes_.push_back({"rollback to savepoint attempt", {}});
    writes_.push_back({"release savepoint attempt", {}});
  }
  for (auto one = attempt.held.rbegin(); one != attempt.held.rend(); ++one) held_[one->first] = one->second;
  // What the savepoint took back may be numbers of before it: they are written again.
  if (attempt.savepoint)
    for (auto& [id, held] : held_) held.moved = held.moved || held.locked;
  for (auto one = attempt.found.rbegin(); one != attempt.found.rend(); ++one)
    looked_[one->first] = one->second;
}

Result<HeldMailbox*> PostgresBatch::mailbox(const MailboxId& mailbox, bool lock) {
  if (!open_ && !keeping_) held_.clear();
  const auto known = held_.find(mailbox);
  if (known != held_.end() && (known->second.locked || !lock)) return &known->second;
  MACHI_TRY_SET(rows, ask(PgQuery{lock ? kRowLocked : kRow, {pg_value(mailbox.view())}}));
  HeldMailbox held;
  if (rows.count() > 0)
    held.row = MailboxRow{rows.id<IncarnationId>(0, 0), static_cast<std::uint64_t>(rows.integer(0, 1)),
                          static_cast<std::uint64_t>(rows.integer(0, 2)), rows.id<IncarnationId>(0, 3),
                          static_cast<std::uint64_t>(rows.integer(0, 4))};
  held.locked = lock && held.row;
  return &held_.insert_or_assign(mailbox, std::move(held)).first->second;
}

void PostgresBatch::touch(const MailboxId& mailbox, const HeldMailbox& held) {
  if (attempt_) attempt_->held.emplace_back(mailbox, held);
}

std::optional<Posted>* PostgresBatch::looked_for(const MessageKey& key) {
  const auto found = looked_.find(key);
  return found == looked_.end() ? nullptr : &found->second;
}

void PostgresBatch::found(const MessageKey& key, std::optional<Posted> posted) {
  if (attempt_)
    if (const auto before = looked_.find(key); before != looked_.end())
      attempt_->found.emplace_back(key, before->second);
  looked_[key] = posted;
}

}  // namespace machi::hub

// Rows of CBOR. What was erased is deleted, and overwritten on the disk (secure_delete).
#include "core/parenting/citizen/record_book.h"

namespace machi::parenting {

using base::Code;
using base::fail;

namespace {

constexpr std::string_view kTables =
    "CREATE TABLE parenting_fact (id BLOB NOT NULL PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE parenting_setting (name TEXT NOT NULL PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;";

}  // namespace

std::vector<store::Migration> RecordBook::migrations() { return {{"parenting.1", kTables}}; }

Result<Record> RecordBook::load(int* broken) const {
  Record out;
  auto row = database_.prepare("SELECT content FROM parenting_fact");
  for (;;) {
    MACHI_TRY_SET(there, row.step());
    if (!there) return out;
    const auto content = code::decode(row.bytes(0));
    const auto fact = content.ok() ? decode_fact(*content) : Result<Fact>(content.error());
    if (fact.ok())
      out.add(*fact);
    else if (broken != nullptr)
      ++*broken;
  }
}

Status RecordBook::keep(const Record& before, const Record& after) {
  store::Transaction transaction(database_);
  auto put = database_.prepare("INSERT OR REPLACE INTO parenting_fact (id, content) VALUES (?, ?)");
  for (const auto& [id, fact] : after.facts()) {
    if (before.facts().contains(id)) continue;
    MACHI_TRY(put.bind(id).bind(code::encode(encode_fact(fact))).run());
  }
  auto drop = database_.prepare("DELETE FROM parenting_fact WHERE id = ?");
  for (const auto& [id, fact] : before.facts())
    if (!after.facts().contains(id)) MACHI_TRY(drop.bind(id).run());
  return transaction.commit();
}

Result<FactId> RecordBook::write(Record& record, Fact fact, base::Entropy& entropy) {
  if (record.facts().size() >= kMostFacts) return fail(Code::TooMany, "facts");
  entropy.fill(fact.salt);
  fact = named(std::move(fact));
  Record after = record;
  after.add(fact);
  MACHI_TRY(keep(record, after));
  record = std::move(after);
  return fact.id;
}

Result<int> RecordBook::take(Record& record, const Record& other) {
  Record after = record;
  const int added = after.merge(other);
  if (after.facts().size() > kMostFacts) return fail(Code::TooMany, "facts");
  MACHI_TRY(keep(record, after));
  record = std::move(after);
  return added;
}

Status RecordBook::erase_all() {
  store::Transaction transaction(database_);
  MACHI_TRY(database_.execute("DELETE FROM parenting_fact"));
  MACHI_TRY(database_.execute("DELETE FROM parenting_setting"));
  return transaction.commit();
}

Result<crypto::SignKey> RecordBook::key(base::Entropy& entropy) {
  base::Bytes seed = blob("key");
  crypto::Secret<32> secret;
  if (seed.size() == secret.bytes().size()) {
    std::copy(seed.begin(), seed.end(), secret.bytes().begin());
    crypto::wipe(seed);
  } else {
    entropy.fill(secret.bytes());
    MACHI_TRY(set_blob("key", secret.view()));
  }
  return crypto::sign_key(std::move(secret));
}

std::string RecordBook::setting(std::string_view name) const {
  const base::Bytes value = blob(name);
  return std::string(base::text_view(value));
}
Status RecordBook::set(std::string_view name, std::string_view value) {
  return set_blob(name, base::view(value));
}

base::Bytes RecordBook::blob(std::string_view name) const {
  auto row = database_.prepare("SELECT value FROM parenting_setting WHERE name = ?");
  const auto there = row.bind(name).step();
  return there.ok() && *there ? row.blob(0) : base::Bytes();
}
Status RecordBook::set_blob(std::string_view name, base::ByteView value) {
  return database_.prepare("INSERT OR REPLACE INTO parenting_setting (name, value) VALUES (?, ?)")
      .bind(name)
      .bind(value)
      .run();
}

}  // namespace machi::parenting

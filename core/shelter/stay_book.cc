// The tables of facts, and how one gets in. Beside each fact's content stand the columns by which the fold
// asks.
#include "core/shelter/stay_book.h"

namespace machi::shelter {
namespace {

constexpr std::string_view kTables = R"sql(
  CREATE TABLE shelter_fact (seq INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, content BLOB NOT NULL, mailed INTEGER NOT NULL);
  CREATE INDEX shelter_fact_unmailed ON shelter_fact (mailed) WHERE mailed = 0;
  CREATE TABLE shelter_enter (fact BLOB NOT NULL PRIMARY KEY, stay BLOB NOT NULL, person BLOB NOT NULL, shelter BLOB NOT NULL,
    counter INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX shelter_enter_stay ON shelter_enter (stay);
  CREATE INDEX shelter_enter_person ON shelter_enter (person);
  CREATE TABLE shelter_after (stay BLOB NOT NULL, before BLOB NOT NULL, fact BLOB NOT NULL, PRIMARY KEY (stay, before, fact)) WITHOUT ROWID;
  CREATE TABLE shelter_leave (fact BLOB NOT NULL PRIMARY KEY, stay BLOB NOT NULL, away INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX shelter_leave_stay ON shelter_leave (stay);
  CREATE TABLE shelter_value (fact BLOB NOT NULL PRIMARY KEY, subject BLOB NOT NULL, field INTEGER NOT NULL, text TEXT NOT NULL,
    number INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX shelter_value_subject ON shelter_value (subject, field);
  CREATE INDEX shelter_value_field ON shelter_value (field, at);
  CREATE TABLE shelter_replaced (fact BLOB NOT NULL, by BLOB NOT NULL, PRIMARY KEY (fact, by)) WITHOUT ROWID;
  CREATE TABLE shelter_undone (fact BLOB NOT NULL, by BLOB NOT NULL, PRIMARY KEY (fact, by)) WITHOUT ROWID;

  CREATE TABLE shelter_stay (stay BLOB NOT NULL PRIMARY KEY, enter BLOB NOT NULL, person BLOB NOT NULL, household BLOB NOT NULL,
    shelter BLOB NOT NULL, manner INTEGER NOT NULL, said INTEGER NOT NULL, open INTEGER NOT NULL, room TEXT NOT NULL, card TEXT NOT NULL,
    entered INTEGER NOT NULL, gone INTEGER, away INTEGER NOT NULL) WITHOUT ROWID;
  CREATE INDEX shelter_stay_shelter ON shelter_stay (shelter, open);
  CREATE INDEX shelter_stay_person ON shelter_stay (person);
  CREATE INDEX shelter_stay_household ON shelter_stay (household);
  CREATE TABLE shelter_person (person BLOB NOT NULL PRIMARY KEY, content BLOB NOT NULL, search TEXT NOT NULL, sort TEXT NOT NULL,
    needs INTEGER NOT NULL, disputed INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE shelter_present (shelter BLOB NOT NULL, person BLOB NOT NULL, manner INTEGER NOT NULL, said INTEGER NOT NULL,
    needs INTEGER NOT NULL, doubt INTEGER NOT NULL, PRIMARY KEY (shelter, person)) WITHOUT ROWID;
  CREATE TABLE shelter_sum (shelter BLOB NOT NULL, what INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (shelter, what)) WITHOUT ROWID;
  CREATE TABLE shelter_heard (shelter BLOB NOT NULL PRIMARY KEY, at INTEGER NOT NULL) WITHOUT ROWID;
)sql";

// What the hub may not have yet before the rest, and the newest first: so a file is read off page by page.
constexpr std::string_view kFileOrder =
    "CREATE INDEX shelter_fact_file ON shelter_fact (mailed = 1, seq DESC)";

// Of a fact: came by a file and has to be posted; posted by this device; seen in the hub's mail.
constexpr int kByFile = 0, kAtHub = 1, kOwn = 2;

}  // namespace

std::vector<store::Migration> StayBook::migrations() {
  return {{"shelter.stays.1", kTables}, {"shelter.stays.2", kFileOrder}};
}

Result<bool> StayBook::knows(const FactId& fact) const {
  auto row = database_.prepare("SELECT 1 FROM shelter_fact WHERE id = ?");
  return row.bind(fact).step();
}

Result<std::optional<Fact>> StayBook::fact(const FactId& id) const {
  auto row = database_.prepare("SELECT content FROM shelter_fact WHERE id = ?");
  row.bind(id);
  MACHI_TRY_SET(there, row.step());
  if (!there) return std::optional<Fact>();
  MACHI_TRY_SET(map, code::decode(row.blob(0)));
  MACHI_TRY_SET(fact, decode_fact(map));
  return std::optional<Fact>(std::move(fact));
}

Result<bool> StayBook::add(const Fact& fact, Whose whose) {
  const base::Bytes content = code::encode(encode(fact));
  if (const auto* enter = std::get_if<Enter>(&fact.what); enter && !enter->said)
    MACHI_TRY(heard(enter->shelter, fact.at));
  std::optional<base::Bytes> known;
  {
    auto row = database_.prepare("SELECT content FROM shelter_fact WHERE id = ?");
    row.bind(fact.id);
    MACHI_TRY_SET(there, row.step());
    if (there) known = row.blob(0);
  }
  if (known) {
    if (whose == Whose::Mailed)
      MACHI_TRY(database_.prepare("UPDATE shelter_fact SET mailed = ? WHERE id = ?")
                    .bind(kAtHub)
                    .bind(fact.id)
                    .run());
    // Two contents under one id are nobody's honest work; the smaller holds, so that every reader sees the
    // same.
    if (*known <= content) return false;
    MACHI_TRY_SET(map, code::decode(*known));
    MACHI_TRY_SET(old, decode_fact(map));
    MACHI_TRY(forget(fact.id, old));
    MACHI_TRY(refresh(old));
    MACHI_TRY(database_.prepare("UPDATE shelter_fact SET content = ? WHERE id = ?")
                  .bind(content)
                  .bind(fact.id)
                  .run());
  } else {
    MACHI_TRY(database_.prepare("INSERT INTO shelter_fact (id, content, mailed) VALUES (?, ?, ?)")
                  .bind(fact.id)
                  .bind(content)
                  .bind(whose == Whose::ByFile ? kByFile
                        : whose == Whose::Own  ? kOwn
                                               : kAtHub)
                  .run());
  }
  MACHI_TRY(store(fact));
  MACHI_TRY(refresh(fact));
  return true;
}

Status StayBook::store(const Fact& fact) {
  if (const auto* enter = std::get_if<Enter>(&fact.what)) {
    MACHI_TRY(database_.prepare("INSERT INTO shelter_enter VALUES (?, ?, ?, ?, ?)")
                  .bind(fact.id)
                  .bind(enter->stay)
                  .bind(enter->person.id)
                  .bind(enter->shelter)
                  .bind(static_cast<std::int64_t>(enter->counter))
                  .run());
    for (const StayId& before : enter->after)
      MACHI_TRY(database_.prepare("INSERT OR IGNORE INTO shelter_after VALUES (?, ?, ?)")
                    .bind(enter->stay)
                    .bind(before)
                    .bind(fact.id)
                    .run());
    return {};
  }
  if (const auto* leave = std::get_if<Leave>(&fact.what))
    return database_.prepare("INSERT INTO shelter_leave VALUES (?, ?, ?, ?)")
        .bind(fact.id)
        .bind(leave->stay)
        .bind(static_cast<int>(leave->away))
        .bind(fact.at)
        .run();
  if (const auto* undo = std::get_if<Undo>(&fact.what))
    return database_.prepare("INSERT OR IGNORE INTO shelter_undone VALUES (?, ?)")
        .bind(undo->fact)
        .bind(fact.id)
        .run();
  const auto& correct = std::get<Correct>(fact.what);
  for (const FactId& replaced : correct.replaces)
    MACHI_TRY(database_.prepare("INSERT OR IGNORE INTO shelter_replaced VALUES (?, ?)")
                  .bind(replaced)
                  .bind(fact.id)
                  .run());
  return database_.prepare("INSERT INTO shelter_value VALUES (?, ?, ?, ?, ?, ?)")
      .bind(fact.id)
      .bind(correct.subject)
      .bind(static_cast<int>(correct.field))
      .bind(correct.text)
      .bind(correct.number)
      .bind(fact.at)
      .run();
}

// Out of the tables by which the fold asks. `old`: what was stored under this id. Words from a shelter stay
// heard.
Status StayBook::forget(const FactId& fact, const Fact& old) {
  if (std::holds_alternative<Enter>(old.what)) {
    MACHI_TRY(database_.prepare("DELETE FROM shelter_enter WHERE fact = ?").bind(fact).run());
    return database_.prepare("DELETE FROM shelter_after WHERE fact = ?").bind(fact).run();
  }
  if (std::holds_alternative<Leave>(old.what))
    return database_.prepare("DELETE FROM shelter_leave WHERE fact = ?").bind(fact).run();
  if (std::holds_alternative<Undo>(old.what))
    return database_.prepare("DELETE FROM shelter_undone WHERE by = ?").bind(fact).run();
  MACHI_TRY(database_.prepare("DELETE FROM shelter_replaced WHERE by = ?").bind(fact).run());
  return database_.prepare("DELETE FROM shelter_value WHERE fact = ?").bind(fact).run();
}

Status StayBook::heard(const ShelterId& shelter, Instant at) {
  return database_
      .prepare(
          "INSERT INTO shelter_heard VALUES (?, ?) ON CONFLICT (shelter) DO UPDATE SET at = excluded.at"
          " WHERE excluded.at > shelter_heard.at")
      .bind(shelter)
      .bind(at)
      .run();
}

Result<std::int64_t> StayBook::size() const {
  auto row = database_.prepare("SELECT COUNT(*) FROM shelter_fact");
  MACHI_TRY_SET(there, row.step());
  return there ? row.integer(0) : 0;
}

Result<Facts> StayBook::wanted_elsewhere(std::size_t limit, std::size_t skip) const {
  Facts out;
  auto row =
      database_.prepare("SELECT content FROM shelter_fact ORDER BY mailed = 1, seq DESC LIMIT ? OFFSET ?");
  row.bind(static_cast<std::int64_t>(limit)).bind(static_cast<std::int64_t>(skip));
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) return out;
    MACHI_TRY_SET(map, code::decode(row.blob(0)));
    MACHI_TRY_SET(fact, decode_fact(map));
    out.push_back(std::move(fact));
  }
}

Result<std::uint64_t> StayBook::newest_pass(const HouseholdId& household) const {
  auto row = database_.prepare(
      "SELECT MAX(counter) FROM shelter_enter WHERE person IN (SELECT person FROM shelter_stay WHERE "
      "household = ?)");
  row.bind(household);
  MACHI_TRY_SET(there, row.step());
  return there ? static_cast<std::uint64_t>(row.integer(0)) : 0;
}

Result<Facts> StayBook::facts(std::int64_t& after, std::size_t limit) const {
  Facts out;
  auto row = database_.prepare("SELECT seq, content FROM shelter_fact WHERE seq > ? ORDER BY seq LIMIT ?");
  row.bind(after).bind(static_cast<std::int64_t>(limit));
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) return out;
    after = row.integer(0);
    MACHI_TRY_SET(map, code::decode(row.blob(1)));
    MACHI_TRY_SET(fact, decode_fact(map));
    out.push_back(std::move(fact));
  }
}

Result<Facts> StayBook::take_unmailed(std::size_t limit) {
  Facts out;
  {
    auto row = database_.prepare("SELECT content FROM shelter_fact WHERE mailed = 0 ORDER BY seq LIMIT ?");
    row.bind(static_cast<std::int64_t>(limit));
    for (;;) {
      MACHI_TRY_SET(more, row.step());
      if (!more) break;
      MACHI_TRY_SET(map, code::decode(row.blob(0)));
      MACHI_TRY_SET(fact, decode_fact(map));
      out.push_back(std::move(fact));
    }
  }
  for (const Fact& fact : out)
    MACHI_TRY(
        database_.prepare("UPDATE shelter_fact SET mailed = ? WHERE id = ?").bind(kOwn).bind(fact.id).run());
  return out;
}

}  // namespace machi::shelter

// The registry's tables, and taking a list over: a row's digest says whether it changed, so that the same
// list twice writes nothing.
#include "platform/clerk/sqlite_registry.h"

#include <algorithm>

#include "core/code/cbor.h"
#include "core/crypto/sodium.h"

namespace machi::clerk {
namespace {

using base::Code;
using base::fail;
using base::Result;
using base::Status;
using code::Cbor;

constexpr std::string_view kTables =
    "CREATE TABLE resident (number TEXT PRIMARY KEY, household TEXT NOT NULL, standing INTEGER NOT NULL, "
    "left_on INTEGER, guarded INTEGER NOT NULL, name TEXT NOT NULL, kana TEXT NOT NULL, alias TEXT NOT NULL, "
    "birth INTEGER NOT NULL, sex INTEGER, address TEXT NOT NULL, resident_since INTEGER, address_since "
    "INTEGER, "
    "notified INTEGER, previous_address TEXT NOT NULL, relationship TEXT NOT NULL, head TEXT NOT NULL, "
    "domicile "
    "TEXT NOT NULL, register_head TEXT NOT NULL, my_number TEXT NOT NULL, nationality TEXT NOT NULL, status "
    "TEXT "
    "NOT NULL, period TEXT NOT NULL, stay_until INTEGER, residence_card TEXT NOT NULL, digest BLOB NOT NULL, "
    "seen INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX resident_by_household ON resident (household);"
    "CREATE INDEX resident_by_register ON resident (domicile, register_head);"
    "CREATE TABLE resident_card (card TEXT PRIMARY KEY, number TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE INDEX resident_card_by_number ON resident_card (number);"
    "CREATE TABLE resident_seal (number TEXT PRIMARY KEY, registration TEXT NOT NULL, registered INTEGER NOT "
    "NULL, side INTEGER NOT NULL, bits BLOB NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE resident_address (number TEXT NOT NULL, place INTEGER NOT NULL, address TEXT NOT NULL, "
    "since "
    "INTEGER, PRIMARY KEY (number, place)) WITHOUT ROWID;"
    "CREATE TABLE resident_entry (number TEXT NOT NULL, place INTEGER NOT NULL, label TEXT NOT NULL, text "
    "TEXT "
    "NOT NULL, PRIMARY KEY (number, place)) WITHOUT ROWID;"
    "CREATE TABLE resident_tax (number TEXT NOT NULL, year INTEGER NOT NULL, amount INTEGER NOT NULL, paid "
    "INTEGER NOT NULL, PRIMARY KEY (number, year)) WITHOUT ROWID;"
    "CREATE TABLE resident_tax_line (number TEXT NOT NULL, year INTEGER NOT NULL, place INTEGER NOT NULL, "
    "label "
    "TEXT NOT NULL, yen INTEGER NOT NULL, PRIMARY KEY (number, year, place)) WITHOUT ROWID;";

constexpr std::string_view kOfAPerson[] = {
    "DELETE FROM resident_card WHERE number = ?",    "DELETE FROM resident_seal WHERE number = ?",
    "DELETE FROM resident_address WHERE number = ?", "DELETE FROM resident_entry WHERE number = ?",
    "DELETE FROM resident_tax WHERE number = ?",     "DELETE FROM resident_tax_line WHERE number = ?"};

Cbor of(const std::optional<Date>& day) { return day ? Cbor(day->days) : Cbor(nullptr); }
std::optional<std::int64_t> days(const std::optional<Date>& day) {
  return day ? std::optional<std::int64_t>(day->days) : std::nullopt;
}

// Everything that is kept of somebody, as bytes: whether a row changed since the last list.
base::Array<32> digest_of(const Resident& one) {
  const certificate::Person& person = one.person;
  code::CborArray lists;
  for (const auto& entry : one.addresses) lists.push_back(Cbor::array({entry.address, of(entry.since)}));
  lists.push_back(nullptr);
  for (const auto& entry : one.entries) lists.push_back(Cbor::array({entry.label, entry.text}));
  lists.push_back(nullptr);
  for (const TaxYear& tax : one.taxes) {
    code::CborArray lines;
    for (const auto& line : tax.lines) lines.push_back(Cbor::array({line.label, line.yen}));
    lists.push_back(Cbor::array({tax.year, tax.amount, tax.paid, std::move(lines)}));
  }
  Cbor seal(nullptr);
  if (one.seal)
    seal = Cbor::array({one.seal->registration, one.seal->registered.days, one.seal->side, one.seal->bits});
  return crypto::hash(code::encode(Cbor::array({one.household,
                                                static_cast<int>(one.standing),
                                                of(one.left),
                                                one.guarded,
                                                person.name,
                                                person.kana,
                                                person.alias,
                                                person.birth.days,
                                                person.sex ? static_cast<int>(*person.sex) : 0,
                                                one.address,
                                                of(person.resident_since),
                                                of(person.address_since),
                                                of(person.notified),
                                                person.previous_address,
                                                person.relationship,
                                                one.head,
                                                person.domicile,
                                                person.register_head,
                                                person.my_number,
                                                person.nationality,
                                                person.status,
                                                person.period,
                                                of(person.stay_until),
                                                person.card_number,
                                                one.card,
                                                seal,
                                                std::move(lists)})));
}

}  // namespace

Result<std::string> card_number(std::string_view text) {
  while (text.size() > 1 && text.front() == '0') text.remove_prefix(1);
  if (text.empty() || text.size() > 40) return fail(Code::BadInput, "card");
  std::string out;
  for (const char sign : text) {
    if (sign >= 'a' && sign <= 'f')
      out.push_back(static_cast<char>(sign - 'a' + 'A'));
    else if ((sign >= '0' && sign <= '9') || (sign >= 'A' && sign <= 'F'))
      out.push_back(sign);
    else
      return fail(Code::BadInput, "card");
  }
  return out;
}

Result<std::unique_ptr<SqliteRegistry>> SqliteRegistry::open(const std::filesystem::path& file) {
  MACHI_TRY_SET(database, store::Database::open({file.string(), "", file != ":memory:"}));
  MACHI_TRY(database->migrate({{"registry.1", kTables}}));
  return std::unique_ptr<SqliteRegistry>(new SqliteRegistry(std::move(database)));
}

Result<std::size_t> SqliteRegistry::size() const {
  auto row = database_->prepare("SELECT count(*) FROM resident");
  MACHI_TRY(row.step());
  return static_cast<std::size_t>(row.integer(0));
}

Status SqliteRegistry::write_lists(const Resident& one) {
  for (const std::string_view sql : kOfAPerson) MACHI_TRY(database_->prepare(sql).bind(one.number).run());
  if (one.seal)
    MACHI_TRY(database_->prepare("INSERT INTO resident_seal VALUES (?, ?, ?, ?, ?)")
                  .bind(one.number)
                  .bind(one.seal->registration)
                  .bind(one.seal->registered.days)
                  .bind(one.seal->side)
                  .bind(one.seal->bits)
                  .run());
  std::int64_t place = 0;
  for (const auto& entry : one.addresses)
    MACHI_TRY(database_->prepare("INSERT INTO resident_address VALUES (?, ?, ?, ?)")
                  .bind(one.number)
                  .bind(place++)
                  .bind(entry.address)
                  .bind(days(entry.since))
                  .run());
  place = 0;
  for (const FamilyEntry& entry : one.entries)
    MACHI_TRY(database_->prepare("INSERT INTO resident_entry VALUES (?, ?, ?, ?)")
                  .bind(one.number)
                  .bind(place++)
                  .bind(entry.label)
                  .bind(entry.text)
                  .run());
  for (const TaxYear& tax : one.taxes) {
    MACHI_TRY(database_->prepare("INSERT INTO resident_tax VALUES (?, ?, ?, ?)")
                  .bind(one.number)
                  .bind(tax.year)
                  .bind(tax.amount)
                  .bind(tax.paid)
                  .run());
    place = 0;
    for (const auto& line : tax.lines)
      MACHI_TRY(database_->prepare("INSERT INTO resident_tax_line VALUES (?, ?, ?, ?, ?)")
                    .bind(one.number)
                    .bind(tax.year)
                    .bind(place++)
                    .bind(line.label)
                    .bind(line.yen)
                    .run());
  }
  return {};
}

Status SqliteRegistry::write(const Resident& one, const base::Array<32>& digest) {
  const certificate::Person& person = one.person;
  MACHI_TRY(
      database_
          ->prepare("INSERT OR REPLACE INTO resident VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1)")
          .bind(one.number)
          .bind(one.household)
          .bind(static_cast<int>(one.standing))
          .bind(days(one.left))
          .bind(one.guarded)
          .bind(person.name)
          .bind(person.kana)
          .bind(person.alias)
          .bind(person.birth.days)
          .bind(person.sex ? std::optional<std::int64_t>(static_cast<int>(*person.sex)) : std::nullopt)
          .bind(one.address)
          .bind(days(person.resident_since))
          .bind(days(person.address_since))
          .bind(days(person.notified))
          .bind(person.previous_address)
          .bind(person.relationship)
          .bind(one.head)
          .bind(person.domicile)
          .bind(person.register_head)
          .bind(person.my_number)
          .bind(person.nationality)
          .bind(person.status)
          .bind(person.period)
          .bind(days(person.stay_until))
          .bind(person.card_number)
          .bind(digest)
          .run());
  return write_lists(one);
}

Result<ImportCounts> SqliteRegistry::take_over(const std::vector<Resident>& residents, bool whole) {
  ImportCounts out;
  store::Transaction transaction(*database_);
  MACHI_TRY(database_->execute("UPDATE resident SET seen = 0"));
  std::vector<const Resident*> written;
  for (const Resident& one : residents) {
    const auto digest = digest_of(one);
    bool known = false, same = false;
    {
      auto row = database_->prepare("SELECT digest FROM resident WHERE number = ?");
      MACHI_TRY_SET(there, row.bind(one.number).step());
      known = there;
      same = there && row.fixed<32>(0) == digest;
    }
    ++(same ? out.same : known ? out.changed : out.fresh);
    if (same) {
      MACHI_TRY(database_->prepare("UPDATE resident SET seen = 1 WHERE number = ?").bind(one.number).run());
      continue;
    }
    MACHI_TRY(write(one, digest));
    written.push_back(&one);
  }
  {
    auto row = database_->prepare("SELECT count(*) FROM resident WHERE seen = 0");
    MACHI_TRY(row.step());
    out.absent = static_cast<std::size_t>(row.integer(0));
  }
  if (whole && out.absent > 0) {
    for (const std::string_view table : {"resident_card", "resident_seal", "resident_address",
                                         "resident_entry", "resident_tax", "resident_tax_line"})
      MACHI_TRY(database_->execute("DELETE FROM " + std::string(table) +
                                   " WHERE number IN (SELECT number FROM resident WHERE seen = 0)"));
    MACHI_TRY(database_->execute("DELETE FROM resident WHERE seen = 0"));
    out.removed = out.absent;
  }
  // Cards last: two people of the list may have changed theirs.
  for (const Resident* one : written)
    if (!one->card.empty())
      MACHI_TRY(database_->prepare("INSERT INTO resident_card VALUES (?, ?)")
                    .bind(one->card)
                    .bind(one->number)
                    .run());
  MACHI_TRY(transaction.commit());
  return out;
}

}  // namespace machi::clerk

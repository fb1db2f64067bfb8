// One row for the household, one for each draft. A row that cannot be read back counts as damage, not as
// none.
#include "core/household/book.h"

namespace machi::household {
namespace {

constexpr std::string_view kTables =
    "CREATE TABLE household_row (name TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;";
constexpr std::string_view kRecord = "household";

}  // namespace

std::vector<store::Migration> HouseholdBook::migrations() { return {{"household.1", kTables}}; }

Result<std::optional<Household>> HouseholdBook::load() const {
  const base::Bytes bytes = draft(kRecord);
  if (bytes.empty()) return std::optional<Household>();
  MACHI_TRY_SET(content, code::decode(bytes));
  MACHI_TRY_SET(household, decode_household(content));
  return std::optional<Household>(std::move(household));
}

Status HouseholdBook::save(Household household, base::Entropy& entropy, Instant now) {
  if (household.id.is_zero()) household.id = entropy.id<HouseholdTag>();
  ++household.counter;
  household.changed = now;
  household.confirmed = now;
  MACHI_TRY(check(household));
  return save_draft(kRecord, code::encode(encode_household(household)));
}

Status HouseholdBook::forget() { return database_.execute("DELETE FROM household_row"); }

base::Bytes HouseholdBook::draft(std::string_view name) const {
  auto row = database_.prepare("SELECT content FROM household_row WHERE name = ?");
  const auto there = row.bind(name).step();
  return there.ok() && *there ? row.blob(0) : base::Bytes();
}

Status HouseholdBook::save_draft(std::string_view name, base::ByteView content) {
  auto row = database_.prepare("INSERT OR REPLACE INTO household_row (name, content) VALUES (?, ?)");
  return row.bind(name).bind(content).run();
}

Status HouseholdBook::drop_draft(std::string_view name) {
  return database_.prepare("DELETE FROM household_row WHERE name = ?").bind(name).run();
}

}  // namespace machi::household

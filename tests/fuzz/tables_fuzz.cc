// A school's tables as bytes, out of a snapshot that another desk wrote. Invariants: what is refused changes
// nothing, and what is taken gives the same bytes again.
#include "core/absence/desk/school.h"
#include "core/absence/desk/tables.h"
#include "core/store/database.h"
#include "tests/fuzz/frame.h"

using namespace machi;

namespace {

std::unique_ptr<store::Database> empty_school() {
  auto database = store::Database::open({});
  MACHI_CHECK(database.ok());
  MACHI_CHECK((*database)->migrate(absence::SchoolDesk::migrations()).ok());
  return std::move(*database);
}

}  // namespace

void machi::fuzz::read(base::ByteView input) {
  static const auto kDatabase = empty_school();
  static const base::Bytes kEmpty = *absence::tables_as_bytes(*kDatabase);
  store::Transaction transaction(*kDatabase);  // rolled back
  if (!absence::tables_from_bytes(*kDatabase, input).ok()) return;
  const auto once = absence::tables_as_bytes(*kDatabase);
  MACHI_CHECK(once.ok());
  MACHI_CHECK(absence::tables_from_bytes(*kDatabase, *once).ok());
  MACHI_CHECK(*absence::tables_as_bytes(*kDatabase) == *once);
  MACHI_CHECK(absence::tables_from_bytes(*kDatabase, kEmpty).ok());
}

// The family's record as bytes: whole, back again, and refused when it is no such thing.
#include <gtest/gtest.h>

#include <map>

#include "core/absence/citizen/draft.h"
#include "core/absence/citizen/note_book.h"
#include "core/absence/citizen/recovery.h"
#include "core/absence/photo_book.h"

namespace machi::absence {
namespace {

struct Phone {
  std::unique_ptr<store::Database> database = std::move(*store::Database::open({}));
  ReportBook reports{*database};
  Phone() {
    for (const auto& part : {ReportBook::migrations(), ChildBook::migrations(), DraftBook::migrations(),
                             NoteBook::migrations(), PhotoBook::migrations()})
      EXPECT_TRUE(database->migrate(part).ok());
    EXPECT_TRUE(
        database
            ->execute(
                "CREATE TABLE citizen_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
                "CREATE TABLE household_row (name TEXT PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;"
                // As core/shelter/plan_book.cc makes them; that they are the same, a whole phone shows
                // (RecoverySheet.BringsEvacuationPlansBackWithTheirApproval).
                "CREATE TABLE plan_head (plan BLOB PRIMARY KEY, counter INTEGER, content BLOB, role INTEGER);"
                "CREATE TABLE plan_approval (plan BLOB, counter INTEGER, hash BLOB, at INTEGER, content "
                "BLOB);"
                "CREATE TABLE plan_held (plan BLOB PRIMARY KEY, ticket BLOB);"
                "CREATE TABLE plan_seen (plan BLOB PRIMARY KEY, at INTEGER, by TEXT);"
                "CREATE TABLE plan_call (one INTEGER PRIMARY KEY, number INTEGER, content BLOB)")
            .ok());
  }
  void report(int number, Date day) {
    ReportVersion version;
    version.report.report.bytes.fill(static_cast<std::uint8_t>(number));
    version.report.version.bytes.fill(static_cast<std::uint8_t>(number + 1));
    version.report.pupil.bytes.fill(7);
    version.report.date = day;
    version.report.kind = ReportKind::Absent;
    version.report.reason = Reason::Cold;
    version.report.language = "ja";
    version.from.fill(9);
    EXPECT_TRUE(reports.add(version).ok());
  }
};

TEST(FamilyRecord, HasEveryTableOfThePhoneButTheDraftsWithEveryColumn) {
  Phone phone;
  std::map<std::string, std::string> there;
  auto names = phone.database->prepare(
      "SELECT m.name, group_concat(c.name, ', ') FROM sqlite_master m, pragma_table_info(m.name) c WHERE "
      "m.type = 'table' "
      "AND (m.name GLOB 'absence_*' OR m.name GLOB 'plan_*' OR m.name IN ('citizen_setting', "
      "'household_row')) AND m.name NOT GLOB "
      "'absence_draft*' "
      "GROUP BY "
      "m.name");
  while (*names.step()) there[names.text(0)] = names.text(1);
  EXPECT_EQ(record_tables(), there)
      << "core/absence/citizen/recovery.cc lists other tables than the phone has";
}

TEST(FamilyRecord, ComesBackAsItWasAndLeavesOutWhatIsOlderThanAsked) {
  Phone phone;
  const Date day = *Date::of(2026, 11, 24);
  phone.report(1, day);
  phone.report(3, day.plus(-500));
  ASSERT_TRUE(phone.database->execute("INSERT INTO citizen_setting VALUES ('language', 'ne')").ok());
  for (const auto& [since, reports] : {std::pair{Date{}, 2u}, std::pair{day.plus(-400), 1u}}) {
    Phone fresh;
    const auto bytes = record_as_bytes(*phone.database, since);
    ASSERT_TRUE(bytes.ok());
    ASSERT_TRUE(record_from_bytes(*fresh.database, *bytes).ok());
    EXPECT_EQ(fresh.reports.all(10)->size(), reports);
    EXPECT_EQ(*record_as_bytes(*fresh.database, since), *bytes);
  }
}

TEST(FamilyRecord, IsRefusedWhenItIsAnotherProgramsOrBroken) {
  using code::Cbor;
  Phone phone;
  const auto outcome = [&](Cbor content) {
    return record_from_bytes(*phone.database, code::encode(content)).code();
  };
  const auto with = [](std::string table, code::CborArray row) {
    code::CborMap tables;
    tables.emplace_back(std::move(table), Cbor::array({Cbor(std::move(row))}));
    return Cbor::map({{1, 1}, {2, std::move(tables)}});
  };
  EXPECT_EQ(record_from_bytes(*phone.database, base::view("no record")).code(), base::Code::BadInput);
  EXPECT_EQ(outcome(Cbor::map({{1, 1}})), base::Code::BadInput);
  EXPECT_EQ(outcome(Cbor::map({{1, 2}, {2, code::CborMap{}}})), base::Code::Unsupported);
  EXPECT_EQ(outcome(with("mail_note", {Cbor(1)})), base::Code::Unsupported);
  EXPECT_EQ(outcome(with("absence_closed_day", {Cbor(1)})), base::Code::Unsupported);
  EXPECT_EQ(outcome(with("absence_closed_day", {Cbor("text"), Cbor(1)})), base::Code::BadInput);
}

}  // namespace
}  // namespace machi::absence

// A school's tables as bytes: what a new desk begins with is what the old one had, and nothing of its own.
#include "core/absence/desk/tables.h"

#include "tests/unit/absence/school_of_desks.h"

namespace machi::absence {
namespace {

class Tables : public SchoolOfDesks {
 protected:
  Tables() {
    apply(1, 0);
    settle();
    arrive(1, kKindReport, encode(report(1, 0, today)));
    arrive(2, kKindReport, encode(report(2, 1, today)));  // kept apart
    settle();
    const auto heads = desk->school->day(today);
    EXPECT_EQ(heads.size(), 1U);
    EXPECT_TRUE(desk->school->confirm(heads[0].entry.report, heads[0].version.report.version, now).ok());
    EXPECT_TRUE(desk->school->close_day(an_id<ClosingId>(1), today, now).ok());
    EXPECT_TRUE(desk->school->rename("田村", now).ok());
    desk->post();
    settle();
  }
};

TEST_F(Tables, AreTheSameOnANewDesk) {
  const auto bytes = tables_as_bytes(*desk->database);
  ASSERT_TRUE(bytes.ok());
  DeskOfSchool fresh(3, log, desks);
  ASSERT_TRUE(tables_from_bytes(*fresh.database, *bytes).ok());
  EXPECT_EQ(*tables_as_bytes(*fresh.database), *bytes);
  ASSERT_EQ(fresh.school->day(today).size(), 1U);
  EXPECT_NE(fresh.school->day(today)[0].read(), nullptr);
  EXPECT_EQ(fresh.school->apart(today).size(), 1U);
  EXPECT_TRUE(fresh.school->book().closed(today).has_value());
  EXPECT_EQ(fresh.school->roll().pupils(fresh.school->roll().classes().front().id).size(), 3U);
  EXPECT_EQ(fresh.school->name(), "") << "a desk's own name stays its own";
}

TEST_F(Tables, StayTheSameWhenTheMailOfBeforeIsReadAgain) {
  const auto bytes = tables_as_bytes(*desk->database);
  DeskOfSchool fresh(3, log, desks);
  ASSERT_TRUE(tables_from_bytes(*fresh.database, *bytes).ok());
  const std::string before(base::text_view(*tables_as_bytes(*fresh.database)));
  for (const mail::Received& mail : log) {
    if (mail.kind == "slip.application") continue;
    EXPECT_TRUE(fresh.school->on_message(mail).ok()) << mail.kind;
  }
  EXPECT_EQ(std::string(base::text_view(*tables_as_bytes(*fresh.database))), before);
}

TEST_F(Tables, OfAnotherFormAreRefused) {
  DeskOfSchool fresh(3, log, desks);
  using code::Cbor;
  const auto take = [&](Cbor content) {
    store::Transaction transaction(*fresh.database);
    return tables_from_bytes(*fresh.database, code::encode(content)).code();
  };
  EXPECT_EQ(take(Cbor::map({{1, 2}, {2, Cbor(code::CborMap{})}})), base::Code::Unsupported);
  EXPECT_EQ(take(Cbor::map({{1, 1}})), base::Code::BadInput);
  EXPECT_EQ(take(Cbor::map({{1, 1}, {2, Cbor::map({{"desk_setting", Cbor::array({})}})}})),
            base::Code::Unsupported);
  EXPECT_EQ(
      take(Cbor::map({{1, 1}, {2, Cbor::map({{"roll_class; DROP TABLE roll_class", Cbor::array({})}})}})),
      base::Code::Unsupported);
  EXPECT_EQ(take(Cbor::map({{1, 1}, {2, Cbor::map({{"roll_class", Cbor::array({Cbor::array({"id"})})}})}})),
            base::Code::Unsupported);
}

}  // namespace
}  // namespace machi::absence

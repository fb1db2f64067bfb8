// Telling: the other guardians hear of every report, each once, from one desk.
#include "core/absence/message_day.h"
#include "tests/unit/absence/school_of_desks.h"

namespace machi::absence {
namespace {

class TellingTest : public SchoolOfDesks {
 protected:
  std::vector<Told> told() const {
    std::vector<Told> out;
    for (const DeskOfSchool* one : {desk.get(), other.get()}) {
      for (const Told& each : one->told)
        if (each.kind == kKindTold) out.push_back(each);
    }
    return out;
  }
};

TEST_F(TellingTest, ReachesTheOtherGuardianOnceAndNotTheWriter) {
  apply(40, 0);
  apply(41, 0);
  apply(42, 1);
  settle();
  arrive(40, kKindReport, encode(report(1, 0, today)));
  settle();
  ASSERT_EQ(told().size(), 1u);
  EXPECT_EQ(told().front().person, an_id<mail::MailboxId>(41));
  const auto content = decode_told_report(told().front().content);
  ASSERT_TRUE(content.ok());
  EXPECT_EQ(content->report.report, an_id<ReportId>(1));
  settle();
  EXPECT_EQ(told().size(), 1u);
}

TEST_F(TellingTest, IsNotRepeatedByADeskThatJoinsLater) {
  apply(40, 0);
  apply(41, 0);
  settle();
  arrive(40, kKindReport, encode(report(1, 0, today)));
  settle();
  DeskOfSchool late(3, log, desks);
  desks.push_back(late.key);
  late.read(now);
  late.post();
  settle();
  late.read(now);
  EXPECT_EQ(told().size(), 1u);
  EXPECT_EQ(late.count(kKindTold), 0u);
}

TEST_F(TellingTest, NobodyHearsOfAReportThatAStrangerWrote) {
  apply(40, 0);
  settle();
  arrive(99, kKindReport, encode(report(1, 0, today)));
  settle();
  EXPECT_TRUE(told().empty());
}

TEST_F(TellingTest, HappensWhenAPhoneThatWroteBeforehandIsConfirmed) {
  apply(40, 0);
  settle();
  arrive(41, kKindReport, encode(report(1, 0, today)));
  settle();
  EXPECT_TRUE(told().empty());
  apply(41, 0);
  settle();
  ASSERT_EQ(told().size(), 1u);
  EXPECT_EQ(told().front().person, an_id<mail::MailboxId>(40));
}

TEST_F(TellingTest, LetsGoOfDaysThatAreOver) {
  apply(40, 0);
  apply(41, 0);
  settle();
  arrive(40, kKindReport, encode(report(1, 0, today.plus(-1))));
  settle();
  EXPECT_TRUE(told().empty());
  Report range = report(2, 0, today.plus(-1));
  range.last = today;
  arrive(40, kKindReport, encode(range));
  settle();
  EXPECT_EQ(told().size(), 1u);
}

}  // namespace
}  // namespace machi::absence

// Telling: the other guardians hear of every report, each once, from one desk.
#include <set>

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

// A desk dies before each of the steps of a telling: read and claim, post, read and tell, post, note that it is done,
// post. The other desk tells whenever the first has not, and the family hears of it at any rate.
TEST_F(TellingTest, IsTakenOverFromADeskThatDiesAtAnyStep) {
  apply(40, 0);
  apply(41, 0);
  settle();
  for (int step = 0; step <= 8; ++step) {
    SCOPED_TRACE(step);
    const auto begin = [&](const DeskOfSchool& one) { return one.told.size(); };
    const std::size_t first = begin(*desk), second = begin(*other);
    Report about = report(100 + step, 0, today);
    arrive(40, kKindReport, encode(about));
    for (int done = 0; done < step; ++done) {
      if (done % 2 == 0)
        desk->read(now);
      else
        desk->post();
      now = now.plus_seconds(3);
    }
    // From here on the first desk does nothing more.
    for (int turn = 0; turn < 4; ++turn) {
      other->read(now);
      other->post();
      other->read(now);
      now = now.plus_seconds(100);
    }
    std::size_t heard = 0;
    for (std::size_t i = first; i < desk->delivered; ++i) heard += desk->told[i].kind == kKindTold ? 1 : 0;
    for (std::size_t i = second; i < other->delivered; ++i) heard += other->told[i].kind == kKindTold ? 1 : 0;
    EXPECT_GE(heard, 1u);
    EXPECT_LE(heard, step < 6 ? 2u : 1u) << "what is done is not done again";
    settle();  // it lives again, for the next step
    now = now.plus_seconds(600);
    settle();
    EXPECT_LE(told().size(), static_cast<std::size_t>(2 * (step + 1)));
  }
}

TEST_F(TellingTest, IsTakenOverAtOnceFromADeskThatIsNoMemberAnyMore) {
  apply(40, 0);
  apply(41, 0);
  settle();
  arrive(40, kKindReport, encode(report(1, 0, today)));
  desk->read(now);
  desk->post();  // claimed, and then it was lost
  other->gone = {desk->key};
  other->read(now);
  other->post();
  other->read(now);
  other->post();
  EXPECT_EQ(other->count(kKindTold), 1u);
  EXPECT_EQ(other->delivered, other->told.size());
}

TEST_F(TellingTest, IsNotTakenOverWhileTheClaimantMayStillTell) {
  apply(40, 0);
  apply(41, 0);
  settle();
  arrive(40, kKindReport, encode(report(1, 0, today)));
  desk->read(now);
  desk->post();
  for (int i = 0; i < 5; ++i) {
    other->read(now);
    other->post();
    now = now.plus_seconds(20);
  }
  EXPECT_EQ(other->count(kKindTold), 0u);
  settle();
  now = now.plus_seconds(3600);
  settle();
  EXPECT_EQ(told().size(), 1u) << "who was told in time is told once";
}

TEST_F(TellingTest, EveryOrderOfClaimsLeavesTheSame) {
  apply(40, 0);
  apply(41, 0);
  settle();
  const Report about = report(1, 0, today);
  const auto from = [&](int who, std::string_view kind, code::Cbor content, int number) {
    mail::Received mail;
    mail.number = static_cast<std::uint64_t>(1000 + number);
    mail.id = DeskOfSchool::number_id(mail.number);
    mail.from = a_key(who);
    mail.kind = kind;
    mail.content = std::move(content);
    mail.written = mail.at = now;
    return mail;
  };
  const auto claim = [&](int round, bool done) {
    return encode(TellingClaim{about.report, about.version, round, done});
  };
  std::vector<mail::Received> all{from(40, kKindReport, encode(about), 1), from(1, kKindTelling, claim(0, false), 2),
                                  from(2, kKindTelling, claim(0, false), 3), from(2, kKindTelling, claim(1, false), 4),
                                  from(1, kKindTelling, claim(2, false), 5), from(2, kKindTelling, claim(0, true), 6)};
  std::vector<std::size_t> order{0, 1, 2, 3, 4, 5};
  std::set<std::string> ends;
  DeskOfSchool reader(9, log, desks);
  for (const mail::Received& mail : log) (void)reader.school->on_message(mail);
  do {
    const store::Transaction undone(*reader.database);
    for (const std::size_t at : order) EXPECT_TRUE(reader.school->on_message(all[at]).ok());
    auto row = reader.database->prepare("SELECT hex(report), hex(writer), open, round, number, hex(desk) FROM desk_telling");
    std::string end;
    while (*row.step())
      for (int i = 0; i < 6; ++i) end += row.text(i) + " ";
    ends.insert(end);
  } while (std::next_permutation(order.begin(), order.end()));
  ASSERT_EQ(ends.size(), 1u);
  EXPECT_NE(ends.begin()->find(" 0 2 1005 "), std::string::npos) << *ends.begin();
}

TEST_F(TellingTest, GoesOnWhenTheDeskThatClaimedBeginsAgain) {
  apply(40, 0);
  apply(41, 0);
  settle();
  arrive(40, kKindReport, encode(report(1, 0, today)));
  desk->read(now);
  desk->post();
  // The program ends before it has seen its own claim, and starts over the same tables.
  desk->school = std::make_unique<SchoolDesk>(*desk->database, *desk);
  settle();
  EXPECT_EQ(told().size(), 1u);
  EXPECT_EQ(desk->count(kKindTold), 1u);
}

}  // namespace
}  // namespace machi::absence

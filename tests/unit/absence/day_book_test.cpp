// The fold of a school's day: roll calls, entries by telephone and closings come out the same in every order;
// and what a pupil's day comes to.
#include "core/absence/desk/day/day_book.h"

#include <functional>
#include <random>

#include "tests/unit/absence/school_of_desks.h"

namespace machi::absence {
namespace {

const Date kDay = *Date::of(2026, 11, 24);

RollCall call(int number, std::vector<int> here, std::vector<int> missing, std::vector<int> replaces = {}) {
  RollCall out;
  out.id = an_id<RollCallId>(number);
  out.day = kDay;
  for (int one : here) out.here.push_back(an_id<PupilId>(one));
  for (int one : missing) out.missing.push_back(an_id<PupilId>(one));
  for (int one : replaces) out.replaces.push_back(an_id<RollCallId>(one));
  out.at = Instant{1'795'473'000'000 + number * 1000};
  out.by = "田村";
  return out;
}
DayClosing closing(int number, std::vector<int> seen = {}) {
  DayClosing out{an_id<ClosingId>(number), kDay, {}, Instant{1'795'500'000'000 + number}, "教頭"};
  for (int one : seen) out.seen.push_back(an_id<VersionId>(one));
  return out;
}
Reopened reopened(std::vector<int> closings) {
  Reopened out{{}, kDay, Instant{1'795'510'000'000}, "教頭"};
  for (int one : closings) out.closings.push_back(an_id<ClosingId>(one));
  return out;
}

class DayBookTest : public testing::Test {
 protected:
  DayBookTest() { clear(); }
  void clear() {
    book_.reset();
    database_ = std::move(*store::Database::open({}));
    EXPECT_TRUE(database_->migrate(DayBook::migrations()).ok());
    book_.emplace(*database_);
  }
  Presence of(int pupil) { return book_->presence(an_id<PupilId>(pupil), kDay); }
  std::string seen() {
    std::string out;
    for (const auto& [pupil, mark] : book_->presence(kDay)) {
      EXPECT_EQ(mark.presence, book_->presence(pupil, kDay));
      out += pupil.hex() + (mark.presence == Presence::Here ? "+" : "-") + mark.by +
             std::to_string(mark.at.ms) + "\n";
    }
    for (const DayClosing& one : book_->closings(kDay)) out += "closed " + one.id.hex() + one.by + "\n";
    for (const VersionId& one : book_->seen_at_close(kDay)) out += "seen " + one.hex() + "\n";
    if (const auto note = book_->entered(an_id<VersionId>(40)))
      out += "entered " + note->by + note->caller + "\n";
    return out;
  }
  std::unique_ptr<store::Database> database_;
  std::optional<DayBook> book_;
};

TEST_F(DayBookTest, KnowsNothingOfAPupilWhomNoCallNames) {
  ASSERT_TRUE(book_->fold(call(1, {10}, {11})).ok());
  EXPECT_EQ(of(10), Presence::Here);
  EXPECT_EQ(of(11), Presence::Missing);
  EXPECT_EQ(of(12), Presence::Unknown);
}

TEST_F(DayBookTest, ALaterCallTakesThePlaceOfWhatItNamesForThePupilsThatItNames) {
  ASSERT_TRUE(book_->fold(call(1, {10}, {11, 12})).ok());
  ASSERT_TRUE(book_->fold(call(2, {11}, {}, {1})).ok());
  EXPECT_EQ(of(11), Presence::Here);
  EXPECT_EQ(of(12), Presence::Missing);
  EXPECT_EQ(of(10), Presence::Here);
}

TEST_F(DayBookTest, OfTwoCallsThatDidNotKnowOfEachOtherTheOneThatMissedThePupilCounts) {
  ASSERT_TRUE(book_->fold(call(1, {10}, {})).ok());
  ASSERT_TRUE(book_->fold(call(2, {}, {10})).ok());
  EXPECT_EQ(of(10), Presence::Missing);
  EXPECT_EQ(book_->calls(kDay, {an_id<PupilId>(10)}).size(), 2u);
}

TEST_F(DayBookTest, ADayIsOpenAgainOnlyWhenEveryClosingWasUndone) {
  EXPECT_FALSE(book_->closed(kDay));
  ASSERT_TRUE(book_->fold(closing(1, {50})).ok());
  ASSERT_TRUE(book_->fold(closing(2, {51})).ok());
  ASSERT_TRUE(book_->closed(kDay));
  EXPECT_EQ(book_->closed(kDay)->id, an_id<ClosingId>(1));
  EXPECT_EQ(book_->seen_at_close(kDay).size(), 2u);
  ASSERT_TRUE(book_->fold(reopened({1})).ok());
  EXPECT_EQ(book_->closed(kDay)->id, an_id<ClosingId>(2));
  ASSERT_TRUE(book_->fold(reopened({2})).ok());
  EXPECT_FALSE(book_->closed(kDay));
  EXPECT_FALSE(book_->closed(kDay.plus(1)));
}

TEST_F(DayBookTest, EveryOrderAndRepetitionGivesTheSameDay) {
  Entered entered;
  entered.report.version = an_id<VersionId>(40);
  entered.report.date = kDay;
  entered.report.reason = Reason::Cold;
  entered.at = Instant{5000};
  entered.by = "林";
  Entered twin = entered;
  twin.by = "阿部";
  const std::vector<std::function<Status()>> messages = {
      [&] {
        return book_->fold(call(1, {10, 12}, {11}));
      },
      [&] { return book_->fold(call(2, {11}, {}, {1})); },
      [&] { return book_->fold(call(3, {}, {12}, {1})); },
      [&] { return book_->fold(call(4, {12}, {11}, {2})); },
      [&] {
        return book_->fold(call(4, {12}, {10, 11}, {2}));
      },  // one id, two contents
      [&] { return book_->fold(call(5, {13}, {}, {6})); },
      [&] { return book_->fold(call(6, {}, {13}, {5})); },
      [&] { return book_->fold(closing(1, {50})); },
      [&] { return book_->fold(closing(2, {51})); },
      [&] { return book_->fold(reopened({1})); },
      [&] { return book_->fold(entered); },
      [&] { return book_->fold(twin); }};
  std::vector<std::size_t> order(messages.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const auto run = [&](const std::vector<std::size_t>& these) {
    clear();
    for (std::size_t i : these) EXPECT_TRUE(messages[i]().ok());
    return seen();
  };
  const std::string expected = run(order);
  constexpr unsigned kSeed = 20261124;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 200; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    auto repeated = order;
    for (int i = 0; i < 4; ++i) repeated.push_back(order[random() % order.size()]);
    ASSERT_EQ(run(repeated), expected) << "seed " << kSeed << " round " << round;
  }
}

TEST(DayMessages, ComeBackAsTheyWereWritten) {
  const RollCall one = call(1, {10, 12}, {11}, {2, 3});
  EXPECT_EQ(encode(*decode_roll_call(encode(one))), encode(one));
  const DayClosing shut = closing(1, {50, 51});
  EXPECT_EQ(encode(*decode_day_closing(encode(shut))), encode(shut));
  EXPECT_EQ(encode(*decode_reopened(encode(reopened({1, 2})))), encode(reopened({1, 2})));
}

TEST(DayMessages, RefuseWhatNoDeskWrites) {
  EXPECT_FALSE(decode_roll_call(encode(call(1, {}, {}))).ok()) << "a call of nobody";
  EXPECT_FALSE(decode_roll_call(encode(call(1, {10}, {10}))).ok()) << "here and missing at once";
  EXPECT_FALSE(decode_roll_call(encode(call(1, {10}, {}, {1}))).ok()) << "in its own place";
  EXPECT_FALSE(decode_day_closing(encode(closing(1, {50, 50}))).ok()) << "a version twice";
  EXPECT_FALSE(decode_reopened(encode(reopened({}))).ok()) << "nothing undone";
}

Entry told(int number, ReportKind kind, std::optional<Reason> reason = Reason::Cold, int day = 0) {
  Report report;
  report.report = an_id<ReportId>(number);
  report.version = an_id<VersionId>(number);
  report.date = kDay.plus(day);
  report.kind = kind;
  if (kind != ReportKind::Cancelled) report.reason = reason;
  Entry entry;
  entry.report = report.report;
  entry.heads.push_back({report, {}, {}, {}, {}});
  return entry;
}
DayStatus status(std::vector<Entry> entries, Presence presence) {
  return day_status(entries, presence, kDay).status;
}

TEST(PupilsDay, ComesFromTheRollCallWhenNothingWasReported) {
  EXPECT_EQ(status({}, Presence::Unknown), DayStatus::Unknown);
  EXPECT_EQ(status({}, Presence::Here), DayStatus::Present);
  EXPECT_EQ(status({}, Presence::Missing), DayStatus::Missing);
  EXPECT_EQ(status({told(1, ReportKind::Cancelled)}, Presence::Missing), DayStatus::Missing);
  EXPECT_EQ(status({told(1, ReportKind::Absent, Reason::Cold, 1)}, Presence::Unknown), DayStatus::Unknown);
}

TEST(PupilsDay, KeepsExclusionAndBereavementApartFromAbsence) {
  EXPECT_EQ(status({told(1, ReportKind::Absent)}, Presence::Missing), DayStatus::Absent);
  EXPECT_EQ(status({told(1, ReportKind::Absent, Reason::Infectious)}, Presence::Unknown),
            DayStatus::Excluded);
  EXPECT_EQ(status({told(1, ReportKind::Absent), told(2, ReportKind::Absent, Reason::Infectious)},
                   Presence::Missing),
            DayStatus::Excluded);
  EXPECT_EQ(status({told(1, ReportKind::Absent), told(2, ReportKind::Absent, Reason::Bereavement)},
                   Presence::Missing),
            DayStatus::Bereaved);
}

TEST(PupilsDay, EndsAnAbsenceOfSeveralDaysWhenThePupilIsBack) {
  Entry range = told(1, ReportKind::Absent, Reason::Infectious, -1);
  range.heads[0].report.last = kDay.plus(2);
  EXPECT_EQ(status({range}, Presence::Unknown), DayStatus::Excluded);
  EXPECT_EQ(status({range, told(2, ReportKind::Back, std::nullopt)}, Presence::Unknown), DayStatus::Unknown);
  EXPECT_EQ(status({range, told(2, ReportKind::Back, std::nullopt)}, Presence::Missing), DayStatus::Missing);
}

TEST(PupilsDay, BelievesWhoSawThePupilInClass) {
  EXPECT_EQ(status({told(1, ReportKind::Absent)}, Presence::Here), DayStatus::Present);
  EXPECT_EQ(status({told(1, ReportKind::Late)}, Presence::Here), DayStatus::Late);
  EXPECT_EQ(status({told(1, ReportKind::Late)}, Presence::Unknown), DayStatus::Late);
  EXPECT_EQ(status({told(1, ReportKind::Late)}, Presence::Missing), DayStatus::Missing);
  EXPECT_EQ(status({told(1, ReportKind::LeavingEarly)}, Presence::Here), DayStatus::LeftEarly);
  EXPECT_EQ(status({told(1, ReportKind::Late), told(2, ReportKind::LeavingEarly)}, Presence::Here),
            DayStatus::LateAndLeftEarly);
}

TEST(PupilsDay, SaysWhichReportDecidedAndWhetherAPersonReadIt) {
  Entry entry = told(1, ReportKind::Absent);
  PupilDay day = day_status({entry}, Presence::Missing, kDay);
  ASSERT_TRUE(day.report);
  EXPECT_EQ(day.report->version, an_id<VersionId>(1));
  EXPECT_FALSE(day.read);
  entry.reads.push_back({entry.report, an_id<VersionId>(1), Instant{1}, "田村"});
  EXPECT_TRUE(day_status({entry}, Presence::Missing, kDay).read);
}

class DayAtDesks : public SchoolOfDesks {};

TEST_F(DayAtDesks, EveryDeskSeesWhatOneEnteredByTelephone) {
  apply(30, 0);
  settle();
  Report one = report(40, 0, today);
  ASSERT_TRUE(desk->school->rename("林", now).ok());
  ASSERT_TRUE(desk->school->enter(one, Channel::Telephone, "祖母", now).ok());
  for (const DeskOfSchool* at : {desk.get(), other.get()}) {
    if (at == other.get()) settle();
    const auto lines = at->school->day(today);
    ASSERT_EQ(lines.size(), 1u);
    ASSERT_TRUE(lines[0].read());
    EXPECT_EQ(lines[0].read()->by, "林");
    ASSERT_TRUE(lines[0].entered);
    EXPECT_EQ(lines[0].entered->caller, "祖母");
    EXPECT_EQ(at->school->whole_day(today)[0].pupils[0].day.status, DayStatus::Absent);
  }
  // The family's phone hears of it, and that it was read.
  EXPECT_EQ(desk->count("absence.told"), 1u);
  EXPECT_EQ(desk->count(kKindRead), 1u);
  EXPECT_EQ(other->count("absence.told"), 0u);
  EXPECT_FALSE(desk->school->enter(report(41, 9, today), Channel::Telephone, "", now).ok());
}

TEST_F(DayAtDesks, AStrangerCannotEnterCallOrClose) {
  arrive(30, kKindEntered, encode(Entered{report(40, 0, today), Channel::Telephone, now, "x", ""}));
  arrive(30, kKindClosing, encode(DayClosing{an_id<ClosingId>(1), today, {}, now, "x"}));
  arrive(30, kKindPresent, encode(RollCall{an_id<RollCallId>(1), today, {}, {}, {pupil(0)}, now, "x"}));
  settle();
  EXPECT_TRUE(desk->school->day(today).empty());
  EXPECT_FALSE(desk->school->book().closed(today));
  EXPECT_EQ(desk->school->book().presence(pupil(0), today), Presence::Unknown);
}

TEST_F(DayAtDesks, WhatComesAfterClosingIsTakenAndShownApart) {
  apply(30, 0);
  apply(31, 1);
  settle();
  arrive(30, kKindReport, encode(report(40, 0, today)));
  settle();
  ASSERT_TRUE(desk->school->close_day(an_id<ClosingId>(1), today, now).ok());
  ASSERT_TRUE(desk->school->close_day(an_id<ClosingId>(2), today, now).ok());
  EXPECT_EQ(desk->school->book().closings(today).size(), 1u);
  EXPECT_EQ(desk->count("absence.closed"), 1u);  // the one family that had reported
  arrive(31, kKindReport, encode(report(41, 1, today)));
  settle();
  for (const DeskOfSchool* at : {desk.get(), other.get()}) {
    const auto lines = at->school->day(today);
    ASSERT_EQ(lines.size(), 2u);
    EXPECT_FALSE(lines[0].after_closing);
    EXPECT_TRUE(lines[1].after_closing);
  }
  ASSERT_TRUE(other->school->confirm(an_id<ReportId>(41), an_id<VersionId>(41), now).ok());
  EXPECT_EQ(other->count("absence.closed"), 1u);  // the family that came later hears it with the confirmation
  ASSERT_TRUE(other->school->reopen_day(today, now).ok());
  settle();
  EXPECT_FALSE(desk->school->book().closed(today));
  EXPECT_FALSE(desk->school->day(today)[1].after_closing);
}

}  // namespace
}  // namespace machi::absence

// The fold of reports: every order and every repetition of the same messages gives the same book.
#include "core/absence/report_book.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <random>

namespace machi::absence {
namespace {

template <class Id>
Id id_of(int number) {
  Id id;
  id.bytes.fill(static_cast<std::uint8_t>(number));
  return id;
}

ReportVersion version(int report, int number, std::vector<int> replaces = {}, int day = 0) {
  ReportVersion out;
  out.report.report = id_of<ReportId>(report);
  out.report.version = id_of<VersionId>(number);
  for (int one : replaces) out.report.replaces.push_back(id_of<VersionId>(one));
  out.report.pupil = id_of<PupilId>(50);
  out.report.date = Date::of(2026, 11, 24)->plus(day);
  out.report.reason = Reason::Cold;
  out.message = id_of<MessageId>(number);
  out.from.fill(60);
  out.written = Instant{1'795'473'000'000 + number * 1000};
  out.taken = out.written;
  return out;
}
ReadMark mark(int report, int number, std::int64_t at, std::string by = "田村") {
  return {id_of<ReportId>(report), id_of<VersionId>(number), Instant{at}, std::move(by)};
}

class ReportBookTest : public testing::Test {
 protected:
  ReportBookTest() { clear(); }
  void clear() {
    book_.reset();
    database_ = std::move(*store::Database::open({}));
    EXPECT_TRUE(database_->migrate(ReportBook::migrations()).ok());
    book_.emplace(*database_);
  }
  Entry entry(int report) {
    auto found = book_->find(id_of<ReportId>(report));
    EXPECT_TRUE(found.ok() && found->has_value());
    return **found;
  }
  // What a person would see, as one text.
  std::string seen() {
    std::string out;
    const auto all = book_->all(100);
    EXPECT_TRUE(all.ok());
    for (const Entry& one : *all) {
      out += one.report.hex().substr(0, 2) + ":";
      for (const auto& head : one.heads) out += " " + base::to_hex(code::encode(encode(head.report)));
      for (const auto& read : one.reads) out += " r" + read.version.hex() + read.by;
      for (const auto& read : one.earlier_reads) out += " e" + read.version.hex() + read.by;
      out += "\n";
    }
    return out;
  }
  std::unique_ptr<store::Database> database_;
  std::optional<ReportBook> book_;
};

TEST_F(ReportBookTest, AReportIsNotKnownBeforeItCame) {
  const auto found = book_->find(id_of<ReportId>(1));
  ASSERT_TRUE(found.ok());
  EXPECT_FALSE(found->has_value());
}

TEST_F(ReportBookTest, AChangeTakesThePlaceOfWhatItNames) {
  ASSERT_TRUE(book_->add(version(1, 10)).ok());
  ASSERT_TRUE(book_->add(version(1, 11, {10})).ok());
  ASSERT_EQ(entry(1).heads.size(), 1u);
  EXPECT_EQ(entry(1).shown().report.version, id_of<VersionId>(11));
}

TEST_F(ReportBookTest, TwoChangesThatDoNotKnowOfEachOtherBothStayVisible) {
  ASSERT_TRUE(book_->add(version(1, 10)).ok());
  ASSERT_TRUE(book_->add(version(1, 12, {10})).ok());
  ASSERT_TRUE(book_->add(version(1, 11, {10})).ok());
  ASSERT_EQ(entry(1).heads.size(), 2u);
  EXPECT_EQ(entry(1).shown().report.version, id_of<VersionId>(12));
}

TEST_F(ReportBookTest, AChangeAfterReadingIsNotYetRead) {
  ASSERT_TRUE(book_->add(version(1, 10)).ok());
  ASSERT_TRUE(book_->mark(mark(1, 10, 5000)).ok());
  EXPECT_TRUE(entry(1).all_read());
  EXPECT_FALSE(entry(1).changed_since_read());
  ASSERT_TRUE(book_->add(version(1, 11, {10})).ok());
  EXPECT_FALSE(entry(1).all_read());
  EXPECT_TRUE(entry(1).changed_since_read());
  ASSERT_TRUE(book_->mark(mark(1, 11, 9000)).ok());
  EXPECT_TRUE(entry(1).all_read());
  EXPECT_FALSE(entry(1).changed_since_read());
}

TEST_F(ReportBookTest, AMarkMayComeBeforeWhatItConfirms) {
  ASSERT_TRUE(book_->mark(mark(1, 10, 5000)).ok());
  ASSERT_TRUE(book_->add(version(1, 10)).ok());
  EXPECT_TRUE(entry(1).all_read());
}

TEST_F(ReportBookTest, OfTwoConfirmationsTheEarliestCounts) {
  ASSERT_TRUE(book_->add(version(1, 10)).ok());
  ASSERT_TRUE(book_->mark(mark(1, 10, 9000, "林")).ok());
  ASSERT_TRUE(book_->mark(mark(1, 10, 5000, "田村")).ok());
  ASSERT_TRUE(book_->mark(mark(1, 10, 7000, "阿部")).ok());
  ASSERT_EQ(entry(1).reads.size(), 1u);
  EXPECT_EQ(entry(1).reads[0].by, "田村");
}

TEST_F(ReportBookTest, ACircleHidesNothing) {
  ASSERT_TRUE(book_->add(version(1, 10, {11})).ok());
  ASSERT_TRUE(book_->add(version(1, 11, {10})).ok());
  EXPECT_EQ(entry(1).heads.size(), 2u);
}

TEST_F(ReportBookTest, AReportMovedToAnotherDayStandsOnThatDayOnly) {
  ASSERT_TRUE(book_->add(version(1, 10)).ok());
  ASSERT_TRUE(book_->add(version(1, 11, {10}, 2)).ok());
  ASSERT_TRUE(book_->add(version(2, 20)).ok());
  const Date day = *Date::of(2026, 11, 24);
  ASSERT_EQ(book_->on(day)->size(), 1u);
  EXPECT_EQ(book_->on(day)->front().report, id_of<ReportId>(2));
  ASSERT_EQ(book_->on(day.plus(2))->size(), 1u);
  EXPECT_EQ(book_->since(day)->size(), 2u);
  EXPECT_EQ(book_->since(day)->front().report, id_of<ReportId>(2));
  EXPECT_EQ(book_->all(10)->front().report, id_of<ReportId>(1));
}

TEST_F(ReportBookTest, AReportOfSeveralDaysStandsOnEachOfThem) {
  ReportVersion three = version(1, 10);
  const Date day = three.report.date;
  three.report.last = day.plus(2);
  ASSERT_TRUE(book_->add(three).ok());
  EXPECT_TRUE(book_->on(day.plus(-1))->empty());
  for (int i = 0; i <= 2; ++i) EXPECT_EQ(book_->on(day.plus(i))->size(), 1u) << i;
  EXPECT_TRUE(book_->on(day.plus(3))->empty());
  EXPECT_EQ(book_->since(day.plus(2))->size(), 1u);
  EXPECT_TRUE(book_->since(day.plus(3))->empty());
  // Ended a day early: what was replaced counts no longer.
  ReportVersion two = version(1, 11, {10});
  two.report.last = day.plus(1);
  ASSERT_TRUE(book_->add(two).ok());
  EXPECT_TRUE(book_->on(day.plus(2))->empty());
  EXPECT_EQ(book_->on(day.plus(1))->size(), 1u);
}

TEST_F(ReportBookTest, AVersionOfAnotherReportReplacesNothingHere) {
  ASSERT_TRUE(book_->add(version(1, 10)).ok());
  ASSERT_TRUE(book_->add(version(2, 20, {10})).ok());
  EXPECT_EQ(entry(1).heads.size(), 1u);
}

TEST_F(ReportBookTest, EveryOrderAndRepetitionGivesTheSameBook) {
  // A report changed, changed twice at once, joined, confirmed by two; another cancelled; one id with two
  // contents.
  std::vector<std::function<Status(ReportBook&)>> messages;
  const auto add = [&messages](ReportVersion one) {
    messages.push_back([one](ReportBook& book) { return book.add(one); });
  };
  const auto read = [&messages](ReadMark one) {
    messages.push_back([one](ReportBook& book) { return book.mark(one); });
  };
  add(version(1, 10));
  add(version(1, 11, {10}));
  add(version(1, 12, {10}, 1));
  add(version(1, 13, {11, 12}));
  add(version(1, 14, {11}));
  read(mark(1, 11, 4000));
  read(mark(1, 13, 6000, "林"));
  read(mark(1, 13, 5000, "田村"));
  add(version(2, 20));
  ReportVersion cancelled = version(2, 21, {20});
  cancelled.report.kind = ReportKind::Cancelled;
  cancelled.report.reason.reset();
  add(cancelled);
  ReportVersion twin = version(2, 20);
  twin.report.note = "same id, other content";
  add(twin);
  add(version(3, 30, {31}));
  add(version(3, 31, {30}));
  ReportVersion range = version(4, 40);
  range.report.last = range.report.date.plus(2);
  add(range);
  ReportVersion longer = version(4, 40);
  longer.report.last = longer.report.date.plus(5);
  add(longer);

  const auto run = [&](const std::vector<std::size_t>& order) {
    clear();
    for (std::size_t i : order) EXPECT_TRUE(messages[i](*book_).ok());
    return seen();
  };
  std::vector<std::size_t> order(messages.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  const std::string expected = run(order);
  constexpr unsigned kSeed = 20261124;
  std::mt19937 random(kSeed);
  for (int round = 0; round < 300; ++round) {
    std::shuffle(order.begin(), order.end(), random);
    auto repeated = order;
    for (int i = 0; i < 6; ++i)
      repeated.insert(repeated.begin() + static_cast<long>(random() % repeated.size()),
                      order[random() % order.size()]);
    ASSERT_EQ(run(repeated), expected) << "seed " << kSeed << " round " << round;
  }
}

}  // namespace
}  // namespace machi::absence

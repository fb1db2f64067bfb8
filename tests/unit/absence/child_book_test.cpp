// What a phone knows of its children: only the school that it applied to can tell it.
#include "core/absence/citizen/child_book.h"

#include <gtest/gtest.h>

namespace machi::absence {
namespace {

template <class Id>
Id id_of(int number) {
  Id id;
  id.bytes.fill(static_cast<std::uint8_t>(number));
  return id;
}

class ChildBookTest : public testing::Test {
 protected:
  ChildBookTest() : database_(std::move(*store::Database::open({}))), book_(*database_) {
    EXPECT_TRUE(database_->migrate(ChildBook::migrations()).ok());
    ApplicationState application;
    application.slip.fill(1);
    application.office = school_;
    application.office_name = "東小学校";
    application.made = Instant{1000};
    EXPECT_TRUE(book_.apply(application).ok());
  }
  Enrolled answer(Standing standing) {
    Enrolled enrolled;
    enrolled.slip.fill(1);
    enrolled.standing = standing;
    if (standing == Standing::Confirmed) {
      enrolled.pupils = {{id_of<PupilId>(9), "佐倉 みお", "さくら みお", "3年1組"}};
      enrolled.closed_days = {*Date::of(2026, 11, 23)};
    }
    if (standing == Standing::Refused) enrolled.why = base::Code::UsedUp;
    return enrolled;
  }
  MailboxId school_ = id_of<MailboxId>(3);
  std::unique_ptr<store::Database> database_;
  ChildBook book_;
};

TEST_F(ChildBookTest, WaitsForTheSchool) {
  EXPECT_TRUE(book_.children()->empty());
  ASSERT_EQ(book_.applications()->size(), 1u);
  EXPECT_FALSE(book_.applications()->front().answered);
  ASSERT_TRUE(book_.fold(school_, answer(Standing::Pending)).ok());
  EXPECT_TRUE(book_.applications()->front().answered);
}

TEST_F(ChildBookTest, KnowsTheSchoolsLastWordAboutADayInAnyOrder) {
  const Date day = *Date::of(2026, 11, 24);
  const DayClosed closed{day, Instant{1000}, "", false}, open{day, Instant{2000}, "", true},
      again{day, Instant{3000}, "", false};
  for (const auto& order : {std::vector{closed, open}, std::vector{open, closed}}) {
    for (const DayClosed& one : order) ASSERT_TRUE(book_.day_closed(school_, one).ok());
    EXPECT_FALSE(book_.closed(school_, day));
  }
  ASSERT_TRUE(book_.day_closed(school_, again).ok());
  ASSERT_TRUE(book_.day_closed(school_, open).ok());
  EXPECT_TRUE(book_.closed(school_, day));
  EXPECT_FALSE(book_.closed(school_, day.plus(1)));
  EXPECT_FALSE(book_.closed(id_of<MailboxId>(4), day));
}

TEST_F(ChildBookTest, KnowsTheChildAndTheClosedDaysOnceConfirmed) {
  ASSERT_TRUE(book_.fold(school_, answer(Standing::Confirmed)).ok());
  ASSERT_EQ(book_.children()->size(), 1u);
  EXPECT_EQ(book_.children()->front().given_name(), "みお");
  EXPECT_EQ(book_.children()->front().given_reading(), "みお");
  EXPECT_FALSE(book_.school_days(book_.children()->front())->open(*Date::of(2026, 11, 23)));
  EXPECT_TRUE(book_.child(id_of<PupilId>(9))->has_value());
  EXPECT_FALSE(book_.child(id_of<PupilId>(8))->has_value());
}

TEST_F(ChildBookTest, KnowsTheDaysWithoutLessonsOfThisChildUntilTheyAreLiftedInWhateverOrder) {
  ASSERT_TRUE(book_.fold(school_, answer(Standing::Confirmed)).ok());
  const Child child = book_.children()->front();
  const Date day = *Date::of(2026, 11, 25);
  NoLessons told{id_of<SuspensionId>(5), child.card.pupil,   day, day.plus(1),
                 Breadth::Class,         base::Instant{1000}};
  EXPECT_EQ(book_.no_lessons(id_of<MailboxId>(4), told).code(), base::Code::NotAllowed);
  EXPECT_TRUE(book_.school_days(child)->open(day));
  ASSERT_TRUE(book_.no_lessons(school_, told).ok());
  ASSERT_TRUE(book_.no_lessons(school_, told).ok());
  EXPECT_FALSE(book_.school_days(child)->open(day));
  EXPECT_FALSE(book_.school_days(child)->open(day.plus(1)));
  EXPECT_EQ(book_.no_lessons(day.plus(1))->size(), 1U);
  EXPECT_TRUE(book_.no_lessons(day.plus(2))->empty());
  EXPECT_TRUE(book_.no_lessons(day, id_of<PupilId>(8))->empty());
  Child sibling = child;
  sibling.card.pupil = id_of<PupilId>(8);
  EXPECT_TRUE(book_.school_days(sibling)->open(day));
  NoLessons lifted = told;
  lifted.lifted = true;
  lifted.at = base::Instant{2000};
  ASSERT_TRUE(book_.no_lessons(school_, lifted).ok());
  ASSERT_TRUE(book_.no_lessons(school_, told).ok());  // the older word comes last
  EXPECT_TRUE(book_.school_days(child)->open(day));
  told.pupil = id_of<PupilId>(8);
  EXPECT_EQ(book_.no_lessons(school_, told).code(), base::Code::NotAllowed);
}

TEST_F(ChildBookTest, TakesNoAnswerFromAnotherOfficeOrToAnotherSlip) {
  EXPECT_EQ(book_.fold(id_of<MailboxId>(4), answer(Standing::Confirmed)).code(), base::Code::NotAllowed);
  Enrolled other = answer(Standing::Confirmed);
  other.slip.fill(2);
  EXPECT_EQ(book_.fold(school_, other).code(), base::Code::NotAllowed);
  EXPECT_TRUE(book_.children()->empty());
}

TEST_F(ChildBookTest, AConfirmationIsNotTakenBackByALatePending) {
  ASSERT_TRUE(book_.fold(school_, answer(Standing::Confirmed)).ok());
  ASSERT_TRUE(book_.fold(school_, answer(Standing::Pending)).ok());
  EXPECT_EQ(book_.children()->size(), 1u);
}

TEST_F(ChildBookTest, ASlipThatIsTakenBackTakesTheChildAlong) {
  ASSERT_TRUE(book_.fold(school_, answer(Standing::Confirmed)).ok());
  ASSERT_TRUE(book_.fold(school_, answer(Standing::Refused)).ok());
  EXPECT_TRUE(book_.children()->empty());
  EXPECT_EQ(book_.applications()->front().why, base::Code::UsedUp);
  SlipBytes slip;
  slip.fill(1);
  ASSERT_TRUE(book_.forget(slip).ok());
  EXPECT_TRUE(book_.applications()->empty());
}

}  // namespace
}  // namespace machi::absence

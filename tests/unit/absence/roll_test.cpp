// The roll as a fold: later rolls replace, pupils move, and every desk has the same guardians.
#include "tests/unit/absence/school_of_desks.h"

namespace machi::absence {
namespace {

using RollTest = SchoolOfDesks;

TEST_F(RollTest, ListsClassesAndPupilsInTheRegistersOrder) {
  const auto classes = other->school->roll().classes();
  ASSERT_EQ(classes.size(), 1u);
  EXPECT_EQ(classes[0].teacher, "田村");
  EXPECT_EQ(classes[0].pupils, 3);
  const auto pupils = other->school->roll().pupils(classes[0].id);
  ASSERT_EQ(pupils.size(), 3u);
  EXPECT_EQ(pupils[2].record.name, "𠮷川 はる");
  EXPECT_EQ(pupils[2].class_name, "3年1組");
  EXPECT_EQ(pupils[2].record.telephones, (std::vector<std::string>{"0000120102", "0000990000"}));
}

TEST_F(RollTest, TakesAPupilToTheClassThatNamesItLast) {
  Roll second = roll();
  second.id = an_id<ClassId>(91);
  second.name = "2組";
  second.pupils = {roll().pupils[1]};
  Roll first = roll();
  first.pupils.erase(first.pupils.begin() + 1);
  first.revision = second.revision = desk->school->roll().next_revision();
  ASSERT_TRUE(desk->note(kKindRoll, encode(second), now).ok());
  ASSERT_TRUE(desk->note(kKindRoll, encode(first), now).ok());
  settle();
  EXPECT_EQ(other->school->roll().pupil(pupil(1))->class_name, "3年2組");
  EXPECT_EQ(other->school->roll().pupils(an_id<ClassId>(90)).size(), 2u);
}

TEST_F(RollTest, IsNotWrittenByStrangers) {
  Roll forged = roll();
  forged.teacher = "だれか";
  arrive(50, kKindRoll, encode(forged));
  arrive(50, kKindSlips,
         encode(std::vector<IssuedSlip>{{code(9), pupil(0), now.plus_seconds(86400), false}}));
  settle();
  EXPECT_EQ(desk->school->roll().classes()[0].teacher, "田村");
  EXPECT_FALSE(desk->school->roll().slip(mail::slip_id(code(9))));
}

TEST_F(RollTest, IsNotChangedByAGuestsDesk) {
  desk->guests = other->guests = {other->key};
  Roll changed = roll();
  changed.revision = 9;
  changed.pupils.pop_back();
  ASSERT_TRUE(other->note(kKindRoll, encode(changed), now).ok());
  ASSERT_TRUE(other->note(kKindSlips, encode(std::vector{slip(2)}), now).ok());
  other->post();
  settle();
  EXPECT_EQ(desk->school->roll().pupils(an_id<ClassId>(90)).size(), 3u);
  // It may confirm what came in.
  apply(40, 0);
  settle();
  arrive(40, kKindReport, encode(report(1, 0, today)));
  settle();
  ASSERT_TRUE(other->school->confirm(an_id<ReportId>(1), an_id<VersionId>(1), now).ok());
  settle();
  EXPECT_TRUE(desk->school->day(today)[0].read());
}

TEST_F(RollTest, TakesUpWhatADeskWroteBeforeItsKeyWasKnown) {
  Roll newer = roll();
  newer.teacher = "井手";
  newer.revision = 1;
  DeskOfSchool third(3, log, desks);
  ASSERT_TRUE(third.note(kKindRoll, encode(newer), now).ok());
  third.post();
  settle();
  EXPECT_EQ(desk->school->roll().classes()[0].teacher, "田村");
  desks.push_back(third.key);
  settle();
  EXPECT_EQ(desk->school->roll().classes()[0].teacher, "井手");
  EXPECT_EQ(other->school->roll().classes()[0].teacher, "井手");
}

// Three rolls in every order: the pupil moved, then left. No order brings anybody back.
TEST_F(RollTest, EndsTheSameInWhateverOrderRollsCome) {
  Roll first = roll(), second = roll(), third = roll();
  first.pupils.erase(first.pupils.begin() + 1);
  first.revision = 1;
  second.id = third.id = an_id<ClassId>(91);
  second.name = third.name = "2組";
  second.pupils = {roll().pupils[1]};
  second.revision = 1;
  third.pupils = {roll().pupils[2]};
  third.revision = 2;
  const std::vector<std::pair<Roll, int>> sent{{roll(), 1}, {first, 2}, {second, 3}, {third, 4}};
  std::vector<int> order{0, 1, 2, 3};
  do {
    auto database = std::move(*store::Database::open({}));
    ASSERT_TRUE(database->migrate(RollBook::migrations()).ok());
    RollBook book(*database);
    for (int i : order) {
      const auto& [one, id] = sent[static_cast<std::size_t>(i)];
      ASSERT_TRUE(book.fold(one, an_id<base::MessageId>(id)).ok());
    }
    EXPECT_TRUE(book.pupil(pupil(0)));
    EXPECT_FALSE(book.pupil(pupil(1)));
    EXPECT_EQ(book.pupil(pupil(2))->class_name, "3年2組");
    ASSERT_EQ(book.classes().size(), 2u);
    EXPECT_EQ(book.classes()[0].pupils, 1);
    EXPECT_EQ(book.next_revision(), 3u);
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST_F(RollTest, KeepsTheFirstOfTwoDecisionsWhateverOrderTheyComeIn) {
  apply(20, 0, "9999");
  settle();
  Decision yes{mail::slip_id(code(0)).bytes, a_key(20).bytes, an_id<mail::MailboxId>(20).bytes,
               Standing::Confirmed, pupil(0)};
  Decision no = yes;
  no.standing = Standing::Refused;
  mail::Received first, second;
  first.from = desk->key;
  first.number = 100;
  second.from = other->key;
  second.number = 101;
  first.kind = second.kind = kKindDecision;
  first.content = encode(no);
  second.content = encode(yes);
  ASSERT_TRUE(desk->school->on_message(first).ok());
  ASSERT_TRUE(desk->school->on_message(second).ok());
  ASSERT_TRUE(other->school->on_message(second).ok());
  ASSERT_TRUE(other->school->on_message(first).ok());
  for (const DeskOfSchool* one : {desk.get(), other.get()}) {
    EXPECT_EQ(one->school->roll().applicant(mail::slip_id(code(0)), a_key(20))->decision->standing,
              Standing::Refused);
    EXPECT_TRUE(one->school->roll().guardians(pupil(0)).empty());
  }
}

}  // namespace
}  // namespace machi::absence

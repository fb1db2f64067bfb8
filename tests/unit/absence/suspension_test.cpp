// 臨時休業: what it says, in any order, to whom, and what it makes of a class's day.
#include "core/absence/desk/day/suspension.h"

#include "core/absence/desk/sheets/sums.h"
#include "tests/unit/absence/school_of_desks.h"

namespace machi::absence {
namespace {

Date on(int day) { return *Date::of(2026, 11, day); }

Suspension of_class(int id, int first, int last) {
  Suspension out;
  out.id = an_id<SuspensionId>(id);
  out.first = on(first);
  out.last = on(last);
  out.class_id = an_id<ClassId>(90);
  out.at = base::instant_of(on(1), {8 * 60});
  return out;
}

TEST(Suspension, ComesBackAsItWas) {
  Suspension one = of_class(1, 25, 27);
  one.by = "教頭";
  const auto back = decode_suspension(encode(one));
  ASSERT_TRUE(back.ok());
  EXPECT_EQ(code::encode(encode(*back)), code::encode(encode(one)));
  EXPECT_EQ(back->class_id, one.class_id);
  one.breadth = Breadth::Grade;
  one.grade = 3;
  EXPECT_EQ(decode_suspension(encode(one))->grade, 3);
  const NoLessons told{one.id, an_id<PupilId>(1), one.first, one.last, Breadth::School, one.at, true};
  const auto heard = decode_no_lessons(encode(told));
  ASSERT_TRUE(heard.ok());
  EXPECT_TRUE(heard->lifted);
  EXPECT_EQ(heard->breadth, Breadth::School);
}

TEST(Suspension, IsRefusedWhenItsDaysOrItsGradeCannotBe) {
  for (const auto& break_it : std::vector<std::function<void(Suspension&)>>{
           [](Suspension& one) { one.last = one.first.plus(-1); },
           [](Suspension& one) { one.last = one.first.plus(kRangeLimit + 1); },
           [](Suspension& one) { one.breadth = Breadth::Grade, one.grade = 13; },
           [](Suspension& one) { one.first = {-1}; }}) {
    Suspension one = of_class(1, 25, 27);
    break_it(one);
    EXPECT_FALSE(decode_suspension(encode(one)).ok());
  }
}

TEST(SuspensionBook, IsTheSameInEveryOrderAndForgetsNoLifting) {
  const Suspension smaller = of_class(1, 25, 26), other = of_class(1, 25, 27), second = of_class(2, 24, 24);
  const Resumed resumed{second.id, {}, ""};
  std::vector<std::function<Status(SuspensionBook&)>> steps{
      [&](SuspensionBook& book) { return book.fold(smaller); },
      [&](SuspensionBook& book) { return book.fold(other); },
      [&](SuspensionBook& book) { return book.fold(second); },
      [&](SuspensionBook& book) { return book.fold(resumed); }};
  std::vector<std::size_t> order{0, 1, 2, 3};
  do {
    auto database = std::move(*store::Database::open({}));
    ASSERT_TRUE(database->migrate(SuspensionBook::migrations()).ok());
    SuspensionBook book(*database);
    for (const std::size_t step : order) ASSERT_TRUE(steps[step](book).ok());
    ASSERT_TRUE(steps[order[0]](book).ok());
    const auto all = book.between(on(1), on(30));
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all[0].last, on(26));
    EXPECT_TRUE(book.between(on(27), on(30)).empty());
  } while (std::next_permutation(order.begin(), order.end()));
}

TEST(LessonDays, AreOffForTheWholeGradeAndPartOffForOneClassOfIt) {
  const SchoolDays days({on(23)});
  const SchoolClass first{an_id<ClassId>(1), 3, "1組", "", 30}, second{an_id<ClassId>(2), 3, "2組", "", 30},
      alone{an_id<ClassId>(3), 4, "1組", "", 30};
  Suspension one = of_class(1, 24, 26), two = of_class(2, 26, 27), third = of_class(3, 24, 24);
  one.class_id = first.id;
  two.class_id = second.id;
  third.class_id = alone.id;
  const LessonDays lessons(days, {first, second, alone}, {one, two, third});
  EXPECT_EQ(lessons.of(first, on(23)), Lessons::Off);  // a holiday
  EXPECT_EQ(lessons.of(first, on(24)), Lessons::PartOff);
  EXPECT_EQ(lessons.of(second, on(24)), Lessons::Held);
  EXPECT_EQ(lessons.of(first, on(26)), Lessons::Off) << "every class of the grade";
  EXPECT_EQ(lessons.of(second, on(27)), Lessons::PartOff);
  EXPECT_EQ(lessons.of(alone, on(24)), Lessons::Off) << "the only class of its grade";
  Suspension school = of_class(4, 30, 30);
  school.breadth = Breadth::School;
  EXPECT_EQ(LessonDays(days, {first}, {school}).of(first, on(30)), Lessons::Off);
}

class SuspendedClass : public SchoolOfDesks {
 protected:
  std::vector<NoLessons> heard(int phone) const {
    std::vector<NoLessons> out;
    for (const auto* one : {desk.get(), other.get()})
      for (const Told& told : one->told)
        if (told.kind == kKindNoLessons && told.person == an_id<mail::MailboxId>(phone))
          out.push_back(*decode_no_lessons(told.content));
    return out;
  }
};

TEST_F(SuspendedClass, IsToldToEveryGuardianOfItsPupilsOnceAndAgainWhenItWasLifted) {
  apply(1, 0);
  apply(2, 1);
  settle();
  const Suspension one = of_class(7, 25, 27);
  EXPECT_EQ(desk->school->families_of(one), 2);
  ASSERT_TRUE(desk->school->suspend(one, now).ok());
  ASSERT_TRUE(desk->school->suspend(one, now).ok());  // an impatient second press
  desk->post();
  settle();
  ASSERT_EQ(heard(1).size(), 1U);
  ASSERT_EQ(heard(2).size(), 1U);
  EXPECT_EQ(heard(1)[0].pupil, pupil(0));
  EXPECT_EQ(heard(1)[0].last, on(27));
  EXPECT_EQ(other->school->suspensions().between(on(25), on(25)).size(), 1U);
  ASSERT_TRUE(other->school->resume(one.id, now.plus_seconds(60)).ok());
  ASSERT_TRUE(other->school->resume(one.id, now.plus_seconds(60)).ok());
  other->post();
  settle();
  ASSERT_EQ(heard(1).size(), 2U);
  EXPECT_TRUE(heard(1)[1].lifted);
  EXPECT_TRUE(desk->school->suspensions().between(on(25), on(25)).empty());
}

TEST_F(SuspendedClass, IsToldToAPhoneThatEnrolsWhileItLasts) {
  ASSERT_TRUE(desk->school->suspend(of_class(7, 24, 27), now).ok());
  desk->post();
  settle();
  apply(1, 0);
  settle();
  ASSERT_EQ(heard(1).size(), 1U);
  EXPECT_EQ(heard(1)[0].first, on(24));
}

TEST_F(SuspendedClass, IsToldToTheFamilyOfAPupilWhoMovesIntoItAndLiftedForOneWhoMovesOut) {
  ClassList list;
  const Roll before = roll();
  for (const PupilRecord& one : before.pupils)
    list.pupils.push_back({1, 3, "1組", one.number, one.name, one.reading, one.birth, one.telephones, ""});
  list.pupils[2].class_name = "2組";
  ASSERT_TRUE(desk->school->take_over(desk->school->plan(list, ListScope::School), now).ok());
  apply(1, 0);
  apply(2, 1);
  desk->post();
  settle();
  Suspension one = of_class(7, 25, 27);
  one.class_id = desk->school->roll().classes().at(1).id;
  ASSERT_TRUE(desk->school->suspend(one, now).ok());
  ASSERT_TRUE(heard(1).empty());
  // From the second of its days on.
  list.pupils[0].class_name = "2組";
  ASSERT_TRUE(desk->school->take_over(desk->school->plan(list, ListScope::School), now, on(26)).ok());
  ASSERT_EQ(heard(1).size(), 1U);
  EXPECT_EQ(heard(1)[0].pupil, pupil(0));
  EXPECT_EQ(heard(1)[0].first, on(26));
  EXPECT_EQ(heard(1)[0].last, on(27));
  EXPECT_FALSE(heard(1)[0].lifted);
  list.pupils[0].class_name = "1組";
  ASSERT_TRUE(
      desk->school->take_over(desk->school->plan(list, ListScope::School), now.plus_seconds(60)).ok());
  ASSERT_EQ(heard(1).size(), 2U);
  EXPECT_TRUE(heard(1)[1].lifted);
  EXPECT_TRUE(heard(2).empty()) << "who stayed where they were hears nothing";
}

TEST_F(SuspendedClass, IsRefusedForNobodyAndForDaysWithoutSchool) {
  Suspension nobody = of_class(7, 25, 27);
  nobody.class_id = an_id<ClassId>(1);
  EXPECT_FALSE(desk->school->suspend(nobody, now).ok());
  EXPECT_FALSE(desk->school->suspend(of_class(7, 28, 29), now).ok());  // a weekend
}

TEST_F(SuspendedClass, HasNobodyMissingAndNobodyAbsent) {
  apply(1, 0);
  settle();
  arrive(1, kKindReport, encode(report(1, 0, today)));
  settle();
  ASSERT_TRUE(desk->school->call_roll(an_id<RollCallId>(1), today, {pupil(1)}, {pupil(2)}, now).ok());
  ASSERT_TRUE(desk->school->suspend(of_class(7, 24, 24), now).ok());
  const auto counts = sum_of(count_day(desk->school->whole_day(today)));
  EXPECT_EQ(counts.pupils, 3);
  EXPECT_EQ(counts.suspended, 3);
  EXPECT_EQ(counts.absent, 0);
  EXPECT_EQ(counts.ill_percent(), 0);
  ASSERT_TRUE(desk->school->close_day(an_id<ClosingId>(1), today, now).ok());
  EXPECT_EQ(decode_day_sums(desk->board.at(0).second)->counts.suspended, 3);
}

using Stays = SchoolOfDesks;

TEST_F(Stays, ComeBackAsTheyWereAndKeepAPupilWhoLeftOnTheMonthsRegister) {
  const std::vector<Stay> some{{pupil(0), an_id<ClassId>(90), on(2), on(24), 7, 3},
                               {pupil(1), an_id<ClassId>(90), std::nullopt, std::nullopt, 2, 0}};
  EXPECT_EQ(code::encode(encode(*decode_stays(encode(some)))), code::encode(encode(some)));
  ASSERT_TRUE(desk->school->leave(pupil(0), now).ok());
  desk->post();
  settle();
  for (const DeskOfSchool* one : {desk.get(), other.get()}) {
    const RollBook& roll = one->school->roll();
    const SchoolClass of = roll.classes().front();
    EXPECT_EQ(roll.pupils(of.id).size(), 2U);
    const auto seats = roll.seats(of, on(1), on(30));
    ASSERT_EQ(seats.size(), 3U);
    EXPECT_EQ(seats[0].pupil.record.name, "佐倉 みお");
    EXPECT_TRUE(seats[0].holds(today));
    EXPECT_FALSE(seats[0].holds(today.plus(1)));
    EXPECT_EQ(roll.seats(of, on(25), on(30)).size(), 2U);
    const MonthSheet sheet = one->school->month(of, today, today.plus(3));
    EXPECT_EQ(sheet.rows[0].marks[23], Mark::Unseen);
    EXPECT_EQ(sheet.rows[0].marks[24], Mark::Elsewhere);
    EXPECT_EQ(sheet.rows[1].marks[24], Mark::Unseen);
  }
}

TEST_F(Stays, BeginOnTheDayFromWhichAListHolds) {
  ClassList list;
  const Roll before = roll();
  for (const PupilRecord& one : before.pupils)
    list.pupils.push_back({1, 3, "1組", one.number, one.name, one.reading, one.birth, one.telephones, ""});
  list.pupils.push_back({1, 3, "1組", 4, "新井 まこと", "あらい まこと", *Date::of(2017, 8, 8), {}, ""});
  ASSERT_TRUE(desk->school->take_over(desk->school->plan(list, ListScope::School), now, on(26)).ok());
  desk->post();
  settle();
  const RollBook& roll = other->school->roll();
  const SchoolClass of = roll.classes().front();
  EXPECT_EQ(roll.seats(of, on(1), on(25)).size(), 3U);
  ASSERT_EQ(roll.seats(of, on(1), on(26)).size(), 4U);
  EXPECT_EQ(roll.seats(of, on(1), on(30))[3].pupil.record.name, "新井 まこと");
  // On the twenty-fifth the day's counts do not know of them either.
  EXPECT_EQ(sum_of(count_day(other->school->whole_day(on(25)))).pupils, 3);
  EXPECT_EQ(sum_of(count_day(other->school->whole_day(on(26)))).pupils, 4);
  // A move to another class is an end and a beginning.
  list.pupils[0].class_name = "2組";
  ASSERT_TRUE(other->school->take_over(other->school->plan(list, ListScope::School), now, on(27)).ok());
  const auto classes = other->school->roll().classes();
  ASSERT_EQ(classes.size(), 2U);
  EXPECT_EQ(roll.seats(classes[0], on(1), on(30)).size(), 4U);
  EXPECT_FALSE(roll.seats(classes[0], on(1), on(30))[0].holds(on(27)));
  EXPECT_TRUE(roll.seats(classes[1], on(1), on(30))[0].holds(on(27)));
  EXPECT_TRUE(roll.seats(classes[1], on(1), on(26)).empty());
}

}  // namespace
}  // namespace machi::absence

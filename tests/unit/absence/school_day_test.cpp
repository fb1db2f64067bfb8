// School days around a long weekend: Saturday 21 November 2026 to Labour Thanksgiving Day, Monday the 23rd.
#include "core/absence/school_day.h"

#include <gtest/gtest.h>

namespace machi::absence {
namespace {

using base::Code;
using base::Date;
using base::TimeOfDay;

Date day(int month, int day_of_month) { return *Date::of(2026, month, day_of_month); }
base::Instant at(Date date, int hour, int minute = 0) {
  return base::instant_of(date, TimeOfDay{static_cast<std::int16_t>(hour * 60 + minute)});
}
const SchoolDays kDays({day(11, 3), day(11, 23)});

TEST(SchoolDays, AreNeitherWeekendsNorListedDays) {
  EXPECT_TRUE(kDays.open(day(11, 20)));
  EXPECT_FALSE(kDays.open(day(11, 21)));
  EXPECT_FALSE(kDays.open(day(11, 22)));
  EXPECT_FALSE(kDays.open(day(11, 23)));
  EXPECT_TRUE(kDays.open(day(11, 24)));
}

TEST(SchoolDays, OfferTuesdayOnTheSaturdayOfALongWeekend) {
  EXPECT_EQ(kDays.offered(at(day(11, 21), 7, 40)), day(11, 24));
  EXPECT_EQ(kDays.offered(at(day(11, 23), 7, 40)), day(11, 24));
}

TEST(SchoolDays, OfferTodayUntilLessonsAreOver) {
  EXPECT_EQ(kDays.offered(at(day(11, 24), 7, 40)), day(11, 24));
  EXPECT_EQ(kDays.offered(at(day(11, 24), 15, 59)), day(11, 24));
  EXPECT_EQ(kDays.offered(at(day(11, 24), 16)), day(11, 25));
  EXPECT_EQ(kDays.offered(at(day(11, 20), 20)), day(11, 24));
}

TEST(SchoolDays, TakeReportsFromTodayToSixtyDaysAhead) {
  const Date today = day(11, 24);
  EXPECT_TRUE(kDays.check(today, today).ok());
  EXPECT_EQ(kDays.check(day(11, 23), today).code(), Code::DateOutOfRange);
  EXPECT_EQ(kDays.check(day(11, 20), today).code(), Code::DateOutOfRange);
  EXPECT_TRUE(kDays.check(today.plus(59), today).ok());
  EXPECT_EQ(kDays.check(today.plus(60), today).code(), Code::NotSchoolDay);  // Saturday 23 January 2027
  EXPECT_EQ(kDays.check(today.plus(62), today).code(), Code::DateOutOfRange);
  EXPECT_EQ(kDays.check(day(11, 28), today).code(), Code::NotSchoolDay);
}

TEST(SchoolDays, FindNoNextDayWhenAllAreClosed) {
  std::set<Date> closed;
  for (int i = 0; i <= kDaysAhead; ++i) closed.insert(day(7, 20).plus(i));
  const SchoolDays days(closed);
  EXPECT_EQ(days.next(day(7, 20)), std::nullopt);
  EXPECT_EQ(days.offered(at(day(7, 20), 8)), day(7, 20));
}

}  // namespace
}  // namespace machi::absence

// Dates, clock times and eras at +09:00.
#include "core/base/time.h"

#include <gtest/gtest.h>

#include "core/base/era.h"

namespace machi::base {
namespace {

Date day(std::string_view iso) { return *Date::parse(iso); }

TEST(Date, CountsFromTheFirstOfJanuary1970) {
  EXPECT_EQ(day("1970-01-01").days, 0);
  EXPECT_EQ(day("2000-03-01").days, 11017);
  EXPECT_EQ(day("1969-12-31").days, -1);
}

TEST(Date, IsWrittenAsItIsReadForFiveHundredYears) {
  for (Date date = day("1800-01-01"); date < day("2300-01-01"); date = date.plus(1)) {
    const auto again = Date::of(date.year(), date.month(), date.day());
    ASSERT_TRUE(again.ok());
    ASSERT_EQ(again->days, date.days);
    ASSERT_EQ(day(date.iso()).days, date.days);
  }
}

TEST(Date, RefusesDaysThatDoNotExist) {
  for (const std::string_view iso : {"2026-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-4-1",
                                     "2026/04/01", "0000-01-01", "2026-01-0x", "", "2026-01-011"})
    EXPECT_EQ(Date::parse(iso).code(), Code::BadInput) << iso;
  EXPECT_TRUE(Date::parse("2028-02-29").ok());
  EXPECT_EQ(Date::of(-1, 1, 1).code(), Code::BadInput);
}

TEST(Date, KnowsItsWeekday) {
  EXPECT_EQ(day("2026-11-24").weekday(), Weekday::Tuesday);
  EXPECT_EQ(day("1970-01-04").weekday(), Weekday::Sunday);
  EXPECT_EQ(day("1969-12-29").weekday(), Weekday::Monday);
}

TEST(SchoolYear, BeginsOnTheFirstOfApril) {
  EXPECT_EQ(day("2027-03-31").school_year(), 2026);
  EXPECT_EQ(day("2027-04-01").school_year(), 2027);
}

TEST(TimeOfDay, IsReadWithOneOrTwoDigitsOfTheHour) {
  EXPECT_EQ(TimeOfDay::parse("7:40")->minutes, 460);
  EXPECT_EQ(TimeOfDay::parse("07:40")->text(), "7:40");
  EXPECT_EQ(TimeOfDay::parse("7:05")->iso(), "07:05");
  for (const std::string_view text : {"24:00", "7:60", "7:4", "740", ":40", "007:40", "7:40 ", "-7:40"})
    EXPECT_EQ(TimeOfDay::parse(text).code(), Code::BadInput) << text;
}

TEST(Instant, FallsOnTheDayThatItIsInJapan) {
  const Instant evening = Instant::from_seconds(1795186800 - 1);  // 2026-11-20T14:59:59Z
  EXPECT_EQ(date_of(evening).iso(), "2026-11-20");
  EXPECT_EQ(time_of(evening).iso(), "23:59");
  EXPECT_EQ(date_of(evening.plus_seconds(1)).iso(), "2026-11-21");
  EXPECT_EQ(time_of(evening.plus_seconds(1)).iso(), "00:00");
}

TEST(Instant, IsTheSameAfterDateAndTime) {
  for (const std::int64_t minutes : {-30'000'001LL, -1LL, 0LL, 1LL, 29'919'780LL, 60'000'000LL}) {
    const Instant at{minutes * 60'000};
    EXPECT_EQ(instant_of(date_of(at), time_of(at)), at);
  }
}

TEST(Era, ChangesOnItsFirstDay) {
  EXPECT_EQ(era_year_of(day("2019-04-30")), (EraYear{Era::Heisei, 31}));
  EXPECT_EQ(era_year_of(day("2019-05-01")), (EraYear{Era::Reiwa, 1}));
  EXPECT_EQ(era_year_of(day("1989-01-07")), (EraYear{Era::Showa, 64}));
  EXPECT_EQ(era_year_of(day("1989-01-08")), (EraYear{Era::Heisei, 1}));
  EXPECT_EQ(era_year_of(day("1926-12-24")), (EraYear{Era::Taisho, 15}));
  EXPECT_EQ(era_year_of(day("1912-07-29")), (EraYear{Era::Meiji, 45}));
  EXPECT_EQ(era_year_of(day("2026-11-24")), (EraYear{Era::Reiwa, 8}));
  EXPECT_FALSE(era_year_of(day("1872-12-31")).has_value());
  EXPECT_EQ(era_name(Era::Reiwa), "令和");
  EXPECT_EQ(era_letter(Era::Showa), 'S');
}

}  // namespace
}  // namespace machi::base

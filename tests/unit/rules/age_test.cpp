// Ages by Japanese law, beside the dates that a public calculator of vaccinations expects.
#include "core/rules/age.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

namespace machi::rules {
namespace {

Date day(std::string_view iso) { return *Date::parse(iso); }

TEST(Age, IsReachedAtTheEndOfTheDayBeforeTheBirthday) {
  EXPECT_EQ(reach_years(day("2020-04-01"), 6)->iso(), "2026-03-31");
  EXPECT_EQ(reach_years(day("2020-04-02"), 6)->iso(), "2026-04-01");
  EXPECT_EQ(years_reached(day("2020-04-02"), day("2026-03-31")), 5);
  EXPECT_EQ(years_reached(day("2020-04-02"), day("2026-04-01")), 6);
  EXPECT_EQ(years_reached(day("2020-04-02"), day("2020-04-01")), -1);
  EXPECT_EQ(months_reached(day("2020-04-02"), day("2020-04-02")), 0);
}

TEST(Age, OfSomebodyBornOnTheTwentyNinthOfFebruaryIsReachedOnTheTwentyEighth) {
  EXPECT_EQ(reach_years(day("2024-02-29"), 1)->iso(), "2025-02-28");
  EXPECT_EQ(reach_years(day("2024-02-29"), 4)->iso(), "2028-02-28");
  EXPECT_EQ(years_reached(day("2024-02-29"), day("2028-02-28")), 4);
  EXPECT_EQ(years_reached(day("2024-02-29"), day("2028-02-27")), 3);
  EXPECT_EQ(years_reached(day("2024-02-29"), day("2025-02-27")), 0);
}

TEST(Age, InMonthsEndsWithTheMonthThatLacksTheDay) {
  EXPECT_EQ(reach_months(day("2013-01-31"), 1)->iso(), "2013-02-28");
  EXPECT_EQ(reach_months(day("2026-08-31"), 2)->iso(), "2026-10-30");
  EXPECT_EQ(reach_months(day("2026-08-31"), 3)->iso(), "2026-11-30");
}

TEST(Age, NeverFallsAndRisesOnTheDaysThatReachNames) {
  // Every day of birth of four years, leap day and ends of months among them, at some ages.
  for (Date birth = day("2023-01-01"); birth < day("2027-01-01"); birth = birth.plus(1))
    for (const int months : {1, 2, 3, 6, 11, 12, 13, 24, 48, 72, 216, 240, 780}) {
      const auto reached = reach_months(birth, months);
      ASSERT_TRUE(reached.ok());
      ASSERT_EQ(months_reached(birth, *reached), months) << birth.iso() << " " << months;
      ASSERT_EQ(months_reached(birth, reached->plus(-1)), months - 1) << birth.iso() << " " << months;
    }
}

TEST(Age, BeyondTheCalendarIsRefused) {
  EXPECT_EQ(reach_months(day("2026-01-01"), -1).code(), base::Code::BadInput);
  EXPECT_EQ(reach_months(day("2026-01-01"), 12 * 201).code(), base::Code::DateOutOfRange);
  EXPECT_EQ(reach_months(day("9950-01-01"), 12 * 60).code(), base::Code::DateOutOfRange);
  EXPECT_EQ(plus_months(day("0001-02-01"), -14).code(), base::Code::DateOutOfRange);
  EXPECT_EQ(plus_months(day("2026-03-31"), -1)->iso(), "2026-02-28");
}

TEST(School, BeginsForAChildOfTheFirstOfAprilAYearEarlier) {
  EXPECT_EQ(school_start(day("2020-04-01"))->iso(), "2026-04-01");
  EXPECT_EQ(school_start(day("2020-04-02"))->iso(), "2027-04-01");
  EXPECT_EQ(*school_year_of_reaching(day("2014-04-01"), 12), 2025);
  EXPECT_EQ(*school_year_of_reaching(day("2014-04-02"), 12), 2026);
}

TEST(Age, IsReachedWhenThePublishedVectorsSaySo) {
  std::ifstream in(MACHI_TEST_DATA "/vaccination/jp_age_date_vectors.csv");
  std::string line;
  std::getline(in, line);
  int checked = 0;
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    std::string what, birth, months, expected;
    std::getline(cells, what, ',');
    std::getline(cells, birth, ',');
    std::getline(cells, months, ',');
    std::getline(cells, expected, ',');
    while (!expected.empty() && (expected.back() == '\r' || expected.back() == '\n')) expected.pop_back();
    if (what == "reachMonths") {
      EXPECT_EQ(reach_months(day(birth), std::stoi(months))->iso(), expected) << line;
      ++checked;
    }
    if (what == "schoolStart") {
      EXPECT_EQ(school_start(day(birth))->iso(), expected) << line;
      ++checked;
    }
  }
  EXPECT_EQ(checked, 8);
}

}  // namespace
}  // namespace machi::rules

// Dates as people write them, in eras and without.
#include "core/rules/date_text.h"

#include <gtest/gtest.h>

namespace machi::rules {
namespace {

std::string range(std::string_view text) {
  const auto found = parse_date_text(text);
  if (!found.ok()) return "refused: " + found.error().detail;
  return found->first.iso() + ".." + found->last.iso();
}

TEST(DateText, IsReadInEveryStyle) {
  for (const std::string_view text :
       {"2026-11-24", "2026/11/24", "2026.11.24", "2026年11月24日", "令和8年11月24日", "R8.11.24", "r8/11/24",
        "R08-11-24", "Ｒ８．１１．２４", " ２０２６年１１月２４日 "}) {
    const auto day = parse_day(text);
    ASSERT_TRUE(day.ok()) << text << " " << day.error().detail;
    EXPECT_EQ(day->iso(), "2026-11-24") << text;
  }
  EXPECT_EQ(parse_day("2024-2-29")->iso(), "2024-02-29");
  EXPECT_EQ(parse_day("昭和64年1月7日")->iso(), "1989-01-07");
  EXPECT_EQ(parse_day("令和元年5月1日")->iso(), "2019-05-01");
  EXPECT_EQ(parse_day("大正元年7月30日")->iso(), "1912-07-30");
}

TEST(DateText, OfAYearOrAMonthMeansAllItsDays) {
  EXPECT_EQ(range("令和8年"), "2026-01-01..2026-12-31");
  EXPECT_EQ(range("R8"), "2026-01-01..2026-12-31");
  EXPECT_EQ(range("平成31年4月"), "2019-04-01..2019-04-30");
  EXPECT_EQ(range("2028-02"), "2028-02-01..2028-02-29");
  EXPECT_EQ(range("平成31年"), "2019-01-01..2019-04-30");
  EXPECT_EQ(range("R1"), "2019-05-01..2019-12-31");
  EXPECT_EQ(range("平成元年1月"), "1989-01-08..1989-01-31");
}

TEST(DateText, OfADayThatTheEraDoesNotHaveIsRefused) {
  EXPECT_EQ(range("平成31年5月"), "refused: the era ended on 2019-04-30");
  EXPECT_EQ(range("H31.5.1"), "refused: the era ended on 2019-04-30");
  EXPECT_EQ(range("令和元年4月30日"), "refused: before the era begins on 2019-05-01");
  EXPECT_EQ(range("昭和64年1月8日"), "refused: the era ended on 1989-01-07");
  EXPECT_EQ(range("平成40年"), "refused: the era ended on 2019-04-30");
  EXPECT_EQ(range("R0"), "refused: an era has no year 0");
}

TEST(DateText, ThatIsNoneIsRefused) {
  for (const std::string_view text :
       {"",           " ",        "2026-02-29",  "2023-02-29",  "2026-13-01",
        "2026-00-01", "26-11-24", "2026-11-24x", "2026-11/24",  "2026年11月24",
        "年",         "R",        "令和",        "X8",          "2026年11",
        "20261124",   "2026--1",  "-5",          "令和8年13月", "２０２６年２月３０日",
        "\xff\xfe"})
    EXPECT_FALSE(parse_date_text(text).ok()) << text;
  EXPECT_EQ(parse_date_text(std::string(65, '1')).error().detail, "longer than a date");
}

TEST(DateText, WithoutADayIsNoDay) {
  EXPECT_EQ(parse_day("令和8年").code(), base::Code::Missing);
  EXPECT_EQ(parse_day("2026-11").code(), base::Code::Missing);
}

TEST(Birth, IsFrom1900ToToday) {
  const Date today = *Date::parse("2026-11-24");
  EXPECT_TRUE(parse_birth("2026-11-24", today).ok());
  EXPECT_EQ(parse_birth("2026-11-25", today).code(), base::Code::DateOutOfRange);
  EXPECT_EQ(parse_birth("1899-12-31", today).code(), base::Code::DateOutOfRange);
  EXPECT_EQ(parse_birth("明治33年1月1日", today)->iso(), "1900-01-01");
  EXPECT_EQ(parse_birth("明治32年1月1日", today).code(), base::Code::DateOutOfRange);
}

TEST(DateText, OfEveryDaySince1900IsReadBackFromItsEra) {
  for (Date date = *Date::parse("1900-01-01"); date < *Date::parse("2030-01-01"); date = date.plus(1)) {
    const auto year = base::era_year_of(date);
    ASSERT_TRUE(year.has_value());
    const std::string text = std::string(base::era_name(year->era)) + std::to_string(year->year) + "年" +
                             std::to_string(date.month()) + "月" + std::to_string(date.day()) + "日";
    const auto again = parse_day(text);
    ASSERT_TRUE(again.ok()) << text << " " << again.error().detail;
    ASSERT_EQ(again->days, date.days) << text;
  }
}

}  // namespace
}  // namespace machi::rules

// machi date reach and machi growth, as somebody at a keyboard meets them.
#include <gtest/gtest.h>

#include "tests/unit/program/program.h"

namespace machi::program_test {
namespace {

std::string child(const std::string& more) {
  return R"({"birth": "2026-05-10", "sex": "female", )" + more + "}";
}

TEST(DateReach, SaysTheDayInBothCalendars) {
  const Said said = run("date reach 令和2年4月1日 6y --today 2026-11-24");
  ASSERT_EQ(said.code, 0) << said.err;
  EXPECT_EQ(said.json()["reached"], "2026-03-31");
  EXPECT_EQ(said.json()["reachedInEras"], "令和8年3月31日");
  EXPECT_EQ(said.json()["schoolStart"], "2026-04-01");
  EXPECT_EQ(said.json()["reachedBy"], true);
  EXPECT_EQ(run("date reach 2024-02-29 48").json()["reached"], "2028-02-28");
}

TEST(DateReach, RefusesWithTheReason) {
  const std::pair<const char*, const char*> cases[] = {
      {"date reach 2026-11-25 12 --today 2026-11-24", "a birth in the future"},
      {"date reach 1899-12-31 12", "a birth before 1900"},
      {"date reach 2026-02-29 12", "no such day"},
      {"date reach 平成31年5月1日 12", "the era ended on 2019-04-30"},
      {"date reach R8 12", "the day of the month is missing"},
      {"date reach 2020-01-01 twelve", "an age is 18 or 18m (months) or 6y (years)"},
      {"date reach 2020-01-01 9999", "more than 150 years"},
  };
  for (const auto& [words, why] : cases) {
    const Said said = run(words);
    EXPECT_EQ(said.code, 1) << words;
    EXPECT_NE(said.err.find(why), std::string::npos) << words << ": " << said.err;
    EXPECT_EQ(said.out, "");
  }
}

TEST(GrowthCommand, ComparesWithBothTables) {
  const Said said = run(
      "growth - --today 2026-11-24",
      child(R"("measurements": [{"date": "R8.5.10", "weight": 3.232, "length": 49.1477, "head": 33.8787}])"));
  ASSERT_EQ(said.code, 0) << said.err;
  const auto first = said.json()["measurements"][0];
  EXPECT_NEAR(first["weight"]["who"]["z"].get<double>(), 0, 0.001);
  EXPECT_NEAR(first["length"]["who"]["z"].get<double>(), 0, 0.001);
  EXPECT_NEAR(first["head"]["who"]["percentile"].get<double>(), 50, 0.01);
  EXPECT_EQ(first["weight"]["japan"]["band"], "50 to 97");
  EXPECT_TRUE(first["head"]["japan"].is_null());
  EXPECT_FALSE(first.contains("correctedDays"));
}

TEST(GrowthCommand, CorrectsTheAgeOfAnEarlyBirth) {
  const Said said =
      run("growth - --today 2027-11-24",
          child(R"("gestation": {"weeks": 32}, "measurements": [{"date": "2026-11-10", "weight": 6.5}])"));
  ASSERT_EQ(said.code, 0) << said.err;
  EXPECT_EQ(said.json()["measurements"][0]["correctedDays"], 184 - 56);
}

TEST(GrowthCommand, RefusesWithPlaceAndReason) {
  const std::pair<std::string, const char*> cases[] = {
      {child(R"("measurements": [{"date": "2026-11-10", "weight": 730}])"),
       "measurements[0].weight: no child of this age"},
      {child(R"("measurements": [{"date": "2026-11-10", "weight": 730}])"), "100 times too large"},
      {child(R"("measurements": [{"date": "2026-11-25", "weight": 7}])"),
       "measurements[0].date: a measurement in the future"},
      {child(R"("measurements": [{"date": "2026-05-09", "weight": 7}])"), "measured before the birth"},
      {child(R"("measurements": [{"date": "2026-11-10", "wieght": 7}])"),
       "measurements[0].wieght: there is no such field"},
      {child(R"("measurements": [{"date": "2026-11-10", "weight": "7"}])"), "a number is expected"},
      {child(R"("measurements": [{"date": "2026-11-10", "weight": -7}])"), "above zero"},
      {child(R"("gestation": {"weeks": 12})"), "gestation.weeks: a number from 20 to 44"},
      {R"({"birth": "2027-05-10", "sex": "female"})", "birth: a birth in the future"},
      {R"({"birth": "1850-05-10", "sex": "female"})", "birth: a birth before 1900"},
      {R"({"birth": "平成31年5月1日", "sex": "female"})", "the era ended on 2019-04-30"},
      {R"({"birth": "2026-05-10"})", "sex: missing"},
      {"{\"birth\": \"2026-05-10\",\n \"sex\" \"x\"}", "no JSON at line 2, column"},
      {R"({"birth": "2026-05-10", "birth": "2026-05-11"})", "a key stands twice"},
      {"", "no JSON"},
  };
  for (const auto& [input, why] : cases) {
    const Said said = run("growth - --today 2026-11-24", input);
    EXPECT_EQ(said.code, 1) << input;
    EXPECT_NE(said.err.find(why), std::string::npos) << input << ": " << said.err;
  }
}

}  // namespace
}  // namespace machi::program_test

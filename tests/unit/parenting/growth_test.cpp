// Growth beside what WHO publishes (the lines of its expanded tables, to three decimals) and Japan's bands.
#include "core/parenting/growth.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

namespace machi::parenting {
namespace {

std::string file(const std::string& name) {
  std::ifstream in(MACHI_SOURCE_DIR "/assets/growth/" + name);
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

const GrowthTable& who() {
  static const GrowthTable table = [] { return *GrowthTable::read(file("who.txt")); }();
  return table;
}

double thousandth(double value) { return std::round(value * 1000) / 1000; }

TEST(Growth, LiesOnTheLinesThatWhoPublishes) {
  struct Line {
    Measure measure;
    Sex sex;
    int day;
    double values[7];  // -3 to +3 SD
  };
  const Line lines[] = {
      {Measure::Weight, Sex::Male, 0, {2.080, 2.459, 2.881, 3.346, 3.859, 4.419, 5.031}},
      {Measure::Weight, Sex::Female, 0, {2.033, 2.395, 2.794, 3.232, 3.711, 4.230, 4.793}},
      {Measure::Length, Sex::Male, 0, {44.205, 46.098, 47.991, 49.884, 51.777, 53.670, 55.564}},
  };
  for (const Line& line : lines) {
    const auto lms = who().at(line.measure, line.sex, line.day);
    ASSERT_TRUE(lms.has_value());
    for (int i = 0; i < 7; ++i) EXPECT_NEAR(thousandth(lms_value(i - 3, *lms)), line.values[i], 0.0005) << i;
  }
}

TEST(Growth, OfAMedianChildIsZeroAtEveryAge) {
  for (const Measure measure : {Measure::Weight, Measure::Length, Measure::Head, Measure::Bmi})
    for (const Sex sex : {Sex::Male, Sex::Female})
      for (int day = 0; day <= 1826; ++day) {
        const auto lms = who().at(measure, sex, day);
        ASSERT_TRUE(lms.has_value()) << day;
        ASSERT_NEAR(lms_z(lms->m, *lms), 0, 1e-12);
        for (const double z : {-4.0, -3.0, -1.881, 0.5, 2.0, 3.0, 3.7}) {
          // Up to 3 SD both are the same; beyond them the line is straight, and no line turns back.
          ASSERT_NEAR(lms_z(lms_value(z, *lms), *lms), z, 1e-9);
          if (std::abs(z) <= 3) {
            ASSERT_NEAR(who_z(lms_value(z, *lms), *lms), z, 1e-9);
          }
        }
        ASSERT_LT(who_z(lms_value(3.1, *lms), *lms), who_z(lms_value(3.2, *lms), *lms));
      }
}

TEST(Growth, HasPercentiles) {
  EXPECT_NEAR(percentile_of(0), 50, 1e-9);
  EXPECT_NEAR(percentile_of(-1.880794), 3, 1e-4);
  EXPECT_NEAR(percentile_of(1.880794), 97, 1e-4);
}

TEST(Growth, OfALengthTakenTheOtherWayIsMoved) {
  const auto lying = standing_of(who(), Measure::Length, Sex::Female, 800, 85.0, Posture::Lying);
  const auto standing = standing_of(who(), Measure::Length, Sex::Female, 800, 84.3, Posture::Standing);
  EXPECT_NEAR(lying->z, standing->z, 1e-9);
  EXPECT_NEAR(standing_of(who(), Measure::Length, Sex::Male, 600, 80.0, Posture::Standing)->value, 80.7,
              1e-9);
  EXPECT_EQ(standing_of(who(), Measure::Weight, Sex::Male, 1827, 20, Posture::Standing).code(),
            base::Code::DateOutOfRange);
  EXPECT_EQ(standing_of(who(), Measure::Weight, Sex::Male, -1, 2, Posture::Lying).code(),
            base::Code::DateOutOfRange);
  EXPECT_EQ(standing_of(who(), Measure::Weight, Sex::Male, 1, 0, Posture::Lying).code(),
            base::Code::BadInput);
}

TEST(CorrectedAge, TakesOffTheWeeksThatABirthCameTooEarlyUntilTwoYears) {
  const Date birth = *Date::parse("2026-05-10");
  EXPECT_EQ(corrected_age(birth, birth.plus(100), 32 * 7)->days, 100 - 56);
  EXPECT_TRUE(corrected_age(birth, birth.plus(100), 36 * 7 + 6)->corrected);
  EXPECT_FALSE(corrected_age(birth, birth.plus(100), 37 * 7)->corrected);
  EXPECT_FALSE(corrected_age(birth, birth.plus(100), 0)->corrected);
  EXPECT_EQ(corrected_age(birth, birth.plus(10), 32 * 7)->days, -46);
  EXPECT_TRUE(corrected_age(birth, *Date::parse("2028-05-08"), 32 * 7)->corrected);
  EXPECT_FALSE(corrected_age(birth, *Date::parse("2028-05-09"), 32 * 7)->corrected);
  EXPECT_EQ(corrected_age(birth, birth.plus(-1), 0).code(), base::Code::DateOutOfRange);
  EXPECT_EQ(corrected_age(birth, birth.plus(1), 19 * 7).code(), base::Code::BadInput);
}

TEST(Measurement, AHundredTimesTooLargeIsSeen) {
  EXPECT_EQ(plausibility(who(), Measure::Weight, Sex::Female, 180, 730).factor, 100);
  EXPECT_EQ(plausibility(who(), Measure::Weight, Sex::Female, 180, 7300).factor, 1000);
  EXPECT_EQ(plausibility(who(), Measure::Weight, Sex::Female, 180, 73).factor, 10);
  EXPECT_EQ(plausibility(who(), Measure::Length, Sex::Male, 180, 676).factor, 10);
  EXPECT_FALSE(plausibility(who(), Measure::Length, Sex::Male, 180, 6760).possible);
  EXPECT_FALSE(plausibility(who(), Measure::Weight, Sex::Male, 180, 1e9).possible);
  EXPECT_EQ(plausibility(who(), Measure::Weight, Sex::Male, 180, 1e9).factor, 1);
  EXPECT_FALSE(plausibility(who(), Measure::Weight, Sex::Male, 180, NAN).possible);
}

TEST(Measurement, OfAnyChildInTheStandardsIsPossible) {
  for (const Measure measure : {Measure::Weight, Measure::Length, Measure::Head})
    for (int day = 0; day <= 1826; day += 7)
      for (const double z : {-4.0, 0.0, 4.0}) {
        const auto lms = who().at(measure, Sex::Female, day);
        EXPECT_TRUE(plausibility(who(), measure, Sex::Female, day, lms_value(z, *lms)).possible)
            << day << " " << z;
      }
  EXPECT_TRUE(plausibility(who(), Measure::Weight, Sex::Male, 0, 0.5).possible);  // far too early, and alive
}

TEST(JapaneseBands, AreReadByMonthOfAge) {
  const auto bands = JapaneseBands::read(file("japan_2023.csv"));
  ASSERT_TRUE(bands.ok()) << bands.error().detail;
  EXPECT_EQ(bands->row(Sex::Male, 5)->weight[1], 7.6);
  EXPECT_EQ(bands->row(Sex::Female, 14)->from_months, 12);
  EXPECT_EQ(bands->row(Sex::Female, 77)->from_months, 72);
  EXPECT_EQ(bands->row(Sex::Female, 78), nullptr);
  EXPECT_EQ(bands->row(Sex::Female, -1), nullptr);
  const double p[3] = {6.1, 7.6, 9.0};
  EXPECT_EQ(band_of(p, 6.0), Band::BelowP3);
  EXPECT_EQ(band_of(p, 6.1), Band::P3ToP50);
  EXPECT_EQ(band_of(p, 9.0), Band::P50ToP97);
  EXPECT_EQ(band_of(p, 9.1), Band::AboveP97);
}

TEST(GrowthTable, ThatIsBrokenIsRefusedWithItsLine) {
  const auto why = [](std::string_view text) { return GrowthTable::read(text).error().detail; };
  EXPECT_EQ(why("1 2 0.1\n"), "line 1: a row before any head");
  EXPECT_EQ(why("[weight M days 0]\n1 2\n"), "line 2: a row is three numbers");
  EXPECT_EQ(why("[weight M days 0]\n1 2 0.1\n1 -2 0.1"), "line 3: L, M or S out of range");
  EXPECT_EQ(why("[weight M mm 0]\n"), "line 1: the unit is not the measure's");
  EXPECT_EQ(why("[girth M days 0]\n"), "line 1: no such measure");
  EXPECT_EQ(why("[weight M days 0]\n1 2 0.1\n[weight M days 0]\n"), "line 3: a second table of one measure");
  EXPECT_EQ(why("[weight M days 0]\nnan 2 0.1\n"), "line 2: a row is three numbers");
  EXPECT_EQ(JapaneseBands::read("head\nM,0,3,2,1,1,2,3\n").error().detail,
            "line 2: a row is sex, months, three heights and three weights, rising");
}

}  // namespace
}  // namespace machi::parenting

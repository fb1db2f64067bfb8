// What a record comes to on a day: the phone's tables beside the whole ones, the plan, reminders, the chart.
#include "core/parenting/citizen/care.h"

#include <gtest/gtest.h>

#include <cmath>
#include <fstream>
#include <sstream>

namespace machi::parenting {
namespace {

Date day(std::string_view iso) { return *Date::parse(iso); }
const Date kToday = day("2026-11-24");

const Tables& tables() {
  static const Tables read = *read_tables();
  return read;
}

struct Family {
  Record record;
  FactId child;
  explicit Family(std::string_view birth, std::optional<Sex> sex = Sex::Female, std::string_view due = {}) {
    ChildSaid said{"そら", day(birth), {}, sex};
    if (!due.empty()) said.due = day(due);
    child = say({}, said);
  }
  FactId say(FactId about, Said said) {
    Fact fact;
    fact.salt[0] = static_cast<std::uint8_t>(record.facts().size());
    fact.child = about;
    fact.said = std::move(said);
    fact = named(std::move(fact));
    EXPECT_TRUE(record.add(fact));
    return fact.id;
  }
  KnownChild known() const { return *record.child(child); }
};

TEST(Tables, OfAPhoneAreTheWholeOnesEverySeventhDayAndNearThemBetween) {
  std::ifstream in(MACHI_SOURCE_DIR "/assets/growth/who.txt");
  std::stringstream text;
  text << in.rdbuf();
  const auto whole = GrowthTable::read(text.str());
  ASSERT_TRUE(whole.ok());
  for (const Measure measure : {Measure::Weight, Measure::Length, Measure::Head})
    for (const Sex sex : {Sex::Male, Sex::Female})
      for (int age = 0; age <= 1820; ++age) {
        const auto full = whole->at(measure, sex, age), few = tables().who.at(measure, sex, age);
        ASSERT_TRUE(full && few) << age;
        if (age % 7 == 0) {
          EXPECT_EQ(full->m, few->m) << age;
        }
        // A newborn loses and gains within a week; at two years of age a length is that of a standing child.
        const bool turns = measure == Measure::Length && age > 728 && age < 735;
        EXPECT_NEAR(full->m, few->m, turns ? 0.41 : age < 14 ? 0.09 : 0.03) << age;
      }
  EXPECT_FALSE(tables().who.at(Measure::Weight, Sex::Male, 1900).has_value());
  EXPECT_EQ(tables().schedule.series.size(), 13u);
  EXPECT_NE(tables().japan.row(Sex::Female, 12), nullptr);
}

TEST(CarePlan, LeavesAsideWhatTheScheduleCannotJudge) {
  Family family("2026-07-08");
  family.say(family.child, DoseGiven{"pcv", day("2026-09-10"), "", ""});
  family.say(family.child, DoseGiven{"マラリア", day("2026-10-10"), "", ""});
  family.say(family.child, DoseGiven{"hepb", day("2026-12-10"), "", ""});  // another phone's clock is ahead
  const auto care = care_plan(family.record, family.known(), tables(), kToday);
  ASSERT_TRUE(care.ok());
  ASSERT_EQ(care->doses.size(), 3u);
  EXPECT_TRUE(care->doses[0].judged.has_value());
  EXPECT_FALSE(care->doses[1].judged.has_value());
  EXPECT_FALSE(care->doses[2].judged.has_value());
}

TEST(Reminders, NameWhatEndsSoonAndCheckUpsThatWereNotWritten) {
  Family family("2026-07-08");
  const words::Words words;
  // The usual time of three vaccines ends on the day on which seven months are reached: 2027-02-07.
  const auto all = reminders(family.record, tables(), words, day("2026-12-20"));
  ASSERT_FALSE(all.empty());
  EXPECT_TRUE(std::any_of(all.begin(), all.end(), [](const Reminder& one) { return one.vaccine; }));
  const auto four = [](const Reminder& one) { return one.id.ends_with(".m4"); };
  EXPECT_TRUE(std::any_of(all.begin(), all.end(), four));
  family.say(family.child, CheckUp{"m4", day("2026-11-10"), "", ""});
  const auto fewer = reminders(family.record, tables(), words, day("2026-12-20"));
  EXPECT_FALSE(std::any_of(fewer.begin(), fewer.end(), four));
}

TEST(Chart, HasAPointForEachMeasurementAtItsCorrectedAge) {
  Family family("2026-05-24", Sex::Male, "2026-07-24");
  family.say(family.child, Measured{day("2026-11-24"), 6500, 0, 0, {}});
  family.say(family.child,
             Measured{day("2026-06-24"), 2900, 0, 0, {}});  // before the due date: no age to compare
  const auto drawn =
      growth_chart(family.record, family.known(), Measure::Weight, tables(), words::Words(), kToday);
  ASSERT_TRUE(drawn.has_value());
  std::vector<double> months;
  for (const screen::Node& row : drawn->chart.children)
    if (!row.children[1].value.empty()) months.push_back(std::stod(row.children[0].value));
  ASSERT_EQ(months.size(), 1u);
  EXPECT_NEAR(months[0], 4.0, 0.1);
  EXPECT_FALSE(drawn->standing.empty());
}

TEST(Chart, HasNoBandsWithoutASex) {
  Family family("2026-07-08", std::nullopt);
  const auto drawn =
      growth_chart(family.record, family.known(), Measure::Head, tables(), words::Words(), kToday);
  ASSERT_TRUE(drawn.has_value());
  EXPECT_EQ(drawn->chart.columns.size(), 2u);
  EXPECT_TRUE(drawn->source.empty());
}

TEST(TypedDecimal, TakesWhatPeopleTypeAndNothingElse) {
  EXPECT_EQ(typed_decimal("6.4", 3), 6400);
  EXPECT_EQ(typed_decimal("６，４", 3), 6400);
  EXPECT_EQ(typed_decimal(" 62 ", 1), 620);
  EXPECT_EQ(typed_decimal("62.00", 1), 620);
  EXPECT_EQ(typed_decimal("62.05", 1), std::nullopt);
  EXPECT_EQ(typed_decimal("6.4.1", 3), std::nullopt);
  EXPECT_EQ(typed_decimal("", 3), std::nullopt);
  EXPECT_EQ(typed_decimal(".", 3), std::nullopt);
  EXPECT_EQ(typed_decimal("-3", 3), std::nullopt);
  EXPECT_EQ(typed_decimal("99999999999999999999", 3), std::nullopt);
}

TEST(Ages, AreSaidInMonthsAndThenInYears) {
  const words::Words words;
  EXPECT_EQ(words::plain(age_text(words, 0)), "0か月");
  EXPECT_EQ(words::plain(age_text(words, 12)), "1歳");
  EXPECT_EQ(words::plain(age_text(words, 18)), "1歳6か月");
  EXPECT_EQ(words::plain(age_text(words, 36)), "3歳");
}

}  // namespace
}  // namespace machi::parenting

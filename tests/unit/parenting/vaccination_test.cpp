// The Japanese routine schedule: a public calculator's dates, and cases of our own with the rule they come
// from.
#include "core/parenting/vaccination.h"

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>

#include "tests/unit/rules/json_pack.h"

namespace machi::parenting {
namespace {

using rules::cbor_of;
using rules::day;

const Schedule& japan() {
  static const Schedule schedule = [] {
    std::ifstream in(MACHI_SOURCE_DIR "/assets/vaccination/japan.json");
    return *read_schedule(cbor_of(nlohmann::json::parse(in)));
  }();
  return schedule;
}

struct Case {
  std::string_view vaccine, on;
};

VaccinationPlan plan(std::string_view birth, std::initializer_list<Case> doses, std::string_view today,
                     Sex sex = Sex::Female) {
  std::vector<Given> given;
  for (const Case& one : doses) given.push_back({japan().find(one.vaccine), day(one.on)});
  const auto made = plan_vaccination(japan(), {day(birth), sex}, given, day(today));
  EXPECT_TRUE(made.ok()) << made.error().detail;
  return *made;
}

const Next& next(const VaccinationPlan& made, std::string_view vaccine) {
  return made.next[static_cast<std::size_t>(japan().find(vaccine))];
}

TEST(Schedule, BeginsAndEndsOnTheDaysOfThePublishedVectors) {
  // mr1.target.from: series, first dose, which of its days.
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
    while (!expected.empty() && expected.back() == '\r') expected.pop_back();
    if (what == "reachMonths" || what == "schoolStart") continue;
    std::string id = what.substr(0, what.find('.'));
    const bool booster = what.find("booster") != std::string::npos;
    const bool usual = what.find("std") != std::string::npos;
    const bool from = what.substr(what.rfind('.')) == ".from";
    if (id == "rota") id = "rota5";
    const int series = japan().find(id);
    ASSERT_GE(series, 0) << line;
    const auto& doses = japan().series[static_cast<std::size_t>(series)].plans.front().doses;
    const Dose& dose = booster ? doses.back() : doses.front();
    const When when = usual ? (from ? *dose.usual_from : *dose.usual_to) : (from ? dose.from : dose.to);
    EXPECT_EQ(day_of(when, day(birth))->iso(), expected) << line;
    ++checked;
  }
  EXPECT_GE(checked, 20);
}

TEST(Vaccination, OfANewbornBeginsAtTwoMonths) {
  const auto made = plan("2026-05-10", {}, "2026-06-10");
  EXPECT_EQ(next(made, "dptipvhib").turn, Turn::Early);
  EXPECT_EQ(next(made, "dptipvhib").earliest.iso(), "2026-07-09");
  EXPECT_EQ(next(made, "dptipvhib").early_days, 29);
  EXPECT_EQ(next(made, "hepb").turn, Turn::Today);
  EXPECT_EQ(next(made, "mr1").earliest.iso(), "2027-05-09");
  EXPECT_EQ(next(made, "hpv").earliest.iso(), "2038-04-01");
  EXPECT_EQ(next(plan("2026-05-10", {}, "2026-06-10", Sex::Male), "hpv").turn, Turn::NotForThis);
}

TEST(Vaccination, CountsTwentySevenDaysApartAsFourWeeks) {
  auto made = plan("2026-05-10", {{"pcv", "2026-07-10"}, {"pcv", "2026-08-06"}}, "2026-08-06");
  EXPECT_EQ(made.given[1].verdict, Verdict::TooSoon);
  EXPECT_EQ(made.given[1].early_days, 1);
  EXPECT_EQ(next(made, "pcv").dose, 2);
  made = plan("2026-05-10", {{"pcv", "2026-07-10"}, {"pcv", "2026-08-07"}}, "2026-08-07");
  EXPECT_EQ(made.given[1].verdict, Verdict::Counts);
  EXPECT_EQ(next(made, "pcv").earliest.iso(), "2026-09-04");
}

TEST(Vaccination, TooYoungTwiceAndTooManyDoNotCount) {
  auto made = plan("2026-05-10", {{"dptipvhib", "2026-07-08"}}, "2026-07-20");
  EXPECT_EQ(made.given[0].verdict, Verdict::TooYoung);
  EXPECT_EQ(made.given[0].early_days, 1);
  EXPECT_EQ(plan("2026-05-10", {{"dptipvhib", "2026-07-09"}}, "2026-07-20").given[0].verdict,
            Verdict::Counts);
  made = plan("2026-05-10", {{"hepb", "2026-07-10"}, {"hepb", "2026-07-10"}}, "2026-07-20");
  EXPECT_EQ(made.given[1].verdict, Verdict::Twice);
  made = plan("2026-05-10", {{"bcg", "2026-10-10"}, {"bcg", "2026-12-10"}}, "2026-12-20");
  EXPECT_EQ(made.given[1].verdict, Verdict::NotNeeded);
  EXPECT_EQ(next(made, "bcg").turn, Turn::Complete);
  // In whatever order they were written down.
  made = plan("2026-05-10", {{"hepb", "2026-08-10"}, {"hepb", "2026-07-10"}}, "2026-09-20");
  EXPECT_EQ(made.given[0].dose, 2);
  EXPECT_EQ(made.given[1].dose, 1);
}

TEST(Vaccination, OfHepatitisBWaitsTwentyWeeksAfterTheFirst) {
  const auto made = plan("2026-05-10", {{"hepb", "2026-07-10"}, {"hepb", "2026-08-07"}}, "2026-08-10");
  EXPECT_EQ(next(made, "hepb").earliest.iso(), "2026-11-27");  // 2026-07-10 and 140 days
  EXPECT_EQ(next(made, "hepb").latest.iso(), "2027-05-09");
}

TEST(Vaccination, OfRotaKeepsToTheKindThatWasBegun) {
  auto made = plan("2026-05-10", {}, "2026-08-22");
  EXPECT_FALSE(next(made, "rota1").late_start);
  EXPECT_EQ(next(made, "rota1").turn, Turn::Today);
  EXPECT_TRUE(next(plan("2026-05-10", {}, "2026-08-23"), "rota1").late_start);
  made = plan("2026-05-10", {{"rota5", "2026-07-10"}}, "2026-08-10");
  EXPECT_EQ(next(made, "rota1").turn, Turn::NotForThis);
  EXPECT_EQ(next(made, "rota5").dose, 2);
  EXPECT_EQ(next(made, "rota5").latest.iso(), "2026-12-20");
  EXPECT_EQ(
      plan("2026-05-10", {{"rota5", "2026-07-10"}, {"rota1", "2026-08-10"}}, "2026-08-10").given[1].verdict,
      Verdict::NotNeeded);
  EXPECT_EQ(next(plan("2026-05-10", {}, "2026-12-21"), "rota5").turn, Turn::Over);
}

TEST(Vaccination, OfPneumococcusBegunLateNeedsFewerDoses) {
  EXPECT_EQ(next(plan("2026-05-10", {}, "2026-12-09"), "pcv").doses,
            4);  // seven months are reached on this day
  EXPECT_EQ(next(plan("2026-05-10", {}, "2026-12-10"), "pcv").doses, 3);
  EXPECT_EQ(next(plan("2026-05-10", {}, "2027-05-10"), "pcv").doses, 2);
  EXPECT_EQ(next(plan("2026-05-10", {}, "2028-05-10"), "pcv").doses, 1);
  EXPECT_EQ(next(plan("2026-05-10", {}, "2031-05-10"), "pcv").turn, Turn::Over);
  // Whoever began in time stays with four, and passes over the third when the second came after one year.
  auto made = plan("2026-05-10", {{"pcv", "2026-07-10"}, {"pcv", "2027-05-20"}}, "2027-06-01");
  EXPECT_EQ(next(made, "pcv").dose, 3);
  EXPECT_EQ(next(made, "pcv").earliest.iso(), "2027-07-20");
  made =
      plan("2026-05-10", {{"pcv", "2026-07-10"}, {"pcv", "2027-05-20"}, {"pcv", "2027-07-20"}}, "2027-08-01");
  EXPECT_EQ(next(made, "pcv").turn, Turn::Complete);
}

TEST(Vaccination, OfHpvIsTwoDosesBeforeFifteenAndThreeAfter) {
  auto made = plan("2014-05-10", {{"hpv", "2027-06-01"}}, "2027-07-01");
  EXPECT_EQ(next(made, "hpv").doses, 2);
  EXPECT_EQ(next(made, "hpv").earliest.iso(), "2027-12-01");
  made = plan("2010-05-10", {{"hpv", "2026-06-01"}, {"hpv", "2026-08-01"}}, "2026-09-01");
  EXPECT_EQ(next(made, "hpv").doses, 3);
  EXPECT_EQ(next(made, "hpv").earliest.iso(), "2026-12-01");
  EXPECT_EQ(next(made, "hpv").latest.iso(), "2027-03-31");
}

TEST(Vaccination, WaitsBetweenInjectedLiveVaccinesUnlessOnOneDay) {
  auto made = plan("2025-05-10", {{"mr1", "2026-05-20"}}, "2026-06-01");
  EXPECT_TRUE(next(made, "varicella").waits_for_live);
  EXPECT_EQ(next(made, "varicella").earliest.iso(), "2026-06-17");
  EXPECT_FALSE(next(made, "je1").waits_for_live);
  EXPECT_EQ(next(plan("2025-05-10", {{"mr1", "2026-05-20"}}, "2026-05-20"), "varicella").turn, Turn::Today);
  EXPECT_EQ(
      plan("2025-05-10", {{"mr1", "2026-05-20"}, {"varicella", "2026-05-20"}}, "2026-06-01").given[1].verdict,
      Verdict::Counts);
  EXPECT_EQ(
      plan("2025-05-10", {{"mr1", "2026-05-20"}, {"varicella", "2026-06-01"}}, "2026-06-01").given[1].verdict,
      Verdict::AfterLive);
  EXPECT_FALSE(japan().live_gap_confirmed);
}

TEST(Vaccination, SaysWhatMustNotBeForgotten) {
  EXPECT_TRUE(next(plan("2026-05-10", {}, "2027-04-01"), "bcg").urgent);
  EXPECT_FALSE(next(plan("2026-05-10", {}, "2026-10-10"), "bcg").urgent);
  EXPECT_EQ(next(plan("2026-05-10", {}, "2027-05-10"), "bcg").turn, Turn::Over);
  EXPECT_TRUE(next(plan("2020-04-02", {}, "2027-03-01"), "mr2").urgent);
}

TEST(Vaccination, RefusesDosesBeforeTheBirthAndInTheFuture) {
  const Child child{day("2026-05-10"), Sex::Male};
  EXPECT_EQ(plan_vaccination(japan(), child, {{0, day("2026-05-09")}}, day("2026-06-01")).code(),
            base::Code::DateOutOfRange);
  EXPECT_EQ(plan_vaccination(japan(), child, {{0, day("2026-06-02")}}, day("2026-06-01")).code(),
            base::Code::DateOutOfRange);
  EXPECT_EQ(plan_vaccination(japan(), child, {{99, day("2026-05-20")}}, day("2026-06-01")).code(),
            base::Code::BadInput);
}

TEST(Vaccination, AsProposedCountsInFullForEveryChildOfFourYears) {
  // Whoever is born, leap days and ends of months among them, and follows the proposal: every dose counts, in
  // time.
  for (Date birth = day("2023-01-01"); birth < day("2027-01-01"); birth = birth.plus(11)) {
    const Child child{birth, Sex::Female};
    const auto first = plan_vaccination(japan(), child, {}, birth);
    ASSERT_TRUE(first.ok());
    std::vector<Given> given;
    Date last = birth;
    for (const auto& one : first->proposed)
      given.push_back({one.series, one.on}), last = std::max(last, one.on);
    const auto done = plan_vaccination(japan(), child, given, last);
    ASSERT_TRUE(done.ok());
    for (std::size_t i = 0; i < given.size(); ++i)
      ASSERT_EQ(done->given[i].verdict, Verdict::Counts)
          << birth.iso() << " " << japan().series[static_cast<std::size_t>(given[i].series)].id << " "
          << given[i].on.iso();
    for (const Next& one : done->next)
      ASSERT_TRUE(one.turn == Turn::Complete || one.turn == Turn::NotForThis) << birth.iso();
  }
}

TEST(Vaccination, SaidToBePossibleTodayCountsWhenItIsGivenToday) {
  std::mt19937_64 chance(3);
  for (int n = 0; n < 120; ++n) {
    const Date birth = day("2015-01-01").plus(static_cast<int>(chance() % 4000));
    const Date today = birth.plus(static_cast<int>(chance() % 2500));
    const Child child{birth, chance() % 2 == 0 ? Sex::Male : Sex::Female};
    std::vector<Given> given;
    for (int i = 0; i < 6; ++i)
      given.push_back(
          {static_cast<int>(chance() % japan().series.size()),
           birth.plus(static_cast<int>(chance() % static_cast<std::uint64_t>(today.days - birth.days + 1)))});
    const auto before = plan_vaccination(japan(), child, given, today);
    ASSERT_TRUE(before.ok());
    for (const Next& next_one : before->next) {
      auto more = given;
      more.push_back({next_one.series, today});
      const auto after = plan_vaccination(japan(), child, more, today);
      const Verdict verdict = after->given.back().verdict;
      if (next_one.turn == Turn::Today) {
        EXPECT_EQ(verdict, Verdict::Counts) << n;
      }
      if (next_one.turn == Turn::Early) {
        EXPECT_TRUE(verdict != Verdict::Counts && verdict != Verdict::AfterTheTime) << n;
        EXPECT_EQ(next_one.earliest.days - today.days, next_one.early_days);
      }
    }
  }
}

TEST(Vaccination, BeginsAndEndsAsComputedFromTheRulesWords) {
  std::ifstream in(MACHI_TEST_DATA "/vaccination/own_cases.csv");
  std::string line;
  std::getline(in, line);
  int checked = 0;
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    std::string birth, list, vaccine, earliest, latest;
    for (std::string* cell : {&birth, &list, &vaccine, &earliest, &latest}) std::getline(cells, *cell, ',');
    std::vector<Given> given;
    Date today = day(birth);
    std::istringstream words(list == "-" ? "" : list);
    for (std::string word; words >> word;) {
      const auto colon = word.find(':');
      given.push_back({japan().find(word.substr(0, colon)), day(word.substr(colon + 1))});
      today = given.back().on;
    }
    const auto made = plan_vaccination(japan(), {day(birth), Sex::Female}, given, today);
    ASSERT_TRUE(made.ok()) << line;
    for (const Judged& judged : made->given) EXPECT_EQ(judged.verdict, Verdict::Counts) << line;
    EXPECT_EQ(next(*made, vaccine).earliest.iso(), earliest) << line;
    EXPECT_EQ(next(*made, vaccine).latest.iso(), latest) << line;
    ++checked;
  }
  EXPECT_GE(checked, 150);
}

// The same engine on a foreign schedule: CDC's, beside what CDC says of each dose. Printed, with the reasons
// for the rest.
TEST(Vaccination, OnAForeignScheduleAgreesWithItsMakers) {
  std::ifstream file(MACHI_TEST_DATA "/vaccination/cdsi/schedule.json");
  const auto schedule = read_schedule(cbor_of(nlohmann::json::parse(file)));
  ASSERT_TRUE(schedule.ok()) << schedule.error().detail;
  std::ifstream in(MACHI_TEST_DATA "/vaccination/cdsi/assessments.csv");
  std::string line;
  std::getline(in, line);
  int doses = 0, alike = 0, patients = 0, patients_alike = 0;
  std::map<std::string, int> otherwise;
  while (std::getline(in, line)) {
    std::istringstream cells(line);
    std::string key, birth, sex, assessed, list;
    for (std::string* cell : {&key, &birth, &sex, &assessed, &list}) std::getline(cells, *cell, ',');
    std::vector<Given> given;
    std::vector<std::pair<bool, std::string>> expected;
    std::istringstream words(list);
    for (std::string word; words >> word;) {
      std::istringstream parts(word);
      std::string vaccine, on, counts, reason;
      for (std::string* part : {&vaccine, &on, &counts, &reason}) std::getline(parts, *part, ':');
      given.push_back({schedule->find(vaccine), day(on)});
      expected.emplace_back(counts == "valid", vaccine + " " + (counts == "valid" ? "valid" : reason));
    }
    const auto made = plan_vaccination(*schedule, {day(birth), sex == "M" ? Sex::Male : Sex::Female}, given,
                                       day("2099-01-01"));
    ASSERT_TRUE(made.ok()) << key;
    bool all = true;
    for (std::size_t i = 0; i < given.size(); ++i) {
      const Verdict verdict = made->given[i].verdict;
      // A dose that was not needed is no wrong dose to CDC.
      const bool counts =
          verdict == Verdict::Counts || verdict == Verdict::AfterTheTime || verdict == Verdict::NotNeeded;
      ++doses;
      if (counts == expected[i].first) {
        ++alike;
      } else {
        ++otherwise["CDC: " + expected[i].second + (counts ? "; here it counts" : "; here it does not")];
        all = false;
      }
    }
    ++patients;
    patients_alike += all ? 1 : 0;
  }
  std::printf("CDSi subset: %d of %d doses alike (%.1f %%), %d of %d patients\n", alike, doses,
              100.0 * alike / doses, patients_alike, patients);
  for (const auto& [why, times] : otherwise) std::printf("  %d times %s\n", times, why.c_str());
  EXPECT_GT(patients, 100);
  EXPECT_GE(alike * 100, doses * 90);
}

TEST(When, IsReadOrRefused) {
  EXPECT_EQ(day_of(*parse_when("m12+1"), day("2026-05-10"))->iso(), "2027-05-10");
  EXPECT_EQ(day_of(*parse_when("c12-4"), day("2026-05-10"))->iso(), "2027-05-06");
  EXPECT_EQ(day_of(*parse_when("school-1"), day("2020-04-02"))->iso(), "2026-04-01");
  for (const char* text : {"", "m", "x12", "m12+", "m-1", "m99999", "school+", "sy12x", "d42 ", "birth1"})
    EXPECT_FALSE(parse_when(text).ok()) << text;
}

}  // namespace
}  // namespace machi::parenting

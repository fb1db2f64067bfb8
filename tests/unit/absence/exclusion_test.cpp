// 出席停止 against the table of the regulation and the vectors of tests/data/school.
#include "core/absence/exclusion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

#include "core/absence/words_of.h"

namespace machi::absence {
namespace {

Date day(std::string_view iso) { return *Date::parse(iso); }

std::vector<std::vector<std::string>> rows(const std::string& name) {
  std::ifstream in(std::string(MACHI_TEST_DATA) + "/school/" + name);
  EXPECT_TRUE(in) << name;
  std::vector<std::vector<std::string>> out;
  for (std::string line; std::getline(in, line);) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    std::vector<std::string> cells(1);
    bool quoted = false;
    for (const char sign : line) {
      if (sign == '"')
        quoted = !quoted;
      else if (sign == ',' && !quoted)
        cells.emplace_back();
      else
        cells.back() += sign;
    }
    out.push_back(std::move(cells));
  }
  return out;
}

TEST(Exclusion, EndsAsEveryVectorSays) {
  auto all = rows("shusseki_teishi_vectors.csv");
  ASSERT_EQ(all.size(), 7u);
  for (std::size_t i = 1; i < all.size(); ++i) {
    const auto& row = all[i];
    const auto disease = disease_named(row[0]);
    ASSERT_TRUE(disease.has_value()) << row[0];
    const auto one = [](const std::string& text) {
      return text.empty() ? std::nullopt : std::optional(day(text));
    };
    const Exclusion out = exclusion_of(*disease, row[1] == "preschool", one(row[2]), one(row[3]));
    ASSERT_TRUE(out.first_day_back.has_value()) << row[0];
    EXPECT_EQ(out.first_day_back->iso(), row[4]) << row[0] << " " << row[5];
  }
}

// The first column of the rules is the class, the third the article; the fifth says whether a day can be
// computed.
TEST(Exclusion, HasTheClassTheArticleAndTheEndOfEveryRule) {
  const std::map<std::string, std::vector<Disease>> named = {
      {"インフルエンザ", {Disease::Influenza}},
      {"百日咳", {Disease::Pertussis}},
      {"麻しん", {Disease::Measles}},
      {"流行性耳下腺炎", {Disease::Mumps}},
      {"風しん", {Disease::Rubella}},
      {"水痘", {Disease::Varicella}},
      {"咽頭結膜熱", {Disease::PharyngoconjunctivalFever}},
      {"新型コロナ", {Disease::Covid19}},
      {"結核", {Disease::Tuberculosis}},
      {"髄膜炎菌性髄膜炎", {Disease::MeningococcalMeningitis}},
      {"エボラ出血熱", {Disease::FirstClass}},
      {"コレラ",
       {Disease::Cholera, Disease::Shigellosis, Disease::EnterohaemorrhagicEColi, Disease::TyphoidFever,
        Disease::ParatyphoidFever, Disease::EpidemicKeratoconjunctivitis,
        Disease::AcuteHaemorrhagicConjunctivitis, Disease::OtherThirdClass}}};
  auto all = rows("shusseki_teishi_rules.csv");
  ASSERT_EQ(all.size(), 13u);
  std::size_t seen = 0;
  for (std::size_t i = 1; i < all.size(); ++i) {
    const auto& row = all[i];
    const auto found = std::find_if(named.begin(), named.end(),
                                    [&](const auto& one) { return row[1].starts_with(one.first); });
    ASSERT_NE(found, named.end()) << row[1];
    for (const Disease disease : found->second) {
      ++seen;
      const Exclusion out = exclusion_of(disease, false, day("2026-12-02"), day("2026-12-06"));
      EXPECT_EQ(std::to_string(out.disease_class), row[0]) << row[1];
      if (row[2].starts_with("19条2号")) {
        EXPECT_EQ("19条2号" + std::string(out.sub_item), row[2]) << row[1];
        EXPECT_EQ(out.item, 2) << row[1];
      } else {
        EXPECT_EQ(out.sub_item, "") << row[1];
        EXPECT_EQ(out.item, row[0] == "1" ? 1 : 3) << row[1];
      }
      if (row[4] == "no date") {
        EXPECT_EQ(out.end, ExclusionEnd::Signs) << row[1];
      }
      if (row[4] == "doctor") {
        EXPECT_EQ(out.end, ExclusionEnd::Doctor) << row[1];
      }
      if (row[4] == "cured") {
        EXPECT_EQ(out.end, ExclusionEnd::Cured) << row[1];
      }
      if (row[4].find("good condition") != std::string::npos) {
        EXPECT_EQ(out.end, ExclusionEnd::DaysAndWell) << row[1];
      }
      const bool counts =
          row[4].find('+') != std::string::npos && row[4].find("good condition") == std::string::npos;
      EXPECT_EQ(out.first_day_back.has_value(), counts) << row[1];
      EXPECT_EQ(row[4].find("onset+5") != std::string::npos, counts_from_onset(disease)) << row[1];
      EXPECT_EQ(row[4].find("recovery+") != std::string::npos || row[4].find("end+2") != std::string::npos,
                counts_from_better(disease))
          << row[1];
    }
  }
  EXPECT_EQ(seen, kDiseases.size());
}

TEST(Exclusion, SaysWhatIsRuledOutWhileTheFeverLasts) {
  const Exclusion open = exclusion_of(Disease::Influenza, false, day("2026-12-02"), {});
  EXPECT_FALSE(open.first_day_back);
  EXPECT_EQ(open.not_before, day("2026-12-08"));
  EXPECT_FALSE(exclusion_of(Disease::Influenza, false, {}, {}).not_before);
}

TEST(Exclusion, OfMumpsNeverPromisesADayBecauseThePupilHasToBeWell) {
  const Exclusion out = exclusion_of(Disease::Mumps, false, day("2026-12-02"), day("2026-12-04"));
  EXPECT_FALSE(out.first_day_back);
  EXPECT_EQ(out.not_before, day("2026-12-08"));
}

TEST(Exclusion, AsksEveryNoteForTheDiseaseAndTheFirstDay) {
  for (const Disease disease : kDiseases) {
    const Exclusion out = exclusion_of(disease, false, {}, {});
    ASSERT_GE(out.note.size(), 3u) << short_name(disease);
    EXPECT_EQ(out.note.front(), NoteFact::Name);
    EXPECT_EQ(out.note.back(), NoteFact::FirstDay);
  }
}

}  // namespace
}  // namespace machi::absence

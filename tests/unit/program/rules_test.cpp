// machi benefits, pack, vaccination plan and placement, as somebody at a keyboard meets them.
#include <gtest/gtest.h>

#include "tests/unit/program/program.h"

namespace machi::program_test {
namespace {

const nlohmann::json* named(const nlohmann::json& list, const std::string& key, const std::string& name) {
  for (const auto& one : list)
    if (one[key] == name) return &one;
  return nullptr;
}

TEST(BenefitsCommand, SaysWhatAppliesAndWhatToAskNext) {
  const Said said = run(
      "benefits - --today 2026-11-24",
      R"({"facts": {"birth": "昭和55年4月2日", "physical-grade": "2", "physical-part": "leg", "mental-grade": "none",
                                      "intellectual-grade": "none", "in-facility": false, "drives": false}})");
  ASSERT_EQ(said.code, 0) << said.err;
  const auto answer = said.json();
  const auto* taxi = named(answer["yes"], "id", "taxi");
  ASSERT_NE(taxi, nullptr);
  EXPECT_EQ((*taxi)["amounts"][0]["yen"], 12000);
  EXPECT_EQ((*taxi)["source"]["inventedSample"], true);
  EXPECT_NE((*taxi)["why"].get<std::string>().find("身体障害者手帳が2級である"), std::string::npos);
  EXPECT_NE(named(answer["unknown"], "id", "nhk-full"), nullptr);
  EXPECT_NE(named(answer["no"], "id", "growth-medical"), nullptr);
  EXPECT_TRUE(answer["askNext"].contains("question"));
}

TEST(BenefitsCommand, RefusesWithThePlace) {
  for (const auto& [input, why] :
       {std::pair{R"({"facts": {"birth": "2027-01-01"}})", "facts.birth: a birth in the future"},
        std::pair{R"({"facts": {"birth": "R8"}})", "facts.birth: the day of the month is missing"},
        std::pair{R"({"facts": {"bith": "R8"}})", "facts.bith: there is no such fact"},
        std::pair{R"([])", "an object is expected"}}) {
    const Said said = run("benefits - --today 2026-11-24", input);
    EXPECT_EQ(said.code, 1);
    EXPECT_NE(said.err.find(why), std::string::npos) << said.err;
  }
}

TEST(PackCommand, ChecksSignsAndRefusesTheOlderAndTheUnsigned) {
  char folder[] = "/tmp/machi-pack-XXXXXX";
  ASSERT_NE(mkdtemp(folder), nullptr);
  const std::string at = folder;
  const Said checked = run("pack check assets/towns/hiyori/rules");
  ASSERT_EQ(checked.code, 0) << checked.err;
  EXPECT_GE(checked.json()["benefits"].get<int>(), 60);
  ASSERT_EQ(run("town new --name 試験町 " + at + "/town").code, 0);
  const Said made =
      run("pack sign assets/towns/hiyori/rules --town " + at + "/town --out " + at + "/pack.cose");
  ASSERT_EQ(made.code, 0) << made.err;
  // It fits into one page of the feed.
  EXPECT_LT(made.json()["bytes"].get<int>(), 65536);
  const std::string check = "pack check " + at + "/pack.cose --town " + at + "/town";
  EXPECT_EQ(run(check).code, 0);
  const Said older = run(check + " --held 1");
  EXPECT_EQ(older.code, 1);
  EXPECT_NE(older.err.find("not newer"), std::string::npos) << older.err;
  ASSERT_EQ(run("town new --name 隣町 " + at + "/other").code, 0);
  EXPECT_EQ(run("pack check " + at + "/pack.cose --town " + at + "/other").code, 1);
  const Said broken = run("pack check tests/data");
  EXPECT_NE(broken.err.find("pack.json"), std::string::npos) << broken.err;
  ASSERT_EQ(std::system(("rm -r " + at).c_str()), 0);
}

TEST(VaccinationCommand, PlansAndJudges) {
  const Said said = run(
      "vaccination plan - --today 2026-08-06",
      R"({"birth": "2026-05-10", "sex": "female", "doses": [{"vaccine": "pcv", "date": "R8.7.10", "lot": "AB12"},
                           {"vaccine": "pcv", "date": "2026-08-06"}, {"vaccine": "pcv", "date": "2026-08-06"}]})");
  ASSERT_EQ(said.code, 0) << said.err;
  EXPECT_EQ(said.json()["given"][0]["verdict"], "counts as dose 1");
  EXPECT_TRUE(said.json()["given"][1]["lot"].is_null());
  EXPECT_EQ(said.json()["given"][1]["verdict"], "does not count: 1 days too soon after the dose before");
  const auto plan = said.json();
  EXPECT_EQ((*named(plan["next"], "vaccine", "bcg"))["state"], "may be given today");
  EXPECT_EQ((*named(plan["next"], "vaccine", "mr1"))["state"], "too early");
  EXPECT_GT((*named(plan["next"], "vaccine", "mr1"))["tooEarlyByDays"].get<int>(), 200);
  const Said wrong =
      run("vaccination plan - --today 2026-08-06",
          R"({"birth": "2026-05-10", "sex": "female", "doses": [{"vaccine": "flu", "date": "2026-08-01"}]})");
  EXPECT_NE(wrong.err.find("doses[0].vaccine: the schedule has no such vaccine"), std::string::npos)
      << wrong.err;
}

TEST(PlacementCommand, PlacesWithReasonsAndHashesItsInput) {
  const std::string input =
      R"({"nurseries": [{"id": "east", "seats": [1,1,0,0,0,0]}, {"id": "west", "seats": [1,1,0,0,0,0]}],
    "children": [{"id": "a", "class": 1, "points": 10, "choices": ["east", "west"]}, {"id": "b", "class": 0, "points": 10, "choices": ["east", "west"]},
                 {"id": "c", "class": 0, "points": 20, "choices": ["east"]}], "families": [{"children": ["a", "b"], "wish": "same"}]})";
  const Said said = run("placement -", input);
  ASSERT_EQ(said.code, 0) << said.err;
  EXPECT_EQ(said.json()["children"][0]["nursery"], "west");
  EXPECT_EQ(said.json()["children"][0]["notPlacedAt"][0]["why"], "this child's turn, but not its siblings'");
  EXPECT_EQ(said.json()["stable"], true);
  EXPECT_EQ(said.json()["withoutSiblings"]["wishesBroken"], 1);
  // Spaces do not change what an auditor compares.
  EXPECT_EQ(run("placement -", nlohmann::json::parse(input).dump()).json()["input"], said.json()["input"]);
  const Said wrong = run("placement -", R"({"nurseries": [{"id": "east", "seats": [1,1]}]})");
  EXPECT_NE(wrong.err.find("nurseries[0].seats: seats of six classes"), std::string::npos) << wrong.err;
}

}  // namespace
}  // namespace machi::program_test

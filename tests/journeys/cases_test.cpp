// Every case of a report as data (tests/data/absence/reports.json): what a family fills in, what the school's
// row says, what the family sees when a person has read it; and what is refused in which words, and goes out
// when it was mended. Each is taken back at the end, so that one day holds them all.
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "tests/journeys/citizen_steps.h"
#include "tests/journeys/desk_steps.h"

namespace machi::journeys {
namespace {

using nlohmann::json;

std::string text_at(const json& one, const char* name) { return one.value(name, std::string()); }

void fill_in(Device& phone, const json& fields) {
  for (const json& field : fields) {
    const std::string node = field[0], value = field[1];
    const screen::Node* shown = phone.find(node);
    ASSERT_NE(shown, nullptr) << "there is no " << node << "\n" << phone.text();
    if (shown->role != screen::Role::Choice) {
      phone.enter(node, value);
    } else if (shown->kind == screen::Kind::Multiple) {
      std::vector<std::string> values;
      std::istringstream list(value);
      for (std::string each; std::getline(list, each, ',');) values.push_back(each);
      phone.choose_all(node, values);
    } else {
      phone.choose(node, value);
    }
  }
}

// The words of a report's row, once a person can confirm it.
std::string row_of(Town& town, Device& desk, const std::string& report) {
  const auto rows = [&] { return day_rows(desk); };
  EXPECT_TRUE(town.run_until([&] { return rows().contains(report) && rows()[report].waits; })) << desk.text();
  const std::string words = rows()[report].words;
  if (desk.find("confirm." + report)) desk.press("confirm." + report);
  return words;
}

void live_through(School& school, Device& phone, const json& one) {
  Town& town = school.town;
  Device& desk = *school.tablet;
  phone.press("report");
  fill_in(phone, one["form"]);
  phone.press("send");
  if (const std::string refused = text_at(one, "refused"); !refused.empty()) {
    ASSERT_TRUE(phone.at("absence.form")) << phone.text();
    EXPECT_TRUE(phone.sees(refused)) << phone.text();
    fill_in(phone, one["mended"]);
    EXPECT_FALSE(phone.sees(refused)) << phone.text();
    phone.press("send");
  }
  ASSERT_TRUE(phone.at("absence.sent")) << phone.text();
  const std::string report = phone.at().substr(phone.at().find('/') + 1);
  const std::string day = one.value("day", std::string("2026-11-24"));
  if (!desk.at("desk.today")) desk.press("grade.all");
  desk.enter("day.date", day);
  const std::string row = row_of(town, desk, report);
  for (const json& word : one["desk"])
    EXPECT_NE(row.find(std::string(word)), std::string::npos) << word << " in " << row;
  ASSERT_TRUE(town.run_until([&] { return phone.find("step.read")->state == screen::State::Done; }))
      << phone.text();
  for (const json& word : one.value("family", json::array()))
    EXPECT_TRUE(phone.sees(std::string(word))) << word << "\n" << phone.text();
  phone.press("cancel");
  phone.press("confirm");
  EXPECT_NE(row_of(town, desk, report).find("取り消"), std::string::npos);
  phone.press("home");
}

TEST(EveryReport, ArrivesAsItWasMeantAndIsRefusedInClearWords) {
  std::ifstream file(std::string(MACHI_TEST_DATA) + "/absence/reports.json");
  const json cases = json::parse(file);
  ASSERT_GT(cases.size(), 20u);
  School school;
  Device& phone = enrolled_phone(school.town, "phone");
  for (const json& one : cases) {
    SCOPED_TRACE(text_at(one, "case"));
    live_through(school, phone, one);
    if (testing::Test::HasFatalFailure()) return;
  }
}

}  // namespace
}  // namespace machi::journeys

// A family and a school that read different languages: what a person wrote is marked with its language, fixed
// choices are in the reader's, and a translation that nobody has reviewed says so.
#include "core/words/words.h"
#include "tests/journeys/citizen_steps.h"

namespace machi::journeys {
namespace {

constexpr const char* kNote = "Con tôi bị sốt từ tối qua.";

// The node that carries this text, wherever a role keeps it.
const screen::Node* holding(const std::vector<screen::Node>& nodes, std::string_view text) {
  for (const screen::Node& node : nodes) {
    if (node.name == text || node.hint == text || node.value == text) return &node;
    if (const auto* found = holding(node.children, text)) return found;
  }
  return nullptr;
}

void speak(Town& town, Device& phone, const std::string& tag) {
  phone.press("language");
  phone.choose("languages", tag);
  town.run_for(500);
  phone.back();
}

void report_with_note(Town& town, Device& phone) {
  phone.press("report");
  phone.choose("reason", "cold");
  phone.enter("temperature", "38,5");
  phone.enter("note", kNote);
  phone.press("send");
  town.run_for(3000);
}

TEST(Tongues, ANoteIsMarkedWithItsLanguageAndChoicesAreInTheReaders) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  speak(town, phone, "vi");
  report_with_note(town, phone);
  Device& desk = *school.tablet;
  ASSERT_TRUE(town.run_until([&] { return desk.sees(kNote); })) << desk.text();
  EXPECT_TRUE(desk.sees("かぜ・発熱 38.5℃")) << desk.text();
  const screen::Node* cell = holding(desk.screen().main, kNote);
  ASSERT_NE(cell, nullptr);
  EXPECT_EQ(cell->language, "vi");
  ASSERT_FALSE(cell->children.empty());
  EXPECT_EQ(cell->children.front().name, "ベトナム語");
  const screen::Node* own = holding(phone.screen().main, kNote);
  ASSERT_NE(own, nullptr) << phone.text();
  EXPECT_EQ(own->language, "") << "it is the phone's own language";
  EXPECT_TRUE(phone.sees("38,5 °C")) << phone.text();

  desk.press("page.language");
  desk.choose("language", "vi");
  ASSERT_TRUE(town.run_until([&] { return desk.screen().language == "vi"; }));
  EXPECT_NE(desk.find("unreviewed"), nullptr) << desk.text();
  desk.press("grade.all");
  cell = holding(desk.screen().main, kNote);
  ASSERT_NE(cell, nullptr) << desk.text();
  EXPECT_EQ(cell->language, "");
  EXPECT_TRUE(cell->children.empty());
}

TEST(Tongues, APhoneOpensInItsOwnLanguageAndSaysThatNobodyHasReviewedIt) {
  School school;
  Town& town = school.town;
  Device& phone = town.phone("phone");
  phone.start("", "ne-NP");
  ASSERT_TRUE(town.run_until([&] { return phone.screen().language == "ne"; })) << phone.text();
  EXPECT_NE(phone.find("unreviewed"), nullptr) << phone.text();
  phone.choose("languages", "ja");
  town.run_for(100);
  EXPECT_EQ(phone.find("unreviewed"), nullptr) << phone.text();
  // Nobody has reviewed the Japanese either, and the screen of languages says so in Japanese too.
  Device& other = enrolled_phone(town, "other");
  other.press("tab.language");
  EXPECT_NE(other.find("unreviewed"), nullptr) << other.text();
}

TEST(Tongues, ALanguageThatCannotBeHadLeavesTheOldOneAndTheChoice) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  phone.words_reachable = false;
  phone.press("language");
  phone.choose("languages", "ko");
  town.run_for(500);
  EXPECT_EQ(phone.screen().language, "ja");
  EXPECT_FALSE(phone.find("languages")->error.empty());
  phone.words_reachable = true;
  phone.choose("languages", "ko");
  town.run_for(500);
  EXPECT_EQ(phone.screen().language, "ko");
  phone.stop();
  phone.start();
  ASSERT_TRUE(town.run_until([&] { return phone.screen().language == "ko"; }));
}

}  // namespace
}  // namespace machi::journeys

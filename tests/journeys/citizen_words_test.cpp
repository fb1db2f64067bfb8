// Every screen of the citizen in every language: no key, no Japanese in English, no kanji without its reading in easy
// Japanese. Names of people, of the school and of the town are the town's data and stay as they are; so do the few words of
// the school that a family meets on paper.
// With MACHIKADO_SCREENS=DIR every screen is also written there as JSON, for a presenter to draw.
#include <cstdlib>
#include <fstream>
#include <set>

#include "core/absence/words_of.h"
#include "core/base/text.h"
#include "core/screen/json.h"
#include "core/words/markup.h"
#include "tests/journeys/citizen_steps.h"

namespace machi::journeys {
namespace {

const std::vector<std::string> kNames = {"日和町", "東小学校", "佐倉 みお", "佐倉", "みお", "3年1組", "東", "日本語", "やさしい", "さん", "简体中文", "繁體中文", "登録用紙", "忌引", "出席停止", "プール熱", "はやり目"};

std::string without_ruby(const std::string& text) {
  std::u32string out;
  bool inside = false;
  for (const char32_t sign : base::to_code_points(text)) {
    if (sign == 0xFFF9) inside = true;
    if (!inside) out += sign;
    if (sign == 0xFFFB) inside = false;
  }
  return base::from_code_points(out);
}

std::string without_names(std::string text) {
  for (const std::string& name : kNames) {
    for (std::size_t at; (at = text.find(name)) != std::string::npos;) text.erase(at, name.size());
  }
  return text;
}

bool has(const std::string& text, bool kana_too) {
  for (const char32_t sign : base::to_code_points(text)) {
    if (words::is_kanji(sign) || (kana_too && sign >= 0x3040 && sign <= 0x30FF)) return true;
  }
  return false;
}

class Tour {
 public:
  explicit Tour(std::string language) : language_(std::move(language)) {}

  void look(Device& phone) {
    seen_.insert(std::string(phone.screen().name.substr(0, phone.screen().name.find('/'))));
    EXPECT_EQ(phone.screen().language, language_) << phone.at();
    if (const char* folder = std::getenv("MACHIKADO_SCREENS")) {
      const std::string number = std::to_string(100 + ++count_).substr(1);
      std::ofstream(std::string(folder) + "/" + language_ + "-" + number + ".json") << screen::to_json(phone.screen());
    }
    for (const auto* region : {&phone.screen().bar, &phone.screen().rail, &phone.screen().main, &phone.screen().foot}) {
      for (const screen::Node& node : *region) look(phone.at(), node);
    }
  }
  const std::set<std::string>& seen() const { return seen_; }

 private:
  void look(const std::string& where, const screen::Node& node) {
    check(where, node.name);
    check(where, node.hint);
    check(where, node.error);
    if (node.role != screen::Role::Field) check(where, node.value);
    for (const screen::Option& option : node.options) {
      check(where, option.name);
      check(where, option.hint);
    }
    for (const screen::Node& child : node.children) look(where, child);
  }
  void check(const std::string& where, const std::string& text) {
    if (language_ == "ja-x-easy") {
      EXPECT_FALSE(has(without_names(without_ruby(text)), false)) << where << ": " << words::plain(text);
    } else if (!language_.starts_with("ja") && !language_.starts_with("zh")) {
      EXPECT_FALSE(has(without_names(words::plain(text)), true)) << where << ": " << words::plain(text);
    }
  }
  std::string language_;
  std::set<std::string> seen_;
  int count_ = 0;
};

std::vector<std::string> tags() {
  std::vector<std::string> out;
  for (const words::Language& one : words::languages()) out.emplace_back(one.tag);
  return out;
}

class CitizenWords : public testing::TestWithParam<std::string> {};

TEST_P(CitizenWords, AreWholeOnEveryScreen) {
  const std::string language = GetParam();
  School school;
  Town& town = school.town;
  Tour tour(language);
  const PrintedSlip slip = town.slip("佐倉 みお");
  Device& phone = town.phone("phone");
  town.hub_away(true);
  phone.start();
  if (language != "ja") {
    phone.choose("languages", language);
    town.run_for(100);
  }
  tour.look(phone);
  phone.press("scan");
  tour.look(phone);
  phone.scan("something else");
  tour.look(phone);
  phone.press("scan-again");
  phone.scan(slip.link);
  town.run_for(5000);
  tour.look(phone);
  phone.online(false);
  tour.look(phone);
  town.hub_away(false);
  phone.online(true);
  ASSERT_TRUE(town.run_until([&] { return phone.at("slip.apply"); })) << phone.text();
  phone.press("apply");
  tour.look(phone);
  phone.online(false);
  apply_for(phone);
  tour.look(phone);
  phone.online(true);
  ASSERT_TRUE(town.run_until([&] { return phone.pressable("report") != nullptr; })) << phone.text();
  tour.look(phone);
  phone.press("home");
  tour.look(phone);

  phone.press("report");
  phone.press("send");
  tour.look(phone);
  phone.choose("reason", "cold");
  phone.choose("kind", "leaving-early");
  phone.enter("temperature", "99");
  phone.enter("date", "2026-11-28");
  tour.look(phone);
  phone.choose("kind", "late");
  phone.enter("date", "2027-11-28");
  tour.look(phone);
  phone.enter("date", "2026-11-24");
  phone.enter("temperature", "38.2");
  phone.choose_all("symptoms", {"cough", "rash"});
  phone.enter("time", "10:30");
  phone.online(false);
  tour.look(phone);
  phone.press("send");
  tour.look(phone);
  phone.press("home");
  tour.look(phone);
  phone.press("report");
  phone.choose("reason", "injury");
  tour.look(phone);
  phone.choose("reason", "bereavement");
  tour.look(phone);
  phone.choose("days", "several");
  phone.press("send");
  tour.look(phone);
  phone.enter("last", "2026-11-01");
  tour.look(phone);
  phone.enter("last", "2027-11-01");
  phone.choose("reason", "infectious");
  tour.look(phone);
  for (const absence::Disease disease : absence::kDiseases) {
    phone.choose("disease", std::string(absence::short_name(disease)));
    tour.look(phone);
  }
  phone.choose("disease", "covid19");
  phone.enter("onset", "2026-11-29");
  phone.enter("better", "2026-11-20");
  tour.look(phone);
  phone.enter("onset", "2026-11-22");
  tour.look(phone);
  phone.enter("better", "2026-11-24");
  tour.look(phone);
  phone.back();
  phone.online(true);
  town.run_for(5000);
  const std::string row = phone.find("reports")->children.front().id;
  phone.press(row);
  tour.look(phone);
  town.run_for(30 * 60'000);
  tour.look(phone);
  phone.press("cancel");
  tour.look(phone);
  phone.press("confirm");
  town.run_for(3000);
  tour.look(phone);
  phone.press("home");
  phone.press("child:" + town.pupil("佐倉 みお").pupil.hex());
  phone.press("send");
  tour.look(phone);
  phone.enter("text", "123");
  phone.press("send");
  tour.look(phone);
  phone.back();
  phone.press("report");
  phone.choose("days", "one");
  phone.choose("reason", "cold");
  phone.press("send");
  phone.press("home");
  phone.stop();
  school.tablet->stop();
  town.run_for(24 * 3'600'000);
  school.tablet->start();
  phone.start();
  town.run_for(1000);
  tour.look(phone);
  phone.press("again:" + town.pupil("佐倉 みお").pupil.hex());
  tour.look(phone);
  phone.press("back-again");
  tour.look(phone);
  phone.back();
  phone.press("home");
  Device& second = enrolled_phone(town, "other");
  second.press("report");
  second.choose("reason", "cold");
  second.enter("date", "2026-11-26");
  second.press("send");
  ASSERT_TRUE(town.run_until([&] { return phone.find("reports") && phone.find("reports")->children.size() == 2u; })) << phone.text();
  tour.look(phone);
  phone.press(phone.find("reports")->children.back().id);
  tour.look(phone);
  phone.press("home");
  phone.press("tab.history");
  tour.look(phone);
  phone.press("tab.language");
  tour.look(phone);
  mail::TownId other;
  other.bytes.fill(0x55);
  for (const PrintedSlip& bad : {town.foreign_slip(other, Town::kOfficeKey, town.now()),
                                 town.foreign_slip(mail::peek_slip(slip.cose)->town, 99, town.now())}) {
    phone.open_link(bad.link);
    town.run_for(500);
    EXPECT_TRUE(phone.at("slip.problem"));
    tour.look(phone);
  }
  EXPECT_EQ(tour.seen(), (std::set<std::string>{"first", "home", "history", "language", "absence.form", "absence.sent", "absence.cancel", "absence.notes",
                                                "slip.scan", "slip.check", "slip.apply", "slip.waiting", "slip.problem"}));
}

INSTANTIATE_TEST_SUITE_P(Languages, CitizenWords, testing::ValuesIn(tags()), [](const auto& one) {
  std::string name = one.param;
  std::erase(name, '-');
  return name;
});

}  // namespace
}  // namespace machi::journeys

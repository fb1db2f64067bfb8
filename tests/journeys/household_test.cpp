// A family writes its household down on a phone that never enrolled and has no network, shows its pass, and
// keeps it: what a reception reads of it is what was written.
#include <set>

#include "core/base/text.h"
#include "core/household/pass.h"
#include "core/words/markup.h"
#include "core/words/words.h"
#include "tests/journeys/citizen_steps.h"

namespace machi::journeys {
namespace {

using household::Need;
using household::PassReading;
using household::PassTrouble;

PassReading read(Town& town, const std::string& text) {
  std::vector<crypto::SealKey> keys;
  keys.push_back(Town::shelter_key());
  return household::read_pass(text, {town.id(), keys});
}

void add(Device& phone, const std::string& kana, const std::string& birth,
         const std::vector<std::string>& needs = {}) {
  phone.press("add");
  phone.enter("answer", kana);
  phone.press("save");
  phone.enter("answer", birth);
  phone.press("save");
  phone.choose("answer", "none");
  phone.press("save");
  phone.choose_all("answer", needs);
  phone.press("save");
}

// A phone in a town whose shelters have a key; nothing was ever enrolled, and there is no network.
struct Alone {
  Town town;
  Device& phone;
  explicit Alone(bool with_key = true) : phone((town.has_shelter(with_key), town.phone("phone"))) {
    town.hub_away(true);
    phone.start();
    phone.online(false);
    phone.press("household");
  }
};

TEST(HouseholdJourney, IsWrittenDownWithoutEnrolmentAndWithoutANetwork) {
  Alone alone;
  Device& phone = alone.phone;
  EXPECT_TRUE(phone.sees("登録も電波もいりません")) << phone.text();
  EXPECT_EQ(phone.find("pass"), nullptr);
  phone.press("add");
  EXPECT_TRUE(phone.at("household.ask")) << phone.text();
  phone.enter("answer", "ｻｸﾗ　ﾕｳｺ");
  phone.press("save");
  phone.enter("answer", "1985-04-02");
  phone.press("save");
  phone.choose("answer", "female");
  phone.press("save");
  phone.choose_all("answer", {"allergy", "wheelchair"});
  phone.press("save");
  phone.choose_all("answer", {"egg"});
  phone.press("save");
  phone.enter("answer", "朝の薬");
  phone.press("save");
  ASSERT_TRUE(phone.at("household")) << phone.text();
  EXPECT_TRUE(phone.sees("サクラ ユウコ"));
  EXPECT_TRUE(phone.sees("41歳 / 車いす / アレルギー")) << phone.text();
  add(phone, "さくら そら", "2026-07-20", {"infant"});
  EXPECT_TRUE(phone.sees("4か月 / 乳児（ミルク・おむつ）")) << phone.text();
  phone.press("ask:telephone");
  phone.enter("answer", "0000-12-0420");
  phone.press("save");
  phone.press("ask:consent");
  phone.choose("answer", "yes");
  phone.press("save");
  phone.press("pass");
  ASSERT_TRUE(phone.at("household.pass")) << phone.text();
  EXPECT_TRUE(phone.sees("圏外でも、そのまま使えます"));
  EXPECT_FALSE(phone.sees("アレルギー")) << "needs are for the reception's eyes";
  const auto reading = read(alone.town, phone.find("symbol")->value);
  ASSERT_EQ(reading.trouble, PassTrouble::None);
  ASSERT_EQ(reading.pass->members.size(), 2u);
  EXPECT_EQ(reading.pass->members[0].kana, "サクラ ユウコ");
  EXPECT_TRUE(reading.pass->members[0].needs.has(Need::Wheelchair));
  EXPECT_TRUE(reading.pass->members[0].allergens.has(household::Allergen::Egg));
  EXPECT_EQ(reading.pass->members[0].sex, household::Sex::Female);
  EXPECT_EQ(reading.pass->telephone, "0000120420");
  EXPECT_TRUE(reading.pass->consent);
  EXPECT_EQ(alone.town.requests, 0) << "nothing may leave the phone";
}

TEST(HouseholdJourney, ShowsTheSameSymbolUntilSomethingChanges) {
  Alone alone;
  Device& phone = alone.phone;
  add(phone, "さくら みお", "2017-06-03");
  phone.press("pass");
  const std::string first = phone.find("symbol")->value;
  phone.back();
  phone.press("pass");
  EXPECT_EQ(phone.find("symbol")->value, first);
  phone.back();
  phone.press("ask:pets");
  phone.choose_all("answer", {"dog"});
  phone.press("save");
  phone.press("pass");
  const std::string second = phone.find("symbol")->value;
  EXPECT_NE(second, first);
  EXPECT_GT(read(alone.town, second).pass->counter, read(alone.town, first).pass->counter);
  EXPECT_EQ(read(alone.town, second).pass->household, read(alone.town, first).pass->household);
}

TEST(HouseholdJourney, IsThereAgainAfterARestart) {
  Alone alone;
  add(alone.phone, "さくら みお", "2017-06-03", {"quiet"});
  alone.phone.stop();
  alone.phone.start();
  alone.phone.press("household");
  EXPECT_TRUE(alone.phone.sees("さくら みお")) << alone.phone.text();
  EXPECT_TRUE(alone.phone.sees("静かな場所が必要"));
}

TEST(HouseholdJourney, SaysRegisteredOnlyOfWhatTheBrowserCannotDrop) {
  Town town;
  town.has_shelter(true);
  Device& phone = town.phone("phone");
  phone.storage = "best-effort";
  phone.start();
  phone.press("household");
  add(phone, "さくら みお", "2017-06-03");
  town.run_for(100);
  EXPECT_GT(phone.persists, 0) << "the browser was not asked";
  EXPECT_EQ(phone.find("registered"), nullptr);
  EXPECT_TRUE(phone.sees("世帯パスを画像か紙で残すと、登録できます。")) << phone.text();
  phone.press("pass");
  phone.press("picture");
  ASSERT_EQ(phone.pictures.size(), 1u);
  EXPECT_EQ(read(town, phone.pictures[0].symbol).trouble, PassTrouble::None);
  phone.back();
  EXPECT_NE(phone.find("registered"), nullptr) << phone.text();
  // What is on the picture is old as soon as something changes.
  phone.press("ask:address");
  phone.enter("answer", "日和町南");
  phone.press("save");
  EXPECT_EQ(phone.find("registered"), nullptr);
  phone.press("pass");
  phone.press("print");
  EXPECT_EQ(phone.prints, 1);
  phone.back();
  EXPECT_NE(phone.find("registered"), nullptr);
}

TEST(HouseholdJourney, SaysRegisteredWhereTheStorageStays) {
  Town town;
  town.has_shelter(true);
  Device& phone = town.phone("phone");
  phone.start();
  phone.press("household");
  add(phone, "さくら みお", "2017-06-03");
  town.run_for(100);
  EXPECT_NE(phone.find("registered"), nullptr) << phone.text();
}

TEST(HouseholdJourney, IsHonestWhereNoShelterCanReadIt) {
  Alone alone(false);
  add(alone.phone, "さくら みお", "2017-06-03");
  EXPECT_EQ(alone.phone.find("pass"), nullptr);
  EXPECT_TRUE(alone.phone.sees("まだ世帯パスを読めません")) << alone.phone.text();
}

TEST(HouseholdJourney, RefusesWhatIsNoNameAndNoBirthday) {
  Alone alone;
  Device& phone = alone.phone;
  phone.press("add");
  for (const char* name : {"", "  ", "佐倉 澪", "さくら澪"}) {
    phone.enter("answer", name);
    phone.press("save");
    EXPECT_FALSE(phone.find("answer")->error.empty()) << name;
  }
  phone.enter("answer", "NGUYEN THI HOA");
  phone.press("save");
  for (const char* birth : {"", "2026-11-25", "1800-01-01", "x"}) {
    phone.enter("answer", birth);
    phone.press("save");
    EXPECT_FALSE(phone.find("answer")->error.empty()) << birth;
  }
  phone.enter("answer", "2026-11-24");
  phone.press("save");
  EXPECT_TRUE(phone.at("household.ask"));
  phone.back();
  EXPECT_TRUE(phone.sees("NGUYEN THI HOA"));
  phone.press("ask:telephone");
  phone.enter("answer", "12345");
  phone.press("save");
  EXPECT_FALSE(phone.find("answer")->error.empty());
}

TEST(HouseholdJourney, ChangesAndRemovesAMember) {
  Alone alone;
  Device& phone = alone.phone;
  add(phone, "さくら みお", "2017-06-03");
  add(phone, "さくら そら", "2019-06-03");
  phone.press("member:1");
  phone.press("ask:1.kana");
  phone.enter("answer", "さくら みおう");
  phone.press("save");
  ASSERT_TRUE(phone.at("household.member")) << phone.text();
  EXPECT_TRUE(phone.sees("さくら みおう"));
  phone.press("remove:1");
  ASSERT_TRUE(phone.at("household")) << phone.text();
  EXPECT_FALSE(phone.sees("さくら みおう"));
  // A number is not given again: desks hold stays by it.
  add(phone, "さくら りく", "2021-06-03");
  EXPECT_NE(phone.find("member:3"), nullptr) << phone.text();
}

bool has(const std::string& text, bool kana_too) {
  bool inside = false;
  for (const char32_t sign : base::to_code_points(text)) {
    if (sign == 0xFFF9) inside = true;
    if (sign == 0xFFFB) inside = false;
    if (!inside && (words::is_kanji(sign) || (kana_too && sign >= 0x3040 && sign <= 0x30FF))) return true;
  }
  return false;
}

void expect_own_language(const std::string& language, const std::string& where, const screen::Node& node) {
  std::vector<std::string> texts{node.name, node.hint, node.error};
  for (const screen::Option& option : node.options) texts.push_back(option.name);
  if (node.id != "town" && node.id != "languages") {
    for (const std::string& text : texts) {
      const bool foreign = !language.starts_with("ja") && !language.starts_with("zh");
      const bool wrong = (language == "ja-x-easy" && has(text, false)) || (foreign && has(text, true));
      EXPECT_FALSE(wrong) << language << " " << where << ": " << text;
    }
  }
  for (const screen::Node& child : node.children) expect_own_language(language, where, child);
}

TEST(HouseholdJourney, SpeaksEveryLanguageOnEveryPage) {
  for (const words::Language& one : words::languages()) {
    const std::string language(one.tag);
    Town town;
    town.has_shelter(true);
    Device& phone = town.phone("phone");
    phone.start();
    if (language != "ja") {
      phone.choose("languages", language);
      town.run_for(100);
    }
    std::set<std::string> seen;
    const auto look = [&] {
      seen.insert(phone.at());
      EXPECT_EQ(phone.screen().language, language);
      for (const auto* region : {&phone.screen().bar, &phone.screen().main, &phone.screen().foot})
        for (const screen::Node& node : *region) expect_own_language(language, phone.at(), node);
    };
    phone.press("household");
    look();
    phone.press("add");
    look();
    phone.press("save");
    look();
    phone.enter("answer", "ABE REN");
    phone.press("save");
    phone.press("save");
    look();
    phone.enter("answer", "2025-10-01");
    phone.press("save");
    look();
    phone.press("save");
    look();
    phone.choose_all("answer", {"allergy", "infant", "medicine"});
    phone.press("save");
    look();
    phone.press("save");
    look();
    phone.press("save");
    look();
    for (const char* what : {"telephone", "address", "pets", "supporter", "place", "consent"}) {
      phone.press(std::string("ask:") + what);
      look();
      phone.back();
    }
    phone.press("member:1");
    look();
    phone.back();
    phone.online(false);
    phone.press("pass");
    look();
    EXPECT_GE(seen.size(), 14u);
  }
}

}  // namespace
}  // namespace machi::journeys

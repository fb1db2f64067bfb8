// Disability support from question to list: answered on the phone, explained, kept there; several people; the
// help card's two tiers.
#include "core/app/event.h"
#include "core/pages/pack_shelf.h"
#include "core/support/help_card.h"
#include "tests/journeys/support_steps.h"

namespace machi::journeys {
namespace {

struct SupportTown : testing::Test {
  Town town{11};
  SupportTown() { town.give_out_rules(rules::cbor_of(sample_rules())); }
  Device& phone() {
    Device& made = support_phone(town, "phone");
    made.press("support");
    return made;
  }
  static bool at_question(const Device& phone) { return phone.at("support.ask") && phone.find("answer"); }
  // Answers whatever is asked, by the facts given; what is not among them is not known.
  static void answer_all(Device& phone, const std::map<std::string, std::string>& facts) {
    phone.press("go.ask");
    for (int i = 0; i < 80 && at_question(phone); ++i) {
      const screen::Node input = *phone.find("answer");
      const auto known = facts.find(input.version);
      if (known == facts.end()) {
        phone.press("skip");
        continue;
      }
      if (input.role == screen::Role::Choice)
        phone.choose("answer", known->second);
      else
        phone.enter("answer", known->second);
      phone.press("save");
      EXPECT_TRUE(phone.find("answer") == nullptr || phone.find("answer")->error.empty()) << phone.text();
    }
    phone.press("support.mine");
  }
};

// Of a severe case the list stands after a few questions, each row with its amount.
TEST_F(SupportTown, ListsWhatAppliesWithAmountsAndReasons) {
  Device& device = phone();
  answer_all(device, {{"birth", "昭和55年5月5日"},
                      {"physical-grade", "1"},
                      {"physical-part", "leg"},
                      {"intellectual-grade", "none"},
                      {"mental-grade", "none"},
                      {"always-care", "yes"},
                      {"in-facility", "no"},
                      {"long-hospital", "no"},
                      {"income", "1,000,000"},
                      {"dependents", "0"},
                      {"tax-class", "exempt"}});
  EXPECT_TRUE(device.at("support.mine")) << device.at();
  EXPECT_TRUE(device.sees("特別障害者手当")) << device.text();
  EXPECT_TRUE(device.sees("月 29,590円"));
  device.press("benefit.special-adult-allowance");
  EXPECT_TRUE(device.sees("使えます"));
  EXPECT_TRUE(device.sees("第26条の2")) << device.text();
  EXPECT_TRUE(device.sees("診断書"));
  EXPECT_TRUE(device.sees("所得"));
  device.press("speak");
  ASSERT_EQ(device.speaks.size(), 1u);
  EXPECT_EQ(device.speaks[0].language, "ja");
  device.press("remind");
  device.press("back");
  device.press("back");
  device.press("go.changes");
  EXPECT_TRUE(device.sees("特別障害者手当")) << device.text();
}

// Nothing of it leaves the phone: what it asks of the town's site is the public file alone.
TEST_F(SupportTown, PostsNothingAtAll) {
  Device& device = phone();
  const int before = town.requests;
  answer_all(device, {{"birth", "1980-05-05"}, {"mental-grade", "2"}});
  EXPECT_EQ(town.requests, before);
  EXPECT_GE(town.site_requests, 1);
}

TEST_F(SupportTown, AsksOnlyWhatCanStillDecideAndNeverTwice) {
  Device& device = phone();
  device.press("go.ask");
  std::set<std::string> asked;
  for (int i = 0; i < 80 && at_question(device); ++i) {
    EXPECT_TRUE(asked.insert(device.find("answer")->version).second) << device.text();
    device.press("skip");
  }
  EXPECT_GT(asked.size(), 20u);
  EXPECT_TRUE(device.sees("質問は終わりです")) << device.text();
  device.press("support.mine");
  // Nobody knows: then the town's desk does.
  EXPECT_TRUE(device.sees("窓口で聞いてください")) << device.text();
  EXPECT_TRUE(device.sees("日和町 福祉課"));
}

TEST_F(SupportTown, SaysWhyItAsks) {
  Device& device = phone();
  device.press("go.ask");
  EXPECT_TRUE(device.sees("なぜ聞くのですか"));
  EXPECT_TRUE(device.sees("制度が変わります")) << device.text();
}

TEST_F(SupportTown, RefusesWhatIsNoAnswerAndSaysWhy) {
  Device& device = phone();
  answer_all(device, {{"birth", "1980-05-05"}});
  device.press("answers");
  device.press("edit.birth");
  for (const char* wrong : {"2026-02-29", "平成31年5月1日", "きのう", "1980-13-01"}) {
    device.enter("answer", wrong);
    device.press("save");
    EXPECT_TRUE(device.sees("この日付はありません")) << wrong << device.text();
  }
  for (const char* wrong : {"2030-01-01", "1899-12-31"}) {
    device.enter("answer", wrong);
    device.press("save");
    EXPECT_TRUE(device.sees("1900年から今日まで")) << wrong << device.text();
  }
  device.enter("answer", "平成2年4月1日");
  device.press("save");
  EXPECT_TRUE(device.at("support.answers")) << device.text();
  EXPECT_TRUE(device.sees("1990年4月1日")) << device.text();
  device.press("back");
  device.press("back");
  device.press("go.ask");
  for (int i = 0; i < 80 && at_question(device) && device.find("answer")->version != "income"; ++i)
    device.press("skip");
}

TEST_F(SupportTown, TellsWhatChangesByItselfAndForTheCalendar) {
  Device& device = phone();
  // Twenty on 2026-12-20: the child's allowance ends on the day before.
  answer_all(device, {{"birth", "2006-12-20"},
                      {"always-care", "yes"},
                      {"in-facility", "no"},
                      {"long-hospital", "no"},
                      {"income", "0"},
                      {"dependents", "0"},
                      {"physical-grade", "1"},
                      {"renewal", "2027-01-10"}});
  device.press("back");
  EXPECT_TRUE(device.find("soon") != nullptr) << device.text();
  device.press("go.changes");
  EXPECT_TRUE(device.sees("障害児福祉手当が使えなくなります")) << device.text();
  EXPECT_TRUE(device.sees("2026年12月19日")) << device.text();
  EXPECT_TRUE(device.sees("もうすぐ"));
  device.press("calendar");
  ASSERT_EQ(device.saved.size(), 1u);
  const std::string file(base::text_view(device.saved[0].bytes));
  EXPECT_NE(file.find("DTSTART;VALUE=DATE:20261219"), std::string::npos) << file;
  for (std::size_t at = 0; at < file.size();) {
    const std::size_t end = file.find("\r\n", at);
    ASSERT_NE(end, std::string::npos);
    EXPECT_LE(end - at, 75u) << file.substr(at, end - at);
    at = end + 2;
  }
}

TEST_F(SupportTown, FindsInTheGuideByWordsAndByKind) {
  Device& device = phone();
  device.press("go.guide");
  device.enter("search", "ﾀｸｼｰ");
  EXPECT_TRUE(device.sees("福祉タクシー券")) << device.text();
  EXPECT_FALSE(device.sees("特別障害者手当"));
  device.enter("search", "ありえないことば");
  EXPECT_TRUE(device.sees("見つかりません"));
  device.enter("search", "");
  device.choose("kind", "tax");
  EXPECT_TRUE(device.sees("所得税の障害者控除"));
  EXPECT_FALSE(device.sees("福祉タクシー券"));
}

TEST_F(SupportTown, KeepsPeopleApartAndErasesOne) {
  Device& device = phone();
  answer_all(device, {{"birth", "1980-05-05"}, {"physical-grade", "1"}});
  device.press("back");
  device.press("go.people");
  device.press("add");
  EXPECT_TRUE(device.sees("名前を書いてください"));
  device.enter("name", "おばあちゃん");
  device.press("add");
  device.press("back");
  EXPECT_TRUE(device.sees("おばあちゃんのこと")) << device.text();
  device.press("go.mine");
  device.press("answers");
  EXPECT_TRUE(device.sees("まだ答えはありません")) << device.text();
  device.press("back");
  device.press("back");
  device.press("go.people");
  device.press("erase");
  device.press("erase.yes");
  EXPECT_FALSE(device.sees("おばあちゃん")) << device.text();
  device.press("back");
  device.press("go.mine");
  device.press("answers");
  EXPECT_TRUE(device.sees("1980年5月5日")) << device.text();
  // It is there after a start, too.
  device.stop();
  device.start();
  town.run_for(2000);
  device.press("support");
  device.press("go.mine");
  device.press("answers");
  EXPECT_TRUE(device.sees("1980年5月5日")) << device.text();
  device.press("erase");
  device.press("erase.yes");
  device.press("answers");
  EXPECT_TRUE(device.sees("まだ答えはありません")) << device.text();
}

TEST_F(SupportTown, ShowsAHelpCardToAnybodyAndItsSecondTierToVerifiersOnly) {
  town.has_shelter(true);
  Device& device = phone();
  device.press("go.card");
  device.press("write");
  device.enter("name", "山田 花子");
  device.enter("phone", "0000-12-3456");
  device.enter("need", "ゆっくり話してください");
  device.enter("medicine", "インスリン");
  device.press("save");
  const screen::Node* open = device.find("open.symbol");
  ASSERT_NE(open, nullptr) << device.text();
  EXPECT_NE(open->value.find("ゆっくり話してください"), std::string::npos);
  EXPECT_EQ(open->value.find("インスリン"), std::string::npos);
  const screen::Node* sealed = device.find("sealed.symbol");
  ASSERT_NE(sealed, nullptr) << device.text();
  EXPECT_EQ(sealed->value.find("インスリン"), std::string::npos);
  const auto card = support::open_card(sealed->value, town.id(), Town::shelter_key());
  ASSERT_TRUE(card.ok()) << card.error().detail;
  EXPECT_EQ(card->fields.at("medicine"), "インスリン");
  EXPECT_FALSE(card->fields.contains("name"));
  device.press("picture");
  ASSERT_EQ(device.pictures.size(), 1u);
  for (const std::string& line : device.pictures[0].lines)
    EXPECT_EQ(line.find("インスリン"), std::string::npos);
}

}  // namespace
}  // namespace machi::journeys

// A shelter as its staff meet it: whole apps on tablets, over the real post office - with a network, without
// one for hours, and with a file from hand to hand.
#include "core/household/pass.h"
#include "tests/journeys/desk_steps.h"

namespace machi::journeys {
namespace {

// Mother, father, a girl with an egg allergy, a baby.
household::Pass family(std::uint64_t counter = 1) {
  household::Pass pass;
  pass.household.bytes.fill(0x5A);
  pass.counter = counter;
  pass.made = base::instant_of(*Date::of(2026, 10, 3), TimeOfDay{7 * 60 + 30});
  pass.telephone = "09012345678";
  const auto member = [&](int number, std::string kana, Date birth) {
    household::PassMember one;
    one.number = number;
    one.kana = std::move(kana);
    one.birth = birth;
    pass.members.push_back(std::move(one));
  };
  member(1, "さくら ゆうこ", *Date::of(1985, 4, 1));
  member(2, "さくら けんじ", *Date::of(1983, 2, 3));
  member(3, "さくら みお", *Date::of(2018, 5, 6));
  member(4, "さくら そら", *Date::of(2026, 9, 1));
  pass.members[2].allergens = household::Allergens{}.with(household::Allergen::Egg);
  pass.members[3].needs = household::Needs{}.with(household::Need::Infant);
  pass.pets = household::Pets{}.with(household::Pet::Dog);
  return pass;
}

struct Shelters : testing::Test {
  Shelters() { town.found_school(); }
  Device& tablet(const std::string& name) {
    Device& made = town.shelter_desk(name);
    EXPECT_TRUE(made.at("desk.shelter.choose")) << made.text();
    return made;
  }
  // A tablet at the gymnasium, which the first one opens.
  Device& gym(const std::string& name) {
    Device& made = tablet(name);
    town.run_for(2000);
    if (made.sees("東小体育館")) {
      made.press("東小体育館");
    } else {
      made.enter("own.name", "東小体育館");
      made.press("own.make");
    }
    EXPECT_TRUE(made.at("desk.shelter.reception")) << made.text();
    town.run_for(5000);
    return made;
  }
  std::string pass(const household::Pass& of) {
    const auto text = household::write_pass(town.entropy(), town.id(), town.shelter_office().epoch_key, of);
    EXPECT_TRUE(text.ok()) << text.error().detail;
    return *text;
  }
  static std::string inside(Device& desk) {
    const screen::Node* fact = desk.find("count.inside");
    return fact ? words::plain(fact->value) : "";
  }
  static void walk_in(Device& desk, const std::string& name, const std::string& age = "") {
    desk.press("walkin");
    desk.enter("name", name);
    if (!age.empty()) desk.enter("age", age);
    desk.press("enter");
    EXPECT_TRUE(desk.at("desk.shelter.reception")) << desk.text();
  }
  Town town;
};

TEST_F(Shelters, TakeAHouseholdInWithOnePressAfterTheScan) {
  Device& desk = gym("tablet");
  desk.scan(pass(family()));
  ASSERT_TRUE(desk.at("desk.shelter.household")) << desk.text();
  EXPECT_TRUE(desk.sees("さくらさんの世帯")) << desk.text();
  EXPECT_TRUE(desk.sees("2か月")) << desk.text();
  EXPECT_TRUE(desk.sees("4人を入所にする"));
  const auto options = desk.find("here")->options;
  ASSERT_EQ(options.size(), 4u);
  for (const auto& one : options) EXPECT_TRUE(one.selected) << "all ticked";
  // The father is not here.
  desk.choose_all("here", {options[0].value, options[2].value, options[3].value});
  EXPECT_TRUE(desk.sees("3人を入所にする"));
  desk.press("enter");
  ASSERT_TRUE(desk.at("desk.shelter.reception")) << desk.text();
  EXPECT_EQ(inside(desk), "3人");
  // He comes later: the pass shows him alone.
  desk.scan(pass(family()));
  ASSERT_EQ(desk.find("here")->options.size(), 1u) << desk.text();
  desk.press("enter");
  EXPECT_EQ(inside(desk), "4人");
  // Read again and it is out.
  desk.scan(pass(family()));
  EXPECT_TRUE(desk.sees("4人を退所にする")) << desk.text();
  desk.press("leave");
  EXPECT_EQ(inside(desk), "0人");
  desk.press("undo");
  EXPECT_EQ(inside(desk), "4人") << "two seconds later it was a mistake";
}

TEST_F(Shelters, TurnNobodyAwayBecauseOfACode) {
  Device& desk = gym("tablet");
  for (const std::string& bad :
       {std::string("https://example.com/"), pass(family()).substr(0, 60), std::string("MH1:")}) {
    desk.scan(bad);
    ASSERT_TRUE(desk.at("desk.shelter.reception"));
    ASSERT_TRUE(desk.find("trouble")) << desk.text();
    ASSERT_TRUE(desk.find("trouble.walkin"));
  }
  desk.press("trouble.walkin");
  ASSERT_TRUE(desk.at("desk.shelter.walkin"));
  desk.press("enter");
  EXPECT_TRUE(desk.sees("名前を書いてください")) << "a name is all that it wants";
  desk.enter("name", "田中 うめ");
  desk.enter("age", "８１");
  desk.choose_all("needs", {"wheelchair"});
  desk.press("more");
  desk.enter("name", "田中 まつ");
  desk.press("enter");
  EXPECT_EQ(inside(desk), "2人");
  desk.press("page.list");
  EXPECT_TRUE(desk.sees("田中 うめ")) << desk.text();
  EXPECT_TRUE(desk.sees("81歳"));
  desk.enter("search", "まつ");
  EXPECT_FALSE(desk.sees("田中 うめ"));
  EXPECT_TRUE(desk.sees("田中 まつ"));
  desk.press("page.needs");
  EXPECT_TRUE(desk.sees("田中 うめ"));
  EXPECT_FALSE(desk.sees("田中 まつ"));
}

// As by a phone that knows the office's next key, which this tablet without a network never got.
TEST_F(Shelters, SayOfAPassForAKeyThatNeverCameWhatItIsAndTakeTheFamilyInAllTheSame) {
  Device& desk = gym("tablet");
  desk.online(false);
  crypto::SealPublic next = town.shelter_office().epoch_key;
  next.bytes[0] ^= 1;
  const auto text = household::write_pass(town.entropy(), town.id(), next, family());
  ASSERT_TRUE(text.ok());
  desk.scan(*text);
  EXPECT_TRUE(desk.sees("この端末にまだない鍵の世帯パスです")) << desk.text();
  EXPECT_TRUE(desk.sees("コードなしでも受け付けられます")) << desk.text();
  walk_in(desk, "さくら ゆうこ", "41");
  EXPECT_EQ(inside(desk), "1人");
}

TEST_F(Shelters, GoOnWithoutANetworkForHoursAndLoseNothing) {
  Device& first = gym("first");
  Device& second = gym("second");
  town.hub_away(true);
  town.run_for(2 * 3600'000);
  EXPECT_TRUE(first.sees("受付は続けられます")) << first.text();
  first.scan(pass(family()));
  first.press("enter");
  walk_in(second, "田中 うめ");
  // The same pass at the other table: neither knows of the other.
  second.scan(pass(family()));
  second.press("enter");
  EXPECT_EQ(inside(first), "4人");
  EXPECT_EQ(inside(second), "5人");
  EXPECT_TRUE(first.sees("まだ送っていない記録")) << first.text();
  first.stop();  // its battery is empty, and it is started again
  first.start();
  town.hub_away(false);
  ASSERT_TRUE(town.run_until([&] { return inside(first) == "5人" && inside(second) == "5人"; }, 600'000))
      << first.text() << second.text();
  EXPECT_FALSE(first.sees("まだ送っていない記録")) << first.text();
}

TEST_F(Shelters, MergeByAFileFromHandToHand) {
  Device& first = gym("first");
  Device& second = gym("second");
  Device& hq = tablet("hq");
  hq.press("hq");
  town.hub_away(true);
  town.run_for(60'000);
  walk_in(first, "田中 うめ");
  walk_in(second, "鈴木 たけ");
  const auto file_of = [](Device& desk) {
    desk.press("page.exchange");
    const std::size_t before = desk.saved.size();
    desk.press("save");
    EXPECT_EQ(desk.saved.size(), before + 1);
    return std::string(base::text_view(desk.saved.back().bytes));
  };
  const std::string file = file_of(first);
  EXPECT_EQ(file.find("田中"), std::string::npos) << "it is sealed";
  second.press("page.exchange");
  second.choose_file("file", "shelter.txt", "utf-8", file);
  second.choose_file("file", "shelter.txt", "utf-8", file);  // twice is once
  second.press("page.reception");
  EXPECT_EQ(inside(second), "2人") << second.text();
  // A stranger's file, and a broken one.
  second.press("page.exchange");
  for (const std::string& bad :
       {std::string("hello"), std::string("MACHI-SHELTER 1\nAAAA\n"), file.substr(0, 200)}) {
    second.choose_file("file", "bad.txt", "utf-8", bad);
    EXPECT_TRUE(second.sees("記録は変わっていません")) << second.text();
  }
  first.press("page.exchange");
  first.choose_file("file", "shelter.txt", "utf-8", file_of(second));
  first.press("page.reception");
  EXPECT_EQ(inside(first), "2人");
  // The first tablet falls into the water: what it wrote reaches the town by the second one.
  first.stop();
  town.hub_away(false);
  ASSERT_TRUE(town.run_until(
      [&] { return hq.find("town.in") && words::plain(hq.find("town.in")->value) == "2人"; }, 600'000))
      << hq.text();
}

TEST_F(Shelters, LetPeopleLeaveComeBackAndMove) {
  Device& gymnasium = gym("gym");
  Device& hall = tablet("hall");
  hall.enter("own.name", "南公民館");
  hall.press("own.make");
  town.run_for(5000);
  walk_in(gymnasium, "田中 うめ");
  gymnasium.press("page.list");
  gymnasium.press("田中 うめ");
  ASSERT_TRUE(gymnasium.at("desk.shelter.stay")) << gymnasium.text();
  gymnasium.enter("kana", "たなか うめ");
  gymnasium.press("leave.home");
  gymnasium.choose("only", "left");
  gymnasium.press("田中 うめ");
  gymnasium.press("come-back");
  gymnasium.press("page.reception");
  EXPECT_EQ(inside(gymnasium), "1人");
  EXPECT_FALSE(gymnasium.find("count.doubts")) << gymnasium.text();
  gymnasium.press("page.list");
  gymnasium.choose("only", "here");
  gymnasium.press("田中 うめ");
  gymnasium.choose("move", "南公民館");
  town.run_for(5000);
  gymnasium.press("page.reception");
  EXPECT_EQ(inside(gymnasium), "0人") << gymnasium.text();
  EXPECT_EQ(inside(hall), "1人") << hall.text();
}

TEST_F(Shelters, ShowTwoRecordsOfOnePersonUntilSomebodySettlesThem) {
  Device& first = gym("first");
  Device& second = gym("second");
  walk_in(first, "さくら ゆうこ");
  town.run_for(5000);
  const auto open = [](Device& desk) {
    desk.press("page.list");
    desk.press("さくら ゆうこ");
  };
  open(first);
  open(second);
  town.hub_away(true);
  town.run_for(1000);
  first.enter("name", "佐倉 優子");
  second.enter("name", "佐倉 裕子");
  town.hub_away(false);
  ASSERT_TRUE(town.run_until([&] { return first.sees("2つの記録") && second.sees("2つの記録"); }, 600'000))
      << first.text();
  first.enter("name", "佐倉 裕子");
  ASSERT_TRUE(town.run_until([&] { return !first.sees("2つの記録") && !second.sees("2つの記録"); }, 60'000))
      << second.text();
  EXPECT_TRUE(second.sees("佐倉 裕子"));
}

TEST_F(Shelters, AreSeenFromHeadquartersAndStaleIsShownAsStale) {
  Device& hq = tablet("hq");
  hq.press("hq");
  ASSERT_TRUE(hq.at("desk.shelter.hq")) << hq.text();
  hq.choose_file("list", "hinanjo.csv", "shift_jis",
                 "名称,住所,緯度,経度,想定収容人数,電話番号\n"
                 "東小体育館,日和町東1,34.8,138.3,2人,0000-12-3456\n"
                 ",日和町,34.8,138.3,10,\n"
                 "南公民館,日和町南2,,,40,\n");
  EXPECT_TRUE(hq.sees("3行のうち、2か所を読めました")) << hq.text();
  EXPECT_TRUE(hq.sees("3行目：名称がありません")) << hq.text();
  hq.press("list.take");
  EXPECT_TRUE(hq.sees("南公民館"));
  // The map is the same rows: what has a place stands on the plan, what has none below it, until it gets one.
  hq.choose("show", "map");
  ASSERT_TRUE(hq.find("map") && hq.find("unplaced")) << hq.text();
  EXPECT_FALSE(hq.find("shelters"));
  ASSERT_EQ(hq.find("map")->children.size(), 1u);
  EXPECT_EQ(hq.find("map")->children[0].name, "東小体育館");
  EXPECT_EQ(hq.find("map")->children[0].href, "geo:34.80000,138.30000");
  ASSERT_EQ(hq.find("unplaced")->children.size(), 1u);
  hq.press(std::string(hq.find("unplaced")->children[0].id));
  ASSERT_TRUE(hq.at("desk.shelter.place")) << hq.text();
  hq.enter("spot", "138.31, 34.81");
  EXPECT_FALSE(hq.find("spot")->error.empty());
  hq.enter("spot", "３４．８１，１３８．３１");
  EXPECT_EQ(hq.find("spot")->value, "34.81000,138.31000");
  hq.back();
  EXPECT_FALSE(hq.find("unplaced")) << hq.text();
  ASSERT_EQ(hq.find("map")->children.size(), 2u);
  EXPECT_EQ(hq.find("map")->children[0].children[0].tone, screen::Tone::Neutral);  // closed
  hq.choose("show", "table");
  ASSERT_TRUE(hq.find("shelters")) << hq.text();
  Device& desk = gym("tablet");
  std::string row;
  for (const auto& one : hq.find("shelters")->children)
    if (words_in(one).find("東小体育館") != std::string::npos) row = one.id.substr(4);
  hq.press("shelter." + row);
  ASSERT_TRUE(hq.at("desk.shelter.place")) << hq.text();
  EXPECT_TRUE(hq.sees("0000-12-3456に電話する")) << hq.text();
  hq.choose("standing", "2");
  hq.back();
  walk_in(desk, "田中 うめ");
  walk_in(desk, "田中 まつ");
  town.run_for(5000);
  EXPECT_EQ(words::plain(hq.find("town.in")->value), "2人") << hq.text();
  EXPECT_TRUE(hq.sees("満員")) << hq.text();
  EXPECT_FALSE(hq.find("old"));
  // The tablet's line breaks: after ten minutes its numbers are old.
  desk.online(false);
  town.run_for(15 * 60'000);
  EXPECT_TRUE(hq.find("old")) << hq.text();
  hq.choose("show", "map");
  const screen::Node gym_mark = hq.find("map")->children.front();
  EXPECT_EQ(gym_mark.name, "東小体育館");
  EXPECT_EQ(gym_mark.state, screen::State::Stale);
  EXPECT_NE(words_in(gym_mark).find("2／2人"), std::string::npos) << words_in(gym_mark);
  hq.choose("show", "table");
  // Looking somebody up is written down.
  hq.press("page.roster");
  hq.enter("search", "うめ");
  EXPECT_TRUE(hq.sees("田中 うめ")) << hq.text();
  EXPECT_FALSE(hq.sees("田中 まつ"));
  EXPECT_TRUE(hq.find("looks"));
  // Headquarters sends her to another shelter.
  for (const auto& one : hq.screen().rail.front().children)
    if (one.id == "page.hq") hq.press("page.hq");
  for (const auto& one : hq.find("shelters")->children)
    if (words_in(one).find("南公民館") != std::string::npos) row = one.id.substr(4);
  hq.press("shelter." + row);
  hq.choose("standing", "2");
  hq.back();
  hq.press("page.roster");
  hq.enter("search", "うめ");
  hq.press("田中 うめ");
  ASSERT_TRUE(hq.at("desk.shelter.stay")) << hq.text();
  hq.choose("move", "南公民館");
  ASSERT_TRUE(hq.at("desk.shelter.roster")) << hq.text();
  EXPECT_TRUE(hq.sees("南公民館")) << hq.text();
  desk.online(true);
  ASSERT_TRUE(town.run_until([&] { return inside(desk).starts_with("1"); }, 600'000)) << desk.text();
}

TEST_F(Shelters, HandOverWhatTheNextShiftHasToKnow) {
  Device& desk = gym("tablet");
  Device& other = gym("other");
  desk.press("page.shift");
  desk.enter("request", "毛布 20枚");
  desk.press("request.add");
  desk.enter("note", "夜は北口を閉める");
  desk.press("note.add");
  town.run_for(5000);
  other.press("page.shift");
  EXPECT_TRUE(other.sees("毛布 20枚")) << other.text();
  EXPECT_TRUE(other.sees("夜は北口を閉める"));
  other.choose(first_of(other, "supply.")->id, "3");
  town.run_for(5000);
  const screen::Node* request = first_of(desk, "supply.");
  ASSERT_TRUE(request);
  EXPECT_TRUE(request->options[2].selected) << "arrived";
}

TEST_F(Shelters, GiveTheRosterAsAFileAndTheConsentingAloneOnPaper) {
  Device& desk = gym("tablet");
  auto told = family();
  told.consent = true;
  desk.scan(pass(told));
  desk.press("enter");
  walk_in(desk, "秘密 のひと");
  desk.press("page.list");
  desk.press("csv");
  ASSERT_EQ(desk.saved.size(), 1u);
  const std::string csv(base::text_view(desk.saved[0].bytes));
  EXPECT_NE(csv.find("秘密 のひと"), std::string::npos);
  EXPECT_NE(csv.find("さくら みお"), std::string::npos);
  desk.press("print");
  ASSERT_EQ(desk.papers.size(), 1u);
  EXPECT_EQ(desk.papers[0].find("秘密"), std::string::npos);
  EXPECT_NE(desk.papers[0].find("さくら みお"), std::string::npos);
}

TEST_F(Shelters, HaveTheLockTheLanguagesAndTheDevicesThatEveryDeskHas) {
  Device& desk = gym("tablet");
  desk.press("page.settings");
  ASSERT_TRUE(desk.at("desk.devices")) << desk.text();
  EXPECT_FALSE(desk.find("page.slips")) << "a school's lists are none of theirs";
  desk.press("page.language");
  desk.press("page.shelter");
  EXPECT_TRUE(desk.at("desk.shelter.reception")) << desk.text();
}

}  // namespace
}  // namespace machi::journeys

// Another name at a shelter, and an evacuation plan from the family's kitchen table to "confirmed safe":
// whole apps over the real post office.
#include <fstream>

#include "tests/journeys/tour.h"

namespace machi::journeys {
namespace {

std::string file_of(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

struct Protected : testing::Test {
  Protected() { town.found_school(); }
  Device& sits(const std::string& name, const std::string& kind) {
    Device& made = town.care_desk(name, kind);
    EXPECT_TRUE(made.at("desk.care.officer")) << made.text();
    made.enter("officer", "山本");
    made.press("sit");
    return made;
  }
  Device& gym(const std::string& name) {
    Device& made = town.shelter_desk(name);
    town.run_for(2000);
    if (made.sees("東小体育館")) {
      made.press("東小体育館");
    } else {
      made.enter("own.name", "東小体育館");
      made.press("own.make");
    }
    town.run_for(5000);
    return made;
  }
  Town town;
};

TEST_F(Protected, StayUnderAnotherNameAndOnlyTheProtectionOfficersKnowWhoItIs) {
  Device& other = gym("second");
  Device& officers = sits("officers", "protection");
  Device& desk = gym("tablet");
  desk.press("walkin");
  desk.press("alias");
  ASSERT_TRUE(desk.at("desk.shelter.alias")) << desk.text();
  desk.press("enter");
  EXPECT_TRUE(desk.at("desk.shelter.alias")) << "both names are wanted";
  desk.enter("alias.0", "青木 はな");
  desk.enter("true.name.0", "佐倉 ゆうこ");
  desk.enter("true.kana.0", "サクラ ユウコ");
  desk.enter("true.birth.0", "1985-04-02");
  desk.enter("true.address.0", "日和町西3-4");
  town.hub_away(true);
  desk.press("enter");
  ASSERT_TRUE(desk.at("desk.shelter.reception")) << desk.text();
  EXPECT_TRUE(desk.sees("青木 はな"));
  EXPECT_FALSE(officers.sees("青木 はな"));
  town.hub_away(false);
  ASSERT_TRUE(town.run_until([&] { return officers.sees("青木 はな"); }, 600'000)) << officers.text();
  EXPECT_TRUE(officers.sees("東小体育館")) << officers.text();
  EXPECT_FALSE(officers.sees("佐倉"));
  press_first(officers, "entry.");
  EXPECT_TRUE(officers.sees("佐倉 ゆうこ")) << officers.text();
  EXPECT_TRUE(officers.sees("日和町西3-4"));
  officers.press("page.looks");
  EXPECT_TRUE(officers.sees("山本")) << officers.text();
  // The other tablet has the other name, and neither tablet's storage has the true one.
  other.press("page.list");
  ASSERT_TRUE(town.run_until([&] { return other.sees("青木 はな"); }, 600'000)) << other.text();
  for (Device* one : {&desk, &other}) {
    const std::string kept = file_of(one->file());
    ASSERT_NE(kept.find("青木"), std::string::npos) << "it can be read at all";
    for (const char* told : {"佐倉", "サクラ", "さくら ゆうこ", "西3-4"})
      EXPECT_EQ(kept.find(told), std::string::npos) << one->name() << " keeps " << told;
  }
  for (const char* told : {"佐倉", "青木", "西3-4"})
    EXPECT_EQ(town.hub_bytes().find(told), std::string::npos);
  // A relative who asks for the true name hears what everybody hears.
  desk.press("page.answer");
  desk.enter("ask.name", "佐倉 ゆうこ");
  desk.enter("ask.birth", "1985-04-02");
  desk.press("ask");
  EXPECT_TRUE(desk.sees("お答えできる情報はありません")) << desk.text();
}

TEST_F(Protected, GiveThemselvesAnotherNameOnTheirOwnPhoneBeforeTheyCome) {
  Device& first = gym("first");
  Device& officers = sits("officers", "protection");
  Device& desk = gym("tablet");
  Device& phone = town.phone("phone");
  phone.start();
  town.run_for(5000);
  phone.press("household");
  phone.press("add");
  phone.enter("answer", "さくら ゆうこ");
  phone.press("save");
  phone.enter("answer", "1985-04-02");
  phone.press("save");
  phone.back();
  phone.press("ask:telephone");
  phone.enter("answer", "0000120420");
  phone.press("save");
  // The record went to the receptions before: what they have of it is taken back.
  phone.press("send");
  town.run_for(20'000);
  ASSERT_NE(file_of(desk.file()).find("0000120420"), std::string::npos) << "it came";
  phone.press("alias");
  phone.press("use");
  EXPECT_TRUE(phone.sees("全員の避難所での名前")) << phone.text();
  phone.enter("alias:1", "青木 はな");
  town.hub_away(true);
  phone.press("use");
  EXPECT_TRUE(phone.sees("この端末に保存しました")) << phone.text();
  EXPECT_FALSE(phone.sees("町の保護の係に届きました"));
  town.hub_away(false);
  ASSERT_TRUE(town.run_until([&] { return phone.sees("町の保護の係に届きました"); }, 600'000))
      << phone.text();
  ASSERT_TRUE(town.run_until([&] { return officers.sees("青木 はな"); }, 600'000)) << officers.text();
  press_first(officers, "entry.");
  EXPECT_TRUE(officers.sees("さくら ゆうこ")) << officers.text();
  EXPECT_TRUE(officers.sees("0000120420"));
  town.run_for(20'000);
  phone.back();
  phone.press("pass");
  EXPECT_TRUE(phone.sees("青木 はな")) << phone.text();
  EXPECT_FALSE(phone.sees("さくら")) << phone.text();
  desk.scan(phone.find("symbol")->value);
  EXPECT_TRUE(desk.sees("青木 はな")) << desk.text();
  desk.press("enter");
  phone.back();
  phone.press("safety");
  phone.choose("safety", "safe");
  phone.press("send");
  town.run_for(20'000);
  for (Device* one : {&desk, &first}) {
    const std::string kept = file_of(one->file());
    EXPECT_NE(kept.find("青木"), std::string::npos);
    for (const char* told : {"さくら", "サクラ", "0000120420"})
      EXPECT_EQ(kept.find(told), std::string::npos) << one->name() << " keeps " << told;
  }
  desk.press("page.answer");
  desk.enter("ask.name", "さくら ゆうこ");
  desk.enter("ask.birth", "1985-04-02");
  desk.press("ask");
  EXPECT_TRUE(desk.sees("お答えできる情報はありません")) << desk.text();
  // Back again: the officers have nobody there any more.
  phone.back();
  phone.press("alias");
  phone.press("stop");
  officers.press("page.list");
  ASSERT_TRUE(town.run_until([&] { return !officers.sees("青木 はな"); }, 600'000)) << officers.text();
}

struct Plans : Protected {
  Device& family(const std::string& name, bool members) {
    Device& phone = town.phone(name);
    phone.start();
    town.run_for(5000);
    phone.press("household");
    if (!members) return phone;
    phone.press("add");
    phone.enter("answer", "たなか うめ");
    phone.press("save");
    phone.enter("answer", "1940-05-06");
    phone.press("save");
    phone.back();
    return phone;
  }
  // The supporter's code, as the other phone's camera reads it.
  static std::string code_of(Device& phone) {
    phone.press("plans");
    phone.press("code");
    phone.enter("me", "佐藤 たけし");
    EXPECT_TRUE(phone.find("symbol")) << phone.text();
    return phone.find("symbol") ? phone.find("symbol")->value : "";
  }
};

TEST_F(Plans, AreWrittenTogetherApprovedSharedAndEndInConfirmedSafe) {
  town.care_desk("another", "helpers");
  Device& desk = sits("plans", "support");
  Device& group = sits("group", "helpers");
  Device& person = family("person", true);
  Device& helper = family("helper", false);
  town.run_for(5000);
  const std::string code = code_of(helper);
  person.press("plans");
  press_first(person, "member:");
  ASSERT_TRUE(person.at("plan.form")) << person.text();
  person.press("send");
  EXPECT_TRUE(person.sees("避難する場所を書いてください")) << person.text();
  person.enter("where", "東小体育館");
  person.enter("route", "川を避けて県道を行く");
  person.enter("help", "車いすを押す");
  person.choose("share", "yes");
  person.press("scan");
  person.scan("https://example.com/");
  EXPECT_TRUE(person.sees("手伝う人のコードではありません")) << person.text();
  person.scan(code);
  ASSERT_TRUE(person.at("plan.form")) << person.text();
  EXPECT_TRUE(person.sees("佐藤 たけし")) << person.text();
  EXPECT_TRUE(person.sees("東地区民生委員")) << person.text();
  town.hub_away(true);
  person.press("send");
  ASSERT_TRUE(person.at("plan")) << person.text();
  EXPECT_TRUE(person.sees("この端末に保存しました")) << person.text();
  town.run_for(60'000);
  EXPECT_FALSE(person.sees("町に届きました"));
  town.hub_away(false);
  ASSERT_TRUE(
      town.run_until([&] { return person.sees("町に届きました") && desk.sees("たなか うめ"); }, 600'000))
      << person.text() << desk.text();
  EXPECT_TRUE(desk.sees("承認待ち"));
  press_first(desk, "plan.");
  EXPECT_TRUE(desk.sees("車いすを押す")) << desk.text();
  EXPECT_FALSE(desk.find("share.press"));
  desk.press("approve");
  desk.press("share");
  EXPECT_TRUE(desk.sees("送り先：2件")) << desk.text();
  ASSERT_TRUE(town.run_until([&] { return person.sees("山本が承認しました"); }, 600'000)) << person.text();
  helper.back();
  ASSERT_TRUE(
      town.run_until([&] { return helper.sees("たなか うめ") && group.sees("たなか うめ"); }, 600'000))
      << helper.text() << group.text();
  // A disaster comes: it stands at the top of both phones.
  helper.back();
  helper.back();
  EXPECT_FALSE(helper.sees("たなか うめ")) << "nothing stands there in peacetime";
  desk.press("page.list");
  desk.press("call");
  desk.press("call.yes");
  ASSERT_TRUE(town.run_until([&] { return helper.sees("東小体育館") && helper.at("first"); }, 600'000))
      << helper.text();
  EXPECT_TRUE(desk.sees("無事は未確認")) << desk.text();
  while (!person.at("first")) person.back();
  ASSERT_TRUE(town.run_until([&] { return person.sees("東小体育館"); }, 600'000)) << person.text();
  town.hub_away(true);
  helper.press("無事を確認した");
  EXPECT_TRUE(helper.sees("この端末に保存しました")) << helper.text();
  town.hub_away(false);
  ASSERT_TRUE(town.run_until([&] { return desk.sees("無事を確認"); }, 600'000)) << desk.text();
  ASSERT_TRUE(town.run_until([&] { return person.sees("佐藤 たけしが無事を確認しました"); }, 600'000))
      << person.text();
  ASSERT_TRUE(town.run_until([&] { return helper.sees("佐藤 たけしが無事を確認しました"); }, 600'000))
      << helper.text();
  press_first(group, "plan.");
  ASSERT_TRUE(town.run_until([&] { return group.sees("佐藤 たけしが無事を確認しました"); }, 600'000))
      << group.text();
  for (const char* told : {"うめ", "車いすを", "佐藤"})
    EXPECT_EQ(town.hub_bytes().find(told), std::string::npos);
  // Withdrawn: gone from the desk, and from those who had it.
  person.press("household");
  person.press("plans");
  press_first(person, "member:");
  person.press("withdraw");
  group.press("page.list");
  ASSERT_TRUE(
      town.run_until([&] { return !helper.sees("たなか うめ") && !group.sees("たなか うめ"); }, 600'000))
      << helper.text() << group.text();
  EXPECT_FALSE(desk.sees("たなか うめ")) << desk.text();
}

TEST_F(Plans, AreKeptHalfWrittenAndStandWhereSomebodySaysThatTheyNeedHelp) {
  sits("plans", "support");
  town.shelter_desk("shelter's first");
  Device& person = family("person", true);
  town.run_for(5000);
  person.press("plans");
  press_first(person, "member:");
  person.enter("where", "東小体育館");
  person.enter("route", "川を避けて県道を行く");
  person.choose("share", "yes");
  person.stop();
  person.start();
  town.run_for(2000);
  person.press("household");
  person.press("plans");
  press_first(person, "member:");
  EXPECT_EQ(person.find("where")->value, "東小体育館") << person.text();
  EXPECT_EQ(person.find("route")->value, "川を避けて県道を行く");
  EXPECT_TRUE(person.find("share")->options[0].selected);
  person.press("send");
  ASSERT_TRUE(person.at("plan")) << person.text();
  press_first(person, "member:");
  EXPECT_EQ(person.find("route")->value, "川を避けて県道を行く") << "sent, and no draft any more";
  person.back();
  person.back();
  // "We are safe" is no reason for it; "we need help" is.
  person.press("safety");
  person.choose("safety", "safe");
  person.press("send");
  ASSERT_TRUE(person.at("shelter.safety-said")) << person.text();
  EXPECT_FALSE(person.sees("県道")) << person.text();
  person.press("again");
  person.choose("safety", "help");
  person.press("send");
  ASSERT_TRUE(person.at("shelter.safety-said")) << person.text();
  EXPECT_TRUE(person.sees("川を避けて県道を行く")) << person.text();
  press_first(person, "plan:");
  EXPECT_TRUE(person.at("plan.one")) << person.text();
}

TEST_F(Plans, AreRevisedAndThenApprovedAnew) {
  Device& desk = sits("plans", "support");
  Device& person = family("person", true);
  person.press("plans");
  press_first(person, "member:");
  person.enter("where", "東小体育館");
  person.press("send");
  ASSERT_TRUE(town.run_until([&] { return desk.sees("たなか うめ"); }, 600'000)) << desk.text();
  press_first(desk, "plan.");
  desk.press("approve");
  EXPECT_TRUE(desk.sees("前もって伝えることに同意していません")) << desk.text();
  EXPECT_EQ(desk.pressable("share"), nullptr) << "without a consent there is no button";
  ASSERT_TRUE(town.run_until([&] { return person.sees("山本が承認しました"); }, 600'000)) << person.text();
  press_first(person, "member:");
  person.enter("where", "北公民館");
  person.press("send");
  EXPECT_FALSE(person.sees("山本が承認しました")) << person.text();
  ASSERT_TRUE(town.run_until([&] { return desk.sees("北公民館"); }, 600'000)) << desk.text();
  // What the officer read first is not what would be approved.
  desk.press("approve");
  EXPECT_TRUE(desk.sees("もう一度読んでください")) << desk.text();
  desk.press("approve");
  ASSERT_TRUE(town.run_until([&] { return person.sees("山本が承認しました"); }, 600'000)) << person.text();
  // One that is made at the desk, for somebody without a phone.
  desk.press("page.list");
  desk.press("new");
  desk.press("keep");
  EXPECT_TRUE(desk.at("desk.plan.form"));
  desk.enter("name", "阿部 まつ");
  desk.enter("birth", "1938-02-03");
  desk.enter("where", "東小体育館");
  desk.enter("supporter", "阿部 けん");
  desk.press("supporter-add");
  desk.press("keep");
  ASSERT_TRUE(desk.at("desk.plans")) << desk.text();
  EXPECT_TRUE(desk.sees("阿部 まつ"));
}

}  // namespace
}  // namespace machi::journeys

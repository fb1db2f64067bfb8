// Parenting from end to end on phones: a child with its days, the plan of its vaccinations, growth, the
// handbook, two parents who write without a network, another town's phone, the town's rules. The town's day
// is 2026-11-24.
#include "tests/journeys/family_town.h"

namespace machi::family {
namespace {

struct FamilyTown : testing::Test {
  Town town;
  Phone& open(const std::string& name) {
    Phone& made = town.phone(name);
    made.press("parenting");
    return made;
  }
  static std::string file_of(Phone& phone) {
    phone.press("share");
    phone.press("save");
    EXPECT_FALSE(phone.saved.empty());
    phone.press("back");
    return phone.saved.back();
  }
  static void take(Phone& phone, const std::string& file) {
    phone.press("share");
    phone.choose_file("file", file);
    phone.press("take");
    phone.press("back");
  }
};

TEST_F(FamilyTown, WritesAChildDownWithAnEraAndRefusesDatesThatCannotBe) {
  Phone& phone = open("mother");
  phone.press("add");
  phone.press("save");
  EXPECT_TRUE(phone.sees("生まれた日か、予定日を書いてください")) << phone.text();
  phone.enter("name", "佐倉 そら");
  phone.enter("birth", "令和9年1月1日");
  phone.press("save");
  EXPECT_TRUE(phone.sees("1900年から今日まで"));
  phone.enter("birth", "令和7年2月29日");
  phone.press("save");
  EXPECT_TRUE(phone.sees("日付が読めません"));
  phone.enter("birth", "明治30年1月1日");
  phone.press("save");
  EXPECT_TRUE(phone.sees("1900年から今日まで"));
  phone.enter("birth", "R8.7.8");
  phone.choose("sex", "female");
  phone.press("save");
  EXPECT_TRUE(phone.at("parenting"));
  EXPECT_TRUE(phone.sees("佐倉 そら"));
  EXPECT_TRUE(phone.sees("4か月")) << phone.text();
  phone.stop();
  phone.start();
  phone.press("parenting");
  EXPECT_TRUE(phone.sees("佐倉 そら"));
}

TEST_F(FamilyTown, PlansVaccinationsAndSaysWhatIsTooEarlyOrTwice) {
  Phone& phone = open("mother");
  write_child(phone, "そら", "2026-07-08");
  EXPECT_TRUE(phone.sees("忘れないように")) << phone.text();
  phone.press("そら");
  phone.press("plan");
  EXPECT_TRUE(phone.sees("今日受けられるもの"));
  EXPECT_TRUE(phone.sees("5種混合 1回目"));
  write_dose(phone, "pcv", "2026-09-10", "AB123", "ひより小児科");
  EXPECT_TRUE(phone.at("parenting.plan")) << phone.text();
  EXPECT_TRUE(phone.sees("AB123"));
  // 27 whole days are between two doses: this one is nine days too early.
  write_dose(phone, "pcv", "2026-09-29");
  EXPECT_TRUE(phone.sees("表より早い日です")) << phone.text();
  phone.press("save");
  EXPECT_TRUE(phone.at("parenting.plan"));
  EXPECT_TRUE(phone.sees("間が9日足りません")) << phone.text();
  write_dose(phone, "pcv", "2026-09-10");
  EXPECT_TRUE(phone.sees("もう書いてあります")) << phone.text();
  phone.press("back");
  write_dose(phone, "pcv", "2026-11-25");
  EXPECT_TRUE(phone.sees("今日より後の日です"));
  phone.enter("on", "2026-07-07");
  phone.press("save");
  EXPECT_TRUE(phone.sees("生まれるより前の日です"));
  phone.press("back");
  phone.press_row("given.pcv/2026-09-29");
  phone.press("erase");
  phone.press("erase.yes");
  EXPECT_FALSE(phone.sees("足りません")) << phone.text();
  phone.press("print");
  EXPECT_EQ(phone.prints, 1);
}

TEST_F(FamilyTown, DrawsGrowthAndRefusesWhatIsAHundredTimesTooLarge) {
  Phone& phone = open("mother");
  write_child(phone, "そら", "2026-07-08");
  phone.press("そら");
  phone.press("growth");
  phone.press("add");
  phone.enter("weight", "640");
  phone.press("save");
  EXPECT_TRUE(phone.sees("100倍")) << phone.text();
  phone.enter("weight", "6,4");
  phone.enter("length", "６２．０");
  phone.enter("on", "R8.11.8");
  phone.press("save");
  ASSERT_TRUE(phone.at("parenting.growth")) << phone.text();
  const screen::Node* chart = phone.find("chart");
  ASSERT_NE(chart, nullptr);
  EXPECT_EQ(chart->kind, screen::Kind::Chart);
  ASSERT_EQ(chart->columns.size(), 5u);
  int points = 0;
  double last = -1;
  for (const screen::Node& row : chart->children) {
    const double months = std::stod(row.children[0].value);
    EXPECT_GE(months, last);
    last = months;
    points += row.children[1].value.empty() ? 0 : 1;
  }
  EXPECT_EQ(points, 1);
  EXPECT_TRUE(phone.sees("番目")) << phone.text();
  phone.choose("measure", "head");
  EXPECT_TRUE(phone.sees("世界保健機関"));
  phone.choose("measure", "length");
  EXPECT_TRUE(phone.sees("62.0")) << phone.text();
}

TEST_F(FamilyTown, CountsAnEarlyBirthFromItsDueDate) {
  Phone& phone = open("mother");
  write_child(phone, "はる", "2026-05-24", "male", "2026-07-24");
  phone.press("はる");
  EXPECT_TRUE(phone.sees("修正月齢")) << phone.text();
  EXPECT_TRUE(phone.sees("6か月"));
  EXPECT_TRUE(phone.sees("4か月"));
}

TEST_F(FamilyTown, WaitsForAChildAndKeepsItsHandbook) {
  Phone& phone = open("mother");
  write_child(phone, "", "", "", "2027-06-01");
  EXPECT_TRUE(phone.sees("妊娠13週")) << phone.text();
  phone.press_row("child.");
  phone.press("book");
  phone.press("entry.p");
  phone.enter("on", "2026-11-20");
  phone.enter("place", "ひより産院");
  phone.enter("text", "元気です。");
  phone.press("save");
  EXPECT_TRUE(phone.sees("ひより産院")) << phone.text();
  phone.press("entry.note");
  phone.press("save");
  EXPECT_TRUE(phone.sees("文を書いてください"));
  phone.enter("text", "はじめて動いた");
  phone.press("save");
  EXPECT_TRUE(phone.sees("はじめて動いた"));
}

TEST_F(FamilyTown, BringsTwoParentsWhoWroteWithoutANetworkTogether) {
  Phone& mother = open("mother");
  write_child(mother, "そら", "2026-07-08");
  Phone& father = open("father");
  take(father, file_of(mother));
  EXPECT_TRUE(father.sees("そら")) << father.text();
  mother.online(false);
  father.online(false);
  // Both write the same dose, each a part of it, and each changes the name.
  for (Phone* phone : {&mother, &father}) {
    const bool is_mother = phone == &mother;
    phone->press("そら");
    phone->press("plan");
    write_dose(*phone, "pcv", "2026-09-10", is_mother ? "" : "AB123", is_mother ? "ひより小児科" : "");
    if (is_mother) write_dose(*phone, "hepb", "2026-09-10");
    phone->press("back");
    phone->press("edit");
    phone->enter("name", is_mother ? "佐倉 空" : "佐倉 宙");
    phone->press("save");
    phone->press("back");
  }
  const std::string of_mother = file_of(mother), of_father = file_of(father);
  take(mother, of_father);
  take(father, of_mother);
  for (Phone* phone : {&mother, &father}) {
    phone->press_row("child.");
    EXPECT_TRUE(phone->sees("二つの電話で違うこと")) << phone->text();
    phone->press("plan");
    EXPECT_TRUE(phone->sees("ひより小児科 / AB123")) << phone->text();
    EXPECT_TRUE(phone->sees("B型肝炎"));
    phone->press("back");
  }
  EXPECT_EQ(mother.text(), father.text());
  mother.press("both.other");
  mother.press("back");
  father.press("back");
  take(father, file_of(mother));
  EXPECT_EQ(mother.text(), father.text());
  father.press_row("child.");
  EXPECT_FALSE(father.sees("二つの電話で違うこと"));
}

TEST_F(FamilyTown, RefusesAFileThatWasChangedAndKeepsItsRecord) {
  Phone& mother = open("mother");
  write_child(mother, "そら", "2026-07-08");
  std::string file = file_of(mother);
  mother.press("share");
  std::string other = file;
  other[other.size() / 2] = other[other.size() / 2] == 'A' ? 'B' : 'A';
  mother.choose_file("file", other);
  EXPECT_EQ(mother.find("take"), nullptr);
  mother.choose_file("file", "hello");
  EXPECT_TRUE(mother.sees("これは子育ての記録ではありません")) << mother.text();
  mother.choose_file("file", file);
  mother.press("take");
  EXPECT_TRUE(mother.sees("新しいことはありませんでした"));
  mother.press("erase");
  mother.press("erase.yes");
  EXPECT_FALSE(mother.sees("そら")) << mother.text();
}

TEST_F(FamilyTown, CountsThePointsOfTheNurseryFromAnswersAndExplainsThem) {
  town.give_out_rules();
  Phone& phone = open("mother");
  phone.press("points");
  phone.choose("scheme", "kosai-r8");
  EXPECT_TRUE(phone.sees("点から")) << phone.text();
  phone.press("ask.0/guardian-state");
  phone.choose("answer", "0");
  phone.press("ask.0/guardian-work-hours");
  phone.enter("answer", "160");
  phone.press("save");
  EXPECT_TRUE(phone.sees("就労 月155時間以上")) << phone.text();
  EXPECT_TRUE(phone.sees("+20点"));
  phone.press("ask./lone-parent");
  phone.choose("answer", "1");
  phone.press("ask./relatives-at-home");
  phone.choose("answer", "0");
  EXPECT_TRUE(phone.sees("+10点")) << phone.text();
  phone.press("second");
  EXPECT_TRUE(phone.sees("保護者2"));
  phone.press("ask./lone-parent");
  phone.press("forget");
  EXPECT_TRUE(phone.sees("+10点（答えで決まります）")) << phone.text();
}

TEST_F(FamilyTown, ShowsProceduresOfTheTownsRules) {
  Phone& phone = open("mother");
  write_child(phone, "そら", "2026-07-08");
  town.give_out_rules();
  phone.press("todo");
  EXPECT_TRUE(phone.sees("町の決まりがまだ届いていません")) << phone.text();
  phone.look_again();
  phone.press("parenting");
  phone.press("todo");
  EXPECT_TRUE(phone.sees("児童手当")) << phone.text();
}

}  // namespace
}  // namespace machi::family

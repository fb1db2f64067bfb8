// A whole school at the desk: its list from a file, slips given out anew, guardians let go or kept apart, a
// device removed.
#include "tests/journeys/citizen_steps.h"
#include "tests/journeys/desk_steps.h"

namespace machi::journeys {
namespace {

const std::string kHead = "学年,組,出席番号,氏名,ふりがな,生年月日,電話番号\n";
const std::string kMio = "3,1,2,佐倉 みお,さくら みお,2017/9/12,0000123456\n";
const std::string kRen = "3,1,1,阿部 れん,あべ れん,2017/6/3,0000771234\n";
const std::string kSora = "1,2,1,佐倉 そら,さくら そら,2019/11/30,0000123456\n";

void open_list(Device& desk) {
  desk.press("page.slips");
  desk.press("list.open");
  ASSERT_TRUE(desk.at("desk.list")) << desk.text();
}

TEST(DeskRegister, ShowsWhatAListChangesAndTakesItOver) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  open_list(desk);
  desk.choose_file(
      "file", "meibo.csv", "shift_jis",
      kHead + kMio +
          "3,2,1,阿部 れん,あべ れん,2017/6/3,0000771234\n3,2,2,新井 まこと,あらい まこと,平成29年8月8日,\n" +
          kSora);
  EXPECT_TRUE(desk.sees("新しく入る人1人、変わる人0人、組が変わる人1人、いなくなる人0人。")) << desk.text();
  EXPECT_TRUE(desk.sees("Shift_JIS"));
  EXPECT_TRUE(desk.sees("今は 3年1組 1番")) << desk.text();
  desk.press("take");
  EXPECT_TRUE(desk.sees("名簿を変えました。")) << desk.text();
  EXPECT_TRUE(desk.sees("3年2組（0/2）")) << desk.text();
  town.run_for(5000);
  Device& other = town.desk("other");  // reads the whole log anew
  other.press("page.slips");
  EXPECT_TRUE(other.sees("3年2組（0/2）")) << other.text();
  EXPECT_TRUE(other.sees("3年1組（0/1）")) << other.text();
}

TEST(DeskRegister, NamesMistakesByLineAndColumnAndChangesNothing) {
  School school;
  Device& desk = *school.tablet;
  open_list(desk);
  desk.choose_file("file", "meibo.csv", "mixed",
                   kHead + kMio + "3,1,2,阿部 れん,あべ れん,2017/6/31,\n3,1,4,\xEF\xBF\xBD,,2017/6/3,\n");
  EXPECT_TRUE(desk.sees("直すところが2つあります。")) << desk.text();
  EXPECT_TRUE(desk.sees("3行目"));
  EXPECT_TRUE(desk.sees("生年月日"));
  EXPECT_TRUE(desk.sees("4行目"));
  EXPECT_TRUE(desk.sees("混ざっています"));
  EXPECT_EQ(desk.pressable("take"), nullptr);
  desk.choose_file("file", "photo.jpg", "", "");
  EXPECT_TRUE(desk.sees("このファイルは開けませんでした。")) << desk.text();
  desk.choose_file("file", "meibo.csv", "utf-8", "学年,組,番号,氏名\n3,1,1,阿部 れん\n");
  EXPECT_TRUE(desk.sees("この列がありません。")) << desk.text();
}

TEST(DeskRegister, TellsThePhonesOfAPupilWhoIsNotOnTheNewList) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  town.run_for(3000);
  Device& desk = *school.tablet;
  open_list(desk);
  desk.choose_file("file", "meibo.csv", "utf-8", kHead + kRen + kSora);
  EXPECT_TRUE(desk.sees("1人が学校からいなくなります。")) << desk.text();
  EXPECT_TRUE(desk.sees("佐倉 みお"));
  desk.press("take");
  ASSERT_TRUE(town.run_until([&] { return !phone.sees("みお"); })) << phone.text();
}

TEST(DeskRegister, MovesTheSchoolUpAYearAndKeepsItsPhones) {
  School school;
  Town& town = school.town;
  enrolled_phone(town, "phone");
  town.run_for(3000);
  Device& desk = *school.tablet;
  open_list(desk);
  desk.choose_file("file", "r9.csv", "utf-8",
                   kHead +
                       "4,1,7,佐倉 みお,さくら みお,2017/9/12,\n4,1,1,阿部 れん,あべ "
                       "れん,2017/6/3,\n2,1,1,佐倉 そら,,2019/11/30,\n");
  desk.choose("scope", "school");
  EXPECT_TRUE(desk.sees("新しく入る人0人、変わる人0人、組が変わる人3人、いなくなる人0人。")) << desk.text();
  desk.press("take");
  EXPECT_TRUE(desk.sees("4年1組（1/2）")) << desk.text();
}

TEST(DeskRegister, PrintsASlipForEveryPupilOfAClass) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  desk.press("page.slips");
  turn_to_class(desk, "3年1組");
  desk.press("sheets.open");
  EXPECT_TRUE(desk.sees("使える用紙のない人が2人います。")) << desk.text();
  desk.press("sheets.issue");
  EXPECT_TRUE(desk.sees("3年1組 2番　佐倉 みお")) << desk.text();
  const std::string id = town.pupil("佐倉 みお").pupil.hex();
  ASSERT_NE(desk.find("symbol." + id), nullptr) << desk.text();
  const std::string link = desk.find("symbol." + id)->value;
  EXPECT_EQ(desk.find("symbol." + id)->name.size(), 19u);  // XXXX-XXXX-XXXX-XXXX
  const int prints = desk.prints;
  desk.press("sheets.print");
  EXPECT_EQ(desk.prints, prints + 1);
  town.run_for(5000);
  // The paper works: scanned, and typed.
  Device& phone = town.phone("phone");
  phone.start(link);
  ASSERT_TRUE(town.run_until([&] { return phone.at("slip.apply"); })) << phone.text();
  apply_for(phone);
  ASSERT_TRUE(town.run_until([&] { return phone.sees("登録できました"); })) << phone.text();
}

TEST(DeskRegister, ReplacesALostSlip) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  const PrintedSlip lost = town.slip("佐倉 みお");
  open_pupil(town, desk, "佐倉 みお", "3年1組");
  desk.press("slip.issue");
  ASSERT_NE(desk.find("slip.symbol"), nullptr) << desk.text();
  const std::string link = desk.find("slip.symbol")->value;
  town.run_for(5000);
  Device& finder = town.phone("finder");
  finder.start(lost.link);
  ASSERT_TRUE(town.run_until([&] { return finder.at("slip.apply"); })) << finder.text();
  apply_for(finder);
  town.run_for(10'000);
  EXPECT_FALSE(finder.sees("登録できました")) << finder.text();
  Device& phone = town.phone("phone");
  phone.start(link);
  ASSERT_TRUE(town.run_until([&] { return phone.at("slip.apply"); })) << phone.text();
  apply_for(phone);
  ASSERT_TRUE(town.run_until([&] { return phone.sees("登録できました"); })) << phone.text();
}

TEST(DeskRegister, EndsAnEnrolmentAndThePhoneSeesIt) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  Device& other = enrolled_phone(town, "other phone");
  town.run_for(3000);
  Device& desk = *school.tablet;
  open_pupil(town, desk, "佐倉 みお", "3年1組");
  const screen::Node* list = desk.find("guardians");
  ASSERT_NE(list, nullptr);
  ASSERT_EQ(list->children.size(), 2u);
  desk.press(std::string(list->children[0].id));
  ASSERT_TRUE(desk.at("desk.guardian")) << desk.text();
  desk.press("part.told");
  EXPECT_TRUE(desk.sees("登録を外し、相手の画面にも出しますか。")) << desk.text();
  desk.press("part.told.yes");
  EXPECT_TRUE(desk.sees("登録を外し、相手に知らせました。")) << desk.text();
  ASSERT_TRUE(town.run_until([&] { return !phone.sees("みお"); })) << phone.text();
  town.run_for(5000);
  EXPECT_TRUE(other.sees("みお")) << other.text();
  // It says who has ended it, and a new slip brings the child back to the same phone.
  EXPECT_TRUE(phone.sees("登録が外れました")) << phone.text();
  const screen::Node* row = first_of(phone, "application:");
  ASSERT_NE(row, nullptr) << phone.text();
  phone.press(std::string(row->id));
  EXPECT_TRUE(phone.sees("学校がこの電話の登録を外しました")) << phone.text();
  EXPECT_TRUE(phone.sees("新しい登録用紙")) << phone.text();
  open_pupil(town, desk, "佐倉 みお", "3年1組");
  desk.press("slip.issue");
  ASSERT_NE(desk.find("slip.symbol"), nullptr) << desk.text();
  const std::string link = desk.find("slip.symbol")->value;
  town.run_for(5000);
  phone.press("scan-again");
  phone.scan(link);
  ASSERT_TRUE(town.run_until([&] { return phone.at("slip.apply"); })) << phone.text();
  apply_for(phone);
  ASSERT_TRUE(town.run_until([&] { return phone.sees("登録できました"); })) << phone.text();
  phone.press("home");
  report(phone, "cold");
  desk.press("grade.all");
  ASSERT_TRUE(town.run_until([&] { return desk.sees("佐倉 みお"); })) << desk.text();
  EXPECT_FALSE(desk.sees("未確認の電話からの連絡")) << desk.text();
}

TEST(DeskRegister, EndsAnEnrolmentWithoutAWord) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  town.run_for(3000);
  const std::string before = phone.text();
  Device& desk = *school.tablet;
  open_pupil(town, desk, "佐倉 みお", "3年1組");
  desk.press(std::string(desk.find("guardians")->children[0].id));
  desk.press("part.silent");
  desk.press("part.silent.yes");
  EXPECT_TRUE(desk.sees("相手には知らせていません。")) << desk.text();
  EXPECT_TRUE(desk.sees("まだ")) << desk.text();
  town.run_for(30'000);
  EXPECT_TRUE(phone.sees("みお")) << phone.text();
}

TEST(DeskRegister, GivesAGrandparentASlipWithALastDay) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  open_pupil(town, desk, "佐倉 みお", "3年1組");
  desk.choose("slip.for", "delegate");
  desk.enter("slip.until.day", "2026-11-26");
  desk.press("slip.issue");
  ASSERT_NE(desk.find("slip.symbol"), nullptr) << desk.text();
  Device& phone = town.phone("phone");
  const std::string link = desk.find("slip.symbol")->value;
  town.run_for(5000);
  phone.start(link);
  ASSERT_TRUE(town.run_until([&] { return phone.at("slip.apply"); })) << phone.text();
  apply_for(phone);
  ASSERT_TRUE(town.run_until([&] { return phone.sees("登録できました"); })) << phone.text();
  EXPECT_TRUE(desk.sees("11月26日（木）まで")) << desk.text();
}

TEST(DeskRegister, RemovesADeviceWhichThenReadsNothingNew) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  Device& lost = town.desk("lost");
  lost.press("page.devices");
  lost.enter("name", "職員室");
  town.run_for(5000);
  desk.press("page.devices");
  std::string remove;
  const auto listed = [&] {
    remove.clear();
    if (const auto* devices = desk.find("devices"))
      for (const auto& row : devices->children)
        if (row.name == "職員室")
          for (const auto& child : row.children)
            if (child.id.starts_with("remove.")) remove = child.id;
    return !remove.empty();
  };
  ASSERT_TRUE(town.run_until(listed)) << desk.text();
  desk.press(remove);
  EXPECT_TRUE(desk.sees("職員室を学校から外しますか。")) << desk.text();
  desk.press(remove + ".yes");
  EXPECT_TRUE(desk.sees("端末を外しました。")) << desk.text();
  ASSERT_TRUE(town.run_until([&] { return !listed(); })) << desk.text();
  town.run_for(5000);
  enrolled_phone(town, "phone");
  town.run_for(10'000);
  desk.press("page.slips");
  EXPECT_TRUE(desk.sees("（1/2）") || desk.sees("（1/1）")) << desk.text();
  // The hub has cut it off: nothing of the school is left on its screen.
  EXPECT_TRUE(lost.at("desk.join")) << lost.text();
  EXPECT_FALSE(lost.sees("佐倉")) << lost.text();
}

}  // namespace
}  // namespace machi::journeys

// A record that outlives its phone: the sheet, what an evicted storage says, and every sheet that is wrong or
// used up.
#include "tests/journeys/recovered_family.h"

namespace machi::journeys {
namespace {

TEST(RecoverySheet, BearsNoChildAndNoSchoolAndIsPrintedOrSavedAsAPicture) {
  School school;
  Device& phone = enrolled_phone(school.town, "first");
  phone.press("recovery");
  EXPECT_TRUE(phone.sees("まだ作っていません。"));
  phone.press("make");
  ASSERT_TRUE(school.town.run_until([&] { return phone.find("symbol") != nullptr; })) << phone.text();
  for (const char* name : {"みお", "佐倉", "小学校", "3年1組"}) EXPECT_FALSE(phone.sees(name)) << name;
  EXPECT_TRUE(phone.sees("前の電話の記録を戻す"));
  phone.press("picture");
  ASSERT_EQ(phone.pictures.size(), 1u);
  EXPECT_EQ(phone.pictures[0].symbol, phone.find("symbol")->value);
  const auto& lines = phone.pictures[0].lines;
  EXPECT_TRUE(std::any_of(lines.begin(), lines.end(), [&](const std::string& line) {
    return line.find(phone.find("code")->value) != std::string::npos;
  }));
  phone.press("print");
  EXPECT_EQ(phone.prints, 1);
  phone.back();
  EXPECT_TRUE(phone.sees("11月24日（火）に作りました。")) << phone.text();
}

TEST(RecoverySheet, IsNotShownBeforeTheTownHasTheRecord) {
  School school;
  Device& phone = enrolled_phone(school.town, "first");
  phone.online(false);
  phone.press("recovery");
  phone.press("make");
  school.town.run_for(60'000);
  EXPECT_EQ(phone.find("symbol"), nullptr);
  EXPECT_TRUE(phone.sees("今は電波がありません。")) << phone.text();
  phone.online(true);
  EXPECT_TRUE(school.town.run_until([&] { return phone.find("symbol") != nullptr; })) << phone.text();
}

TEST(RecoverySheet, BringsEvacuationPlansBackWithTheirApproval) {
  School school;
  Town& town = school.town;
  Device& desk = town.care_desk("plans", "support");
  desk.enter("officer", "山本");
  desk.press("sit");
  town.run_for(10'000);
  Device& old = enrolled_phone(town, "first");
  const Sheet sheet = make_sheet(town, old);
  old.press("household");
  old.press("add");
  old.enter("answer", "たなか うめ");
  old.press("save");
  old.enter("answer", "1940-05-06");
  old.press("save");
  old.back();
  old.press("plans");
  old.press(std::string(first_of(old, "member:")->id));
  old.enter("where", "東小体育館");
  old.press("send");
  ASSERT_TRUE(town.run_until([&] { return desk.sees("たなか うめ"); }, 600'000)) << desk.text();
  desk.press(std::string(first_of(desk, "plan.")->id));
  desk.press("approve");
  ASSERT_TRUE(town.run_until([&] { return old.sees("山本が承認しました"); }, 600'000)) << old.text();
  // Something is sent after it: the copy behind the sheet follows.
  old.press(std::string(first_of(old, "member:")->id));
  old.enter("where", "北公民館");
  old.press("send");
  town.run_for(60'000);
  Device& phone = town.phone("second");
  phone.start();
  phone.press("restore");
  phone.scan(sheet.signs);
  ASSERT_TRUE(town.run_until([&] { return phone.at("restore.done"); })) << phone.text();
  phone.press("home");
  phone.press("household");
  phone.press("plans");
  phone.press(std::string(first_of(phone, "member:")->id));
  EXPECT_EQ(phone.find("where")->value, "北公民館") << phone.text();
  // It is the same plan: what the new phone writes revises it.
  town.run_for(60'000);  // its own mailbox is there again
  phone.enter("where", "南公民館");
  phone.press("send");
  desk.press("page.list");
  ASSERT_TRUE(town.run_until([&] { return desk.sees("南公民館"); }, 600'000)) << desk.text() << phone.text();
  EXPECT_FALSE(desk.sees("北公民館")) << desk.text();
}

TEST(RecoverySheet, BringsChildrenReportsAndReceiptsToANewPhoneAndCutsTheOldOneOff) {
  Family family;
  Town& town = family.town;
  report(family.phone, "injury");  // since the sheet was made: its copy follows
  town.run_for(30'000);
  family.phone.press("back");
  const std::string before = family.phone.text();
  Device& phone = family.fresh("second");
  EXPECT_TRUE(phone.at("first"));
  family.restored(phone, family.sheet.signs);
  ASSERT_TRUE(phone.at("home"));
  EXPECT_EQ(phone.text(), before);
  phone.press("tab.history");
  EXPECT_TRUE(phone.sees("みおさん")) << phone.text();
  // It reports as the same guardian: the desk asks nobody to call back.
  phone.press("tab.home");
  report(phone, "stomach");
  EXPECT_TRUE(town.run_until([&] { return phone.sees("町に届きました"); })) << phone.text();
  town.run_for(20'000);
  EXPECT_FALSE(family.school.tablet->sees("未確認の電話からの連絡")) << family.school.tablet->text();
  for (int n = 0; n < 5 && confirm_on(*family.school.tablet); ++n) town.run_for(2000);
  EXPECT_TRUE(town.run_until([&] { return phone.sees("学校が確認しました"); })) << phone.text();
  EXPECT_TRUE(
      town.run_until([&] { return family.phone.sees("この電話の記録は、別の電話に移りました。"); }, 600'000))
      << family.phone.text();
}

TEST(RecoverySheet, BringsTheHouseholdAndTheSamePassWithIt) {
  Town town;
  town.has_shelter(true);
  town.found_school();
  town.desk("tablet");
  Device& phone = enrolled_phone(town, "phone");
  phone.press("household");
  phone.press("add");
  phone.enter("answer", "さくら みお");
  phone.press("save");
  phone.enter("answer", "2017-09-12");
  phone.press("save");
  phone.back();
  phone.press("pass");
  const std::string pass = phone.find("symbol")->value;
  phone.back();
  phone.back();
  const Sheet sheet = make_sheet(town, phone);
  Device& fresh = town.phone("fresh");
  fresh.start();
  fresh.press("restore");
  fresh.scan(sheet.signs);
  ASSERT_TRUE(town.run_until([&] { return fresh.at("restore.done"); }, 600'000)) << fresh.text();
  fresh.press("home");
  fresh.press("household");
  EXPECT_TRUE(fresh.sees("さくら みお")) << fresh.text();
  fresh.press("pass");
  EXPECT_EQ(fresh.find("symbol")->value, pass) << "what hangs on the fridge is good still";
}

TEST(RecoverySheet, KnowsItsDayOnAPhoneThatReadsItAtOnce) {
  School school;
  Device& phone = enrolled_phone(school.town, "first");
  phone.press("recovery");
  phone.press("make");
  ASSERT_TRUE(school.town.run_until([&] { return phone.find("symbol") != nullptr; })) << phone.text();
  const Sheet sheet = sheet_of(phone);
  phone.stop();  // not even a second later
  Device& next = school.town.phone("next");
  next.storage = "best-effort";
  next.start();
  next.press("restore");
  next.scan(sheet.link);
  ASSERT_TRUE(school.town.run_until([&] { return next.at("restore.done"); })) << next.text();
  next.press("home");
  EXPECT_FALSE(next.sees("登録が消えることがあります。")) << "who has read the sheet has it: " << next.text();
  next.press("recovery");
  EXPECT_TRUE(next.sees("11月24日（火）に作りました。")) << next.text();
}

TEST(RecoverySheet, IsReadAsALinkAndAlsoWhereSlipsAreRead) {
  Family family;
  Device& phone = family.town.phone("by-link");
  phone.start(family.sheet.link.substr(family.sheet.link.find('#') + 1));
  ASSERT_TRUE(family.town.run_until([&] { return phone.at("restore.done"); })) << phone.text();
  Device& other = family.fresh("by-slip-scanner");
  other.press("scan");
  other.scan(family.sheet.link);
  ASSERT_TRUE(family.town.run_until([&] { return other.at("restore.done"); })) << other.text();
}

TEST(RecoverySheet, SaysWhatIsWrongWithAnother) {
  Family family;
  Town& town = family.town;
  Device& phone = family.fresh("wrong");
  phone.press("restore");
  std::string misread = family.sheet.signs;
  misread[0] = misread[0] == '7' ? '4' : '7';
  phone.scan(misread);
  EXPECT_EQ(phone.at(), "restore");
  EXPECT_TRUE(phone.sees("読み違えた文字があります。")) << phone.text();
  crypto::Drbg random = crypto::Drbg::of_number(5);
  phone.scan(mail::print_paper(mail::make_paper(random)));
  ASSERT_TRUE(town.run_until([&] { return phone.at("restore.problem"); })) << phone.text();
  EXPECT_TRUE(phone.sees("この用紙の記録は、見つかりません。"));
  // A new sheet voids the old one.
  family.phone.press("recovery");
  EXPECT_TRUE(family.phone.sees("前の用紙は使えなくなります。"));
  family.phone.press("make");
  ASSERT_TRUE(town.run_until([&] { return family.phone.find("symbol") != nullptr; }));
  const Sheet next = sheet_of(family.phone);
  phone.press("scan-again");
  phone.scan(family.sheet.link);
  ASSERT_TRUE(town.run_until([&] { return phone.at("restore.problem"); })) << phone.text();
  // No network: it goes on when there is one.
  phone.press("scan-again");
  phone.online(false);
  phone.scan(next.link);
  town.run_for(60'000);
  EXPECT_TRUE(phone.at("restore.going"));
  EXPECT_TRUE(phone.sees("今は電波がありません。")) << phone.text();
  phone.online(true);
  EXPECT_TRUE(town.run_until([&] { return phone.at("restore.done"); })) << phone.text();
  // Who is registered already keeps what there is.
  Device& neighbour = enrolled_phone(town, "neighbour", "阿部 れん");
  neighbour.open_link(next.link);
  EXPECT_TRUE(neighbour.at("restore.problem"));
  EXPECT_TRUE(neighbour.sees("この電話には、もう登録があります。")) << neighbour.text();
}

TEST(RecoverySheet, ComesBackThroughAProgramThatEndsInTheMiddle) {
  Family family;
  Device& phone = family.fresh("crashing");
  phone.press("restore");
  phone.scan(family.sheet.signs);
  for (int i = 0; i < 40 && !phone.at("restore.done"); ++i) {
    family.town.run_for(37);
    phone.stop();
    phone.start();
    if (!phone.at("first")) break;
    phone.press("restore");
    phone.scan(family.sheet.signs);
    family.town.run_for(31 * i);
  }
  EXPECT_TRUE(family.town.run_until([&] { return phone.at("home") || phone.at("restore.done"); }))
      << phone.text();
  phone.stop();
  phone.start();
  ASSERT_TRUE(phone.at("home")) << phone.text();
  family.town.run_for(2000);  // until the town's directory is here
  report(phone, "injury");
  EXPECT_TRUE(family.town.run_until([&] { return phone.sees("町に届きました"); })) << phone.text();
}

TEST(RecoverySheet, ReportsThatNeverLeftTheLostPhoneGoOutFromTheNewOne) {
  Family family;
  Town& town = family.town;
  Device& phone = family.phone;
  // The slot still goes out; the report does not: the office's mail is refused for a while.
  report(phone, "injury");
  phone.outside.clear();
  town.run_for(400);
  phone.stop();
  Device& fresh = family.fresh("fresh");
  family.restored(fresh, family.sheet.signs);
  town.run_for(60'000);
  EXPECT_FALSE(fresh.sees("この端末に保存しました")) << fresh.text();
}

TEST(Registered, IsSaidOnlyWhenThePhoneKeepsItOrTheSheetWasTaken) {
  School school;
  Device& phone = school.town.phone("browser");
  phone.storage = "best-effort";
  phone.start(school.town.slip("佐倉 みお").link);
  ASSERT_TRUE(school.town.run_until([&] { return phone.at("slip.apply"); })) << phone.text();
  apply_for(phone);
  ASSERT_TRUE(school.town.run_until([&] { return phone.sees("学校が確認しました"); })) << phone.text();
  EXPECT_FALSE(phone.sees("登録できました"));
  EXPECT_TRUE(phone.sees("登録が消えることがあります。"));
  phone.press("home");
  EXPECT_TRUE(phone.sees("登録が消えることがあります。")) << phone.text();
  phone.press("recovery");
  phone.press("make");
  ASSERT_TRUE(school.town.run_until([&] { return phone.find("symbol") != nullptr; })) << phone.text();
  phone.back();
  phone.back();
  EXPECT_TRUE(phone.sees("登録が消えることがあります。")) << "a sheet that nobody took is no backup";
  phone.press("recovery");
  phone.press("make");
  ASSERT_TRUE(school.town.run_until([&] { return phone.find("symbol") != nullptr; })) << phone.text();
  phone.press("picture");
  phone.back();
  phone.back();
  EXPECT_FALSE(phone.sees("登録が消えることがあります。")) << phone.text();
}

TEST(EvictedStorage, IsToldAndLedToTheSheet) {
  Family family;
  family.phone.stop();
  Device& phone = family.town.phone("evicted");
  phone.known = true;  // the browser's mark is there, the database is not
  phone.start();
  EXPECT_TRUE(phone.at("first"));
  EXPECT_TRUE(phone.sees("この電話の登録と記録が、ブラウザに消されました。")) << phone.text();
  phone.stop();
  phone.start();
  EXPECT_TRUE(phone.sees("ブラウザに消されました。")) << "it stays until there is a record again";
  family.restored(phone, family.sheet.link);
  EXPECT_FALSE(phone.sees("ブラウザに消されました。"));
  phone.stop();
  phone.start();
  EXPECT_TRUE(phone.at("home"));
  EXPECT_FALSE(phone.sees("ブラウザに消されました。"));
  Device& stranger = family.fresh("stranger");
  EXPECT_FALSE(stranger.sees("消されました"));
}

}  // namespace
}  // namespace machi::journeys

// A record that outlives its phone: the sheet, the second device, what an evicted storage says, and every
// code that is wrong, used up or mistyped.
#include "tests/journeys/citizen_steps.h"
#include "tests/journeys/desk_steps.h"

namespace machi::journeys {
namespace {

// A family with a report that the school has read, one that it has not, and a note of the school.
struct Family {
  School school;
  Town& town = school.town;
  Device& phone;
  Sheet sheet;
  Family() : phone(enrolled_phone(town, "first")) {
    report(phone, "cold");
    EXPECT_TRUE(town.run_until([&] { return school.tablet->sees("佐倉 みお"); }));
    EXPECT_TRUE(confirm_on(*school.tablet));
    EXPECT_TRUE(town.run_until([&] { return phone.sees("学校が確認しました"); })) << phone.text();
    phone.press("back");
    sheet = make_sheet(town, phone);
  }
  Device& fresh(const std::string& name) {
    Device& device = town.phone(name);
    device.start();
    return device;
  }
  void restored(Device& device, const std::string& typed) {
    device.press("restore");
    device.scan(typed);
    ASSERT_TRUE(town.run_until([&] { return device.at("restore.done"); })) << device.text();
    EXPECT_TRUE(device.sees("佐倉 みお"));
    device.press("home");
  }
};

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

TEST(SecondPhone, JoinsByTheCodeOfTheFirstAndBothReportAsOneGuardian) {
  Family family;
  Town& town = family.town;
  Device& first = family.phone;
  first.press("recovery");
  first.press("second");
  ASSERT_TRUE(town.run_until([&] { return first.find("symbol") != nullptr; })) << first.text();
  const Sheet code = sheet_of(first);
  EXPECT_EQ(code.signs.size(), 19u);
  Device& second = family.fresh("second");
  family.restored(second, code.signs);
  report(second, "injury");
  ASSERT_TRUE(town.run_until([&] { return second.sees("町に届きました"); })) << second.text();
  EXPECT_TRUE(town.run_until([&] { return first.sees("2台で使っています。"); })) << first.text();
  town.run_for(20'000);
  EXPECT_FALSE(family.school.tablet->sees("未確認の電話からの連絡")) << family.school.tablet->text();
  EXPECT_TRUE(confirm_on(*family.school.tablet));
  EXPECT_TRUE(town.run_until([&] { return second.sees("学校が確認しました"); })) << second.text();
  // The first goes on, too.
  first.back();
  first.back();
  report(first, "stomach");
  EXPECT_TRUE(town.run_until([&] { return first.sees("町に届きました"); })) << first.text();
  // The code is used up, and its screen goes with its time.
  Device& third = family.fresh("third");
  third.press("restore");
  third.scan(code.link);
  ASSERT_TRUE(town.run_until([&] { return third.at("restore.problem"); }, 600'000)) << third.text();
  EXPECT_TRUE(third.sees("このコードは、もう使われたか、時間が過ぎました。")) << third.text();
}

// The family with a second phone that has taken over what there was.
struct TwoPhones : Family {
  Device& second;
  TwoPhones() : second(second_phone(town, phone, "second")) {}
  // Whatever the day's table says of 佐倉 みお's stomach.
  int stomachs() const {
    int out = 0;
    for (const auto& [id, row] : day_rows(*school.tablet))
      out += row.words.find("おなか") != std::string::npos ? 1 : 0;
    return out;
  }
};

TEST(SecondPhone, ShowsWhatTheOtherWroteAndEitherMayChangeIt) {
  TwoPhones family;
  Town& town = family.town;
  Device &first = family.phone, &second = family.second;
  const std::string before = second.text();
  report(first, "stomach");
  ASSERT_TRUE(town.run_until([&] { return first.sees("町に届きました"); })) << first.text();
  first.press("home");
  ASSERT_TRUE(town.run_until([&] { return second.text() == first.text(); }, 60'000))
      << first.text() << "\n--\n"
      << second.text();
  EXPECT_NE(second.text(), before);
  // The second takes back what the first wrote; the first sees it, and the school has one report, not two.
  EXPECT_EQ(family.stomachs(), 1);
  const screen::Node* row = nullptr;
  for (const auto& [id, one] : day_rows(*family.school.tablet))
    if (one.words.find("おなか") != std::string::npos) row = first_of(second, "report:" + id.substr(0, 32));
  ASSERT_TRUE(row) << second.text();
  second.press(std::string(row->id));
  ASSERT_TRUE(second.at("absence.sent")) << second.text();
  EXPECT_TRUE(second.sees("町に届きました")) << second.text();
  second.press("change");
  second.choose("reason", "injury");
  second.press("send");
  ASSERT_TRUE(town.run_until([&] { return second.sees("町に届きました") && family.stomachs() == 0; }))
      << second.text() << family.school.tablet->text();
  EXPECT_FALSE(family.school.tablet->sees("未確認の電話からの連絡")) << family.school.tablet->text();
  second.press("home");
  ASSERT_TRUE(town.run_until([&] { return second.text() == first.text(); }, 60'000))
      << first.text() << "\n--\n"
      << second.text();
}

TEST(SecondPhone, HearsOfANoteAndOfAnotherChildThatTheFirstEnrols) {
  TwoPhones family;
  Town& town = family.town;
  Device &first = family.phone, &second = family.second;
  enrol_sibling(town, first);
  ASSERT_TRUE(town.run_until([&] { return second.sees("そら"); }, 120'000)) << second.text();
  town.run_for(20'000);
  // And reports for that child as the same guardian.
  second.press("report");
  second.choose_all("child", {town.pupil("佐倉 そら").pupil.hex()});
  second.choose("reason", "stomach");
  second.press("send");
  ASSERT_TRUE(town.run_until([&] { return second.sees("町に届きました"); })) << second.text();
  EXPECT_TRUE(town.run_until([&] { return family.stomachs() == 1; })) << family.school.tablet->text();
  EXPECT_FALSE(family.school.tablet->sees("未確認の電話からの連絡")) << family.school.tablet->text();
}

TEST(SecondPhone, IsRemovedByTheFirstOrRemovesItAndTheLostOneIsCutOff) {
  TwoPhones family;
  Town& town = family.town;
  Device &lost = family.phone, &second = family.second;
  second.press("recovery");
  const screen::Node* remove = first_of(second, "remove.");
  ASSERT_TRUE(remove) << second.text();
  const std::string id = remove->id;
  second.press(id);
  ASSERT_TRUE(second.at("recovery.remove")) << second.text();
  second.press("keep");
  EXPECT_TRUE(second.sees("2台で使っています。")) << "asked once before anything happens";
  second.press(id);
  second.press("remove.yes");
  ASSERT_TRUE(town.run_until([&] { return !first_of(second, "remove."); })) << second.text();
  second.back();
  // It made a sheet, and another phone read its mail: either can have done it, and it says no more than that.
  ASSERT_TRUE(town.run_until([&] { return lost.sees("この電話は、登録から外されました。"); }, 600'000))
      << lost.text();
  town.run_for(30'000);
  // Nothing that would never arrive is written on it; the school takes everything from the one that stays.
  EXPECT_FALSE(lost.pressable("report")) << lost.text();
  EXPECT_FALSE(lost.pressable("scan")) << lost.text();
  EXPECT_EQ(family.stomachs(), 0) << family.school.tablet->text();
  EXPECT_FALSE(family.school.tablet->sees("未確認の電話からの連絡")) << family.school.tablet->text();
  report(second, "stomach");
  ASSERT_TRUE(town.run_until([&] { return second.sees("町に届きました"); })) << second.text();
  ASSERT_TRUE(town.run_until([&] { return family.stomachs() == 1; })) << family.school.tablet->text();
  // A new sheet voids the one that was made on it, and brings the family back.
  second.press("home");
  const Sheet next = make_sheet(town, second);
  Device& thief = family.fresh("thief");
  thief.press("restore");
  thief.scan(family.sheet.signs);
  ASSERT_TRUE(town.run_until([&] { return thief.at("restore.problem"); }, 120'000)) << thief.text();
  family.restored(family.fresh("third"), next.signs);
}

// Removes the other phone of the list, as its person does.
void remove_other(Town& town, Device& phone) {
  phone.press("recovery");
  const screen::Node* remove = first_of(phone, "remove.");
  ASSERT_TRUE(remove) << phone.text();
  phone.press(std::string(remove->id));
  phone.press("remove.yes");
  ASSERT_TRUE(town.run_until([&] { return !first_of(phone, "remove."); })) << phone.text();
  phone.back();
}

TEST(RemovedPhone, SaysWhatHappenedAndComesBackByTheCodeOfTheOther) {
  TwoPhones family;
  Town& town = family.town;
  Device &first = family.phone, &removed = family.second;
  remove_other(town, first);
  // It has no sheet of its own: only the other phone can have done it.
  ASSERT_TRUE(
      town.run_until([&] { return removed.sees("この電話は、あなたの別の電話から外されました。"); }, 600'000))
      << removed.text();
  removed.press("restore.anew");
  EXPECT_TRUE(removed.sees("連絡の記録を消してから、登録し直します。")) << removed.text();
  removed.press("keep");
  EXPECT_TRUE(removed.at("home")) << "asked once before anything is erased";
  EXPECT_TRUE(removed.sees("佐倉 みお")) << removed.text();
  removed.press("restore.anew");
  removed.press("anew.yes");
  ASSERT_TRUE(removed.at("first")) << removed.text();
  EXPECT_FALSE(removed.sees("佐倉")) << removed.text();
  first.press("recovery");
  first.press("second");
  ASSERT_TRUE(town.run_until([&] { return first.find("symbol") != nullptr; })) << first.text();
  family.restored(removed, sheet_of(first).signs);
  ASSERT_TRUE(town.run_until([&] { return first.sees("2台で使っています。"); }, 60'000)) << first.text();
  town.run_for(20'000);
  report(removed, "stomach");
  ASSERT_TRUE(town.run_until([&] { return removed.sees("町に届きました"); })) << removed.text();
  ASSERT_TRUE(town.run_until([&] { return family.stomachs() == 1; })) << family.school.tablet->text();
  EXPECT_FALSE(family.school.tablet->sees("未確認の電話からの連絡")) << family.school.tablet->text();
}

TEST(RemovedPhone, ComesBackByANewSheetAndByANewSlip) {
  TwoPhones family;
  Town& town = family.town;
  Device &first = family.phone, &removed = family.second;
  remove_other(town, first);
  ASSERT_TRUE(town.run_until([&] { return removed.find("restore.anew") != nullptr; }, 600'000))
      << removed.text();
  // A slip that is opened there leads to the same question.
  removed.open_link(town.slip("佐倉 みお").link);
  ASSERT_TRUE(removed.at("restore.anew")) << removed.text();
  removed.press("anew.yes");
  ASSERT_TRUE(removed.at("first")) << removed.text();
  // The program may end at any moment: what was begun is over, not half.
  removed.stop();
  removed.start();
  ASSERT_TRUE(removed.at("first")) << removed.text();
  removed.open_link(town.slip("佐倉 みお").link);
  ASSERT_TRUE(town.run_until([&] { return removed.at("slip.apply"); })) << removed.text();
  apply_for(removed);
  ASSERT_TRUE(town.run_until([&] { return removed.sees("登録できました"); })) << removed.text();
  removed.press("home");
  report(removed, "stomach");
  ASSERT_TRUE(town.run_until([&] { return removed.sees("町に届きました"); })) << removed.text();
  ASSERT_TRUE(town.run_until([&] { return family.stomachs() == 1; })) << family.school.tablet->text();
  EXPECT_FALSE(family.school.tablet->sees("未確認の電話からの連絡")) << family.school.tablet->text();
  // By the sheet it comes back as the guardian that it was, and takes the other's place.
  Device& again = removed;
  Family lone;
  Device& fresh = lone.fresh("fresh");
  lone.restored(fresh, lone.sheet.signs);
  Device& lost = lone.phone;
  ASSERT_TRUE(
      lone.town.run_until([&] { return lost.sees("この電話の記録は、別の電話に移りました。"); }, 600'000))
      << lost.text();
  lone.town.run_for(5000);  // the sheet opens what the fresh phone keeps from now on
  lost.press("restore.anew");
  lost.press("anew.yes");
  ASSERT_TRUE(lost.at("first")) << lost.text();
  lone.restored(lost, lone.sheet.signs);
  report(lost, "injury");
  ASSERT_TRUE(lone.town.run_until([&] { return lost.sees("町に届きました"); })) << lost.text();
  EXPECT_FALSE(lone.school.tablet->sees("未確認の電話からの連絡")) << lone.school.tablet->text();
  EXPECT_TRUE(again.at("absence.sent"));
}

TEST(SecondPhone, HasTheNoteThatTheFirstWroteAndTheFirstTheOneOfTheSecond) {
  TwoPhones family;
  Town& town = family.town;
  Device &first = family.phone, &second = family.second;
  const auto write = [&](Device& phone, const std::string& text) {
    const screen::Node* child = first_of(phone, "child:");
    ASSERT_TRUE(child) << phone.text();
    phone.press(std::string(child->id));
    phone.enter("text", text);
    phone.press("send");
  };
  write(first, "水筒を持たせました。");
  ASSERT_TRUE(town.run_until([&] { return first.sees("町に届きました"); })) << first.text();
  const screen::Node* child = first_of(second, "child:");
  ASSERT_TRUE(child) << second.text();
  second.press(std::string(child->id));
  ASSERT_TRUE(town.run_until([&] { return second.sees("水筒を持たせました。"); }, 60'000)) << second.text();
  EXPECT_TRUE(second.sees("町に届きました")) << second.text();
  second.enter("text", "迎えは父が行きます。");
  second.press("send");
  ASSERT_TRUE(town.run_until([&] { return first.sees("迎えは父が行きます。"); }, 60'000)) << first.text();
  // The school has each once, from one guardian, and its answer comes to both.
  Device& desk = *family.school.tablet;
  town.run_for(10'000);
  desk.press("page.messages");
  const screen::Node* thread = first_of(desk, "thread.");
  ASSERT_TRUE(thread) << desk.text();
  desk.press(std::string(thread->id));
  EXPECT_TRUE(desk.sees("水筒を持たせました。")) << desk.text();
  EXPECT_TRUE(desk.sees("迎えは父が行きます。")) << desk.text();
}

TEST(SecondPhone, TypedWithoutSenseOrTooLateIsToldSo) {
  Family family;
  Town& town = family.town;
  family.phone.press("recovery");
  family.phone.press("second");
  ASSERT_TRUE(town.run_until([&] { return family.phone.find("symbol") != nullptr; })) << family.phone.text();
  const Sheet code = sheet_of(family.phone);
  town.run_for(16 * 60'000);
  EXPECT_FALSE(family.phone.at("recovery.second")) << "the code is out of date";
  Device& late = family.fresh("late");
  late.press("restore");
  late.scan(code.signs);
  ASSERT_TRUE(town.run_until([&] { return late.at("restore.problem"); }, 600'000)) << late.text();
  late.press("scan-again");
  late.scan("3F7K-20AB-CDEF-GH12");
  ASSERT_TRUE(town.run_until([&] { return late.at("restore.problem"); })) << late.text();
  late.press("scan-again");
  late.scan("さっぱり");
  EXPECT_TRUE(late.at("restore"));
  // And a slip, of all things, is taken for what it is.
  late.scan(town.slip("阿部 れん").link);
  EXPECT_TRUE(town.run_until([&] { return late.at("slip.apply"); })) << late.text();
}

}  // namespace
}  // namespace machi::journeys

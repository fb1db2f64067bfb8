// Two phones of one guardian: how the second joins, what each hears of the other, and how one is removed and
// comes back.
#include "tests/journeys/recovered_family.h"

namespace machi::journeys {
namespace {

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

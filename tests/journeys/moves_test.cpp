// Pupils and guardians who move: to another school of the town, up a year, away; and a grandparent's time
// that ends by itself.
#include "tests/journeys/citizen_steps.h"
#include "tests/journeys/desk_steps.h"

namespace machi::journeys {
namespace {

TEST(Moving, ToAnotherSchoolOfTheTownTakesThePhonesAlongByThemselves) {
  School school;
  Town& town = school.town;
  Device& east = *school.tablet;
  Device& mother = enrolled_phone(town, "mother");
  Device& father = enrolled_phone(town, "father");
  mother.press("news-seen:" + town.pupil("佐倉 みお").pupil.hex());
  town.found_second_school();
  Device& north = town.desk("north");
  father.stop();              // off while it happens
  town.run_for(16 * 60'000);  // the tablet has read the directory again
  open_pupil(town, east, "佐倉 みお", "3年1組");
  east.choose("leave.to", "北中学校");
  east.press("leave");
  east.press("leave.yes");
  ASSERT_TRUE(town.run_until([&] { return !mother.sees("東小学校 3年1組"); })) << mother.text();
  EXPECT_EQ(mother.pressable("report"), nullptr) << mother.text();
  north.press("page.slips");
  const std::string receive = "receive." + town.pupil("佐倉 みお").pupil.hex();
  ASSERT_TRUE(town.run_until([&] { return north.find(receive) != nullptr; })) << north.text();
  EXPECT_TRUE(north.sees("東小学校")) << north.text();
  north.press(receive);
  ASSERT_TRUE(town.run_until([&] { return mother.sees("北中学校"); })) << mother.text();
  ASSERT_TRUE(town.run_until([&] { return mother.pressable("report") != nullptr; })) << mother.text();
  EXPECT_FALSE(mother.sees("東小学校")) << mother.text();
  report(mother, "cold");
  north.press("grade.all");
  ASSERT_TRUE(town.run_until([&] { return north.sees("佐倉 みお"); })) << north.text();
  north.press(std::string(first_of(north, "confirm.")->id));
  ASSERT_TRUE(town.run_until([&] { return mother.find("step.read")->state == screen::State::Done; }))
      << mother.text();
  father.start();
  ASSERT_TRUE(town.run_until([&] { return father.sees("北中学校") && father.pressable("report"); }))
      << father.text();
  EXPECT_FALSE(father.sees("東小学校")) << father.text();
  east.press("grade.all");
  EXPECT_FALSE(east.sees("佐倉 みお")) << east.text();
}

TEST(Moving, AWelcomeForAChildThatNoSchoolHasLetGoIsNotFollowed) {
  School school(base::instant_of(*Date::of(2026, 11, 24), TimeOfDay{7 * 60 + 38}), true);
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  const std::string before = phone.text();
  absence::Welcome welcome;
  welcome.code.fill(7);
  welcome.pupil = town.pupil("佐倉 みお").pupil;
  welcome.guardian = "x";
  welcome.birth = town.pupil("佐倉 みお").birth;
  town.school_writes(absence::kKindWelcome, absence::encode(welcome));
  town.run_for(5000);
  EXPECT_EQ(phone.text(), before);
}

TEST(Moving, UpAYearShowsOnThePhones) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  EXPECT_TRUE(phone.sees("3年1組")) << phone.text();
  Device& desk = *school.tablet;
  desk.press("page.slips");
  desk.press("list.open");
  desk.choose_file(
      "file", "r9.csv", "utf-8",
      "学年,組,出席番号,氏名,ふりがな,生年月日,電話番号\n4,2,7,佐倉 みお,さくら みお,2017/9/12,\n"
      "4,1,1,阿部 れん,あべ れん,2017/6/3,\n2,1,1,佐倉 そら,,2019/11/30,\n");
  desk.choose("scope", "school");
  desk.press("take");
  ASSERT_TRUE(town.run_until([&] { return phone.sees("4年2組"); })) << phone.text();
  EXPECT_FALSE(phone.sees("3年1組")) << phone.text();
  report(phone, "cold");
  desk.press("grade.all");
  ASSERT_TRUE(town.run_until([&] { return desk.sees("佐倉 みお"); })) << desk.text();
}

TEST(Moving, AwayEndsOnThePhoneAndAtTheSchool) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  Device& desk = *school.tablet;
  open_pupil(town, desk, "佐倉 みお", "3年1組");
  desk.press("leave");
  desk.press("leave.yes");
  EXPECT_FALSE(desk.sees("佐倉 みお")) << desk.text();
  ASSERT_TRUE(town.run_until([&] { return !phone.sees("みお"); })) << phone.text();
  EXPECT_EQ(phone.pressable("report"), nullptr);
}

TEST(AGrandparent, ReportsUntilTheLastDayAndBothSidesSayThatItIsOver) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  open_pupil(town, desk, "佐倉 みお", "3年1組");
  desk.choose("slip.for", "delegate");
  desk.enter("slip.until.day", "2026-11-25");
  desk.press("slip.issue");
  const std::string link = desk.find("slip.symbol")->value;
  town.run_for(5000);
  Device& phone = town.phone("phone");
  phone.start(link);
  ASSERT_TRUE(town.run_until([&] { return phone.at("slip.apply"); })) << phone.text();
  apply_for(phone);
  ASSERT_TRUE(town.run_until([&] { return phone.sees("登録できました"); })) << phone.text();
  phone.press("home");
  EXPECT_TRUE(phone.sees("11月25日（水）まで")) << phone.text();
  EXPECT_TRUE(desk.sees("11月25日（水）まで")) << desk.text();
  Device& tablet = second_phone(town, phone, "grandparent's tablet");
  EXPECT_TRUE(tablet.sees("11月25日（水）まで")) << tablet.text();
  // The school gives a day more, and takes it back: the phone says what holds.
  desk.press(std::string(desk.find("guardians")->children[0].id));
  desk.enter("until", "2026-11-26");
  ASSERT_TRUE(town.run_until([&] { return phone.sees("11月26日（木）まで"); })) << phone.text();
  desk.enter("until", "2026-11-25");
  ASSERT_TRUE(town.run_until([&] { return phone.sees("11月25日（水）まで"); })) << phone.text();
  // The last day: it reports. The day after: nothing more to report with, and nobody had to do anything. The
  // apps stay open over the nights, the lines do not: no thousand signs of life of idle streams.
  const auto a_day_later = [&] {
    for (Device* one : {&desk, &phone, &tablet}) one->online(false);
    town.run_for(24 * 3600 * 1000 - 60'000);
    for (Device* one : {&desk, &phone, &tablet}) one->online(true);
    town.run_for(60'000);
  };
  a_day_later();
  report(tablet, "cold");
  ASSERT_TRUE(
      town.run_until([&] { return tablet.sees("町に届きました") && phone.sees("みおさん 欠席"); }, 60'000))
      << phone.text();
  tablet.press("home");
  a_day_later();
  EXPECT_EQ(tablet.pressable("report"), nullptr) << tablet.text();
  EXPECT_EQ(phone.pressable("report"), nullptr) << phone.text();
  EXPECT_TRUE(phone.sees("みおさんの登録は、11月25日（水）で終わりました。")) << phone.text();
  desk.press("grade.all");
  open_pupil(town, desk, "佐倉 みお", "3年1組");
  EXPECT_TRUE(desk.sees("11月25日（水）で終わりました")) << desk.text();
  EXPECT_EQ(desk.find("guardians"), nullptr) << desk.text();
}

// The day at the desk, closed by a person.
void close_day(Device& desk) {
  desk.press("grade.all");
  desk.press("day.close");
  desk.press("day.close.now");
}

// A father who lives apart: the school has said that he hears of his own reports alone.
struct Apart {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  Device& father = enrolled_phone(town, "father");
  Apart() {
    open_pupil(town, desk, "佐倉 みお", "3年1組");
    desk.press(std::string(desk.find("guardians")->children[0].id));
    desk.choose("news", "apart");
    town.run_for(3000);
  }
};

TEST(Custody, GuardiansWhoLiveApartHearNothingOfEachOtherAndBothHearThatTheDayIsClosed) {
  Apart family;
  auto& [school, town, desk, father] = family;
  Device& mother = enrolled_phone(town, "mother");
  town.run_for(3000);
  EXPECT_EQ(first_of(father, "news:"), nullptr)
      << "that another was enrolled is not his to know: " << father.text();
  const std::string before = mother.text();
  report(father, "cold");
  desk.press("grade.all");
  ASSERT_TRUE(town.run_until([&] { return confirm_on(desk); })) << desk.text();
  ASSERT_TRUE(town.run_until([&] { return father.find("step.read")->state == screen::State::Done; }))
      << father.text();
  EXPECT_TRUE(father.pressable("change")) << father.text();
  town.run_for(5000);
  EXPECT_EQ(mother.text(), before) << "she sees what she saw before he wrote";
  close_day(desk);
  ASSERT_TRUE(town.run_until([&] { return father.pressable("change") == nullptr; })) << father.text();
  town.run_for(5000);
  EXPECT_EQ(mother.text(), before);
  mother.press("report");
  EXPECT_TRUE(mother.sees("学校は11月24日（火）の記録を閉じました。")) << mother.text();
}

TEST(Custody, ASecondPhoneHearsWhatItsOwnPersonHearsAndNothingOfTheOther) {
  Apart family;
  auto& [school, town, desk, father] = family;
  Device& mother = enrolled_phone(town, "mother");
  Device& fathers = second_phone(town, father, "father's tablet");
  Device& mothers = second_phone(town, mother, "mother's tablet");
  const std::string hers = mother.text(), on_hers = mothers.text();
  report(fathers, "cold");
  ASSERT_TRUE(town.run_until([&] { return father.sees("みおさん 欠席"); }, 60'000)) << father.text();
  desk.press("grade.all");
  ASSERT_TRUE(town.run_until([&] { return confirm_on(desk); })) << desk.text();
  ASSERT_TRUE(town.run_until([&] { return father.sees("確認") && fathers.sees("学校が確認しました"); }))
      << father.text() << fathers.text();
  town.run_for(10'000);
  EXPECT_EQ(mother.text(), hers);
  EXPECT_EQ(mothers.text(), on_hers);
}

TEST(Custody, WhoLivesApartAndReportedNothingHearsThatTheDayIsClosed) {
  Apart family;
  auto& [school, town, desk, father] = family;
  close_day(desk);  // nobody has reported anything
  town.run_for(5000);
  father.press("report");
  EXPECT_TRUE(father.sees("学校は11月24日（火）の記録を閉じました。")) << father.text();
}

TEST(Custody, AGuardianRemovedInSilenceSeesNoDifferenceAndReachesNobody) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  Device& father = enrolled_phone(town, "father");
  town.run_for(3000);
  open_pupil(town, desk, "佐倉 みお", "3年1組");
  desk.press(std::string(desk.find("guardians")->children[0].id));
  desk.press("part.silent");
  desk.press("part.silent.yes");
  town.run_for(3000);
  Device& mother = enrolled_phone(town, "mother");
  town.run_for(3000);
  EXPECT_TRUE(father.sees("みお") && father.pressable("report")) << father.text();
  EXPECT_EQ(first_of(father, "news:"), nullptr) << father.text();
  // What she reports and what the school does with it he does not hear.
  const std::string his = father.text();
  report(mother, "cold");
  desk.press("grade.all");
  ASSERT_TRUE(town.run_until([&] { return confirm_on(desk); })) << desk.text();
  close_day(desk);
  town.run_for(10'000);
  EXPECT_EQ(father.text(), his);
  // What he reports arrives, as always, and is never confirmed; she hears nothing, and the school keeps it
  // apart.
  mother.press("home");
  const std::string hers = mother.text();
  report(father, "stomach");
  ASSERT_TRUE(town.run_until([&] { return father.sees("町に届きました"); })) << father.text();
  town.run_for(10'000);
  EXPECT_EQ(mother.text(), hers);
  EXPECT_FALSE(father.sees("学校が確認しました")) << father.text();
  EXPECT_NE(first_of(desk, "apart-row."), nullptr) << desk.text();
}

}  // namespace
}  // namespace machi::journeys

// Pupils and guardians who move: to another school of the town, up a year, away; and a grandparent's time
// that ends by itself.
#include "tests/journeys/citizen_steps.h"
#include "tests/journeys/desk_steps.h"

namespace machi::journeys {
namespace {

void open_pupil(Town& town, Device& desk, std::string_view name, std::string_view class_part) {
  desk.press("page.slips");
  for (const auto& option : desk.find("class")->options)
    if (option.name.find(class_part) != std::string::npos) desk.choose("class", option.value);
  desk.press("pupil." + town.pupil(name).pupil.hex());
  ASSERT_TRUE(desk.at("desk.pupil")) << desk.text();
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

// A note is read when a person at the school has read it, and the family sees that, on its phone.
TEST(Notes, SayThatAPersonAtTheSchoolHasReadThem) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  Device& phone = enrolled_phone(town, "phone");
  phone.press("佐倉 みお");
  phone.enter("text", "きょうは早めに迎えに行きます。");
  phone.press("send");
  ASSERT_TRUE(town.run_until([&] { return phone.sees("町に届きました"); })) << phone.text();
  town.run_for(5000);
  EXPECT_FALSE(phone.sees("学校が確認しました")) << "a tablet has it, and nobody has read it";
  desk.press("page.messages");
  desk.press("佐倉 みお");
  desk.press(std::string(first_of(desk, "read.")->id));
  ASSERT_TRUE(town.run_until([&] { return phone.sees("学校が確認しました"); })) << phone.text();
}

// The day at the desk, closed by a person.
void close_day(Device& desk) {
  desk.press("grade.all");
  desk.press("day.close");
  desk.press("day.close.now");
}

TEST(Custody, GuardiansWhoLiveApartHearNothingOfEachOtherAndBothHearThatTheDayIsClosed) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  Device& father = enrolled_phone(town, "father");
  open_pupil(town, desk, "佐倉 みお", "3年1組");
  desk.press(std::string(desk.find("guardians")->children[0].id));
  desk.choose("news", "apart");
  town.run_for(3000);
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

TEST(Custody, WhoLivesApartAndReportedNothingHearsThatTheDayIsClosed) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  Device& father = enrolled_phone(town, "father");
  open_pupil(town, desk, "佐倉 みお", "3年1組");
  desk.press(std::string(desk.find("guardians")->children[0].id));
  desk.choose("news", "apart");
  town.run_for(3000);
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

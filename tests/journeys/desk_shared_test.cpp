// A desk that several people use: its lock, who confirms, and the threads with families, each guardian apart.
#include "core/words/words.h"
#include "tests/journeys/citizen_steps.h"
#include "tests/journeys/desk_steps.h"

namespace machi::journeys {
namespace {

void set_pin(Device& desk, const std::string& pin) {
  desk.press("page.lock");
  desk.enter("pin.new", pin);
  desk.press("pin.set");
}

TEST(Lock, ShowsNothingUntilThePinIsRightAndThenAsksWhoWorksHere) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  Device& phone = enrolled_phone(town, "phone");
  report(phone, "cold");
  ASSERT_TRUE(town.run_until([&] { return desk.sees("佐倉 みお"); }));
  set_pin(desk, "12");
  EXPECT_TRUE(desk.sees("4けたから8けたの数字を入力してください。")) << desk.text();
  EXPECT_EQ(desk.find("lock.now"), nullptr);
  set_pin(desk, "４７３９");
  EXPECT_TRUE(desk.sees("暗証番号を決めました。")) << desk.text();
  desk.press("lock.now");
  ASSERT_TRUE(desk.at("desk.locked")) << desk.text();
  EXPECT_FALSE(desk.sees("佐倉") || desk.sees("かぜ") || desk.sees("3年")) << desk.text();
  EXPECT_EQ(desk.find("grade.all"), nullptr);
  desk.enter("pin", "4730");
  EXPECT_TRUE(desk.sees("暗証番号がちがいます。")) << desk.text();
  desk.enter("pin", "473");  // not a whole one: no try
  desk.enter("pin", "4739");
  ASSERT_TRUE(desk.at("desk.who")) << desk.text();
  desk.enter("who.new", "代わり 北川");
  EXPECT_TRUE(desk.at("desk.today")) << desk.text();
  desk.press(std::string(first_of(desk, "confirm.")->id));
  EXPECT_TRUE(desk.sees("代わり 北川")) << desk.text();
  desk.press("page.who");
  desk.choose("who", "田村");  // the class teacher is one tap away
  EXPECT_EQ(words::plain(desk.find("page.who")->hint), "田村");
}

TEST(Lock, MakesWrongTriesWaitAlsoOverARestart) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  set_pin(desk, "4739");
  desk.press("lock.now");
  for (const char* wrong : {"0000", "1111", "2222"}) desk.enter("pin", wrong);
  EXPECT_NE(desk.find("waits"), nullptr) << desk.text();
  desk.stop();
  desk.start();
  EXPECT_NE(desk.find("waits"), nullptr) << desk.text();
  EXPECT_EQ(desk.find("pin"), nullptr);
  town.run_for(25'000);
  ASSERT_NE(desk.find("pin"), nullptr) << desk.text();
  desk.enter("pin", "3333");
  EXPECT_NE(desk.find("waits"), nullptr) << desk.text();
  town.run_for(41'000);
  desk.enter("pin", "4739");
  EXPECT_TRUE(desk.at("desk.who")) << desk.text();
}

TEST(Lock, ShutsADeskThatNobodyTouchesAndForgetsWhoWorkedThere) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  set_pin(desk, "4739");
  desk.choose("minutes", "3");
  desk.press("page.who");
  desk.enter("who.new", "林");
  desk.press("page.entry");
  desk.enter("find", "みお");
  town.run_for(2 * 60'000);
  desk.press("page.search");
  town.run_for(2 * 60'000);
  EXPECT_FALSE(desk.at("desk.locked")) << "somebody was here two minutes ago";
  town.run_for(80'000);
  ASSERT_TRUE(desk.at("desk.locked")) << desk.text();
  desk.enter("pin", "4739");
  EXPECT_EQ(desk.find("page.who")->hint, "");
  desk.press("page.entry");
  EXPECT_EQ(desk.find("find")->value, "") << "what the last person typed is not shown to the next";
}

TEST(Messages, GoToOneGuardianAndStandOnEveryDesk) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  Device& other = second_desk(town, desk);
  enrolled_phone(town, "first");
  enrolled_phone(town, "second");
  town.run_for(2000);
  desk.press("page.search");
  desk.enter("find", "みお");
  desk.press("pupil." + town.pupil("佐倉 みお").pupil.hex());
  desk.press("write." + town.pupil("佐倉 みお").pupil.hex());
  ASSERT_TRUE(desk.at("desk.thread")) << desk.text();
  const std::string text = first_of(desk, "text.")->id;
  const std::string key = text.substr(5);
  desk.press("send." + key);  // nothing was written
  EXPECT_EQ(first_of(desk, "note."), nullptr);
  desk.enter(text, "体育着を わすれました。");
  desk.press("send." + key);
  desk.again();
  EXPECT_TRUE(desk.sees("体育着を わすれました。")) << desk.text();
  EXPECT_EQ(desk.find(text)->value, "");
  other.press("page.messages");
  ASSERT_TRUE(town.run_until([&] { return other.sees("佐倉 みお"); })) << other.text();
  other.press("佐倉 みお");
  EXPECT_TRUE(other.sees("体育着を わすれました。")) << other.text();
  int guardians = 0, notes = 0;
  for (const screen::Node& node : other.screen().main)
    if (node.id.starts_with("guardian.")) {
      ++guardians;
      notes += first_of(node.children, "note.") ? 1 : 0;
    }
  EXPECT_EQ(guardians, 2);
  EXPECT_EQ(notes, 1) << "the other guardian's thread holds none of it";
}

TEST(Guest, WorksForADayAndThenKnowsNothingAndReadsNothing) {
  School school(base::instant_of(*Date::of(2026, 11, 24), TimeOfDay{15 * 60 + 40}));
  Town& town = school.town;
  Device& desk = *school.tablet;
  desk.press("page.devices");
  desk.press("invite.guest");
  const std::string link = desk.find("invite.symbol")->value;
  desk.press("invite.hide");
  desk.press("grade.all");
  town.run_for(5000);
  Device& guest = town.device("guest", "desk");
  guest.start(link.substr(link.find('#') + 1));
  ASSERT_TRUE(town.run_until([&] { return guest.at("desk.today"); })) << guest.text();
  EXPECT_TRUE(guest.sees("この端末は20:00まで使えます。")) << guest.text();
  Device& phone = enrolled_phone(town, "phone");
  report(phone, "cold");
  ASSERT_TRUE(town.run_until([&] { return guest.sees("佐倉 みお"); })) << guest.text();
  guest.press(std::string(first_of(guest, "confirm.")->id));
  ASSERT_TRUE(town.run_until([&] { return phone.find("step.read")->state == screen::State::Done; }))
      << phone.text();
  phone.stop();
  desk.stop();
  town.run_for(base::instant_of(*Date::of(2026, 11, 24), TimeOfDay{20 * 60}).ms - town.now().ms + 60'000);
  EXPECT_TRUE(guest.at("desk.guest-over")) << guest.text();
  EXPECT_FALSE(guest.sees("佐倉")) << guest.text();
  guest.stop();
  guest.start();
  town.run_for(5000);
  EXPECT_TRUE(guest.at("desk.join")) << guest.text();
  desk.start();
  town.run_for(5000);
  EXPECT_TRUE(desk.sees("佐倉 みお")) << desk.text();
}

}  // namespace
}  // namespace machi::journeys

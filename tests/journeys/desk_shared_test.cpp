// A desk that several people use: its lock, who confirms, and the threads with families, each guardian apart.
#include <filesystem>

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

// A PC that nobody has paired: the person there says that it is for today only, and has its number typed at a
// tablet.
Device& guest_pc(Town& town, Device& desk, const std::string& name, const std::string& until,
                 const std::string& only_class = "") {
  Device& guest = town.device(name, "desk");
  guest.database = "/dev/shm/machi-" + name + std::to_string(town.now().ms) + ".db";
  guest.start();
  EXPECT_TRUE(guest.at("desk.join")) << guest.text();
  guest.press("guest");
  EXPECT_TRUE(town.run_until([&] { return guest.find("code") != nullptr; })) << guest.text();
  EXPECT_TRUE(guest.sees("この端末には何も残りません。")) << guest.text();
  town.run_for(2000);
  desk.press("page.devices");
  desk.do_to("guest.scan", "scan", "0000-0000");
  EXPECT_TRUE(desk.sees("この番号の端末は見つかりません。")) << desk.text();
  desk.press("guest.allow");
  EXPECT_FALSE(desk.sees("端末を許可しました。"));
  desk.enter("guest.code", guest.find("code")->value);
  EXPECT_EQ(desk.find("guest.code")->error, "") << desk.text();
  desk.choose("guest.to", until);
  if (!only_class.empty()) {
    desk.choose("guest.view", "some");
    EXPECT_TRUE(desk.sees("データは、学校全体の分がその端末に届きます。")) << desk.text();
    desk.press("guest.allow");
    EXPECT_TRUE(desk.sees("見せる学級を選んでください。")) << desk.text();
    const auto classes = desk.find("guest.classes")->options;
    for (const auto& option : classes)
      if (option.name.find(only_class) != std::string::npos) desk.choose_all("guest.classes", {option.value});
  }
  desk.press("guest.allow");
  EXPECT_TRUE(desk.sees("端末を許可しました。")) << desk.text();
  EXPECT_TRUE(town.run_until([&] { return guest.at("desk.today"); })) << guest.text();
  return guest;
}

TEST(Guest, IsLetInByATabletWorksAndLeavesNothingWhenItsTimeIsOver) {
  School school(base::instant_of(*Date::of(2026, 11, 24), TimeOfDay{15 * 60 + 40}));
  Town& town = school.town;
  Device& desk = *school.tablet;
  Device& guest = guest_pc(town, desk, "guest", "17:00");
  EXPECT_TRUE(guest.sees("この端末は17:00まで使えます。")) << guest.text();
  for (const char* page : {"page.devices", "page.slips", "page.applications", "page.lock"})
    EXPECT_EQ(guest.pressable(page), nullptr) << page;
  Device& phone = enrolled_phone(town, "phone");
  report(phone, "cold");
  ASSERT_TRUE(town.run_until([&] { return guest.sees("佐倉 みお"); })) << guest.text();
  guest.press(std::string(first_of(guest, "confirm.")->id));
  ASSERT_TRUE(town.run_until([&] { return phone.find("step.read")->state == screen::State::Done; }))
      << phone.text();
  // What the guest confirmed the others see confirmed, also one that comes after the guest has gone.
  desk.press("grade.all");
  ASSERT_TRUE(town.run_until([&] { return !first_of(desk, "confirm."); })) << desk.text();
  EXPECT_FALSE(std::filesystem::exists(guest.database));
  town.run_for(base::instant_of(*Date::of(2026, 11, 24), TimeOfDay{17 * 60}).ms - town.now().ms + 25'000);
  EXPECT_TRUE(guest.at("desk.guest-over")) << guest.text();
  EXPECT_FALSE(guest.sees("佐倉")) << guest.text();
  town.run_for(60'000);
  Device& late = second_desk(town, desk);
  EXPECT_TRUE(late.sees("佐倉 みお")) << late.text();
  EXPECT_EQ(first_of(late, "confirm."), nullptr) << late.text();
  // Opened again it is a stranger.
  guest.stop();
  guest.start();
  ASSERT_TRUE(town.run_until([&] { return guest.find("code") != nullptr; })) << guest.text();
  town.run_for(60'000);
  EXPECT_TRUE(guest.at("desk.guest")) << guest.text();
  EXPECT_FALSE(guest.sees("佐倉")) << guest.text();
  EXPECT_FALSE(std::filesystem::exists(guest.database));
}

TEST(Guest, ShowsOnlyTheClassesThatItWasLetInFor) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  Device& guest = guest_pc(town, desk, "guest", "20:00", "3年1組");
  Device& phone = enrolled_phone(town, "phone");
  enrol_sibling(town, phone);
  phone.press("report");
  phone.choose_all("child", {town.pupil("佐倉 みお").pupil.hex(), town.pupil("佐倉 そら").pupil.hex()});
  phone.choose("reason", "cold");
  phone.press("send");
  desk.press("grade.all");
  ASSERT_TRUE(town.run_until([&] { return desk.sees("佐倉 みお") && desk.sees("佐倉 そら"); }))
      << desk.text();
  ASSERT_TRUE(town.run_until([&] { return guest.sees("佐倉 みお"); })) << guest.text();
  EXPECT_TRUE(guest.sees("選んだ学級だけが見えます。")) << guest.text();
  EXPECT_FALSE(guest.sees("佐倉 そら")) << guest.text();
  EXPECT_EQ(guest.find("day.close"), nullptr) << "the school's day is not closed by who sees a part of it";
  EXPECT_NE(desk.find("day.close"), nullptr);
  guest.press("page.search");
  guest.enter("find", "さくら");
  EXPECT_TRUE(guest.sees("佐倉 みお")) << guest.text();
  EXPECT_FALSE(guest.sees("佐倉 そら")) << guest.text();
  guest.press("page.roll-call");
  EXPECT_TRUE(guest.sees("3年1組")) << guest.text();
  EXPECT_FALSE(guest.sees("1年")) << guest.text();
  guest.press("grade.all");
  guest.press(std::string(first_of(guest, "confirm.")->id));
  EXPECT_TRUE(town.run_until([&] { return phone.find("report") == nullptr || phone.sees("確認"); }));
}

TEST(Guest, IsPutOutAtOnceByATablet) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  Device& guest = guest_pc(town, desk, "guest", "20:00");
  Device& phone = enrolled_phone(town, "phone");
  town.run_for(3000);
  std::string remove;
  for (const screen::Node& row : desk.find("devices")->children)
    if (first_of(row.children, "until.")) remove = first_of(row.children, "remove.")->id;
  ASSERT_FALSE(remove.empty()) << desk.text();
  EXPECT_TRUE(desk.sees("20:00まで")) << desk.text();
  desk.press(remove);
  desk.press(remove + ".yes");
  ASSERT_TRUE(town.run_until([&] { return guest.at("desk.guest-over"); }, 15'000)) << guest.text();
  report(phone, "cold");
  town.run_for(30'000);
  EXPECT_FALSE(guest.sees("佐倉")) << guest.text();
  desk.press("grade.all");
  EXPECT_TRUE(desk.sees("佐倉 みお")) << desk.text();
}

}  // namespace
}  // namespace machi::journeys

// A phone whose storage runs full, refuses, or dies in the middle: a clear sentence, and nothing said that is
// not so.
#include "tests/journeys/citizen_steps.h"
#include "tests/unit/store/faulty_slots.h"

namespace machi::journeys {
namespace {

// A phone on a pool of files that can be told to fail, enrolled for 佐倉 みお.
struct FaultyPhone {
  store::FaultySlots slots;
  store::SlotVfs vfs;
  Device& phone;

  FaultyPhone(Town& town, const std::string& name, std::uint64_t seed = 1)
      : slots(2, seed), vfs("vfs-" + name, slots, {"phone.db"}), phone(town.phone(name)) {
    phone.database = "phone.db";
    phone.vfs = vfs.name();
    phone.start(town.slip("佐倉 みお").link);
    EXPECT_TRUE(town.run_until([&] { return phone.at("slip.apply"); })) << phone.text();
    apply_for(phone);
    EXPECT_TRUE(town.run_until([&] { return phone.sees("登録できました"); })) << phone.text();
    phone.press("home");
    town.run_for(2000);
  }
  ~FaultyPhone() { phone.stop(); }
};

std::string long_note() {
  std::string note;
  for (int i = 0; i < 500; ++i) note += "あ";
  return note;
}

// The screen comes before the disk, and the disk before the next event.
TEST(CitizenStorage, WritesADraftAfterItsScreenAndBeforeAnythingElse) {
  School school;
  Device& phone = enrolled_phone(school.town, "phone");
  const auto chosen = [&] {
    const auto* node = phone.find("reason");
    for (const auto& option : node ? node->options : std::vector<screen::Option>())
      if (option.selected) return option.value;
    return std::string();
  };
  const auto open_again = [&] {
    phone.stop();
    phone.start();
    phone.press("report");
  };
  phone.press("report");
  phone.choose("reason", "cold");
  open_again();
  EXPECT_EQ(chosen(), "cold");
  phone.rests = false;
  phone.choose("reason", "injury");
  EXPECT_EQ(chosen(), "injury");
  phone.online(false);  // whatever comes next
  phone.online(true);
  open_again();
  EXPECT_EQ(chosen(), "injury");
}

TEST(CitizenStorage, SaysThatThePhoneIsFullAndSendsWhenThereIsRoomAgain) {
  School school;
  FaultyPhone faulty(school.town, "full");
  Device& phone = faulty.phone;
  phone.press("report");
  phone.choose("reason", "cold");
  phone.enter("note", long_note());
  faulty.slots.capacity = faulty.slots.total();
  phone.press("send");
  EXPECT_EQ(phone.at(), "absence.form");
  EXPECT_TRUE(phone.sees("この端末の空きが足りないので、送れませんでした。")) << phone.text();
  EXPECT_TRUE(phone.sees("東小学校に電話する"));
  EXPECT_TRUE(phone.outside.empty());
  school.town.run_for(20'000);
  EXPECT_FALSE(school.tablet->sees("佐倉 みお")) << "what was not saved went out";
  faulty.slots.capacity = std::int64_t{1} << 40;
  phone.press("send");
  ASSERT_TRUE(phone.at("absence.sent")) << phone.text();
  ASSERT_TRUE(school.town.run_until([&] { return school.tablet->sees("佐倉 みお"); }))
      << school.tablet->text();
}

TEST(CitizenStorage, SaysThatThePhoneRefuses) {
  School school;
  FaultyPhone faulty(school.town, "refusing");
  Device& phone = faulty.phone;
  phone.press("report");
  phone.choose("reason", "cold");
  faulty.slots.refuse_from = faulty.slots.operations;
  phone.press("send");
  EXPECT_EQ(phone.at(), "absence.form");
  EXPECT_TRUE(phone.sees("この端末に保存できないので、送れませんでした。")) << phone.text();
  faulty.slots.refuse_from = -1;
  phone.press("send");
  EXPECT_TRUE(phone.at("absence.sent")) << phone.text();
}

// The power goes at every single write of a sending, one phone each. What the screen called saved is there
// afterwards and arrives; what it did not call saved is there whole or not at all.
TEST(CitizenStorage, WhatIsCalledSavedSurvivesACrashAtEveryWrite) {
  School school;
  Town& town = school.town;
  int saved = 0;
  for (int write = 0; write < 60; ++write) {
    FaultyPhone faulty(town, "crash" + std::to_string(write), static_cast<std::uint64_t>(write) + 1);
    Device& phone = faulty.phone;
    phone.online(false);
    phone.press("report");
    phone.choose("reason", "cold");
    const std::int64_t before = faulty.slots.operations;
    faulty.slots.crash_at = before + write;
    phone.press("send");
    const bool said = phone.at("absence.sent");
    const bool crashed = faulty.slots.crashed();
    phone.stop();
    faulty.slots.restart();
    phone.start();
    ASSERT_EQ(phone.at(), "home") << write << "\n" << phone.text();
    const bool there = phone.sees("みおさん 欠席");
    EXPECT_TRUE(there || !said) << "said to be saved, and gone after a crash at write " << write;
    if (there) {
      ++saved;
      phone.online(true);
      phone.press("みおさん 欠席");
      EXPECT_TRUE(town.run_until([&] { return phone.sees("町に届きました"); })) << write << "\n"
                                                                                << phone.text();
    }
    if (!crashed) break;
    ASSERT_LT(write, 59) << "sending never ends";
  }
  EXPECT_GE(saved, 1);
}

}  // namespace
}  // namespace machi::journeys

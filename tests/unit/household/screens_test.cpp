// The family's screens by themselves: what a year, a lost key and a full disk do to them.
#include "core/household/citizen/screens.h"

#include <gtest/gtest.h>

#include "tests/unit/household/family.h"

namespace machi::household::test {
namespace {

struct Phone {
  std::unique_ptr<store::Database> database = *store::Database::open({});
  crypto::Drbg random = crypto::Drbg::of_number(3);
  words::Words words;
  Screens screens;
  Instant now = kNow;
  std::optional<crypto::SealPublic> key = pass_key(1).open;

  Phone() {
    EXPECT_TRUE(database->migrate(HouseholdBook::migrations()).ok());
    EXPECT_TRUE(context().book.save(eight(), random, kNow).ok());
  }
  ScreenContext context() { return {HouseholdBook(*database), random, words, now, kTown, key, true, true}; }
  screen::Screen overview() { return *screens.view(context(), kOverview, ""); }
  std::string symbol() {
    EXPECT_TRUE(screens.open(context(), kShow, ""));
    const screen::Screen shown = *screens.view(context(), kShow, "");
    return screen::find(shown, "symbol")->value;
  }
  PassReading reads(std::uint8_t number) {
    const auto there = keys({number});
    return read_pass(symbol(), {kTown, there});
  }
};

TEST(HouseholdScreens, AskAfterAYearWhetherItStillHolds) {
  Phone phone;
  phone.now = kNow.plus_seconds(364 * 86400);
  EXPECT_EQ(screen::find(phone.overview(), "still"), nullptr);
  const auto before = phone.reads(1).pass->counter;
  phone.now = kNow.plus_seconds(365 * 86400);
  const screen::Screen stale = phone.overview();
  ASSERT_NE(screen::find(stale, "still"), nullptr);
  phone.screens.act(phone.context(), kOverview, {kOverview, 0, "still", "", "press", "", {}});
  EXPECT_EQ(screen::find(phone.overview(), "still"), nullptr);
  const auto reading = phone.reads(1);
  EXPECT_GT(reading.pass->counter, before);
  EXPECT_EQ(reading.pass->made, Instant::from_seconds(phone.now.seconds()))
      << "its age is that of the answer";
}

TEST(HouseholdScreens, SealThePassAnewWhenTheOfficeHasAnotherKey) {
  Phone phone;
  EXPECT_EQ(phone.reads(1).trouble, PassTrouble::None);
  phone.key = pass_key(2).open;
  EXPECT_EQ(phone.reads(2).trouble, PassTrouble::None);
  EXPECT_EQ(phone.reads(1).trouble, PassTrouble::OtherKey);
}

TEST(HouseholdScreens, ShowNoPassWithoutAKey) {
  Phone phone;
  phone.key.reset();
  EXPECT_FALSE(phone.screens.open(phone.context(), kShow, ""));
  EXPECT_FALSE(phone.screens.view(phone.context(), kShow, "").has_value());
  EXPECT_EQ(screen::find(phone.overview(), "pass"), nullptr);
}

TEST(HouseholdScreens, TakeNoSeventeenthPerson) {
  Phone phone;
  Household household = eight();
  while (household.members.size() < kMemberLimit) {
    household.members.push_back(household.members[0]);
    household.members.back().number = ++household.last_number;
  }
  ASSERT_TRUE(phone.context().book.save(household, phone.random, kNow).ok());
  const auto type = [&phone](const std::string& subject, const std::string& text) {
    EXPECT_TRUE(phone.screens.open(phone.context(), kAsk, subject));
    phone.screens.act(phone.context(), kAsk, {kAsk, 0, "answer", "", "enter", text, {}});
    return phone.screens.act(phone.context(), kAsk, {kAsk, 0, "save", "", "press", "", {}});
  };
  EXPECT_EQ(type("new.kana+", "あべ れん").subject, "new.birth+");
  EXPECT_EQ(type("new.birth+", "2001-01-01").move, Step::Move::Stay);
  const screen::Screen shown = *phone.screens.view(phone.context(), kAsk, "new.birth+");
  EXPECT_FALSE(screen::find(shown, "answer")->error.empty());
  EXPECT_EQ((*phone.context().book.load())->members.size(), kMemberLimit);
}

}  // namespace
}  // namespace machi::household::test

// The desk in the morning: reports arrive live, a person confirms, every other desk and every guardian knows.
#include "core/words/words.h"
#include "tests/journeys/citizen_steps.h"
#include "tests/journeys/desk_steps.h"

namespace machi::journeys {
namespace {

using screen::Node;
using screen::Role;
using screen::State;

TEST(Desk, JoinsWithAnInvitationAndShowsAnEmptyDay) {
  School school;
  Device& desk = *school.tablet;
  ASSERT_EQ(desk.at(), "desk.today") << desk.text();
  EXPECT_TRUE(desk.sees("東小学校"));
  EXPECT_TRUE(desk.sees("11月24日（火）きょうの連絡")) << desk.text();
  EXPECT_TRUE(desk.sees("まだ連絡はありません。")) << desk.text();
  EXPECT_NE(desk.find("grade.1"), nullptr);
  EXPECT_NE(desk.find("grade.3"), nullptr);
  EXPECT_EQ(desk.find("grade.all")->state, State::Current);
}

TEST(Desk, ShowsAReportAtOnceAndEveryoneHearsThatItWasRead) {
  School school;
  Town& town = school.town;
  Device& other = second_desk(town, *school.tablet);
  Device& phone = enrolled_phone(town, "phone");
  report(phone, "cold");
  Device& desk = *school.tablet;
  const Instant sent = town.now();
  ASSERT_TRUE(town.run_until([&] { return desk.sees("佐倉 みお"); })) << desk.text();
  EXPECT_LT(town.now().ms - sent.ms, 2000);
  EXPECT_EQ(desk.signals, std::vector<std::string>{"new-row"});
  EXPECT_TRUE(desk.sees("3年1組")) << desk.text();
  EXPECT_TRUE(desk.sees("在籍2人・担任 田村"));
  EXPECT_TRUE(desk.sees("かぜ・発熱"));
  EXPECT_TRUE(desk.sees("未読1"));
  EXPECT_EQ(desk.find("grade.3")->value, "1");
  EXPECT_EQ(words::plain(desk.find("grade.3")->hint), "未読1");
  EXPECT_EQ(first_of(desk, "confirm.")->importance, screen::Importance::Primary);

  desk.press("page.devices");
  desk.enter("name", "田村");
  desk.press("grade.3");
  desk.press(std::string(first_of(desk, "confirm.")->id));
  EXPECT_TRUE(desk.sees("7:38 田村")) << desk.text();
  EXPECT_EQ(first_of(desk, "confirm."), nullptr);
  ASSERT_TRUE(town.run_until([&] {
    return phone.sees("学校が7:38に確認しました") || phone.find("step.read")->state == State::Done;
  })) << phone.text();
  ASSERT_TRUE(town.run_until([&] { return other.sees("7:38 田村"); })) << other.text();
}

TEST(Desk, ShowsAChangeAsUnreadAndACancellationAsSuch) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  report(phone, "cold");
  Device& desk = *school.tablet;
  ASSERT_TRUE(town.run_until([&] { return first_of(desk, "confirm.") != nullptr; }));
  desk.press(std::string(first_of(desk, "confirm.")->id));
  ASSERT_TRUE(town.run_until([&] { return phone.find("step.read")->state == State::Done; })) << phone.text();
  phone.press("連絡を取り消す");
  phone.press("欠席の連絡を取り消す");
  ASSERT_TRUE(town.run_until([&] { return desk.sees("この連絡は取り消されました"); }))
      << phone.text() << desk.text();
  EXPECT_TRUE(desk.sees("変更あり")) << desk.text();
  EXPECT_TRUE(desk.sees("欠席 0 遅刻 0 早退 0")) << desk.text();
  EXPECT_NE(first_of(desk, "confirm."), nullptr);
}

TEST(Desk, MeetsTheRowThatThePersonSawAndNoOther) {
  School school;
  Town& town = school.town;
  Device& first = enrolled_phone(town, "first", "佐倉 みお");
  Device& second = enrolled_phone(town, "second", "佐倉 そら");
  report(first, "cold");
  Device& desk = *school.tablet;
  ASSERT_TRUE(town.run_until([&] { return first_of(desk, "confirm.") != nullptr; }));
  const Node button = *first_of(desk, "confirm.");
  const screen::Screen seen = desk.screen();
  // A row of another class arrives above it while the finger is on its way.
  report(second, "stomach");
  ASSERT_TRUE(town.run_until([&] { return desk.sees("佐倉 そら"); }));
  EXPECT_NE(first_of(desk, "confirm.")->id, button.id);
  desk.send(app::Act{{seen.name, seen.revision, button.id, button.version, "press", "", {}}});
  ASSERT_TRUE(town.run_until([&] { return first.find("step.read")->state == State::Done; })) << first.text();
  EXPECT_NE(second.find("step.read")->state, State::Done);
  // A press on a version that has been replaced means nothing.
  const Node later = *first_of(desk, "confirm.");
  desk.send(app::Act{{seen.name, seen.revision, later.id, button.version, "press", "", {}}});
  town.run_for(2000);
  EXPECT_NE(second.find("step.read")->state, State::Done);
}

TEST(Desk, SaysSinceWhenItIsNotConnected) {
  School school;
  Town& town = school.town;
  town.run_for(30'000);
  Device& desk = *school.tablet;
  EXPECT_EQ(desk.find("connection")->tone, screen::Tone::Success) << desk.text();
  town.hub_away(true);
  town.run_for(30'000);
  EXPECT_EQ(desk.find("stale"), nullptr);
  town.run_for(90'000);
  ASSERT_NE(desk.find("stale"), nullptr) << desk.text();
  EXPECT_TRUE(desk.sees("7:38からつながっていません。新しい連絡は出ていません。") ||
              desk.sees("7:39からつながっていません。新しい連絡は出ていません。"))
      << desk.text();
  EXPECT_EQ(desk.find("connection")->tone, screen::Tone::Warning);
  desk.stop();
  desk.start();
  town.run_for(90'000);
  EXPECT_NE(desk.find("stale"), nullptr) << desk.text();
  town.hub_away(false);
  ASSERT_TRUE(town.run_until([&] { return !desk.find("stale"); }, 300'000)) << desk.text();
}

TEST(Desk, KeepsWhatWasConfirmedWhileTheHubWasAway) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  report(phone, "clinic");
  Device& desk = *school.tablet;
  ASSERT_TRUE(town.run_until([&] { return first_of(desk, "confirm.") != nullptr; }));
  town.hub_away(true);
  desk.press(std::string(first_of(desk, "confirm.")->id));
  desk.again();
  desk.stop();
  town.run_for(5000);
  desk.start();
  town.hub_away(false);
  ASSERT_TRUE(town.run_until([&] { return phone.find("step.read")->state == State::Done; }, 300'000))
      << phone.text();
}

TEST(Desk, OffersTheNextSchoolDayOnADayWithoutSchool) {
  School school(base::instant_of(*Date::of(2026, 11, 21), TimeOfDay{10 * 60}));
  Device& desk = *school.tablet;
  EXPECT_TRUE(desk.sees("きょうは学校が休みです。次の登校日11月24日（火）の連絡です。")) << desk.text();
  desk.press("day.next");
  EXPECT_TRUE(desk.sees("11月25日（水）の連絡")) << desk.text();
  desk.press("day.previous");
  EXPECT_TRUE(desk.sees("きょうは学校が休みです。")) << desk.text();
  desk.press("day.previous");
  EXPECT_TRUE(desk.sees("11月20日（金）の連絡を見ています。")) << desk.text();
}

TEST(Desk, SpeaksEveryLanguageOnEveryPage) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  report(phone, "cold");
  Device& desk = *school.tablet;
  ASSERT_TRUE(town.run_until([&] { return desk.sees("佐倉 みお"); }));
  for (const words::Language& language : words::languages()) {
    desk.press("page.language");
    desk.choose("language", std::string(language.tag));
    ASSERT_TRUE(town.run_until([&] { return desk.screen().language == language.tag; })) << language.tag;
    for (const char* page : {"page.applications", "page.slips", "page.devices", "grade.3", "grade.all"}) {
      desk.press(page);
      EXPECT_FALSE(desk.screen().title.empty());
    }
    desk.press("page.slips");
    desk.press(std::string(first_of(desk, "pupil.")->id));
    EXPECT_TRUE(desk.at("desk.pupil")) << desk.text();
  }
  EXPECT_EQ(desk.screen().language, words::languages().back().tag);
  desk.stop();
  desk.start();
  ASSERT_TRUE(town.run_until([&] { return desk.screen().language == words::languages().back().tag; }));
}

}  // namespace
}  // namespace machi::journeys

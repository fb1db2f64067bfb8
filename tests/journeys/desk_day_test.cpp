// The school's day: roll call, what came by telephone, the close of the day, filters that stay, search; on
// two desks, so that what one does the other shows, in whatever order it came.
#include "core/words/words.h"
#include "tests/journeys/citizen_steps.h"
#include "tests/journeys/desk_steps.h"

namespace machi::journeys {
namespace {

using screen::Node;

struct TwoDesks : School {
  Device& desk;
  Device& other;
  explicit TwoDesks(Instant start = base::instant_of(*Date::of(2026, 11, 24), TimeOfDay{7 * 60 + 38}))
      : School(start), desk(*tablet), other(second_desk(town, *tablet)) {}
};

std::string pupil_id(Town& town, std::string_view name) { return town.pupil(name).pupil.hex(); }

// Opens a class of the roll call by its name.
void open_class(Device& desk, std::string_view name) {
  if (!desk.at("desk.roll-call")) desk.press("page.roll-call");
  if (desk.find("roll.classes")) desk.press("roll.classes");
  desk.press(name);
}

TEST(RollCall, ShowsEveryDeskWhoIsNeitherReportedNorPresent) {
  TwoDesks school;
  Town& town = school.town;
  Device &desk = school.desk, &other = school.other;
  Device& phone = enrolled_phone(town, "phone");
  report(phone, "cold");
  ASSERT_TRUE(town.run_until([&] { return desk.sees("佐倉 みお"); }));
  open_class(desk, "3年1組");
  // The reported pupil is not asked for again.
  EXPECT_TRUE(desk.sees("連絡のある子")) << desk.text();
  ASSERT_NE(desk.find("missing"), nullptr) << desk.text();
  EXPECT_EQ(desk.find("missing")->options.size(), 1u);
  desk.choose_all("missing", {pupil_id(town, "阿部 れん")});
  desk.press("roll.save");
  ASSERT_TRUE(town.run_until([&] { return other.sees("連絡がなく、来ていない子が1人います。"); }))
      << other.text();
  other.press("missing.open");
  EXPECT_TRUE(other.sees("阿部 れん")) << other.text();
  EXPECT_NE(first_of(other, "missing-call."), nullptr) << "the number to call";
  other.press("arrived." + pupil_id(town, "阿部 れん"));
  desk.press("grade.all");
  ASSERT_TRUE(town.run_until([&] { return !desk.find("missing"); })) << desk.text();
}

TEST(RollCall, OfTwoDesksThatDidNotKnowOfEachOtherMissesThePupilOnBoth) {
  TwoDesks school;
  Town& town = school.town;
  Device &desk = school.desk, &other = school.other;
  town.hub_away(true);
  open_class(desk, "1年2組");
  desk.press("roll.save");  // everybody is here
  open_class(other, "1年2組");
  other.choose_all("missing", {pupil_id(town, "佐倉 そら")});
  other.press("roll.save");
  desk.press("grade.all");
  other.press("grade.all");
  EXPECT_FALSE(desk.find("missing"));
  EXPECT_TRUE(other.find("missing"));
  town.hub_away(false);
  ASSERT_TRUE(town.run_until([&] { return desk.find("missing") && other.find("missing"); }, 300'000))
      << desk.text();
  desk.press("missing.open");
  desk.press("arrived." + pupil_id(town, "佐倉 そら"));
  ASSERT_TRUE(town.run_until([&] { return !other.find("missing"); })) << other.text();
}

TEST(TelephoneEntry, IsFoundByReadingAndShownOnEveryDeskAsConfirmed) {
  TwoDesks school;
  Town& town = school.town;
  Device &desk = school.desk, &other = school.other;
  desk.press("page.devices");
  desk.enter("name", "林");
  desk.press("page.entry");
  desk.enter("find", "サクラ　み");
  desk.press("entry." + pupil_id(town, "佐倉 みお"));
  desk.press("entry.save");
  EXPECT_TRUE(desk.sees("理由を選んでください。")) << desk.text();
  desk.choose("reason", "cold");
  desk.enter("caller", "祖母");
  desk.enter("note", "熱が38度");
  desk.press("entry.save");
  EXPECT_TRUE(desk.sees("佐倉 みおさんの連絡を保存しました。")) << desk.text();
  desk.again();  // an impatient thumb
  ASSERT_TRUE(town.run_until([&] { return other.sees("佐倉 みお"); })) << other.text();
  EXPECT_TRUE(other.sees("電話・祖母")) << other.text();
  EXPECT_TRUE(other.sees("林")) << other.text();
  EXPECT_TRUE(other.sees("欠席 1 遅刻 0 早退 0")) << other.text();
  EXPECT_EQ(first_of(other, "confirm."), nullptr) << "whoever entered it has read it";
}

TEST(TelephoneEntry, TakesThePlaceOfTheReportThatTheFamilyHadSent) {
  TwoDesks school;
  Town& town = school.town;
  Device& desk = school.desk;
  Device& phone = enrolled_phone(town, "phone");
  report(phone, "cold");
  ASSERT_TRUE(town.run_until([&] { return desk.sees("佐倉 みお"); }));
  desk.press("page.entry");
  desk.enter("find", "みお");
  desk.press("entry." + pupil_id(town, "佐倉 みお"));
  EXPECT_TRUE(desk.sees("この日の連絡がもうあります")) << desk.text();
  desk.choose("kind", "cancelled");
  desk.press("entry.save");
  ASSERT_TRUE(town.run_until([&] { return school.other.sees("この連絡は取り消されました"); }))
      << school.other.text();
  EXPECT_TRUE(school.other.sees("欠席 0 遅刻 0 早退 0")) << school.other.text();
}

TEST(TheDay, IsClosedOnceAndTakesWhatComesLaterApart) {
  TwoDesks school;
  Town& town = school.town;
  Device &desk = school.desk, &other = school.other;
  Device& first = enrolled_phone(town, "first", "佐倉 みお");
  Device& second = enrolled_phone(town, "second", "佐倉 そら");
  report(first, "cold");
  ASSERT_TRUE(town.run_until([&] { return desk.sees("佐倉 みお"); }));
  desk.press("day.close");
  EXPECT_TRUE(desk.sees("未読 1件、連絡のない不在 0人、出席確認前 2学級です。")) << desk.text();
  desk.press("day.close.not");
  desk.press("day.close");
  desk.press("day.close.now");
  ASSERT_TRUE(town.run_until([&] { return other.find("day.reopen"); })) << other.text();
  EXPECT_FALSE(other.sees("締め切りのあとに来た連絡"));
  report(second, "stomach");
  for (Device* one : {&desk, &other}) {
    ASSERT_TRUE(town.run_until([&] { return one->find("after-closing"); })) << one->text();
    EXPECT_NE(first_of(one->find("after-closing")->children, "row."), nullptr);
    EXPECT_EQ(desk.signals.back(), "new-row");
  }
  other.press("day.reopen");
  ASSERT_TRUE(town.run_until([&] { return desk.find("day.close") && !desk.find("after-closing"); }))
      << desk.text();
}

TEST(TheDay, KeepsItsFiltersAndSaysWhatTheyHide) {
  TwoDesks school;
  Town& town = school.town;
  Device& desk = school.desk;
  Device& first = enrolled_phone(town, "first", "佐倉 みお");
  Device& second = enrolled_phone(town, "second", "佐倉 そら");
  report(first, "cold");
  report(second, "stomach");
  ASSERT_TRUE(town.run_until([&] { return desk.sees("佐倉 みお") && desk.sees("佐倉 そら"); }));
  desk.choose("filter.class", "3年1組");
  EXPECT_FALSE(desk.sees("佐倉 そら")) << desk.text();
  EXPECT_TRUE(desk.sees("しぼりこみで1件がかくれています。")) << desk.text();
  desk.choose("filter.kind", "late");
  EXPECT_TRUE(desk.sees("しぼりこみで2件がかくれています。")) << desk.text();
  desk.stop();
  desk.start();
  town.run_for(2000);
  EXPECT_TRUE(desk.sees("しぼりこみで2件がかくれています。")) << desk.text();
  desk.press("filter.clear");
  EXPECT_TRUE(desk.sees("佐倉 みお") && desk.sees("佐倉 そら")) << desk.text();
}

TEST(TheDay, OffersTodayAndTomorrowSideBySide) {
  School school(base::instant_of(*Date::of(2026, 11, 24), TimeOfDay{16 * 60 + 20}));
  Town& town = school.town;
  Device& desk = *school.tablet;
  Device& phone = enrolled_phone(town, "phone");
  report(phone, "cold");  // the phone offers the next school day
  ASSERT_TRUE(town.run_until([&] { return desk.sees("次の登校日 11月25日（水）・1件"); })) << desk.text();
  EXPECT_TRUE(desk.sees("きょう 11月24日（火）・0件")) << desk.text();
  desk.choose("day.pick", "2026-11-25");
  EXPECT_TRUE(desk.sees("佐倉 みお")) << desk.text();
  EXPECT_EQ(desk.find("day.close"), nullptr) << "a day to come cannot be closed";
  desk.enter("day.date", "2026-11-20");
  EXPECT_TRUE(desk.sees("11月20日（金）の連絡を見ています。")) << desk.text();
  desk.choose("day.pick", "2026-11-24");
  EXPECT_FALSE(desk.find("other-day")) << desk.text();
}

TEST(Search, FindsAPupilByNameReadingAndClass) {
  School school;
  Device& desk = *school.tablet;
  desk.press("page.search");
  for (const char* typed : {"佐倉", "さくら", "ｻｸﾗ ﾐｵ", "みお 3年", "3-1"}) {
    desk.enter("find", typed);
    EXPECT_NE(first_of(desk, "pupil." + pupil_id(school.town, "佐倉 みお")), nullptr) << typed << desk.text();
  }
  desk.enter("find", "さくら 1-2");
  EXPECT_EQ(first_of(desk, "pupil." + pupil_id(school.town, "佐倉 みお")), nullptr) << desk.text();
  desk.enter("find", "いない");
  EXPECT_TRUE(desk.sees("見つかりません。")) << desk.text();
  desk.enter("find", "れん");
  desk.press("pupil." + pupil_id(school.town, "阿部 れん"));
  EXPECT_TRUE(desk.at("desk.pupil")) << desk.text();
}

TEST(TheDay, OfADeskThatWasAwayForAWeekCatchesUpAndSaysSo) {
  TwoDesks school;
  Town& town = school.town;
  Device &desk = school.desk, &other = school.other;
  Device& phone = enrolled_phone(town, "phone");
  town.run_for(30'000);
  other.stop();
  report(phone, "cold");
  ASSERT_TRUE(town.run_until([&] { return first_of(desk, "confirm.") != nullptr; }));
  desk.press(std::string(first_of(desk, "confirm.")->id));
  open_class(desk, "1年2組");
  desk.press("roll.save");
  desk.press("grade.all");
  desk.press("day.close");
  desk.press("day.close.now");
  town.run_for(2000);
  desk.stop();
  phone.stop();
  town.run_for(7LL * 86'400'000);
  other.start();
  EXPECT_TRUE(other.sees("11月24日")) << "since when it was away: " << other.text();
  ASSERT_TRUE(town.run_until([&] { return other.find("caught-up"); }, 300'000)) << other.text();
  other.enter("day.date", "2026-11-24");
  EXPECT_TRUE(other.sees("佐倉 みお")) << other.text();
  EXPECT_TRUE(other.find("day.reopen")) << other.text();
  EXPECT_EQ(first_of(other, "confirm."), nullptr) << other.text();
  other.press("away.ok");
  EXPECT_FALSE(other.find("caught-up"));
  EXPECT_TRUE(other.signals.empty()) << "what comes in while it catches up makes no sound";
}

// Influenza: five days after the onset and two after the fever. The 28th is a Saturday.
TEST(TelephoneEntry, AsksOfAnIllnessWhatTheFamilysFormAsksAndComputesTheDayBack) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  desk.press("page.entry");
  desk.enter("find", "さくら");
  desk.press("entry." + town.pupil("佐倉 みお").pupil.hex());
  EXPECT_EQ(desk.find("temperature"), nullptr) << "no reason is given yet";
  desk.choose("reason", "family");
  EXPECT_EQ(desk.find("temperature"), nullptr);
  desk.choose("reason", "infectious");
  desk.choose("disease", "influenza");
  desk.enter("temperature", "382");
  EXPECT_NE(desk.find("temperature")->error, "");
  desk.enter("temperature", "３８．２");
  EXPECT_EQ(desk.find("temperature")->error, "");
  desk.choose_all("symptoms", {"cough"});
  desk.enter("onset", "2026-11-25");
  EXPECT_NE(desk.find("onset")->error, "") << "a day to come";
  desk.enter("onset", "2026-11-22");
  desk.enter("better", "2026-11-24");
  EXPECT_TRUE(desk.sees("11月30日（月）")) << desk.text();
  desk.press("home-until");
  EXPECT_EQ(desk.find("last")->value, "2026-11-27");
  desk.press("entry.save");
  desk.press("grade.all");
  EXPECT_TRUE(desk.sees("インフルエンザ 38.2℃、せき")) << desk.text();
  desk.press("day.close");
  desk.press("day.close.now");
  desk.press("page.register");
  desk.choose("class", "3年1組");
  EXPECT_EQ(desk.find("day-2026-11-24." + town.pupil("佐倉 みお").pupil.hex())->name, "停");
}

}  // namespace
}  // namespace machi::journeys

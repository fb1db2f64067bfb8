// The journey: a fever at 7:38, four taps, and what the phone says until the school has read it.
#include "tests/journeys/citizen_steps.h"

namespace machi::journeys {
namespace {

using screen::State;

TEST(CitizenAbsence, TakesFourTapsAndComesBackAsRead) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  phone.press("欠席・遅刻を連絡する");
  ASSERT_EQ(phone.at(), "absence.form");
  EXPECT_TRUE(phone.sees("11月24日（火）今日")) << phone.text();
  EXPECT_TRUE(phone.sees("東小学校の先生だけが読めます"));
  phone.choose("reason", "かぜ・発熱");
  phone.press("東小学校に送る");
  ASSERT_TRUE(phone.at("absence.sent")) << phone.text();
  EXPECT_TRUE(phone.sees("この端末に保存しました"));
  EXPECT_EQ(phone.signals.back(), "sent");
  ASSERT_TRUE(town.run_until([&] { return phone.sees("学校は、まだ見ていません。"); })) << phone.text();
  EXPECT_EQ(phone.find("step.arrived")->state, State::Done);
  EXPECT_EQ(phone.find("step.read")->state, State::Waiting);
  ASSERT_TRUE(town.run_until([&] { return school.tablet->sees("佐倉 みお"); })) << school.tablet->text();
  ASSERT_TRUE(confirm_on(*school.tablet)) << school.tablet->text();
  ASSERT_TRUE(town.run_until([&] { return phone.sees("みおさんの欠席を、学校が7:3"); })) << phone.text();
  EXPECT_EQ(phone.find("step.read")->state, State::Done);
  phone.press("ホームにもどる");
  EXPECT_TRUE(phone.sees("みおさん 欠席"));
  EXPECT_TRUE(phone.sees("学校が確認しました 7:3")) << phone.text();
}

TEST(CitizenAbsence, AnImpatientThumbCountsOnce) {
  School school;
  Device& phone = enrolled_phone(school.town, "phone");
  phone.press("report");
  phone.choose("reason", "けが");
  phone.press("send");
  phone.again();
  phone.again();
  ASSERT_TRUE(phone.at("absence.sent"));
  phone.press("home");
  phone.press("tab.history");
  EXPECT_EQ(phone.find("history")->children.size(), 1u);
  // The same press again while the next draft is open means nothing either.
  phone.press("tab.home");
  phone.press("report");
  phone.choose("reason", "けが");
  phone.again();
  EXPECT_EQ(phone.at(), "absence.form");
}

TEST(CitizenAbsence, WaitsOnThePhoneWhileTheNetworkIsAway) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  phone.online(false);
  EXPECT_TRUE(phone.sees("今は電波がありません")) << phone.text();
  phone.press("report");
  EXPECT_TRUE(phone.sees("今はつながりません"));
  phone.choose("reason", "cold");
  phone.enter("temperature", "３８．２");
  phone.choose_all("symptoms", {"cough"});
  phone.press("send");
  EXPECT_TRUE(phone.sees("まだ学校には届いていません。"));
  EXPECT_TRUE(phone.sees("電波が戻ると、自動で送ります。"));
  EXPECT_TRUE(phone.sees("かぜ・発熱 38.2℃、せき")) << phone.text();
  EXPECT_TRUE(phone.sees("8:00を過ぎても届かないときは、学校に電話してください。"));
  EXPECT_EQ(phone.find("call")->href, "tel:0000123456");
  EXPECT_EQ(phone.find("step.arrived")->state, State::Waiting);
  EXPECT_EQ(phone.outside.size(), 1u);
  // The battery dies, the phone starts again.
  phone.stop();
  town.run_for(5000);
  phone.start();
  EXPECT_TRUE(phone.sees("まだ届いていません")) << phone.text();
  phone.press(phone.screen().main.empty() ? "" : "みおさん 欠席");
  EXPECT_TRUE(phone.at("absence.sent"));
  phone.online(true);
  ASSERT_TRUE(town.run_until([&] { return phone.sees("学校は、まだ見ていません。"); })) << phone.text();
  EXPECT_TRUE(phone.outside.empty());
  ASSERT_TRUE(town.run_until([&] { return school.tablet->sees("佐倉 みお"); })) << school.tablet->text();
}

TEST(CitizenAbsence, SaysPleaseCallWhenTheTimeHasComeAndNobodyHasRead) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  phone.press("report");
  phone.choose("reason", "clinic");
  phone.press("send");
  town.run_for(60'000);
  EXPECT_FALSE(phone.sees("電話してください")) << phone.text();
  town.run_for(25 * 60'000);
  EXPECT_TRUE(phone.sees("学校がまだ見ていません。学校に電話してください。")) << phone.text();
  ASSERT_TRUE(confirm_on(*school.tablet));
  ASSERT_TRUE(town.run_until([&] { return phone.sees("学校が確認しました"); }));
  EXPECT_FALSE(phone.sees("電話してください"));
}

TEST(CitizenAbsence, SaysPleaseCallWhileTheHubIsAway) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  town.hub_away(true);
  town.run_for(120'000);
  phone.press("report");
  phone.choose("reason", "family");
  phone.press("send");
  EXPECT_TRUE(phone.sees("町のサーバーにつながりません")) << phone.text();
  town.run_for(25 * 60'000);
  EXPECT_TRUE(phone.sees("まだ届いていません。学校に電話してください。")) << phone.text();
  town.hub_away(false);
  phone.press("もう一度送ってみる");
  ASSERT_TRUE(town.run_until([&] { return phone.sees("町に届きました"); })) << phone.text();
}

TEST(CitizenAbsence, IsChangedAndTheChangeIsNotReadYet) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  phone.press("report");
  phone.choose("reason", "cold");
  phone.press("send");
  ASSERT_TRUE(town.run_until([&] { return school.tablet->sees("佐倉 みお"); }));
  ASSERT_TRUE(confirm_on(*school.tablet)) << school.tablet->text();
  ASSERT_TRUE(town.run_until([&] { return phone.sees("学校が確認しました"); })) << phone.text();
  phone.press("内容を変える");
  ASSERT_TRUE(phone.at("absence.form"));
  EXPECT_TRUE(phone.sees("連絡を変える"));
  phone.choose("kind", "late");
  phone.enter("time", "10:30");
  phone.press("send");
  ASSERT_TRUE(phone.at("absence.sent")) << phone.text();
  EXPECT_TRUE(phone.sees("変更をこの端末に保存しました")) << phone.text();
  ASSERT_TRUE(town.run_until([&] { return phone.sees("変更を学校はまだ見ていません"); })) << phone.text();
  EXPECT_TRUE(phone.sees("変える前の連絡は、学校が7:3"));
  town.run_for(2000);
  ASSERT_TRUE(confirm_on(*school.tablet)) << school.tablet->text();
  ASSERT_TRUE(town.run_until([&] { return phone.sees("みおさんの遅刻を、学校が"); })) << phone.text();
  phone.press("home");
  phone.press("tab.history");
  EXPECT_EQ(phone.find("history")->children.size(), 1u);
}

TEST(CitizenAbsence, IsCancelledAfterAskingOnce) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  phone.press("report");
  phone.choose("reason", "cold");
  phone.press("send");
  ASSERT_TRUE(town.run_until([&] { return phone.sees("町に届きました"); }));
  phone.press("連絡を取り消す");
  ASSERT_TRUE(phone.at("absence.cancel"));
  phone.press("取り消さずにもどる");
  ASSERT_TRUE(phone.at("absence.sent"));
  phone.press("連絡を取り消す");
  phone.press("欠席の連絡を取り消す");
  phone.again();
  ASSERT_TRUE(phone.at("absence.sent"));
  EXPECT_TRUE(phone.sees("取り消しをこの端末に保存しました")) << phone.text();
  ASSERT_TRUE(town.run_until([&] { return phone.sees("取り消しが町に届きました"); })) << phone.text();
  EXPECT_FALSE(phone.pressable("change"));
  phone.press("home");
  EXPECT_FALSE(phone.sees("みおさん 取り消し")) << "the town has heard of it: nothing is left to wait for";
  phone.press("tab.history");
  EXPECT_TRUE(phone.sees("みおさん 取り消し"));
}

TEST(CitizenAbsence, KeepsWhatWasTypedOverARestart) {
  School school;
  Device& phone = enrolled_phone(school.town, "phone");
  phone.press("report");
  phone.choose("reason", "cold");
  phone.enter("temperature", "38.2");
  phone.enter("note", "夜から熱が出ています。𠮷田医院に行きます 🤒");
  phone.stop();
  school.town.run_for(1000);
  phone.start();
  phone.press("report");
  EXPECT_EQ(phone.find("temperature")->value, "38.2");
  EXPECT_EQ(phone.find("note")->value, "夜から熱が出ています。𠮷田医院に行きます 🤒");
  EXPECT_TRUE(phone.sees("[x] かぜ・発熱"));
}

TEST(CitizenAbsence, OffersTheNextSchoolDayOnASaturdayBeforeAHoliday) {
  School school(base::instant_of(*Date::of(2026, 11, 21), TimeOfDay{9 * 60}));
  Device& phone = enrolled_phone(school.town, "phone");
  phone.press("report");
  EXPECT_EQ(phone.find("date")->value, "2026-11-24");
  EXPECT_TRUE(phone.sees("次に学校がある日を選んであります。"));
  phone.enter("date", "2026-11-23");
  EXPECT_TRUE(phone.sees("11月23日（月）は学校が休みです。")) << phone.text();
  phone.choose("reason", "cold");
  phone.press("send");
  EXPECT_EQ(phone.at(), "absence.form");
  phone.press("11月24日（火）にする");
  EXPECT_FALSE(phone.sees("学校が休みです"));
  phone.enter("date", "2027-03-01");
  EXPECT_TRUE(phone.sees("今日から1月20日（水）までの日を選んでください。")) << phone.text();
  phone.enter("date", "2026-11-24");
  phone.press("send");
  ASSERT_TRUE(phone.at("absence.sent"));
  ASSERT_TRUE(school.town.run_until([&] { return phone.sees("町に届きました"); }));
  EXPECT_FALSE(phone.sees("電話してください"));
  phone.press("home");
  EXPECT_TRUE(phone.sees("11月24日（火）"));
}

TEST(CitizenAbsence, TellsWhatIsWrongAndLosesNothing) {
  School school;
  Device& phone = enrolled_phone(school.town, "phone");
  phone.press("report");
  phone.press("send");
  EXPECT_EQ(phone.at(), "absence.form");
  EXPECT_EQ(phone.find("reason")->error, "理由を\u200B選んで\u200Bください。");
  phone.choose("reason", "cold");
  phone.enter("temperature", "382");
  EXPECT_FALSE(phone.find("temperature")->error.empty());
  phone.enter("temperature", "38,2");
  EXPECT_TRUE(phone.find("temperature")->error.empty());
  phone.choose("kind", "leaving-early");
  phone.press("send");
  EXPECT_TRUE(phone.sees("帰る時刻を書いてください。"));
  phone.enter("time", "25:00");
  EXPECT_TRUE(phone.sees("時刻を10:30のように書いてください。"));
  phone.enter("time", "１３：００");
  std::string note;
  for (int i = 0; i < 501; ++i) note += "あ";
  phone.enter("note", note);
  phone.press("send");
  EXPECT_EQ(phone.at(), "absence.form");
  EXPECT_TRUE(phone.sees("500文字までにしてください"));
  phone.enter("note", note.substr(0, 1500));
  phone.press("send");
  EXPECT_TRUE(phone.at("absence.sent")) << phone.text();
  EXPECT_TRUE(phone.sees("13:00"));
}

TEST(CitizenAbsence, PointsOutAReportThatIsThereAlready) {
  School school;
  Device& phone = enrolled_phone(school.town, "phone");
  phone.press("report");
  phone.choose("reason", "cold");
  phone.press("send");
  phone.press("home");
  phone.press("report");
  EXPECT_TRUE(phone.sees("みおさんのこの日の連絡は、もうあります。")) << phone.text();
  phone.press("その連絡を見る");
  EXPECT_TRUE(phone.at("absence.sent"));
}

TEST(CitizenAbsence, AsksWhichChildWhenThereAreTwo) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  phone.press("scan");
  phone.scan(town.slip("佐倉 そら").link);
  ASSERT_TRUE(town.run_until([&] { return phone.at("slip.apply"); }));
  apply_for(phone, "2019-11-30");
  ASSERT_TRUE(town.run_until([&] { return phone.sees("佐倉 そら（1年2組）"); }));
  phone.press("欠席・遅刻を連絡する");
  phone.choose("reason", "cold");
  phone.press("send");
  EXPECT_TRUE(phone.sees("だれの連絡か選んでください。"));
  phone.choose("child", "佐倉 そら");
  EXPECT_FALSE(phone.sees("だれの連絡か選んでください。"));
  phone.press("send");
  ASSERT_TRUE(phone.at("absence.sent"));
  EXPECT_TRUE(phone.sees("佐倉 そら（1年2組）"));
}

TEST(CitizenAbsence, GoesOutThroughTheServiceWorkerWhileTheAppIsClosed) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  phone.online(false);
  phone.press("report");
  phone.choose("reason", "cold");
  phone.press("send");
  phone.stop();
  phone.sync_in_background();
  ASSERT_TRUE(town.run_until([&] { return school.tablet->sees("佐倉 みお"); })) << school.tablet->text();
  phone.start();
  EXPECT_TRUE(phone.outside.empty());
  EXPECT_TRUE(phone.sees("学校はまだ見ていません")) << phone.text();
}

TEST(CitizenAbsence, KeepsTheLanguageAndWritesNamesWithReadings) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  phone.press("language");
  phone.choose("languages", "やさしい日本語");
  town.run_for(100);
  phone.back();
  phone.press("report");
  EXPECT_TRUE(phone.sees("学校を 休みます")) << phone.text();
  EXPECT_NE(phone.find("child")->value.find("\uFFF9佐倉\uFFFAさくら\uFFFB"), std::string::npos);
  phone.choose("reason", "cold");
  phone.press("send");
  EXPECT_TRUE(phone.sees("スマホに 保存しました"));
  phone.stop();
  phone.start();
  town.run_for(100);
  EXPECT_EQ(phone.screen().language, "ja-x-easy");
  phone.words_reachable = false;
  phone.press("language");
  phone.choose("languages", "English");
  town.run_for(100);
  EXPECT_EQ(phone.screen().language, "ja-x-easy");
  EXPECT_FALSE(phone.find("languages")->error.empty());
}

TEST(CitizenAbsence, SaysThatTheClockDiffers) {
  School school;
  Device& phone = enrolled_phone(school.town, "phone");
  EXPECT_FALSE(phone.sees("時計"));
  school.town.skew_hub(15 * 60'000);
  phone.stop();
  phone.start();
  school.town.run_for(5000);
  EXPECT_TRUE(phone.sees("端末の時計が、町の時計と10分以上違います。")) << phone.text();
}

TEST(CitizenAbsence, EveryScreenHasAWayBack) {
  School school;
  Device& phone = enrolled_phone(school.town, "phone");
  phone.press("report");
  phone.choose("reason", "cold");
  phone.press("send");
  phone.press("change");
  phone.back();
  EXPECT_TRUE(phone.at("absence.sent"));
  phone.press("cancel");
  phone.back();
  EXPECT_TRUE(phone.at("absence.sent"));
  phone.back();
  EXPECT_EQ(phone.at(), "home");
  phone.press("scan");
  phone.back();
  EXPECT_EQ(phone.at(), "home");
  phone.press("tab.history");
  phone.press("tab.language");
  phone.back();
  EXPECT_EQ(phone.at(), "home");
}

}  // namespace
}  // namespace machi::journeys

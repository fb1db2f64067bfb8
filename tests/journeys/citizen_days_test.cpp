// Journeys over several days: ranges, infectious diseases, still ill, back again, the month.
#include "core/words/words.h"
#include "tests/journeys/citizen_steps.h"

namespace machi::journeys {
namespace {

constexpr std::int64_t kHour = 3'600'000;

std::string value_of(const Device& device, const std::string& id) {
  const screen::Node* node = device.find(id);
  return node ? words::plain(node->value) : "(no " + id + ")";
}

// The devices sleep, and are opened again so many hours later.
void night(School& school, Device& phone, int hours = 24) {
  phone.stop();
  school.tablet->stop();
  school.town.run_for(hours * kHour);
  school.tablet->start();
  phone.start();
  school.town.run_for(5000);
}

// Absent with a cold, sent; the screen is absence.sent.
void report_cold(Device& phone) {
  phone.press("report");
  phone.choose("reason", "cold");
  phone.press("send");
}

TEST(CitizenDays, ReportsSeveralDaysInOneGo) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  phone.press("report");
  phone.choose("reason", "family");
  phone.choose("days", "何日か");
  phone.press("send");
  EXPECT_TRUE(phone.sees("最後の日を選んでください。")) << phone.text();
  phone.enter("last", "2026-11-20");
  EXPECT_TRUE(phone.sees("最後の日は、最初の日より後にしてください。")) << phone.text();
  phone.enter("last", "2027-11-20");
  EXPECT_TRUE(phone.sees("1月23日（土）までの日を選んでください。")) << phone.text();
  phone.enter("last", "2026-11-26");
  phone.press("send");
  ASSERT_TRUE(phone.at("absence.sent")) << phone.text();
  EXPECT_TRUE(phone.sees("11月24日（火）から11月26日（木）まで")) << phone.text();
  ASSERT_TRUE(town.run_until([&] { return school.tablet->sees("佐倉 みお"); })) << school.tablet->text();
  // It stands on the second day too, on both sides.
  night(school, phone);
  EXPECT_TRUE(school.tablet->sees("佐倉 みお")) << school.tablet->text();
  EXPECT_TRUE(phone.sees("11月24日（火）から11月26日（木）まで")) << phone.text();
  EXPECT_FALSE(phone.sees("今日も休む"));
  // While it runs it can be made longer, but no longer be taken back.
  phone.press("みおさん 欠席");
  EXPECT_FALSE(phone.pressable("cancel"));
  phone.press("change");
  ASSERT_TRUE(phone.at("absence.form")) << phone.text();
  phone.enter("last", "2026-11-27");
  EXPECT_TRUE(phone.find("date")->error.empty()) << phone.find("date")->error;
  phone.press("send");
  ASSERT_TRUE(phone.at("absence.sent")) << phone.text();
  EXPECT_TRUE(phone.sees("11月24日（火）から11月27日（金）まで")) << phone.text();
}

TEST(CitizenDays, ComputesHowLongInfluenzaKeepsAChildAtHome) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  phone.press("report");
  phone.choose("reason", "感染症");
  EXPECT_FALSE(phone.find("exclusion"));
  phone.choose("disease", "influenza");
  EXPECT_TRUE(phone.sees("学校保健安全法施行規則第18条第2種、第19条第2号イ")) << phone.text();
  EXPECT_EQ(value_of(phone, "exclusion.note"), "病名、発症した日、熱が下がった日、登校してよい日");
  EXPECT_EQ(value_of(phone, "exclusion.back"), "日を書くと、計算します");
  phone.enter("onset", "2026-11-25");
  EXPECT_TRUE(phone.sees("今日までの、60日以内の日を選んでください。")) << phone.text();
  phone.enter("onset", "2026-11-23");
  // Onset Monday: five days are over on Saturday; Sunday is no school day.
  EXPECT_EQ(value_of(phone, "exclusion.back"), "早くても11月30日（月）から");
  phone.press("home-until");
  EXPECT_EQ(phone.find("last")->value, "2026-11-28");
  phone.enter("better", "2026-11-22");
  EXPECT_TRUE(phone.sees("症状が出た日より後の日を選んでください。")) << phone.text();
  phone.enter("better", "2026-11-24");
  EXPECT_EQ(value_of(phone, "exclusion.back"), "11月30日（月）から");
  phone.press("send");
  ASSERT_TRUE(phone.at("absence.sent")) << phone.text();
  EXPECT_EQ(value_of(phone, "exclusion.back"), "11月30日（月）から");
  EXPECT_TRUE(phone.sees("インフルエンザ"));
  ASSERT_TRUE(town.run_until([&] { return school.tablet->sees("インフルエンザ"); })) << school.tablet->text();
}

TEST(CitizenDays, PromisesNoDayWhereADoctorDecides) {
  School school;
  Device& phone = enrolled_phone(school.town, "phone");
  phone.press("report");
  phone.choose("reason", "infectious");
  phone.choose("disease", "varicella");
  EXPECT_EQ(value_of(phone, "exclusion.back"), "症状がなくなって、医師が認めてから");
  EXPECT_FALSE(phone.find("onset"));
  phone.choose("disease", "ehec");
  EXPECT_EQ(value_of(phone, "exclusion.back"), "医師が感染のおそれがないと認めてから");
  EXPECT_TRUE(phone.sees("第18条第3種、第19条第3号")) << phone.text();
  phone.choose("disease", "mumps");
  phone.enter("onset", "2026-11-24");
  EXPECT_EQ(value_of(phone, "exclusion.back"), "早くても11月30日（月）から");
}

TEST(CitizenDays, SaysThatBereavementIsNotCounted) {
  School school;
  Device& phone = enrolled_phone(school.town, "phone");
  phone.press("report");
  phone.choose("reason", "忌引");
  EXPECT_TRUE(phone.sees("忌引は、欠席に数えません。")) << phone.text();
  EXPECT_FALSE(phone.find("temperature"));
  phone.press("send");
  ASSERT_TRUE(phone.at("absence.sent")) << phone.text();
  ASSERT_TRUE(school.town.run_until([&] { return school.tablet->sees("忌引"); })) << school.tablet->text();
}

TEST(CitizenDays, StillIllIsOneTapAndAnImpatientThumbCountsOnce) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  report_cold(phone);
  ASSERT_TRUE(town.run_until([&] { return phone.sees("町に届きました"); }));
  phone.press("home");
  EXPECT_FALSE(phone.sees("今日も休む")) << phone.text();
  night(school, phone);
  ASSERT_TRUE(phone.sees("みおさんは今日も休むと送る")) << phone.text();
  EXPECT_TRUE(phone.sees("11月24日（火）は「かぜ・発熱」で休みました。")) << phone.text();
  phone.press("みおさんは今日も休むと送る");
  phone.again();
  phone.again();
  ASSERT_TRUE(phone.at("absence.sent")) << phone.text();
  EXPECT_TRUE(phone.sees("11月25日（水）"));
  ASSERT_TRUE(town.run_until([&] { return phone.sees("町に届きました"); }));
  ASSERT_TRUE(town.run_until([&] { return school.tablet->sees("佐倉 みお"); })) << school.tablet->text();
  phone.press("home");
  EXPECT_FALSE(phone.sees("今日も休む"));
  phone.press("tab.history");
  EXPECT_EQ(phone.find("history")->children.size(), 2u);
}

TEST(CitizenDays, StillIllIsNotOfferedAfterAFuneralNorOnAWeekend) {
  School school(base::instant_of(*Date::of(2026, 11, 27), TimeOfDay{7 * 60 + 38}));
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  phone.press("report");
  phone.choose("reason", "bereavement");
  phone.press("send");
  phone.press("home");
  night(school, phone, 72);  // Monday
  EXPECT_FALSE(phone.sees("休むと送る")) << phone.text();
  report_cold(phone);
  phone.press("home");
  night(school, phone);
  EXPECT_TRUE(phone.sees("みおさんは今日も休むと送る")) << phone.text();
}

TEST(CitizenDays, BackAgainEndsTheDaysThatWereReported) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  phone.press("report");
  phone.choose("reason", "cold");
  phone.choose("days", "several");
  phone.enter("last", "2026-11-27");
  phone.press("send");
  night(school, phone);  // Wednesday morning
  phone.press("みおさん 欠席");
  phone.press("また登校すると伝える");
  ASSERT_TRUE(phone.at("absence.form")) << phone.text();
  EXPECT_EQ(phone.find("reason"), nullptr);
  phone.enter("date", "2026-11-26");
  phone.press("send");
  ASSERT_TRUE(phone.at("absence.sent")) << phone.text();
  EXPECT_TRUE(phone.sees("11月26日（木）登校")) << phone.text();
  ASSERT_TRUE(town.run_until([&] { return phone.sees("町に届きました"); })) << phone.text();
  phone.press("home");
  EXPECT_TRUE(phone.sees("11月24日（火）から11月25日（水）まで")) << phone.text();
  EXPECT_TRUE(phone.sees("みおさん 登校"));
  night(school, phone);  // Thursday: the school expects the child
  EXPECT_FALSE(phone.sees("休むと送る")) << phone.text();
  EXPECT_FALSE(school.tablet->sees("かぜ・発熱")) << school.tablet->text();
  EXPECT_TRUE(school.tablet->sees("登校")) << school.tablet->text();
}

TEST(CitizenDays, AMonthShowsWhatWasReportedAndLeadsToItsNeighbours) {
  School school;
  Device& phone = enrolled_phone(school.town, "phone");
  report_cold(phone);
  phone.press("home");
  phone.press("tab.history");
  EXPECT_TRUE(phone.sees("2026年11月")) << phone.text();
  ASSERT_NE(phone.find("day:2026-11-24"), nullptr);
  ASSERT_EQ(phone.find("day:2026-11-24")->children.size(), 1u);
  EXPECT_EQ(phone.find("day:2026-11-24")->children.front().name, "欠席");
  EXPECT_TRUE(phone.find("day:2026-11-25")->children.empty());
  EXPECT_EQ(phone.find("day:2026-11-23")->hint, "休み");
  EXPECT_EQ(phone.find("history")->children.size(), 1u);
  phone.press("month.earlier");
  EXPECT_TRUE(phone.sees("2026年10月")) << phone.text();
  EXPECT_EQ(phone.find("history"), nullptr);
  phone.press("month.earlier");
  EXPECT_EQ(phone.at(), "history/2026-09");
  phone.press("month.later");
  phone.press("month.later");
  EXPECT_EQ(phone.find("history")->children.size(), 1u);
  phone.back();
  EXPECT_EQ(phone.at(), "home");
}

}  // namespace
}  // namespace machi::journeys

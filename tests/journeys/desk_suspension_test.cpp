// 学級閉鎖 from both sides: a desk enters it, the family's phone says so and takes no report for those days,
// the lists and the register know it, and it can be lifted.
#include "tests/journeys/citizen_steps.h"

namespace machi::journeys {
namespace {

void close_class(School& school, const std::string& breadth, const std::string& first,
                 const std::string& last) {
  Device& desk = *school.tablet;
  desk.press("grade.all");
  desk.press("suspension.open");
  ASSERT_TRUE(desk.at("desk.suspension")) << desk.text();
  desk.choose("breadth", breadth);
  if (breadth == "class") desk.choose("class", "3年1組");
  desk.enter("first", first);
  desk.enter("last", last);
  desk.press("suspend");
  EXPECT_TRUE(desk.sees("すぐ知らせます。")) << desk.text();
  desk.press("suspend.yes");
  EXPECT_TRUE(desk.sees("休業を決め、保護者に知らせました。")) << desk.text();
}

TEST(Suspension, IsSeenByTheFamilyWhosePhoneTakesNoReportForItsDays) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  town.run_for(3000);
  close_class(school, "class", "2026-11-25", "2026-11-26");
  ASSERT_TRUE(town.run_until([&] { return phone.sees("学級閉鎖でお休みです。"); })) << phone.text();
  EXPECT_TRUE(phone.sees("11月25日（水）から11月26日（木）まで")) << phone.text();
  phone.press("report");
  phone.enter("date", "2026-11-25");
  EXPECT_TRUE(phone.sees("11月25日（水）は学級閉鎖などでお休みです。連絡はいりません。")) << phone.text();
  phone.choose("reason", "cold");
  phone.press("send");
  EXPECT_TRUE(phone.at("absence.form")) << phone.text();
  phone.enter("date", "2026-11-27");
  phone.press("send");
  EXPECT_TRUE(phone.at("absence.sent")) << phone.text();
}

TEST(Suspension, StandsOnTheDaysListAndInTheRegisterAndRefusesATelephoneEntry) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  close_class(school, "class", "2026-11-24", "2026-11-24");
  EXPECT_TRUE(desk.sees("3年1組の学級閉鎖：11月24日（火）までお休みです。")) << desk.text();
  desk.press("page.roll-call");
  EXPECT_TRUE(desk.sees("学級閉鎖・臨時休業")) << desk.text();
  desk.press("page.entry");
  desk.enter("find", "さくら");
  desk.press("entry." + town.pupil("佐倉 みお").pupil.hex());
  EXPECT_TRUE(desk.sees("この日は、学級閉鎖・臨時休業です。")) << desk.text();
  desk.press("page.record");
  EXPECT_TRUE(desk.sees("授業のない学級：3年1組")) << desk.text();
}

TEST(Suspension, IsLiftedAndThePhoneTakesReportsAgain) {
  School school;
  Town& town = school.town;
  Device& phone = enrolled_phone(town, "phone");
  Device& desk = *school.tablet;
  town.run_for(3000);
  close_class(school, "school", "2026-11-25", "2026-11-25");
  ASSERT_TRUE(town.run_until([&] { return phone.sees("学校の臨時休業でお休みです。"); })) << phone.text();
  desk.press("suspension.open");
  desk.press("取り消す");
  desk.press("取り消して知らせる");
  EXPECT_TRUE(desk.sees("休業を取り消し、保護者に知らせました。")) << desk.text();
  ASSERT_TRUE(town.run_until([&] { return !phone.sees("臨時休業"); })) << phone.text();
  phone.press("report");
  phone.enter("date", "2026-11-25");
  phone.choose("reason", "cold");
  phone.press("send");
  EXPECT_TRUE(phone.at("absence.sent")) << phone.text();
}

}  // namespace
}  // namespace machi::journeys

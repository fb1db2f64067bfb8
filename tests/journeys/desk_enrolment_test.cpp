// The desk and its families: who gets in by itself, whom a person lets in, and what is kept apart until then;
// and how a desk joins the others.
#include "tests/journeys/citizen_steps.h"
#include "tests/journeys/desk_steps.h"

namespace machi::journeys {
namespace {

using screen::Node;
using screen::State;

// A phone whose birth date for 佐倉 みお is a day off: a person has to decide.
Device& waiting_phone(Town& town, const std::string& name) {
  Device& phone = town.phone(name);
  phone.start(town.slip("佐倉 みお").link);
  EXPECT_TRUE(town.run_until([&] { return phone.at("slip.apply"); })) << phone.text();
  apply_for(phone, "2017-09-13");
  return phone;
}

TEST(DeskEnrolment, HappensByItselfAndIsSeenOnThePupilsPage) {
  School school;
  Town& town = school.town;
  enrolled_phone(town, "phone");
  Device& desk = *school.tablet;
  town.run_for(3000);
  desk.press("page.slips");
  EXPECT_TRUE(desk.sees("2人のうち1人が登録しています。") || desk.sees("1人のうち0人")) << desk.text();
  for (const auto classes = desk.find("class")->options; const auto& option : classes)
    if (option.name.find("3") != std::string::npos) desk.choose("class", option.value);
  EXPECT_TRUE(desk.sees("登録1台")) << desk.text();
  desk.press("pupil." + town.pupil("佐倉 みお").pupil.hex());
  EXPECT_TRUE(desk.sees("佐倉 花")) << desk.text();
  EXPECT_TRUE(desk.sees("1 / 4台"));
  desk.press("slip.show");
  ASSERT_TRUE(town.run_until([&] { return desk.find("slip.symbol") != nullptr; })) << desk.text();
  EXPECT_TRUE(desk.find("slip.symbol")->value.starts_with("https://app.example/#s="));
  desk.press("slip.revoke");
  EXPECT_TRUE(desk.sees("この用紙は無効にしました。")) << desk.text();
}

TEST(DeskEnrolment, WaitsForAPersonWhoConfirms) {
  School school;
  Town& town = school.town;
  Device& phone = waiting_phone(town, "phone");
  Device& desk = *school.tablet;
  ASSERT_TRUE(town.run_until([&] { return !desk.find("page.applications")->hint.empty(); })) << desk.text();
  desk.press("page.applications");
  EXPECT_TRUE(desk.sees("佐倉 みお（3年1組）")) << desk.text();
  EXPECT_TRUE(desk.sees("名簿とちがいます"));
  EXPECT_TRUE(desk.sees("0000123456に電話する"));
  desk.press(std::string(first_of(desk, "enrol.")->id));
  ASSERT_TRUE(town.run_until([&] { return phone.sees("登録できました"); })) << phone.text();
  EXPECT_TRUE(desk.sees("確認待ちの登録はありません。")) << desk.text();
}

TEST(DeskEnrolment, WaitsForAPersonWhoRefuses) {
  School school;
  Town& town = school.town;
  Device& phone = waiting_phone(town, "phone");
  Device& desk = *school.tablet;
  ASSERT_TRUE(town.run_until([&] { return !desk.find("page.applications")->hint.empty(); })) << desk.text();
  desk.press("page.applications");
  desk.press(std::string(first_of(desk, "refuse.")->id));
  ASSERT_TRUE(town.run_until([&] { return desk.sees("登録していません"); })) << desk.text();
  town.run_for(5000);
  EXPECT_FALSE(phone.sees("登録できました")) << phone.text();
}

TEST(DeskEnrolment, TwoDesksThatDecideAtOnceEndAlike) {
  School school;
  Town& town = school.town;
  Device& other = second_desk(town, *school.tablet);
  Device& phone = waiting_phone(town, "phone");
  Device& desk = *school.tablet;
  for (Device* one : {&desk, &other}) {
    ASSERT_TRUE(town.run_until([&] { return !one->find("page.applications")->hint.empty(); })) << one->text();
    one->press("page.applications");
  }
  desk.press(std::string(first_of(desk, "enrol.")->id));
  other.press(std::string(first_of(other, "refuse.")->id));
  town.run_for(10'000);
  EXPECT_TRUE(desk.sees("登録しました")) << desk.text();
  EXPECT_TRUE(other.sees("登録しました")) << other.text();
  EXPECT_TRUE(phone.sees("登録できました")) << phone.text();
}

TEST(DeskEnrolment, RefusesAnInvitationThatWasUsedAndSaysWhatToDo) {
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;
  desk.press("page.devices");
  EXPECT_TRUE(desk.sees("学校の連絡を読める端末は")) << desk.text();
  desk.press("invite");
  ASSERT_NE(desk.find("invite.symbol"), nullptr) << desk.text();
  const std::string link = desk.find("invite.symbol")->value;
  town.run_for(5000);
  Device& second = town.device("second", "desk");
  second.start();
  EXPECT_TRUE(second.sees("この端末をつなぎます")) << second.text();
  second.scan("https://example.org/");
  EXPECT_TRUE(second.sees("これは端末をつなぐコードではありません。")) << second.text();
  second.scan(link);
  ASSERT_TRUE(town.run_until([&] { return second.at("desk.today"); })) << second.text();
  town.run_for(5000);
  EXPECT_TRUE(second.sees("まだ連絡はありません。")) << second.text();
  Device& third = town.device("third", "desk");
  third.start(link.substr(link.find('#') + 1));
  ASSERT_TRUE(town.run_until([&] { return third.sees("この招待は使えません。"); }, 300'000)) << third.text();
}

// The school has a new key, and one desk could not fetch it yet: the slip that its colleague gave out is
// still sealed.
TEST(DeskEnrolment, IsNotRefusedByADeskThatCannotOpenAllMailYet) {
  School school;
  Town& town = school.town;
  Device& first = *school.tablet;
  Device& second = second_desk(town, first);
  Device& lost = town.desk("lost");
  lost.press("page.devices");
  lost.enter("name", "lost");
  town.run_for(3000);
  town.on_answer = [&](const hub::Request& request, hub::Response& response) {
    if (request.address == second.name() && request.target == "/v1/grants")
      response = hub::refusal(base::Code::Storage);
  };
  first.press("page.devices");
  std::string remove;
  for (const Node& row : first.find("devices")->children)
    if (row.name == "lost") remove = first_of(row.children, "remove.")->id;
  ASSERT_FALSE(remove.empty()) << first.text();
  first.press(remove);
  first.press(remove + ".yes");
  town.run_for(5000);
  first.press("page.slips");
  for (const auto classes = first.find("class")->options; const auto& option : classes)
    if (option.name.find("3") != std::string::npos) first.choose("class", option.value);
  first.press("pupil." + town.pupil("佐倉 みお").pupil.hex());
  first.press("slip.issue");
  const std::string link = first.find("slip.symbol")->value;
  town.run_for(5000);
  first.stop();
  Device& phone = town.phone("phone");
  phone.start(link);
  ASSERT_TRUE(town.run_until([&] { return phone.at("slip.apply"); })) << phone.text();
  apply_for(phone);
  town.run_for(60'000);
  EXPECT_FALSE(phone.sees("登録できました")) << phone.text();
  EXPECT_FALSE(phone.at("slip.problem")) << phone.text();
  town.on_answer = nullptr;
  ASSERT_TRUE(town.run_until([&] { return phone.sees("登録できました"); }, 20 * 60'000)) << phone.text();
}

}  // namespace
}  // namespace machi::journeys

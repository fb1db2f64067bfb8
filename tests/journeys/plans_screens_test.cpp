// Every screen of other names and of evacuation plans, in every language: the reception's form, the
// protection officers' desk, the desk of plans and a group of supporters; on the phone the form for other
// names, the plan, the supporter's code, and what stands at the top when a disaster has come.
#include "tests/journeys/tour.h"

namespace machi::journeys {
namespace {

const std::set<std::string> kAll = {
    "desk.shelter.alias", "desk.care.officer", "desk.care.looks", "desk.protect", "desk.protect.one",
    "desk.plans",         "desk.plan",         "desk.plan.form",  "alias",        "plan",
    "plan.form",          "plan.one",          "plan.scan",       "plan.code",    "first"};

class EveryScreenOfPlans : public testing::TestWithParam<std::string> {
 protected:
  Tour tour{GetParam()};
  Town town;

  EveryScreenOfPlans() { town.found_school(); }
  void speak(Device& desk) {
    desk.press("page.settings");
    if (!tour.japanese()) {
      desk.press("page.language");
      desk.choose("language", tour.language());
      town.run_for(500);
    }
    desk.press("page.shelter");
  }
  Device& sits(const std::string& name, const std::string& kind) {
    Device& made = town.care_desk(name, kind);
    speak(made);
    if (kind == "protection") {
      made.press("sit");
      tour.keep(made, "desk.care.officer");
    }
    made.enter("officer", "山本");
    made.press("sit");
    return made;
  }
  Device& family(const std::string& name) {
    Device& phone = town.phone(name);
    phone.start();
    if (!tour.japanese()) phone.choose("languages", tour.language());
    town.run_for(5000);
    phone.press("household");
    return phone;
  }
  static void add_member(Device& phone) {
    phone.press("add");
    phone.enter("answer", "TANAKA UME");
    phone.press("save");
    phone.enter("answer", "1940-05-06");
    phone.press("save");
    phone.back();
  }
};

TEST_P(EveryScreenOfPlans, IsMetOnDesksAndPhones) {
  town.care_desk("group's first", "helpers");
  town.shelter_desk("shelter's first");
  Device& plans = sits("plans", "support");
  tour.keep(plans, "desk.plans", "empty");
  plans.press("new");
  plans.press("keep");
  tour.keep(plans, "desk.plan.form", "errors");
  plans.back();
  Device& officers = sits("officers", "protection");
  tour.keep(officers, "desk.protect", "empty");
  Device& group = sits("group", "helpers");
  Device& tablet = town.shelter_desk("tablet");
  speak(tablet);
  tablet.enter("own.name", "東小体育館");
  tablet.press("own.make");
  tablet.press("walkin");
  tablet.press("alias");
  tablet.press("enter");
  tour.keep(tablet, "desk.shelter.alias");
  tablet.enter("alias.0", "青木 はな");
  tablet.enter("true.name.0", "佐倉 ゆうこ");
  tablet.enter("true.birth.0", "1985-04-02");
  tablet.press("enter");

  Device& person = family("person");
  add_member(person);
  Device& helper = family("helper");
  person.press("alias");
  person.press("use");
  tour.keep(person, "alias", "errors");
  person.enter("alias:1", "AOKI HANA");
  person.press("use");
  tour.keep(person, "alias");
  person.back();
  helper.press("plans");
  helper.press("code");
  helper.enter("me", "SATO TAKESHI");
  tour.keep(helper, "plan.code");
  const std::string code = helper.find("symbol") ? helper.find("symbol")->value : "";
  person.press("plans");
  tour.keep(person, "plan", "empty");
  press_first(person, "member:");
  person.press("send");
  tour.keep(person, "plan.form", "errors");
  person.press("scan");
  person.scan("https://example.com/");
  tour.keep(person, "plan.scan");
  person.scan(code);
  person.enter("where", "東小体育館");
  person.choose("share", "yes");
  person.press("send");
  tour.keep(person, "plan", "saved");
  ASSERT_TRUE(town.run_until([&] { return plans.sees("TANAKA UME"); }, 600'000)) << plans.text();
  tour.keep(plans, "desk.plans", "sent");
  press_first(plans, "plan.");
  tour.keep(plans, "desk.plan", "sent");
  plans.press("approve");
  tour.keep(plans, "desk.plan", "approved");
  plans.press("share");
  tour.keep(plans, "desk.plan");
  town.run_for(30'000);
  tour.keep(person, "plan");
  press_first(person, "member:");
  tour.keep(person, "plan.form");
  helper.back();
  tour.keep(helper, "plan", "others");
  press_first(helper, "plan:");
  tour.keep(helper, "plan.one");
  plans.press("page.list");
  plans.press("call");
  tour.keep(plans, "desk.plans", "ask");
  plans.press("call.yes");
  tour.keep(plans, "desk.plans");
  town.run_for(30'000);
  while (!helper.at("first")) helper.back();
  tour.keep(helper, "first", "called");
  tour.keep(group, "desk.plans", "group");
  press_first(group, "plan.");
  tour.keep(group, "desk.plan", "group");
  group.press("safe.press");
  town.run_for(30'000);
  tour.keep(helper, "first", "safe");
  plans.press("page.looks");
  tour.keep(plans, "desk.care.looks");
  tour.keep(officers, "desk.protect");
  press_first(officers, "entry.");
  tour.keep(officers, "desk.protect.one");
  EXPECT_EQ(tour.seen(), kAll);
}

INSTANTIATE_TEST_SUITE_P(Languages, EveryScreenOfPlans, testing::ValuesIn(language_tags()), tag_name);

}  // namespace
}  // namespace machi::journeys

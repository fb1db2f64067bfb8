// Every screen of shelters, in every language: the reception, headquarters, the tablet at the door; and on
// the phone the household, its pass, the arrival and the safety report.
#include "core/shelter/poster.h"
#include "tests/journeys/tour.h"

namespace machi::journeys {
namespace {

const std::set<std::string> kAll = {"desk.shelter.choose",
                                    "desk.shelter.reception",
                                    "desk.shelter.household",
                                    "desk.shelter.walkin",
                                    "desk.shelter.list",
                                    "desk.shelter.stay",
                                    "desk.shelter.needs",
                                    "desk.shelter.shift",
                                    "desk.shelter.exchange",
                                    "desk.shelter.answer",
                                    "desk.shelter.poster",
                                    "desk.shelter.self",
                                    "desk.shelter.hq",
                                    "desk.shelter.place",
                                    "desk.shelter.roster",
                                    "desk.shelter.safety",
                                    "household",
                                    "household.ask",
                                    "household.member",
                                    "household.pass",
                                    "shelter.scan",
                                    "shelter.who",
                                    "shelter.said",
                                    "shelter.safety",
                                    "shelter.safety-said",
                                    "shelter.ask"};

class EveryShelterScreen : public testing::TestWithParam<std::string> {
 protected:
  Tour tour{GetParam()};
  Town town;
  Device* desk = nullptr;
  Device* hq = nullptr;
  Device* phone = nullptr;
  std::string poster;

  EveryShelterScreen() {
    town.found_school();
    desk = &tablet("tablet");
    hq = &tablet("hq");
    phone = &town.phone("phone");
    phone->start();
    if (!tour.japanese()) phone->choose("languages", tour.language());
    town.run_for(5000);
  }
  Device& tablet(const std::string& name) {
    Device& made = town.shelter_desk(name);
    if (made.find("own.name") == nullptr) ADD_FAILURE() << made.text();
    made.press("page.settings");
    if (!tour.japanese()) {
      made.press("page.language");
      made.choose("language", tour.language());
      town.run_for(500);
    }
    made.press("page.shelter");
    return made;
  }

  void writes_itself_down() {
    Device& family = *phone;
    family.press("household");
    tour.keep(family, "household", "empty");
    for (const char* name : {"ABE REN", "ABE MIO"}) {
      family.press("add");
      if (name[4] == 'R') tour.keep(family, "household.ask");
      family.enter("answer", name);
      family.press("save");
      family.enter("answer", "2017-09-12");
      family.press("save");
      family.press("save");
      family.choose_all("answer", {"wheelchair"});
      family.press("save");
    }
    family.press("ask:telephone");
    family.enter("answer", "0000120420");
    family.press("save");
    tour.keep(family, "household");
    family.press("member:1");
    tour.keep(family, "household.member");
    family.back();
    family.press("pass");
    tour.keep(family, "household.pass");
    family.back();
  }

  void receives() {
    Device& table = *desk;
    tour.keep(table, "desk.shelter.choose");
    table.enter("own.name", "東小体育館");
    table.press("own.make");
    tour.keep(table, "desk.shelter.reception", "empty");
    phone->press("pass");
    const std::string pass = phone->find("symbol")->value;
    phone->back();
    table.scan("https://example.com/");
    tour.keep(table, "desk.shelter.reception", "trouble");
    table.scan(pass);
    tour.keep(table, "desk.shelter.household");
    table.press("enter");
    tour.keep(table, "desk.shelter.reception");
    table.scan(pass);
    tour.keep(table, "desk.shelter.household", "out");
    table.back();
    table.press("walkin");
    tour.keep(table, "desk.shelter.walkin");
    table.press("enter");
    tour.keep(table, "desk.shelter.walkin", "errors");
    table.enter("name", "田中 うめ");
    table.choose_all("needs", {"dialysis"});
    table.press("enter");
    table.press("page.list");
    tour.keep(table, "desk.shelter.list");
    press_first(table, "stay.");
    tour.keep(table, "desk.shelter.stay");
    table.press("leave.home");
    table.choose("only", "left");
    tour.keep(table, "desk.shelter.list", "left");
    press_first(table, "stay.");
    tour.keep(table, "desk.shelter.stay", "left");
    table.press("come-back");
    table.press("page.needs");
    tour.keep(table, "desk.shelter.needs");
    table.press("page.shift");
    table.enter("request", "毛布");
    table.press("request.add");
    tour.keep(table, "desk.shelter.shift");
    table.press("page.exchange");
    tour.keep(table, "desk.shelter.exchange");
    table.choose_file("file", "bad.txt", "utf-8", "hello");
    tour.keep(table, "desk.shelter.exchange", "refused");
    table.press("page.answer");
    tour.keep(table, "desk.shelter.answer", "empty");
    table.press("ask");
    tour.keep(table, "desk.shelter.answer", "errors");
    table.enter("ask.name", "田中 うめ");
    table.enter("ask.birth", "1950-01-01");
    table.press("ask");
    tour.keep(table, "desk.shelter.answer");
    table.press("page.reception");
    table.press("poster");
    tour.keep(table, "desk.shelter.poster");
    poster = table.find("poster") ? table.find("poster")->value : "";
    table.back();
  }

  // Another place that is open, and somebody goes there; without a word from the tablet its numbers grow old.
  void goes_on() {
    Device& table = *desk;
    Device& town_hall = *hq;
    town_hall.press("list.take");
    const screen::Node* rows = town_hall.find("shelters");
    ASSERT_TRUE(rows) << town_hall.text();
    std::string south;
    for (const screen::Node& row : rows->children)
      for (const screen::Node& cell : row.children)
        if (cell.name == "南公民館") south = "shelter." + row.id.substr(4);
    town_hall.press(south);
    town_hall.choose("standing", "2");
    town_hall.enter("spot", "here");
    tour.keep(town_hall, "desk.shelter.place", "errors");
    town_hall.enter("spot", "34.8714, 138.3302");
    town_hall.back();
    town.run_for(10'000);
    table.press("page.list");
    table.choose("only", "here");
    press_first(table, "stay.");
    tour.keep(table, "desk.shelter.stay", "move");
    ASSERT_TRUE(table.find("move")) << table.text();
    const auto others = table.find("move")->options;  // a copy: the screen changes with the choice
    ASSERT_EQ(others.size(), 2u);
    table.choose("move", others[1].value);
    tour.keep(table, "desk.shelter.list", "moved");
    table.press("page.reception");
    town.run_for(10'000);
    table.online(false);
    town.run_for(12 * 60'000);
    town_hall.press("page.hq");
    tour.keep(town_hall, "desk.shelter.hq", "stale");
    town_hall.choose("show", "map");
    tour.keep(town_hall, "desk.shelter.hq", "map");
    press_first(town_hall, "shelter.");
    tour.keep(town_hall, "desk.shelter.place", "stale");
    town_hall.back();
    tour.keep(table, "desk.shelter.reception", "offline");
    table.online(true);
    town.run_for(60'000);
  }

  void arrives() {
    Device& family = *phone;
    family.press("arrive");
    family.scan("https://example.com/");
    tour.keep(family, "shelter.scan");
    family.scan(poster);
    tour.keep(family, "shelter.who");
    town.hub_away(true);
    family.press("send");
    tour.keep(family, "shelter.said", "saved");
    town.hub_away(false);
    ASSERT_TRUE(town.run_until([&] { return family.find("outcome")->icon == screen::Icon::Mail; }, 600'000));
    tour.keep(family, "shelter.said");
    family.back();
    family.press("safety");
    tour.keep(family, "shelter.safety", "empty");
    family.choose("safety", "help");
    tour.keep(family, "shelter.safety");
    family.press("send");
    tour.keep(family, "shelter.safety-said");
    family.back();
    family.press("relative");
    family.press("send");
    tour.keep(family, "shelter.ask", "errors");
    family.enter("name", "たなか うめ");
    family.enter("birth", "1950-01-01");
    family.press("send");
    tour.keep(family, "shelter.ask", "sent");
    family.back();
    family.press("send");
    tour.keep(family, "household", "sending");
  }

  void leads() {
    Device& town_hall = *hq;
    town.run_for(10'000);
    town_hall.press("hq");
    tour.keep(town_hall, "desk.shelter.hq");
    press_first(town_hall, "shelter.");
    tour.keep(town_hall, "desk.shelter.place");
    town_hall.back();
    town_hall.choose_file("list", "list.csv", "utf-8",
                          "名称,住所,想定収容人数\n南公民館,日和町南2,40\n,日和町,1\n");
    tour.keep(town_hall, "desk.shelter.hq", "list");
    goes_on();
    town_hall.press("page.roster");
    town_hall.enter("search", "うめ");
    tour.keep(town_hall, "desk.shelter.roster");
    town_hall.press("page.safety");
    tour.keep(town_hall, "desk.shelter.safety");
  }

  void stands_alone() {
    Device& table = *desk;
    table.press("page.settings");
    table.press("page.lock");
    table.enter("pin.new", "4739");
    table.press("pin.set");
    table.press("page.shelter");
    table.press("page.reception");
    table.press("self");
    tour.keep(table, "desk.shelter.self", "empty");
    phone->press("pass");
    table.scan(phone->find("symbol")->value);
    tour.keep(table, "desk.shelter.self");
    table.scan("https://example.com/");
    tour.keep(table, "desk.shelter.self", "trouble");
    table.press("staff");
    tour.keep(table, "desk.shelter.self", "staff");
  }
};

TEST_P(EveryShelterScreen, IsMetByAFamilyAndAReception) {
  writes_itself_down();
  receives();
  arrives();
  leads();
  stands_alone();
  EXPECT_EQ(tour.seen(), kAll);
}

INSTANTIATE_TEST_SUITE_P(Languages, EveryShelterScreen, testing::ValuesIn(language_tags()), tag_name);

}  // namespace
}  // namespace machi::journeys

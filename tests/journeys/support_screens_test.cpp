// Every screen of disability support in every language.
#include "core/app/event.h"
#include "core/pages/pack_shelf.h"
#include "tests/journeys/support_steps.h"
#include "tests/journeys/tour.h"

namespace machi::journeys {
namespace {

const std::set<std::string> kAll = {
    "support.home",   "support",      "support.ask",       "support.answers", "support.mine", "support.one",
    "support.people", "support.card", "support.card-form", "support.changes", "support.guide"};

class EveryScreenOfSupport : public testing::TestWithParam<std::string> {
 protected:
  Tour tour{GetParam()};
  Town town{3};
};

TEST_P(EveryScreenOfSupport, IsMetOnAPhone) {
  town.has_shelter(true);
  Device& phone = town.device("phone", "support");
  phone.start({}, tour.language());
  town.run_for(2000);
  phone.press("support");
  tour.keep(phone, "support", "absent");
  phone.press("back");
  town.give_out_rules(rules::cbor_of(sample_rules()));
  phone.send(app::Turned{"home", tour.language(), false});
  town.run_for(2000);
  tour.keep(phone, "support.home");
  phone.press("support");
  phone.press("go.ask");
  phone.press("save");
  tour.keep(phone, "support.ask", "empty");
  std::set<std::string> kinds;
  for (int i = 0; i < 80 && phone.find("answer") != nullptr; ++i) {
    const screen::Node input = *phone.find("answer");
    const std::string kind = input.role == screen::Role::Choice
                                 ? (input.options.size() > 2 ? "choice" : "truth")
                             : input.kind == screen::Kind::Number ? "number"
                                                                  : "date";
    if (kinds.insert(kind).second) {
      if (kind == "number" || kind == "date") {
        phone.enter("answer", kind == "date" ? "2031-01-01" : "99999999999");
        phone.press("save");
      }
      tour.keep(phone, "support.ask", kind);
    }
    const std::map<std::string, std::string> facts = {
        {"birth", "1980-05-05"}, {"physical-grade", "1"}, {"always-care", "yes"}, {"in-facility", "no"},
        {"long-hospital", "no"}, {"income", "0"},         {"dependents", "0"}};
    const auto known = facts.find(input.version);
    if (known == facts.end()) {
      phone.press("skip");
      continue;
    }
    if (input.role == screen::Role::Choice)
      phone.choose("answer", known->second);
    else
      phone.enter("answer", known->second);
    phone.press("save");
  }
  EXPECT_EQ(kinds.size(), 4u);
  tour.keep(phone, "support.ask", "done");
  phone.press("support.mine");
  tour.keep(phone, "support.mine");
  phone.press("answers");
  phone.press("erase");
  tour.keep(phone, "support.answers");
  phone.press("back");
  phone.press("benefit.special-adult-allowance");
  phone.press("remind");
  tour.keep(phone, "support.one");
  phone.press("back");
  phone.press("back");
  tour.keep(phone, "support");
  phone.press("go.changes");
  tour.keep(phone, "support.changes");
  phone.press("back");
  phone.press("go.guide");
  tour.keep(phone, "support.guide");
  phone.press("back");
  phone.press("go.people");
  phone.press("add");
  phone.press("erase");
  tour.keep(phone, "support.people");
  phone.press("back");
  phone.press("go.card");
  tour.keep(phone, "support.card", "none");
  phone.press("write");
  phone.enter("name", "Hanako Yamada");
  phone.enter("phone", "0000-12-3456");
  phone.enter("medicine", "insulin");
  tour.keep(phone, "support.card-form");
  phone.press("save");
  tour.keep(phone, "support.card");
  EXPECT_EQ(tour.seen(), kAll);
}

INSTANTIATE_TEST_SUITE_P(Tour, EveryScreenOfSupport, testing::ValuesIn(language_tags()), tag_name);

}  // namespace
}  // namespace machi::journeys

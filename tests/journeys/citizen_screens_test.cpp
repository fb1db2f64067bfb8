// Every screen of the parent's app, in every language, in the order in which a family meets them: from the
// slip to the report that was read, the sheet that brings a record back, and what goes wrong on the way.
#include "tests/journeys/tour.h"

namespace machi::journeys {
namespace {

const std::set<std::string> kAll = {"first",           "home",          "history",        "language",
                                    "absence.form",    "absence.sent",  "absence.cancel", "absence.notes",
                                    "slip.scan",       "slip.check",    "slip.apply",     "slip.waiting",
                                    "slip.problem",    "recovery",      "recovery.sheet", "recovery.second",
                                    "restore",         "restore.going", "restore.done",   "restore.problem",
                                    "recovery.remove", "restore.anew"};

class EveryCitizenScreen : public testing::TestWithParam<std::string> {
 protected:
  Tour tour{GetParam()};
  School school;
  Town& town = school.town;
  Device& desk = *school.tablet;

  void speak(Device& phone) {
    if (tour.japanese()) return;
    phone.choose("languages", tour.language());
    town.run_for(200);
  }
  Device& fresh(const std::string& name) {
    Device& phone = town.phone(name);
    phone.start();
    speak(phone);
    return phone;
  }
  void until(const Device& phone, const std::function<bool()>& done) {
    ASSERT_TRUE(town.run_until(done, 600'000)) << phone.at() << "\n" << phone.text();
  }
  void until_at(const Device& phone, std::string_view name) {
    until(phone, [&] { return phone.at(name); });
  }

  Device& enrols() {
    const PrintedSlip slip = town.slip("佐倉 みお");
    town.hub_away(true);
    Device& phone = town.phone("phone");
    phone.storage = "best-effort";
    phone.start();
    speak(phone);
    tour.keep(phone, "first");
    phone.press("scan");
    tour.keep(phone, "slip.scan");
    phone.scan("something else");
    tour.keep(phone, "slip.problem", "unreadable");
    phone.press("scan-again");
    phone.online(false);
    phone.scan(slip.link);
    town.run_for(1000);
    tour.keep(phone, "slip.check", "offline");
    town.hub_away(false);
    phone.online(true);
    until_at(phone, "slip.apply");
    town.run_for(30'000);  // the desk has found the hub again, too
    tour.keep(phone, "slip.apply");
    phone.press("apply");
    tour.keep(phone, "slip.apply", "errors");
    apply_for(phone, "2017-09-13");  // a day off: a person decides
    tour.keep(phone, "slip.waiting", "saved");
    town.run_for(5000);
    tour.keep(phone, "slip.waiting", "asked");
    desk.press("page.applications");
    press_first(desk, "enrol.");
    until(phone, [&] { return phone.pressable("report") != nullptr; });
    tour.keep(phone, "slip.waiting", "confirmed");
    phone.press("home");
    tour.keep(phone, "home", "empty");
    return phone;
  }

  void reports(Device& phone) {
    phone.press("report");
    tour.keep(phone, "absence.form");
    phone.press("send");
    tour.keep(phone, "absence.form", "errors");
    phone.choose("reason", "infectious");
    phone.choose("disease", "influenza");
    phone.enter("onset", "2026-11-22");
    phone.choose_photo(small_jpeg());
    tour.keep(phone, "absence.form", "influenza");
    phone.choose("reason", "cold");
    phone.choose_all("symptoms", {"cough", "rash"});
    phone.enter("temperature", "38.2");
    phone.choose("days", "several");
    phone.enter("last", "2026-11-26");
    tour.keep(phone, "absence.form", "several");
    phone.choose("days", "one");
    phone.online(false);
    phone.press("send");
    tour.keep(phone, "absence.sent", "saved");
    phone.press("home");
    tour.keep(phone, "home", "offline");
    phone.press(std::string(phone.find("reports")->children.front().id));
    phone.online(true);
    town.run_for(5000);
    tour.keep(phone, "absence.sent", "arrived");
    desk.press("grade.all");
    EXPECT_TRUE(confirm_on(desk)) << desk.text();
    town.run_for(3000);
    tour.keep(phone, "absence.sent", "read");
    phone.press("cancel");
    tour.keep(phone, "absence.cancel");
    phone.press("keep");
    phone.press("change");
    phone.choose("kind", "late");
    phone.enter("time", "10:30");
    phone.press("send");
    town.run_for(3000);
    tour.keep(phone, "absence.sent", "changed");
    town.run_to(8, 5);
    tour.keep(phone, "absence.sent", "unread");
    phone.press("cancel");
    phone.press("confirm");
    town.run_for(3000);
    tour.keep(phone, "absence.sent", "cancelled");
    phone.press("home");
  }

  void writes_and_looks_back(Device& phone) {
    enrolled_phone(town, "father");
    until(phone, [&] { return first_of(phone, "news:") != nullptr; });
    tour.keep(phone, "home", "news");
    phone.press("child:" + town.pupil("佐倉 みお").pupil.hex());
    tour.keep(phone, "absence.notes");
    phone.press("send");
    tour.keep(phone, "absence.notes", "errors");
    phone.enter("text", "123");
    phone.press("send");
    town.run_for(3000);
    tour.keep(phone, "absence.notes", "sent");
    phone.back();
    phone.press("tab.history");
    tour.keep(phone, "history");
    phone.press("tab.language");
    tour.keep(phone, "language");
    phone.press("tab.home");
  }

  // A second phone comes by the code that the first shows, and is taken off again: it says so, and how it
  // comes back.
  void joins_and_is_removed(Device& phone) {
    Device& second = fresh("second");
    second.press("restore");
    second.scan(phone.find("code")->value);
    until_at(second, "restore.done");
    second.press("home");
    phone.back();
    until(phone, [&] { return first_of(phone, "remove.") != nullptr; });
    tour.keep(phone, "recovery", "two");
    press_first(phone, "remove.");
    tour.keep(phone, "recovery.remove");
    phone.press("remove.yes");
    until(phone, [&] { return first_of(phone, "remove.") == nullptr; });
    until(second, [&] { return second.find("replaced") != nullptr; });
    tour.keep(second, "home", "put-out");
    second.press("restore.anew");
    tour.keep(second, "restore.anew");
    second.press("anew.yes");
    EXPECT_TRUE(second.at("first")) << second.text();
    second.stop();
  }

  // Gives the sheet's signs.
  std::string secures(Device& phone) {
    phone.press("recovery");
    tour.keep(phone, "recovery");
    phone.online(false);
    phone.press("make");
    town.run_for(1000);
    tour.keep(phone, "recovery.sheet", "waiting");
    phone.online(true);
    until(phone, [&] { return phone.find("symbol") != nullptr; });
    tour.keep(phone, "recovery.sheet");
    const std::string signs = phone.find("code")->value;
    phone.press("print");
    phone.back();
    tour.keep(phone, "recovery", "made");
    phone.press("second");
    until(phone, [&] { return phone.find("symbol") != nullptr; });
    tour.keep(phone, "recovery.second");
    joins_and_is_removed(phone);
    phone.back();
    town.run_for(15'000);
    return signs;
  }

  void comes_back(Device& lost, const std::string& signs) {
    Device& phone = fresh("fresh");
    phone.press("restore");
    tour.keep(phone, "restore");
    std::string misread = signs;
    misread[0] = misread[0] == '7' ? '4' : '7';
    phone.scan(misread);
    tour.keep(phone, "restore", "mistyped");
    crypto::Drbg random = crypto::Drbg::of_number(5);
    phone.scan(mail::print_paper(mail::make_paper(random)));
    until_at(phone, "restore.problem");
    tour.keep(phone, "restore.problem");
    phone.press("scan-again");
    phone.online(false);
    phone.scan(signs);
    town.run_for(60'000);
    tour.keep(phone, "restore.going", "offline");
    phone.online(true);
    until_at(phone, "restore.done");
    tour.keep(phone, "restore.done");
    phone.press("home");
    town.run_for(2000);
    tour.keep(phone, "home", "restored");
    until(lost, [&] { return lost.find("replaced") != nullptr; });
    tour.keep(lost, "home", "replaced");
  }
};

TEST_P(EveryCitizenScreen, IsMetByAFamily) {
  Device& phone = enrols();
  reports(phone);
  writes_and_looks_back(phone);
  const std::string signs = secures(phone);
  comes_back(phone, signs);

  Device& evicted = town.phone("evicted");
  evicted.known = true;
  evicted.start();
  speak(evicted);
  tour.keep(evicted, "first", "evicted");
  Device& stranger = fresh("stranger");
  mail::TownId other;
  other.bytes.fill(0x55);
  stranger.open_link(town.foreign_slip(other, Town::kOfficeKey, town.now()).link);
  until_at(stranger, "slip.problem");
  tour.keep(stranger, "slip.problem", "other-town");
  EXPECT_EQ(tour.seen(), kAll);
}

INSTANTIATE_TEST_SUITE_P(Languages, EveryCitizenScreen, testing::ValuesIn(language_tags()), tag_name);

}  // namespace
}  // namespace machi::journeys

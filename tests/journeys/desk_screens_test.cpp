// Every screen of the desk, in every language, in the order in which a school meets them: from the tablet
// that belongs nowhere to the closed day, the board's sums and the PC that was a desk for today only.
#include "tests/journeys/tour.h"

namespace machi::journeys {
namespace {

const std::set<std::string> kAll = {
    "desk.join",         "desk.key",       "desk.key.school", "desk.guest",    "desk.guest-over",
    "desk.today",        "desk.roll-call", "desk.entry",      "desk.search",   "desk.pupil",
    "desk.guardian",     "desk.messages",  "desk.thread",     "desk.register", "desk.record",
    "desk.applications", "desk.slips",     "desk.sheets",     "desk.list",     "desk.suspension",
    "desk.devices",      "desk.language",  "desk.photo",      "desk.who",      "desk.lock",
    "desk.locked",       "desk.board",     "desk.rescue"};
const std::string kHead = "学年,組,出席番号,氏名,ふりがな,生年月日,電話番号\n";

class EveryDeskScreen : public testing::TestWithParam<std::string> {
 protected:
  Tour tour{GetParam()};
  Town town{1, base::instant_of(*Date::of(2026, 11, 24), TimeOfDay{15 * 60 + 30})};
  mail::PaperKey paper;
  Device* board = nullptr;
  Device* tablet = nullptr;

  EveryDeskScreen() {
    town.found_school();
    paper = town.paper_key(77);
    board = &town.board_desk("board");
    tablet = &town.desk("tablet");
    for (Device* desk : {tablet, board}) speak(*desk);
  }
  void speak(Device& desk) {
    if (tour.japanese()) return;
    desk.press("page.language");
    desk.choose("language", tour.language());
    town.run_for(500);
  }
  std::string id_of(std::string_view name) { return town.pupil(name).pupil.hex(); }
  void until(const Device& desk, const std::function<bool()>& done) {
    ASSERT_TRUE(town.run_until(done, 600'000)) << desk.at() << "\n" << desk.text();
  }
  void until_at(const Device& desk, std::string_view name) {
    until(desk, [&] { return desk.at(name); });
  }

  void comes_by_the_paper_key() {
    Device& fresh = town.device("fresh", "desk");
    fresh.start();
    town.run_for(2000);
    tour.keep_japanese(fresh, "desk.join");
    fresh.press("key");
    tour.keep_japanese(fresh, "desk.key");
    fresh.scan("さっぱり");
    tour.keep_japanese(fresh, "desk.key", "mistyped");
    fresh.scan(mail::print_paper(paper));
    tour.keep_japanese(fresh, "desk.key.school");
    fresh.press("school." + town.school().hex());
    until_at(fresh, "desk.today");
    until(*tablet, [&] { return first_of(*tablet, "came.") != nullptr; });
    fresh.stop();
  }

  void reads_the_day() {
    Device& desk = *tablet;
    Device& mother = enrolled_phone(town, "mother");
    Device& sora = enrolled_phone(town, "sora", "佐倉 そら");
    mother.press("report");
    mother.choose("reason", "infectious");
    mother.choose("disease", "influenza");
    mother.choose_photo(small_jpeg());
    mother.press("send");
    sora.press("report");
    sora.choose("kind", "late");
    sora.choose("reason", "clinic");
    sora.enter("time", "10:30");
    sora.press("send");
    sora.press("home");
    sora.press("child:" + id_of("佐倉 そら"));
    sora.enter("text", "給食から出ます。");
    sora.press("send");
    desk.press("grade.all");
    until(desk, [&] { return day_rows(desk).size() == 2 && first_of(desk, "photo.") != nullptr; });
    town.run_for(5000);
    tour.keep(desk, "desk.today", "came");
    desk.press("came.ok");
    tour.keep(desk, "desk.today");
    press_first(desk, "photo.");
    until(desk, [&] { return desk.find("photo") != nullptr; });
    tour.keep(desk, "desk.photo");
    desk.press("back");
    EXPECT_TRUE(confirm_on(desk)) << desk.text();
    desk.press("page.messages");
    tour.keep(desk, "desk.messages");
    press_first(desk, "thread.");
    tour.keep(desk, "desk.thread");
  }

  void calls_the_roll() {
    Device& desk = *tablet;
    desk.press("page.roll-call");
    tour.keep(desk, "desk.roll-call");
    desk.press("class." + town.rolls().front().id.hex());
    tour.keep(desk, "desk.roll-call", "class");
    desk.choose_all("missing", {id_of("阿部 れん")});
    desk.press("roll.save");
    desk.press("grade.all");
    tour.keep(desk, "desk.today", "missing");
    desk.press("missing.open");
    tour.keep(desk, "desk.roll-call", "missing");
    desk.press("page.entry");
    tour.keep(desk, "desk.entry");
    desk.enter("find", "あべ");
    tour.keep(desk, "desk.entry", "found");
    desk.press("entry." + id_of("阿部 れん"));
    desk.press("entry.save");
    tour.keep(desk, "desk.entry", "errors");
    desk.choose("reason", "cold");
    desk.press("entry.save");
    tour.keep(desk, "desk.entry", "saved");
  }

  void keeps_the_register() {
    Device& desk = *tablet;
    Device& waiting = town.phone("waiting");
    waiting.start(town.slip("佐倉 みお").link);
    until_at(waiting, "slip.apply");
    apply_for(waiting, "2017-09-13");
    until(desk, [&] { return !desk.find("page.applications")->hint.empty(); });
    desk.press("page.applications");
    tour.keep(desk, "desk.applications");
    press_first(desk, "refuse.");
    tour.keep(desk, "desk.applications", "decided");
    desk.press("page.search");
    desk.enter("find", "みお");
    tour.keep(desk, "desk.search");
    press_first(desk, "pupil.");
    tour.keep(desk, "desk.pupil");
    desk.press("slip.issue");
    tour.keep(desk, "desk.pupil", "slip");
    press_first(desk, "guardian.");
    tour.keep(desk, "desk.guardian");
    desk.press("part.silent");
    tour.keep(desk, "desk.guardian", "sure");
    desk.press("page.slips");
    desk.choose("class", town.rolls().front().id.hex());
    tour.keep(desk, "desk.slips");
    desk.press("sheets.open");
    tour.keep(desk, "desk.sheets");
    desk.press("sheets.issue");
    tour.keep(desk, "desk.sheets", "issued");
    desk.press("page.slips");
    desk.press("list.open");
    tour.keep(desk, "desk.list");
    desk.choose_file("file", "meibo.csv", "mixed",
                     kHead + "3,1,2,阿部 れん,あべ れん,2017/6/31,\n3,1,2,,,2017/6/3,\n");
    tour.keep(desk, "desk.list", "mistakes");
    desk.choose_file("file", "meibo.csv", "shift_jis",
                     kHead +
                         "3,2,1,阿部 れん,あべ れん,2017/6/3,0000771234\n3,2,2,新井 まこと,あらい "
                         "まこと,平成29年8月8日,\n");
    tour.keep(desk, "desk.list", "plan");
    desk.press("drop");
  }

  void closes_the_day() {
    Device& desk = *tablet;
    desk.press("grade.all");
    desk.press("suspension.open");
    tour.keep(desk, "desk.suspension");
    desk.choose("breadth", "school");
    desk.enter("first", "2026-11-25");
    desk.enter("last", "2026-11-26");
    desk.press("suspend");
    tour.keep(desk, "desk.suspension", "sure");
    desk.press("page.register");
    tour.keep(desk, "desk.register");
    desk.press("page.record");
    tour.keep(desk, "desk.record", "open");
    board->press("page.board");
    tour.keep(*board, "desk.board", "open");
    board->press("page.rescue");
    until(*board, [&] { return first_of(*board, "rescue.") != nullptr; });
    tour.keep(*board, "desk.rescue");
    press_first(*board, "rescue." + town.school().hex());
    tour.keep(*board, "desk.rescue", "sure");
    town.run_to(16, 5);
    desk.press("grade.all");
    desk.press("day.close");
    tour.keep(desk, "desk.today", "closing");
    desk.press("day.close.now");
    town.run_for(10'000);
    tour.keep(desk, "desk.today", "closed");
    desk.press("page.record");
    tour.keep(desk, "desk.record");
    board->press("page.board");
    until(*board, [&] { return board->find("schools") != nullptr; });
    tour.keep(*board, "desk.board");
  }

  void lets_a_guest_in() {
    Device& desk = *tablet;
    Device& guest = town.device("guest", "desk");
    guest.start();
    guest.press("guest");
    until(guest, [&] { return guest.find("code") != nullptr; });
    tour.keep_japanese(guest, "desk.guest");
    town.run_for(2000);
    desk.press("page.devices");
    tour.keep(desk, "desk.devices");
    desk.press("invite");
    tour.keep(desk, "desk.devices", "invited");
    desk.press("invite.hide");
    desk.do_to("guest.scan", "scan", "0000-0000");
    tour.keep(desk, "desk.devices", "unknown-guest");
    desk.enter("guest.code", guest.find("code")->value);
    tour.keep(desk, "desk.devices", "guest");
    desk.press("guest.allow");
    until_at(guest, "desk.today");
    town.run_for(5000);
    tour.keep_japanese(guest, "desk.today", "guest");
    for (const screen::Node& row : desk.find("devices")->children)
      if (first_of(row.children, "until.")) {
        const std::string remove = first_of(row.children, "remove.")->id;
        desk.press(remove);
        tour.keep(desk, "desk.devices", "sure");
        desk.press(remove + ".yes");
        break;
      }
    until_at(guest, "desk.guest-over");
    tour.keep_japanese(guest, "desk.guest-over");
  }

  void is_locked() {
    Device& desk = *tablet;
    desk.press("page.language");
    tour.keep(desk, "desk.language");
    desk.press("page.who");
    tour.keep(desk, "desk.who");
    desk.press("page.lock");
    tour.keep(desk, "desk.lock");
    desk.enter("pin.new", "4739");
    desk.press("pin.set");
    tour.keep(desk, "desk.lock", "set");
    desk.press("lock.now");
    tour.keep(desk, "desk.locked");
    for (const char* wrong : {"0000", "1111", "2222"}) desk.enter("pin", wrong);
    tour.keep(desk, "desk.locked", "waits");
  }
};

TEST_P(EveryDeskScreen, IsMetByASchool) {
  comes_by_the_paper_key();
  reads_the_day();
  calls_the_roll();
  keeps_the_register();
  closes_the_day();
  lets_a_guest_in();
  is_locked();
  EXPECT_EQ(tour.seen(), kAll);
}

INSTANTIATE_TEST_SUITE_P(Languages, EveryDeskScreen, testing::ValuesIn(language_tags()), tag_name);

}  // namespace
}  // namespace machi::journeys

// Every screen of notices in every language: the desk that writes, approves and withdraws, and the phone's
// timeline, a notice, what the phone knows of its owner, how notices come.
#include "core/notice/answers/answer_pack.h"
#include "tests/journeys/tour.h"

namespace machi::journeys {
namespace {

const std::set<std::string> kAll = {
    "desk.notice",         "desk.notice.officer", "desk.notice.form", "desk.notice.one",  "notices",
    "notices.one",         "notices.profile",     "notices.ask",      "notices.settings", "notices.push",
    "desk.notice.figures", "notices.chat",        "notices.answer",   "notices.garbage"};

class EveryScreenOfNotices : public testing::TestWithParam<std::string> {
 protected:
  Tour tour{GetParam()};
  Town town{3};

  EveryScreenOfNotices() { town.hall_listens(), town.found_school(); }
  Device& sits(const std::string& name, const std::string& officer, bool kept) {
    Device& made = town.notice_desk(name);
    made.press("page.settings");
    if (!tour.japanese()) {
      made.press("page.language");
      made.choose("language", tour.language());
      town.run_for(500);
    }
    made.press("page.shelter");
    if (kept) tour.keep(made, "desk.notice.officer");
    made.enter("officer", officer);
    made.press("sit");
    return made;
  }
  void press_all() {
    town.run_for(3000);
    town.press();
    town.run_for(3000);
  }
};

TEST_P(EveryScreenOfNotices, IsMetOnDesksAndPhones) {
  Device& first = sits("first", "山田", true);
  Device& second = sits("second", "鈴木", false);
  tour.keep(first, "desk.notice", "empty");
  first.press("page.figures");
  tour.keep(first, "desk.notice.figures", "empty");
  first.press("page.new");
  first.press("hand");
  tour.keep(first, "desk.notice.form", "errors");
  first.enter("title", "乳児健診のお知らせ");
  first.enter("text", "母子手帳を持って来てください。\n受付は9時からです。");
  first.choose("language", "en");
  first.enter("title", "Infant check-up");
  first.enter("text", "Bring your handbook.");
  first.choose_all("parts", {"district", "child", "handbook"});
  first.enter("said.district", "3、4");
  first.enter("said.child.from", "6");
  first.enter("said.child.to", "3");
  first.choose("theme", "child");
  first.choose("importance", "important");
  first.enter("event_day", "2026-12-01");
  first.enter("event_from", "09:00");
  first.enter("place", "日和町保健センター");
  first.enter("link", "https://town.example/kenshin");
  tour.keep(first, "desk.notice.form", "filled");
  first.press("hand");
  tour.keep(first, "desk.notice.one", "own");
  town.run_for(3000);
  tour.keep(second, "desk.notice", "waiting");
  second.press("乳児健診のお知らせ");
  tour.keep(second, "desk.notice.one", "others");
  second.press("approve");
  press_all();
  tour.keep(second, "desk.notice.one", "published");
  first.press("page.new");
  first.enter("title", "避難指示（南地区）");
  first.enter("text", "川の水があふれるおそれがあります。\n今すぐ避難してください。");
  first.choose("importance", "emergency");
  first.choose("theme", "disaster");
  first.press("hand");
  first.press("alone");
  tour.keep(first, "desk.notice.one", "alone");
  first.press("alone.yes");
  press_all();
  notice::NoticeBody garbage;
  garbage.texts = {{"ja", "燃やすごみの日が変わります", "12月から金曜です。"}};
  notice::NoticeHeader header;
  header.theme = "garbage";
  town.publish_notice(header, garbage);

  notice::NoticeBody attached;
  attached.texts = {{"ja", "広報の紙面", "12月号です。"}};
  const std::string page = "<html><body>広報</body></html>";
  attached.attachments = {
      {town.put_blob(base::copy(base::view(page))), page.size(), "text/html", "広報.html"},
      {mail::Hash{}, 3'000'000, "application/pdf", "広報12月号.pdf"}};
  town.publish_notice({}, attached);
  town.publish_booklet(
      notice::kMenuBooklet,
      notice::encode_menu({{"ask", {{"ja", "町に聞く"}, {"en", "Ask the town"}}, "help", "ask", ""},
                           {"days", {{"ja", "ごみの日"}, {"en", "Garbage"}}, "calendar", "garbage", ""},
                           {"all", {{"ja", "大切なこと"}, {"en", "Important"}}, "mail", "important", ""}}));
  town.publish_booklet(
      notice::kAnswersBooklet,
      notice::encode_answers(
          "id,field,question,reading,others,answer\n"
          "a,届出,証明書の取り方（住民票）,,,町民課の窓口かコンビニで取れます。\nb,届出,"
          "証明書の取り方（戸籍）,,,町民課で取れます。\n",
          "name,reading,synonyms,kind,note\n鍋,なべ,,noburn,\n",
          "kind,label,how,days\nnoburn,燃やさないごみ,青色の袋で出してください。,1=第1水曜;2=第2水曜\n"));

  Device& phone = town.device("phone", "notices");
  phone.channels = Town::kChannels;
  phone.start({}, tour.language());
  town.run_for(3000);
  tour.keep(phone, "notices");
  phone.press("find");
  phone.enter("search", "ごみ");
  tour.keep(phone, "notices", "found");
  phone.enter("search", "");
  phone.choose("filter", "theme.child");
  for (const screen::Node& node : phone.screen().main)
    if (node.id.starts_with("day.")) {
      phone.press(node.children[0].children[0].id);
      break;
    }
  tour.keep(phone, "notices.one");
  phone.press("back");
  phone.press("profile");
  tour.keep(phone, "notices.profile", "empty");
  for (const char* question : {"districts", "children", "birth", "handbooks", "roles", "languages"}) {
    phone.press(std::string("ask.") + question);
    if (question == std::string_view("handbooks")) phone.choose_all("chosen", {"physical", "mental"});
    if (question == std::string_view("children")) {
      phone.enter("child", "2030-01-01");
      phone.press("add");
    }
    tour.keep(phone, "notices.ask", question);
    phone.press("back");
  }
  phone.press("ask.children");
  phone.enter("child", "2026-01-15");
  phone.press("save");
  phone.press("ask.handbooks");
  phone.choose_all("chosen", {"physical"});
  phone.choose("grade", "2");
  phone.press("save");
  phone.press("erase");
  tour.keep(phone, "notices.profile", "erase");
  phone.press("back");
  phone.press("settings");
  tour.keep(phone, "notices.settings");
  phone.press("push");
  tour.keep(phone, "notices.push");
  phone.choose_all("topics", {"disaster", "child"});
  phone.enter("district", "3");
  phone.press("save");
  town.run_for(3000);
  tour.keep(phone, "notices.push", "on");
  phone.press("back");
  phone.press("back");
  town.tell_sums(
      {"2026-10", {{"use.notice.opened", 120}, {"use.notice.useful.yes", 30}, {"use.notice.useful.no", 10}}});
  town.tell_sums({"2026-11", {{"use.notice.opened", 240}, {"use.ask.asked", 0}, {"push.all.sent", 1340}}});
  town.run_for(3000);
  first.press("page.figures");
  tour.keep(first, "desk.notice.figures", "months");
  phone.choose("filter", "all");
  phone.press("広報の紙面");
  tour.keep(phone, "notices.one", "attached");
  phone.press("back");
  phone.press("tile.ask");
  tour.keep(phone, "notices.chat");
  phone.enter("question", "なべ");
  phone.press("ask");
  tour.keep(phone, "notices.chat", "answered");
  phone.enter("question", "証明書の取り方");
  phone.press("ask");
  tour.keep(phone, "notices.chat", "which");
  phone.enter("question", "宇宙人");
  phone.press("ask");
  phone.choose("field", "届出");
  tour.keep(phone, "notices.chat", "unknown");
  phone.press("entry.a");
  phone.press("helped.no");
  tour.keep(phone, "notices.answer");
  phone.press("back");
  phone.press("garbage");
  phone.choose("district", "2");
  phone.choose("row", "な");
  tour.keep(phone, "notices.garbage");
  phone.press("back");
  phone.press("back");
  first.stop();
  second.stop();
  town.hub_away(true);
  town.run_for(2 * 86'400'000LL);
  phone.press("sync");
  town.run_for(3000);
  tour.keep(phone, "notices", "stale");
  EXPECT_EQ(tour.seen(), kAll);
}

INSTANTIATE_TEST_SUITE_P(Tour, EveryScreenOfNotices, testing::ValuesIn(language_tags()), tag_name);

}  // namespace
}  // namespace machi::journeys

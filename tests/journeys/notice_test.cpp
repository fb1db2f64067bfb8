// Notices from end to end: two desks of the town's office, its press, the feed over the hub, and phones that
// choose for themselves.
#include "tests/journeys/harness.h"

namespace machi::journeys {
namespace {

notice::NoticeHeader header(const std::string& segment = "", const std::string& theme = "",
                            notice::Importance importance = notice::Importance::Normal) {
  notice::NoticeHeader out;
  out.segment = segment;
  out.theme = theme;
  out.importance = importance;
  return out;
}
notice::NoticeBody body(const std::string& title, const std::string& text = "") {
  notice::NoticeBody out;
  out.texts = {{"ja", title, text}};
  return out;
}

struct NoticeTown : ::testing::Test {
  NoticeTown() { town.hall_listens(), town.found_school(); }
  Town town{7};
  Device& desk(const std::string& name, const std::string& officer) {
    Device& made = town.notice_desk(name);
    made.enter("officer", officer);
    made.press("sit");
    return made;
  }
  Device& phone(const std::string& name) {
    Device& made = town.device(name, "notices");
    made.start();
    town.run_for(3000);
    return made;
  }
  // Looked at again, as somebody who opens the app does.
  void look(Device& phone) {
    phone.press("sync");
    town.run_for(3000);
  }
  void press_all() {
    town.run_for(3000);
    town.press();
    town.run_for(3000);
  }
  static void write(Device& desk, const std::string& title, const std::string& text,
                    const std::string& segment = "") {
    desk.press("page.new");
    desk.enter("title", title);
    desk.enter("text", text);
    if (!segment.empty()) desk.enter("segment", segment);
    desk.press("hand");
  }
};

TEST_F(NoticeTown, ReachesAPhoneOnceSomebodyElseHasReadIt) {
  Device& first = desk("first", "山田");
  Device& second = desk("second", "鈴木");
  write(first, "川ぞいの道が通れません", "工事のためです。\n12月1日までです。");
  EXPECT_EQ(first.find("approve"), nullptr);  // not one's own
  press_all();
  Device& resident = phone("resident");
  EXPECT_FALSE(resident.sees("川ぞいの道"));
  second.press("川ぞいの道が通れません");
  second.press("approve");
  press_all();
  EXPECT_TRUE(second.sees("配りました")) << second.text();
  look(resident);
  EXPECT_TRUE(resident.sees("川ぞいの道が通れません")) << resident.text();
  EXPECT_EQ(resident.unread_count, 1);
  resident.press("川ぞいの道が通れません");
  EXPECT_TRUE(resident.sees("12月1日までです。"));
  EXPECT_EQ(resident.unread_count, 0);
  resident.press("back");
  for (const screen::Node& node : resident.screen().main) EXPECT_NE(node.state, screen::State::New);
}

TEST_F(NoticeTown, IsShownToThoseWhomItConcerns) {
  town.publish_notice(header("child 6m..3y"), body("乳児健診のお知らせ"));
  town.publish_notice(header("district 3, 4"), body("断水のお知らせ"));
  Device& nobody = phone("nobody");
  EXPECT_TRUE(nobody.sees("乳児健診"));  // whoever has told nothing sees everything
  nobody.press("profile");
  nobody.press("ask.children");
  nobody.press("none");
  EXPECT_TRUE(nobody.sees("当たるものは")) << nobody.text();
  nobody.press("back");
  EXPECT_FALSE(nobody.sees("乳児健診"));
  EXPECT_TRUE(nobody.sees("断水"));
  nobody.press("profile");
  nobody.press("ask.districts");
  nobody.enter("text", "３、5");
  nobody.press("save");
  nobody.press("back");
  EXPECT_TRUE(nobody.sees("断水"));
  nobody.press("profile");
  nobody.press("ask.districts");
  nobody.enter("text", "1");
  nobody.press("save");
  nobody.press("back");
  EXPECT_FALSE(nobody.sees("断水"));
  nobody.press("profile");
  nobody.press("erase");
  nobody.press("erase.yes");
  nobody.press("back");
  EXPECT_TRUE(nobody.sees("断水"));
  EXPECT_TRUE(nobody.sees("乳児健診"));
}

TEST_F(NoticeTown, GoesOutAloneInAnEmergencyAndOnlyThen) {
  Device& desk = this->desk("first", "山田");
  desk.press("page.new");
  desk.enter("title", "避難指示");
  desk.choose("importance", "emergency");
  desk.press("hand");
  EXPECT_EQ(desk.find("alone.yes"), nullptr);
  desk.press("alone");
  desk.press("alone.yes");
  press_all();
  Device& resident = phone("resident");
  EXPECT_TRUE(resident.sees("避難指示")) << resident.text();
  EXPECT_EQ(resident.urgent, "避難指示");
  write(desk, "ふつうの話", "です。");
  EXPECT_EQ(desk.find("alone"), nullptr);
}

TEST_F(NoticeTown, IsCorrectedAndWithdrawnOnEveryPhone) {
  Device& first = desk("first", "山田");
  Device& second = desk("second", "鈴木");
  write(first, "運動会は10時から", "東小学校です。");
  town.run_for(3000);
  second.press("運動会は10時から");
  second.press("approve");
  press_all();
  Device& resident = phone("resident");
  resident.press("運動会は10時から");
  first.press("page.list");
  first.press("運動会は10時から");
  first.press("edit");
  EXPECT_TRUE(first.sees("代わりに"));
  first.enter("title", "運動会は9時から");
  first.press("hand");
  town.run_for(3000);
  second.press("page.list");
  second.press("運動会は9時から");
  second.press("approve");
  press_all();
  resident.press("back");
  look(resident);
  EXPECT_FALSE(resident.sees("10時から"));
  resident.press("運動会は9時から");
  EXPECT_TRUE(resident.sees("訂正されました"));
  first.press("page.list");
  first.press("運動会は9時から");
  first.press("take");
  first.press("take.yes");
  press_all();
  EXPECT_TRUE(first.sees("取り下げた人"));
  EXPECT_TRUE(first.sees("取り下げました")) << first.text();
  resident.press("back");
  look(resident);
  EXPECT_FALSE(resident.sees("運動会")) << resident.text();
}

TEST_F(NoticeTown, ApprovesTheVersionThatWasReadAndNoOther) {
  Device& first = desk("first", "山田");
  Device& second = desk("second", "鈴木");
  write(first, "題", "はじめの文です。");
  town.run_for(3000);
  second.press("題");
  first.press("edit");
  first.enter("text", "あとの文です。");
  first.press("hand");
  town.run_for(3000);
  second.press("approve");
  EXPECT_TRUE(second.sees("だれかが")) << second.text();
  press_all();
  EXPECT_FALSE(phone("resident").sees("題"));
}

TEST_F(NoticeTown, RefusesAForgedPageAndAnOlderFeedWithWords) {
  town.publish_notice(header(), body("本物のお知らせ"));
  Device& resident = phone("resident");
  EXPECT_TRUE(resident.sees("本物のお知らせ"));
  const auto old_head = town.feed().head_bytes;
  const auto old_pages = town.feed().pages;
  town.run_for(60'000);
  town.publish_notice(header(), body("二つめ"));
  look(resident);
  EXPECT_TRUE(resident.sees("二つめ"));
  std::swap(town.feed().head_bytes, const_cast<Bytes&>(old_head));
  std::swap(town.feed().pages, const_cast<std::vector<Bytes>&>(old_pages));
  look(resident);
  EXPECT_TRUE(resident.sees("前より古いお知らせの一覧")) << resident.text();
  EXPECT_TRUE(resident.sees("二つめ"));
}

TEST_F(NoticeTown, ReadsOfflineWhatHasCome) {
  town.publish_notice(header("", "garbage"), body("燃やすごみの日", "金曜です。"));
  Device& resident = phone("resident");
  resident.online(false);
  resident.stop();
  resident.start();
  town.run_for(3000);
  EXPECT_TRUE(resident.sees("つながりません")) << resident.text();
  resident.press("find");
  resident.enter("search", "ごみ");
  EXPECT_TRUE(resident.sees("燃やすごみの日"));
  resident.enter("search", "健診");
  EXPECT_FALSE(resident.sees("燃やすごみの日"));
}

TEST_F(NoticeTown, AsksForLessThanAKilobyteWhenNothingIsNew) {
  town.publish_notice(header(), body("一つ"));
  Device& resident = phone("resident");
  std::size_t bytes = 0;
  int asked = 0;
  town.on_answer = [&](const hub::Request& request, hub::Response& response) {
    if (!request.target.starts_with("/v1/feed")) return;
    ++asked;
    bytes += response.body.size();
  };
  town.run_for(120'000);
  look(resident);
  EXPECT_EQ(asked, 1);
  EXPECT_LT(bytes, 1024u);
  EXPECT_GT(bytes, 100u);
}

}  // namespace
}  // namespace machi::journeys

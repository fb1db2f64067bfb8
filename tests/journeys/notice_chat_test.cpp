// Beside the notices: asking the town without a network, the garbage's days, the menu's tiles, and what is
// attached. What a phone asks for is the same whomever it concerns.
#include <fstream>
#include <sstream>

#include "core/notice/answers/answer_pack.h"
#include "core/notice/citizen/context.h"
#include "tests/journeys/harness.h"

namespace machi::journeys {
namespace {

std::string slurp(const std::string& file) {
  std::ifstream in(file);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

struct NoticeBeside : ::testing::Test {
  NoticeBeside() { town.hall_listens(), town.found_school(); }
  Town town{7};
  void give_answers() {
    const std::string folder = MACHI_SOURCE_DIR "/assets/towns/hiyori/answers/";
    town.publish_booklet(notice::kAnswersBooklet,
                         notice::encode_answers(slurp(folder + "questions.csv"),
                                                slurp(folder + "garbage.csv"), slurp(folder + "kinds.csv")));
  }
  Device& phone(const std::string& name) {
    Device& made = town.device(name, "notices");
    made.start();
    town.run_for(5000);
    return made;
  }
  static void ask(Device& phone, const std::string& question) {
    phone.enter("question", question);
    phone.press("ask");
  }
  std::uint64_t publish(const std::string& title, std::vector<notice::Attachment> attached,
                        const std::string& segment = "") {
    notice::NoticeHeader header;
    header.segment = segment;
    notice::NoticeBody body;
    body.texts = {{"ja", title, "本文です。"}};
    body.attachments = std::move(attached);
    return town.publish_notice(header, body);
  }
  notice::Attachment file(Bytes bytes, const std::string& type, const std::string& name) {
    const std::uint64_t size = bytes.size();
    return {town.put_blob(std::move(bytes)), size, type, name};
  }
};

TEST_F(NoticeBeside, AnswersWithoutANetworkInTheWordsOfWhoAsks) {
  give_answers();
  Device& resident = phone("resident");
  resident.online(false);
  resident.press("chat");
  ask(resident, "ふらいぱんのすてかた");
  EXPECT_TRUE(resident.sees("燃やさないごみ")) << resident.text();
  EXPECT_TRUE(resident.sees("第1水曜"));  // of every district, as none was told
  EXPECT_TRUE(resident.sees("第4水曜"));
  resident.press("helped.yes");
  EXPECT_TRUE(resident.sees("ありがとう"));
  EXPECT_EQ(resident.find("helped.yes"), nullptr);
  ask(resident, "児童手当はいつもらえる");
  EXPECT_TRUE(resident.sees("児童手当")) << resident.text();
}

TEST_F(NoticeBeside, SaysThatItDoesNotKnowAndWhoDoes) {
  give_answers();
  town.notice_desk("desk");
  Device& resident = phone("resident");
  resident.press("chat");
  ask(resident, "宇宙人に会いたい");
  EXPECT_TRUE(resident.sees("わかりません")) << resident.text();
  EXPECT_EQ(resident.find("answer"), nullptr);
  ASSERT_NE(resident.find("call"), nullptr) << resident.text();
  EXPECT_TRUE(resident.find("call")->href.starts_with("tel:"));
  EXPECT_NE(resident.find("pass"), nullptr);
}

TEST_F(NoticeBeside, AsksBackWhenSeveralAreMeant) {
  town.publish_booklet(
      notice::kAnswersBooklet,
      notice::encode_answers(
          "id,field,question,reading,others,answer\n"
          "a,届出,証明書の取り方（住民票）,,,窓口です。\nb,届出,証明書の取り方（戸籍）,,,二階です。\n",
          "name,reading,synonyms,kind,note\n", "kind,label,how,days\n"));
  Device& resident = phone("resident");
  resident.press("chat");
  ask(resident, "証明書の取り方");
  EXPECT_TRUE(resident.sees("どれのことですか")) << resident.text();
  EXPECT_EQ(resident.find("answer"), nullptr);
  resident.press("entry.b");
  EXPECT_TRUE(resident.sees("二階です。"));
  resident.press("back");
  resident.press("neither");
  EXPECT_TRUE(resident.sees("わかりません"));
}

TEST_F(NoticeBeside, SaysTheDaysOfTheDistrict) {
  give_answers();
  Device& resident = phone("resident");
  resident.press("chat");
  resident.press("garbage");
  EXPECT_FALSE(resident.sees("月・木"));
  resident.choose("district", "3");
  EXPECT_TRUE(resident.sees("月・木")) << resident.text();
  EXPECT_TRUE(resident.sees("第3水曜"));
  EXPECT_FALSE(resident.sees("第2水曜"));
  resident.enter("find", "なべ");
  resident.press("entry.鍋");
  EXPECT_TRUE(resident.sees("第3水曜"));
  resident.press("back");
  resident.enter("find", "");
  resident.choose("row", "か");
  EXPECT_TRUE(resident.sees("傘")) << resident.text();
}

TEST_F(NoticeBeside, TakesNewAnswersAndForgetsTheOldOnes) {
  give_answers();
  Device& resident = phone("resident");
  town.publish_booklet(
      notice::kAnswersBooklet,
      notice::encode_answers("id,field,question,reading,others,answer\na,窓口,役場の時間,,,9時からです。\n",
                             "name,reading,synonyms,kind,note\n", "kind,label,how,days\n"));
  resident.press("sync");
  town.run_for(5000);
  resident.press("chat");
  ask(resident, "役場の時間");
  EXPECT_TRUE(resident.sees("9時からです。")) << resident.text();
  ask(resident, "フライパン");
  EXPECT_TRUE(resident.sees("わかりません")) << resident.text();
}

TEST_F(NoticeBeside, ShowsSixTilesThatConcernTheOwner) {
  std::vector<notice::MenuTile> tiles;
  const auto add = [&](const char* id, const char* target, const char* segment) {
    tiles.push_back({id, {{"ja", std::string("タイル") + id}}, "help", target, segment});
  };
  add("child", "theme:child", "child ..6y");
  for (const char* id : {"1", "2", "3", "4", "5", "6", "7"}) add(id, "ask", "");
  town.publish_booklet(notice::kMenuBooklet, notice::encode_menu(tiles));
  Device& resident = phone("resident");
  EXPECT_FALSE(resident.sees("タイルchild"));  // not known is no
  EXPECT_TRUE(resident.sees("タイル6"));
  EXPECT_FALSE(resident.sees("タイル7"));
  resident.press("profile");
  resident.press("ask.children");
  resident.enter("child", "2026-01-15");
  resident.press("save");
  resident.press("back");
  EXPECT_TRUE(resident.sees("タイルchild")) << resident.text();
  EXPECT_FALSE(resident.sees("タイル6"));
  resident.press("tile.1");
  EXPECT_EQ(resident.screen().name, notice::kChat);
}

TEST_F(NoticeBeside, KeepsWhatIsAttachedAndOpensNothingThatCouldRun) {
  const std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
  Bytes picture(2000, 7);
  publish("絵と図",
          {file(picture, "image/png", "絵.png"), file(base::copy(base::view(svg)), "image/svg+xml", "図.svg"),
           file(Bytes(500, 0xFF), "application/x-thing", "物.bin")});
  Device& resident = phone("resident");
  resident.online(false);
  resident.press("絵と図");
  const auto id = "picture." + base::to_hex(crypto::hash(picture));
  ASSERT_NE(resident.find(id), nullptr) << resident.text();
  EXPECT_EQ(resident.find(id)->role, screen::Role::Photo);
  EXPECT_TRUE(resident.sees("<script>alert(1)</script>"));  // as a text
  EXPECT_TRUE(resident.sees("開きません"));
}

TEST_F(NoticeBeside, FetchesWhatIsLargeWhenSomebodyPresses) {
  const Bytes large(notice::kBlobForAll + 1, 1);
  const auto one = file(large, "application/pdf", "図面.pdf");
  publish("大きい図面", {one});
  Device& resident = phone("resident");
  resident.press("大きい図面");
  const std::string id = base::to_hex(one.hash);
  ASSERT_NE(resident.find("fetch." + id), nullptr) << resident.text();
  EXPECT_EQ(resident.find("file." + id), nullptr);
  town.feed().raw_blobs[one.hash] = Bytes(10, 9);  // other bytes than its name says
  resident.press("fetch." + id);
  town.run_for(5000);
  EXPECT_TRUE(resident.sees("受け取れませんでした")) << resident.text();
  town.feed().raw_blobs[one.hash] = large;
  resident.press("fetch." + id);
  town.run_for(5000);
  ASSERT_NE(resident.find("file." + id), nullptr) << resident.text();
}

TEST_F(NoticeBeside, AsksForTheSameFilesWhomeverTheyConcern) {
  std::map<std::string, std::set<std::string>> asked;
  std::string who;
  town.on_answer = [&](const hub::Request& request, hub::Response&) {
    if (request.target.starts_with("/v1/feed")) asked[who].insert(request.target);
  };
  publish("子どもの", {file(Bytes(100, 1), "image/png", "a.png")}, "child ..3y");
  publish("三地区の", {file(Bytes(100, 2), "image/png", "b.png")}, "district 3");
  who = "first";
  Device& first = phone("first");
  first.press("profile");
  first.press("ask.children");
  first.press("none");
  first.press("back");
  who = "second";
  phone("second");
  EXPECT_EQ(asked["first"], asked["second"]);
  EXPECT_GE(asked["first"].size(), 4u);
}

}  // namespace
}  // namespace machi::journeys

// The commands over notices, as somebody at a keyboard meets them.
#include <gtest/gtest.h>

#include "tests/unit/program/program.h"

namespace machi::program_test {
namespace {

TEST(SegmentMatch, SaysYesNoOrWhatItWaitsFor) {
  const std::string words = "segment match 'child 6m..3y and district 3, 4' - --today 2026-11-24";
  const Said yes = run(words, R"({"districts": ["3"], "children": [{"birth": "2024-05"}]})");
  ASSERT_EQ(yes.code, 0) << yes.err;
  EXPECT_EQ(yes.json()["match"], "yes");
  EXPECT_EQ(yes.json()["segment"], "child 6m..3y and district 3, 4");
  EXPECT_EQ(run(words, R"({"districts": ["7"]})").json()["match"], "no");
  const Said unknown = run(words, R"({"districts": ["3"]})");
  EXPECT_EQ(unknown.json()["match"], "unknown");
  EXPECT_EQ(unknown.json()["missing"], nlohmann::json::array({"children"}));
}

TEST(SegmentMatch, NamesThePlaceOfAMistake) {
  const Said segment = run("segment match 'district 3 und age 4' - --today 2026-11-24", "{}");
  EXPECT_EQ(segment.code, 1);
  EXPECT_NE(segment.err.find("at sign 12"), std::string::npos) << segment.err;
  const Said profile = run("segment match everyone - --today 2026-11-24", R"({"district": []})");
  EXPECT_EQ(profile.code, 1);
  EXPECT_NE(profile.err.find("district"), std::string::npos) << profile.err;
  EXPECT_TRUE(profile.out.empty());
}

TEST(AlertRead, PrintsOneObjectOrTheReason) {
  const std::string alerts = MACHI_TEST_DATA "/alerts/";
  const Said jma = run("alert read " + alerts + "jma/15_11_01_150916_VPWW54.xml");
  ASSERT_EQ(jma.code, 0) << jma.err;
  EXPECT_EQ(jma.json()["source"], "下関地方気象台");
  EXPECT_EQ(jma.json()["status"], "actual");
  EXPECT_EQ(jma.json()["type"], "issue");
  EXPECT_EQ(jma.json()["severity"], "severe");
  EXPECT_EQ(jma.json()["areas"][0]["code"], "350000");
  const Said cap = run("alert read " + alerts + "cap/canada.cap");
  EXPECT_EQ(cap.json()["type"], "update");
  EXPECT_EQ(cap.json()["allClear"], true);
  const Said laughs = run("alert read " + alerts + "cap/xee.cap");
  EXPECT_EQ(laughs.code, 1);
  EXPECT_NE(laughs.err.find("DOCTYPE"), std::string::npos) << laughs.err;
  EXPECT_NE(run("alert read --cap " + alerts + "jma/15_11_01_150916_VPWW54.xml").out.find("cap:1.2"),
            std::string::npos);
}

TEST(Notice, GoesFromTheEditorIntoFilesThatAnybodyCanVerify) {
  char folder[] = "/tmp/machi-notice-XXXXXX";
  ASSERT_NE(mkdtemp(folder), nullptr);
  const std::string town = std::string(folder) + "/town", feed = std::string(folder) + "/feed";
  const std::string verify = "feed verify " + feed + " --pack " + town + "/pack.json";
  const auto text = [](const char* words) {
    return std::string(R"({"segment": "district 3", "texts": [{"language": "ja", "title": "題", "text": ")") +
           words + "\"}]}";
  };
  ASSERT_EQ(run("town new " + town + " --name 日和町").code, 0);
  EXPECT_EQ(run("notice publish " + town + " -", text("最初の本文")).json()["notice"], 0);
  EXPECT_EQ(run("notice publish " + town + " -", text("残る本文")).json()["notice"], 1);
  EXPECT_EQ(run("feed export " + feed + " --town " + town).code, 0);
  const Said held = run(verify);
  EXPECT_EQ(held.code, 0) << held.err;
  EXPECT_EQ(held.json()["holds"], true);
  EXPECT_EQ(held.json()["bodies"], 2);
  EXPECT_NE(slurp(feed + "/texts-000000.cbor").find("最初の本文"), std::string::npos);

  // A correction without a word on whom it concerns would reach everybody.
  EXPECT_EQ(run("notice correct " + town + " 0 -", R"({"texts": [{"language": "ja", "title": "題"}]})").code,
            1);
  EXPECT_EQ(run("notice correct " + town + " 0 -", text("直した本文")).code, 0);
  EXPECT_EQ(run("notice withdraw " + town + " 1").code, 0);
  EXPECT_EQ(run("notice correct " + town + " 1 -", text("遅い")).code, 1);
  EXPECT_EQ(run("notice withdraw " + town + " 9").code, 1);
  // The old export: what was withdrawn is still in it, and nothing is said of that before it is renewed.
  EXPECT_EQ(run("feed export " + feed + " --town " + town).code, 0);
  EXPECT_EQ(run(verify).json()["withdrawn"], 1);
  for (const std::string& place : {feed, town + "/feed"})
    for (const char* words : {"最初の本文", "残る本文"})
      EXPECT_EQ(slurp(place + "/texts-000000.cbor").find(words), std::string::npos) << place << words;

  const std::string page = slurp(feed + "/page-000000.cbor");
  std::ofstream(feed + "/page-000000.cbor") << page.substr(0, page.size() / 2);
  const Said cut = run(verify);
  EXPECT_EQ(cut.code, 1);
  EXPECT_EQ(cut.json()["problems"][0]["file"], "page-000000.cbor");
  EXPECT_EQ(run("feed verify " + feed + "/none --pack " + town + "/pack.json").code, 1);
  EXPECT_EQ(std::system(("rm -rf " + std::string(folder)).c_str()), 0);
}

TEST(Ask, AnswersOrSaysThatItDoesNotKnow) {
  const Said pan = run("ask ふらいぱんのすてかた --district 3");
  ASSERT_EQ(pan.code, 0) << pan.err;
  EXPECT_EQ(pan.json()["known"], true);
  EXPECT_EQ(pan.json()["answers"][0]["id"], "フライパン");
  EXPECT_EQ(pan.json()["answers"][0]["days"], "第3水曜");
  EXPECT_EQ(run("ask 宇宙人はいますか").json()["known"], false);
  const Said own = run(
      "ask しやくしょのじかん --pack -",
      R"({"entries": [{"id": "a", "title": "市役所の時間", "reading": "しやくしょのじかん", "answer": "9時から"}]})");
  EXPECT_EQ(own.json()["answers"][0]["answer"], "9時から");
  EXPECT_EQ(run("ask x --pack -", R"({"entries": [{"id": "a"}]})").code, 1);
}

TEST(Notice, TakesFilesAlongAndForgetsThemWithIt) {
  char folder[] = "/tmp/machi-notice-XXXXXX";
  ASSERT_NE(mkdtemp(folder), nullptr);
  const std::string at = folder, town = at + "/town", feed = at + "/feed";
  const std::string verify = "feed verify " + feed + " --pack " + town + "/pack.json";
  const std::string assets = MACHI_SOURCE_DIR "/assets/towns/hiyori/";
  ASSERT_EQ(run("town new " + town + " --name 日和町").code, 0);
  EXPECT_GT(run("notice answers " + town + " " + assets + "answers").json()["answers"], 250);
  EXPECT_EQ(run("notice menu " + town + " " + assets + "menu.json").json()["tiles"], 10);
  EXPECT_NE(run("notice menu " + town + " -",
                R"({"tiles": [{"id": "a", "names": {"ja": "あ"}, "target": "javascript:x"}]})")
                .err.find("target"),
            std::string::npos);
  std::ofstream(at + "/picture.png") << "not really a picture";
  std::ofstream(at + "/large.pdf") << std::string((4 << 20) + 1, 'x');
  const std::string text = R"({"texts": [{"language": "ja", "title": "題", "text": "文"}]})";
  EXPECT_EQ(run("notice publish " + town + " - --attach " + at + "/large.pdf", text).code, 1);
  const Said said = run("notice publish " + town + " - --attach " + at + "/picture.png", text);
  ASSERT_EQ(said.code, 0) << said.err;
  ASSERT_EQ(run("feed export " + feed + " --town " + town).code, 0);
  EXPECT_EQ(run(verify).code, 0) << run(verify).out;
  const auto blobs = [&] {
    return run("feed export " + feed + " --town " + town).json()["files"].get<int>();
  };
  const int before = blobs();
  EXPECT_EQ(run("notice withdraw " + town + " " + said.json()["notice"].dump()).code, 0);
  EXPECT_EQ(blobs(), before - 1);  // the picture is gone, the words' file stays
  EXPECT_EQ(std::system(("rm -r " + at).c_str()), 0);
}

}  // namespace
}  // namespace machi::program_test

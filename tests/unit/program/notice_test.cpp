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

}  // namespace
}  // namespace machi::program_test

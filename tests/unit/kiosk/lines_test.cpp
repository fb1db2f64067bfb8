// How a text becomes lines.
#include "kiosk/text/lines.h"

#include <gtest/gtest.h>

#include "tests/unit/kiosk/gallery.h"

namespace machi::kiosk {
namespace {

class TextLines : public testing::Test {
 protected:
  void SetUp() override {
    test::room().stage().begin(1080, 1920);
    test::room().type().speak("ja");
  }
  void TearDown() override { test::room().stage().end(); }

  static std::vector<std::string> set(std::string_view text, float ems) {
    lines = set_lines(test::room().type(), text, {40, false}, ems * 40);
    std::vector<std::string> out;
    for (const Line& line : lines.lines) {
      std::string one;
      for (const Piece& piece : line.pieces) one += (one.empty() ? "" : "|") + piece.text;
      out.push_back(one);
    }
    return out;
  }
  static inline Lines lines;
};

using Strings = std::vector<std::string>;

TEST_F(TextLines, BreakBetweenThePhrasesOfASentence) {
  EXPECT_EQ(set("どの証明書が\u200b必要ですか", 10), Strings({"どの証明書が", "必要ですか"}));
  EXPECT_EQ(set("どの証明書が\u200b必要ですか", 12), Strings({"どの証明書が必要ですか"}));
  EXPECT_FALSE(lines.split);
}

TEST_F(TextLines, BreakBetweenLettersWhereASentenceSaysNoPhrases) {
  EXPECT_EQ(set("日和町役場", 3), Strings({"日和町", "役場"}));
  EXPECT_TRUE(lines.split);
  EXPECT_FALSE(lines.torn);
}

TEST_F(TextLines, NeverBeginWithAFullStop) {
  EXPECT_EQ(set("印刷します。", 5), Strings({"印刷しま", "す。"}));
  EXPECT_EQ(set("（印鑑）登録", 3.5F), Strings({"（印", "鑑）登", "録"}));
}

TEST_F(TextLines, KeepANumberWithItsUnit) {
  EXPECT_EQ(set("手数料 300円です", 5.2F), Strings({"手数料", "300円です"}));
}

TEST_F(TextLines, OfLatinBreakAtSpacesAndSayWhenAWordIsTorn) {
  EXPECT_EQ(set("Print the certificate", 7), Strings({"Print|the", "certificate"}));
  EXPECT_FALSE(lines.torn);
  set("certificate", 2);
  EXPECT_TRUE(lines.torn);
}

TEST_F(TextLines, SetAReadingAboveItsCharactersInTheMiddle) {
  set("\uFFF9証明書\uFFFAしょうめいしょ\uFFFBを", 20);
  ASSERT_TRUE(lines.ruby);
  ASSERT_EQ(lines.lines[0].readings.size(), 1u);
  EXPECT_EQ(lines.lines[0].readings[0].text, "しょうめいしょ");
  // Seven small letters over three large ones: wider than they are, so the base stands in the middle.
  EXPECT_GT(lines.lines[0].pieces[0].x, 0);
  EXPECT_FLOAT_EQ(lines.lines[0].readings[0].x, 0);
}

TEST_F(TextLines, ShapeDevanagariAsWholeWords) {
  set("कर्मचारी बोलाउनुहोस्", 40);
  ASSERT_EQ(lines.lines[0].pieces.size(), 2u);
  EXPECT_TRUE(lines.lines[0].pieces[0].shaped);
  EXPECT_TRUE(test::room().type().take_missing().empty());
}

// IPAmj has 葛 with U+E0102; none has it with U+E01EF.
TEST_F(TextLines, SayWhichVariationSequenceNoFontHas) {
  set("葛\U000E0102飾", 40);
  EXPECT_TRUE(lines.lines[0].pieces[0].shaped);
  EXPECT_TRUE(test::room().type().take_missing().empty());
  set("葛\U000E01EF飾", 40);
  EXPECT_EQ(test::room().type().take_missing(), (std::set<char32_t>{0xE01EF}));
}

TEST_F(TextLines, KnowRareCharactersOfNames) {
  set("𠮷 髙 﨑 𩸽", 40);
  EXPECT_TRUE(test::room().type().take_missing().empty());
}

}  // namespace
}  // namespace machi::kiosk

// A segment as its editor reads it.
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "core/notice/desk/sentence.h"

namespace machi::notice {
namespace {

std::string said(std::string_view text, const words::Words& words = words::Words()) {
  const auto segment = parse_segment(text);
  EXPECT_TRUE(segment.ok()) << text;
  return segment.ok() ? words::plain(segment_sentence(*segment, words)) : "";
}

TEST(SegmentSentence, SaysInJapaneseWhomItMeans) {
  EXPECT_EQ(said(""), "全員");
  EXPECT_EQ(said("child 6m..3y and district 3, 4"), "6か月から3歳までの子どもがいる、かつ地区が3か4");
  EXPECT_EQ(said("(age 65.. or role carer) and not handbook any"),
            "（年齢が65歳から、または立場がcarer）、かつ「障害者手帳がある」に当たらない");
  EXPECT_EQ(said("handbook physical 1..2, mental"), "手帳がphysical（等級1から2まで）かmental");
  EXPECT_EQ(said("child grade 1..6 or child any"), "学年が1から6までの子どもがいる、または子どもがいる");
  EXPECT_EQ(said("language vi"), "使う言葉がベトナム語");
}

TEST(SegmentSentence, HasItsWordsInEveryLanguage) {
  for (const words::Language& language : words::languages()) {
    std::ifstream in(std::string(MACHI_CATALOGUES) + "/" + std::string(language.tag) + ".mo",
                     std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    const auto catalogue = words::Catalogue::load(base::view(bytes));
    ASSERT_TRUE(catalogue.ok()) << language.tag;
    const words::Words words(*catalogue);
    for (const char* text : {"everyone", "district 1", "interest a", "role a", "child ..11m",
                             "child born 2024-04-02..2025-04-01", "day 2026-12-01..", "fact car",
                             "fact members 4..", "fact bath = none", "child 2y, 5y..6y", "age 20"}) {
      const std::string sentence = said(text, words);
      EXPECT_FALSE(sentence.empty()) << language.tag << text;
      EXPECT_EQ(sentence.find("…"), std::string::npos) << language.tag << text;
      EXPECT_EQ(sentence.find('{'), std::string::npos) << language.tag << text;
    }
  }
}

}  // namespace
}  // namespace machi::notice

// What people and their keyboards write, brought into one form.
#include "core/base/text.h"

#include <gtest/gtest.h>

namespace machi::base {
namespace {

TEST(Utf8, TakesWellFormedTextOfEveryLength) {
  EXPECT_TRUE(is_utf8(""));
  EXPECT_TRUE(is_utf8("a\xC2\x80\xE0\xA0\x80\xF0\x90\x80\x80"));
  EXPECT_TRUE(is_utf8("街角𠮷\xF4\x8F\xBF\xBF"));
}

TEST(Utf8, RefusesOverlongFormsSurrogatesAndCutText) {
  for (const std::string_view text :
       {"\xC0\x80", "\xC1\xBF", "\xE0\x9F\xBF", "\xF0\x8F\xBF\xBF", "\xED\xA0\x80", "\xF4\x90\x80\x80",
        "\xF8\x88\x80\x80\x80", "\x80", "\xE3\x81", "a\xFF", "\xE3\x81\x41"})
    EXPECT_FALSE(is_utf8(text));
}

TEST(Utf8, ReadsOnPastABadByte) {
  EXPECT_EQ(to_code_points("a\xFF"
                           "街"),
            U"a\uFFFD街");
  EXPECT_EQ(from_code_points(std::u32string{U'a', 0xD800, 0x110000}), "a\uFFFD\uFFFD");
}

TEST(Utf8, GoesThereAndBackForEveryCodePoint) {
  for (char32_t point = 0; point <= 0x10FFFF; ++point) {
    if (point >= 0xD800 && point <= 0xDFFF) continue;
    const std::string text = from_code_points({&point, 1});
    ASSERT_TRUE(is_utf8(text)) << static_cast<std::uint32_t>(point);
    ASSERT_EQ(to_code_points(text), std::u32string(1, point)) << static_cast<std::uint32_t>(point);
  }
}

TEST(Utf8, CountsCodePointsAndNotBytes) {
  EXPECT_EQ(count_code_points("𠮷野家"), 3u);
  EXPECT_EQ(count_code_points("\xFF\xFF"), 2u);
}

TEST(Width, IsFoldedForLettersDigitsAndKana) {
  EXPECT_EQ(fold_width("ＡＢｃ１２３！　～"), "ABc123! ~");
  EXPECT_EQ(fold_width("ｶﾞｯｺｳ ﾊﾟﾝﾀﾞ ｳﾞｧ｡｢ｰ｣"), "ガッコウ パンダ ヴァ。「ー」");
  EXPECT_EQ(fold_width("ｱﾞｶﾟ"), "ア゛カ゜");
  EXPECT_EQ(fold_width("㈱髙﨑ガ"), "㈱髙﨑ガ") << "names keep their characters";
}

TEST(Kana, ChangesBetweenHiraganaAndKatakana) {
  EXPECT_EQ(to_hiragana("サトウ・ヴィッキー ヽヾヶ"), "さとう・ゔぃっきー ゝゞゖ");
  EXPECT_EQ(to_katakana("さとう・ゔぃっきー ゝゞゖ"), "サトウ・ヴィッキー ヽヾヶ");
  EXPECT_EQ(to_hiragana("ヷ漢字abc"), "ヷ漢字abc");
}

TEST(SearchForm, MakesOneSpellingOfManyWaysToType) {
  EXPECT_EQ(search_form("ｻﾄｳ　ﾊﾅｺ"), search_form("さとう はなこ"));
  EXPECT_EQ(search_form("ＴＯＭ"), "tom");
}

TEST(Telephone, IsReadAsPeopleWriteIt) {
  EXPECT_EQ(*phone_digits("03-1234-5678"), "0312345678");
  EXPECT_EQ(*phone_digits("０９０（１２３４）５６７８"), "09012345678");
  EXPECT_EQ(*phone_digits("090ー1234ー5678"), "09012345678");
  EXPECT_EQ(*phone_digits("+81 90 1234 5678"), "09012345678");
  EXPECT_EQ(*phone_digits("+81(0)90-1234-5678"), "09012345678");
}

TEST(Telephone, IsRefusedWhenItIsNone) {
  for (const std::string_view text :
       {"", "119", "1234567890", "090-1234-56789", "090-1234-567x", "+1 212 555 0100", "0+9012345678"})
    EXPECT_EQ(phone_digits(text).code(), Code::BadInput) << text;
}

TEST(Trimming, TakesTheIdeographicSpaceToo) {
  EXPECT_EQ(trimmed("　 佐藤　花子\r\n"), "佐藤　花子");
  EXPECT_EQ(trimmed(" 　"), "");
}

}  // namespace
}  // namespace machi::base

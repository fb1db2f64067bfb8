// How questions and names are compared: one width, hiragana, no spaces and marks, small kana as large ones;
// and what people say around what they ask for. Private to core/notice/answers; pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace machi::notice {

std::u32string fold_answer(std::string_view text);
// What is left of a folded text without "how do I throw away", "where", "please": pieces, in order.
std::vector<std::u32string> content_of(const std::u32string& folded);
// Words of a piece, of two signs or one kanji at least: cut at particles where the script changes.
std::vector<std::u32string> words_of(const std::u32string& piece);
bool is_kanji(char32_t sign);
bool is_hiragana(char32_t sign);

}  // namespace machi::notice

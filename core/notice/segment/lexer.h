// The signs of a segment's text, as words, numbers and marks with their places. Private to
// core/notice/segment; one thread; pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/notice/segment/segment.h"

namespace machi::notice {

enum class TokenKind { Word, Quoted, Comma, Open, Close, Dots, Equals, End };

struct Token {
  TokenKind kind = TokenKind::End;
  std::string text;    // of a word or a quoted text
  std::size_t at = 1;  // code point, from 1
};

// Full-width letters count as narrow ones, 、and ， as a comma, 〜 and ～ as dots.
bool lex_segment(std::string_view text, std::vector<Token>& tokens, SegmentFault& fault);
// Whether a text can stand without quotation marks.
bool is_bare_word(std::string_view text);

}  // namespace machi::notice

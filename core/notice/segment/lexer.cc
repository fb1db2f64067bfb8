// Splits a segment's text. A word is everything but marks and spaces, so that names of districts in any
// script are words. Pure.
#include "core/notice/segment/lexer.h"

#include "core/base/text.h"

namespace machi::notice {
namespace {

char32_t narrow(char32_t sign) {
  if (sign >= 0xFF01 && sign <= 0xFF5E && sign != 0xFF5E) return sign - 0xFEE0;
  if (sign == 0x3000) return U' ';
  if (sign == U'、') return U',';
  return sign;
}

bool is_space(char32_t sign) { return sign == U' ' || sign == U'\t' || sign == U'\n' || sign == U'\r'; }

bool is_wave(char32_t sign) { return sign == U'〜' || sign == U'～'; }

bool ends_a_word(const std::u32string& signs, std::size_t at) {
  const char32_t sign = signs[at];
  if (is_space(sign) || is_wave(sign)) return true;
  if (sign == U'.' && at + 1 < signs.size() && signs[at + 1] == U'.') return true;
  return std::u32string_view(U",()=\"").find(sign) != std::u32string_view::npos;
}

bool odd(char32_t sign) { return sign < 0x20 || sign == 0x7F || sign == 0xFFFD; }

}  // namespace

bool lex_segment(std::string_view text, std::vector<Token>& tokens, SegmentFault& fault) {
  const std::u32string raw = base::to_code_points(text);
  std::u32string signs = raw;
  for (char32_t& sign : signs) sign = narrow(sign);
  std::size_t at = 0;
  const auto take = [&](TokenKind kind, std::size_t length) {
    tokens.push_back({kind, "", at + 1});
    at += length;
  };
  while (at < signs.size()) {
    const char32_t sign = signs[at];
    if (is_space(sign)) {
      ++at;
    } else if (odd(sign)) {
      fault = {at + 1, "this sign cannot stand in a segment"};
      return false;
    } else if (sign == U',') {
      take(TokenKind::Comma, 1);
    } else if (sign == U'(') {
      take(TokenKind::Open, 1);
    } else if (sign == U')') {
      take(TokenKind::Close, 1);
    } else if (sign == U'=') {
      take(TokenKind::Equals, 1);
    } else if (is_wave(sign)) {
      take(TokenKind::Dots, 1);
    } else if (sign == U'.' && at + 1 < signs.size() && signs[at + 1] == U'.') {
      take(TokenKind::Dots, 2);
    } else if (sign == U'"') {
      // What stands in quotation marks stays as it was written.
      std::size_t end = at + 1;
      while (end < raw.size() && signs[end] != U'"' && !odd(raw[end])) ++end;
      if (end >= raw.size() || signs[end] != U'"') {
        fault = {at + 1, "the quotation marks are not closed"};
        return false;
      }
      if (end == at + 1) {
        fault = {at + 1, "nothing stands in the quotation marks"};
        return false;
      }
      tokens.push_back({TokenKind::Quoted, base::from_code_points(raw.substr(at + 1, end - at - 1)), at + 1});
      at = end + 1;
    } else {
      std::size_t end = at;
      while (end < signs.size() && !ends_a_word(signs, end) && !odd(signs[end])) ++end;
      if (end == at) end = at + 1;  // a single dot
      tokens.push_back({TokenKind::Word, base::from_code_points(signs.substr(at, end - at)), at + 1});
      at = end;
    }
  }
  tokens.push_back({TokenKind::End, "", signs.size() + 1});
  return true;
}

bool is_bare_word(std::string_view text) {
  std::vector<Token> tokens;
  SegmentFault fault;
  return lex_segment(text, tokens, fault) && tokens.size() == 2 && tokens[0].kind == TokenKind::Word &&
         tokens[0].text == text;
}

}  // namespace machi::notice

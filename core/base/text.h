// Japanese text as people type it: UTF-8, widths, kana, telephone numbers. Owned by core/base; any thread; pure.
// Functions that return text read what is no UTF-8 as U+FFFD, one for each offending byte.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace machi::base {

// Well-formed UTF-8 (RFC 3629): no overlong form, no surrogate, nothing past U+10FFFF.
bool is_utf8(std::string_view text);

std::u32string to_code_points(std::string_view text);
std::string from_code_points(std::u32string_view points);
// Number of code points (not of what the eye sees: a combining sign counts).
std::size_t count_code_points(std::string_view text);

// One width for everything: full-width ASCII and space become ASCII, half-width katakana become full-width with their
// sound marks joined ("ｶﾞ" -> "ガ"). Nothing else changes: no NFKC, so names keep their characters.
std::string fold_width(std::string_view text);

// Katakana to hiragana and back; the few signs without a partner (ヷ, ・, ー) stay.
std::string to_hiragana(std::string_view text);
std::string to_katakana(std::string_view text);

// How names and searches are compared: fold_width, lower-case ASCII, katakana to hiragana, no spaces.
std::string search_form(std::string_view text);

// A Japanese telephone number as 10 or 11 digits beginning with 0. Takes full-width digits, any dash, spaces, brackets
// and +81 (with or without a (0) behind it). BadInput when it is something else.
Result<std::string> phone_digits(std::string_view text);

// Spaces (ASCII, ideographic), tabs and line ends taken off both ends.
std::string trimmed(std::string_view text);

}  // namespace machi::base

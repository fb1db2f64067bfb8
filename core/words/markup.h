// The signs inside a msgstr: {name} argument, {base|reading} ruby, | phrase boundary, \ before a sign that
// means itself. Pure; any thread. Text that does not close its brace is taken as it stands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/words/words.h"

namespace machi::words {

// The msgstr with its arguments put in (as they are: a brace in a value means nothing), ruby and phrase marks
// written out.
std::string resolve(std::string_view msgstr, const Argument* arguments, std::size_t count);
inline std::string resolve(std::string_view msgstr, Arguments arguments) {
  return resolve(msgstr, arguments.begin(), arguments.size());
}

// A base with its reading above it: U+FFF9 base U+FFFA reading U+FFFB.
std::string ruby(std::string_view base, std::string_view reading);

// Kanji, and the iteration mark 々 that needs a reading like one.
bool is_kanji(char32_t sign);

}  // namespace machi::words

// From the signs of a msgstr to the characters that a screen carries, and from those to plain text.
#include "core/words/markup.h"

namespace machi::words {
namespace {

constexpr std::string_view kAnchor = "\xef\xbf\xb9", kSeparator = "\xef\xbf\xba",
                           kEnd = "\xef\xbf\xbb";     // U+FFF9..FFFB
constexpr std::string_view kPhrase = "\xe2\x80\x8b";  // U+200B

}  // namespace

std::string ruby(std::string_view base, std::string_view reading) {
  std::string out(kAnchor);
  return out.append(base).append(kSeparator).append(reading).append(kEnd);
}

std::string resolve(std::string_view msgstr, const Argument* arguments, std::size_t count) {
  std::string out;
  out.reserve(msgstr.size() + 16);
  for (std::size_t i = 0; i < msgstr.size(); ++i) {
    const std::size_t plain = i;
    while (i < msgstr.size() && msgstr[i] != '\\' && msgstr[i] != '|' && msgstr[i] != '{') ++i;
    out.append(msgstr.substr(plain, i - plain));
    if (i == msgstr.size()) break;
    const char sign = msgstr[i];
    if (sign == '\\' && i + 1 < msgstr.size()) {
      out += msgstr[++i];
      continue;
    }
    if (sign == '|') {
      out += kPhrase;
      continue;
    }
    const auto close = sign == '{' ? msgstr.find('}', i) : std::string_view::npos;
    if (close == std::string_view::npos) {
      out += sign;
      continue;
    }
    const std::string_view inside = msgstr.substr(i + 1, close - i - 1);
    if (const auto bar = inside.find('|'); bar != std::string_view::npos) {
      out.append(kAnchor).append(inside.substr(0, bar)).append(kSeparator);
      out.append(inside.substr(bar + 1)).append(kEnd);
    } else {
      const Argument* found = nullptr;
      for (std::size_t n = 0; n < count; ++n)
        if (arguments[n].name == inside) found = &arguments[n];
      out += found != nullptr ? std::string_view(found->value) : msgstr.substr(i, close - i + 1);
    }
    i = close;
  }
  return out;
}

std::string plain(std::string_view text, bool reading) {
  std::string out;
  out.reserve(text.size());
  enum { Outside, Base, Reading } where = Outside;
  for (std::size_t i = 0; i < text.size();) {
    const std::string_view rest = text.substr(i, 3);
    if (rest == kPhrase || rest == kAnchor || rest == kSeparator || rest == kEnd) {
      if (rest == kAnchor) where = Base;
      if (rest == kSeparator) where = Reading;
      if (rest == kEnd) where = Outside;
      i += 3;
      continue;
    }
    if (where == Outside || (where == Reading) == reading) out += text[i];
    ++i;
  }
  return out;
}

bool is_kanji(char32_t sign) {
  return (sign >= 0x3400 && sign <= 0x9fff) || (sign >= 0xf900 && sign <= 0xfaff) ||
         (sign >= 0x20000 && sign <= 0x3ffff) || sign == U'々' || sign == U'〆' || sign == U'ヶ';
}

}  // namespace machi::words

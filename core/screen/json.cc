// JSON out: a few lines, and quicker than building a document first. Reading is in json_read.cc.
#include "core/screen/json.h"

#include <charconv>

namespace machi::screen {
namespace {

// Length of the well-formed UTF-8 sequence at the start of the text, 0 when there is none (RFC 3629).
std::size_t sequence(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t n = first >= 0xc2 && first < 0xe0   ? 2
                        : first >= 0xe0 && first < 0xf0 ? 3
                        : first >= 0xf0 && first < 0xf5 ? 4
                                                        : 0;
  if (n == 0 || text.size() < n) return 0;
  for (std::size_t i = 1; i < n; ++i)
    if ((byte(i) & 0xc0) != 0x80) return 0;
  if (first == 0xe0 && byte(1) < 0xa0) return 0;  // overlong
  if (first == 0xed && byte(1) > 0x9f) return 0;  // surrogate
  if (first == 0xf0 && byte(1) < 0x90) return 0;  // overlong
  if (first == 0xf4 && byte(1) > 0x8f) return 0;  // past U+10FFFF
  return n;
}

}  // namespace

void write_text(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  std::size_t plain = 0;  // start of what needs no change
  for (std::size_t i = 0; i < text.size();) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte < 0x80 && byte != '"' && byte != '\\') {  // most of it
      ++i;
      continue;
    }
    const std::size_t n = sequence(text.substr(i));
    if (n > 0 && byte >= 0x20 && byte != '"' && byte != '\\') {
      i += n;
      continue;
    }
    out.append(text.substr(plain, i - plain));
    if (n == 0) {
      out += "\xef\xbf\xbd";
    } else if (byte < 0x20) {
      out += "\\u00";
      out += kHex[byte >> 4];
      out += kHex[byte & 15];
    } else {
      out += '\\';
      out += text[i];
    }
    plain = ++i;
  }
  out.append(text.substr(plain));
  out += '"';
}

void write_integer(std::string& out, std::int64_t value) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  out.append(digits, end);
}

std::string to_json(const Screen& screen) {
  std::string out;
  out.reserve(4096);
  write(out, screen);
  return out;
}

namespace {

template <class T>
base::Result<T> from_json(std::string_view text) {
  MACHI_TRY_SET(json, Json::parse(text));
  T out;
  if (!read(json.root(), out)) return base::fail(base::Code::BadInput, Description<T>::kName);
  return out;
}

}  // namespace

base::Result<Screen> screen_from_json(std::string_view text) { return from_json<Screen>(text); }
base::Result<Action> action_from_json(std::string_view text) { return from_json<Action>(text); }

}  // namespace machi::screen

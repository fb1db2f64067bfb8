// UTF-8 to code points and back (RFC 3629). Pure; any thread. A byte that starts or continues nothing valid
// is reported as one error and skipped alone, so that reading always goes on.
#include <cstdint>

#include "core/base/text.h"

namespace machi::base {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

struct Step {
  char32_t point = 0;
  std::size_t length = 0;  // 0: not valid here
};

std::uint8_t byte_at(std::string_view text, std::size_t at) { return static_cast<std::uint8_t>(text[at]); }

Step step(std::string_view text, std::size_t at) {
  const std::uint8_t lead = byte_at(text, at);
  if (lead < 0x80) return {lead, 1};
  std::size_t length = 0;
  char32_t least = 0;
  if (lead >= 0xC2 && lead <= 0xDF)
    length = 2, least = 0x80;
  else if (lead >= 0xE0 && lead <= 0xEF)
    length = 3, least = 0x800;
  else if (lead >= 0xF0 && lead <= 0xF4)
    length = 4, least = 0x10000;
  if (length == 0 || text.size() - at < length) return {};
  char32_t point = lead & (0x7Fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const std::uint8_t next = byte_at(text, at + i);
    if ((next & 0xC0) != 0x80) return {};
    point = (point << 6) | (next & 0x3Fu);
  }
  if (point < least || point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF)) return {};
  return {point, length};
}

void append(std::string& out, char32_t point) {
  const auto put = [&out](char32_t value) { out.push_back(static_cast<char>(value)); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6));
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = step(text, at).length;
    if (length == 0) return false;
    at += length;
  }
  return true;
}

std::u32string to_code_points(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Step found = step(text, at);
    out.push_back(found.length == 0 ? kReplacement : found.point);
    at += found.length == 0 ? 1 : found.length;
  }
  return out;
}

std::string from_code_points(std::u32string_view points) {
  std::string out;
  out.reserve(points.size() * 3);
  for (const char32_t point : points) {
    const bool valid = point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
    append(out, valid ? point : kReplacement);
  }
  return out;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) {
    const std::size_t length = step(text, at).length;
    at += length == 0 ? 1 : length;
  }
  return count;
}

}  // namespace machi::base

// Splitting names into signs. Pure.
#include "core/certificate/spelling.h"

#include "core/base/text.h"

namespace machi::certificate {
namespace {

bool is_private_use(char32_t point) { return (point >= 0xE000 && point <= 0xF8FF) || point >= 0xF0000; }

bool is_forbidden(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || (point >= 0x200B && point <= 0x200F) ||
         (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x206F) || point == 0xFEFF ||
         (point >= 0xFFF0 && point <= 0xFFFF) || (point & 0xFFFE) == 0xFFFE;
}

}  // namespace

bool is_selector(char32_t point) {
  return (point >= 0xFE00 && point <= 0xFE0F) || (point >= 0xE0100 && point <= 0xE01EF);
}

base::Result<std::vector<Sign>> signs_of(std::string_view text) {
  if (!base::is_utf8(text)) return base::fail(base::Code::BadInput, "no UTF-8");
  std::vector<Sign> out;
  for (const char32_t point : base::to_code_points(text)) {
    if (is_selector(point)) {
      if (out.empty() || out.back().selector != 0 || out.back().base == U' ' || out.back().base == U'\u3000')
        return base::fail(base::Code::BadInput, "a selector without a character");
      out.back().selector = point;
      continue;
    }
    if (is_forbidden(point)) return base::fail(base::Code::BadInput, "a sign that cannot be printed");
    if (is_private_use(point)) return base::fail(base::Code::Unsupported, "a character of private use");
    out.push_back({point, 0});
  }
  return out;
}

std::string_view head_of(std::string_view text, std::size_t bytes) {
  if (text.size() <= bytes) return text;
  const auto points = base::to_code_points(text);
  std::size_t end = 0, at = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    at += base::from_code_points(std::u32string_view(points).substr(i, 1)).size();
    if (at > bytes) break;
    if (i + 1 == points.size() || !is_selector(points[i + 1])) end = at;
  }
  return text.substr(0, end);
}

}  // namespace machi::certificate

// Widths, kana and telephone numbers. Pure; any thread. Works on code points; see utf8.cc for the bytes.
#include "core/base/text.h"

namespace machi::base {
namespace {

// U+FF61..U+FF9F in order: what each half-width sign is in full width (JIS X 0201 to JIS X 0208).
constexpr std::u32string_view kFullKana =
    U"。「」、・ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモ"
    U"ヤユヨラリルレロワン゛゜";
static_assert(kFullKana.size() == 0xFF9F - 0xFF61 + 1);

constexpr char32_t kHalfVoiced = 0xFF9E;
constexpr char32_t kHalfSemiVoiced = 0xFF9F;

// The katakana with a voiced sound mark, or 0.
constexpr char32_t voiced(char32_t kana) {
  if (kana >= U'カ' && kana <= U'チ' && (kana - U'カ') % 2 == 0) return kana + 1;
  if (kana == U'ツ' || kana == U'テ' || kana == U'ト') return kana + 1;
  if (kana >= U'ハ' && kana <= U'ホ' && (kana - U'ハ') % 3 == 0) return kana + 1;
  if (kana == U'ウ') return U'ヴ';
  if (kana == U'ワ') return U'ヷ';
  if (kana == U'ヲ') return U'ヺ';
  return 0;
}

// The katakana with a semi-voiced sound mark, or 0.
constexpr char32_t semi_voiced(char32_t kana) {
  return kana >= U'ハ' && kana <= U'ホ' && (kana - U'ハ') % 3 == 0 ? kana + 2 : 0;
}

std::u32string fold_points(std::u32string_view points) {
  std::u32string out;
  out.reserve(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    const char32_t point = points[i];
    if (point == 0x3000) {
      out.push_back(U' ');
    } else if (point >= 0xFF01 && point <= 0xFF5E) {
      out.push_back(point - 0xFF01 + U'!');
    } else if (point >= 0xFF61 && point <= 0xFF9F) {
      const char32_t kana = kFullKana[point - 0xFF61];
      const char32_t next = i + 1 < points.size() ? points[i + 1] : 0;
      char32_t joined = 0;
      if (next == kHalfVoiced) joined = voiced(kana);
      if (next == kHalfSemiVoiced) joined = semi_voiced(kana);
      out.push_back(joined != 0 ? joined : kana);
      if (joined != 0) ++i;
    } else {
      out.push_back(point);
    }
  }
  return out;
}

constexpr char32_t hiragana_of(char32_t point) {
  const bool letter = point >= U'ァ' && point <= U'ヶ';
  const bool repeat = point == U'ヽ' || point == U'ヾ';
  return letter || repeat ? point - 0x60 : point;
}

constexpr char32_t katakana_of(char32_t point) {
  const bool letter = point >= U'ぁ' && point <= U'ゖ';
  const bool repeat = point == U'ゝ' || point == U'ゞ';
  return letter || repeat ? point + 0x60 : point;
}

constexpr bool is_space(char32_t point) {
  return point == U' ' || point == U'\t' || point == U'\r' || point == U'\n' || point == 0x00A0 ||
         point == 0x3000;
}

// Whatever people and keyboards put between the parts of a number.
constexpr bool is_phone_separator(char32_t point) {
  const bool dash = point == U'-' || (point >= 0x2010 && point <= 0x2015) || point == 0x2212 ||
                    point == U'ー' || point == 0x2500;
  return dash || is_space(point) || point == U'(' || point == U')' || point == U'.' || point == U'/';
}

}  // namespace

std::string fold_width(std::string_view text) { return from_code_points(fold_points(to_code_points(text))); }

std::string to_hiragana(std::string_view text) {
  std::u32string points = to_code_points(text);
  for (char32_t& point : points) point = hiragana_of(point);
  return from_code_points(points);
}

std::string to_katakana(std::string_view text) {
  std::u32string points = to_code_points(text);
  for (char32_t& point : points) point = katakana_of(point);
  return from_code_points(points);
}

std::string search_form(std::string_view text) {
  std::u32string out;
  for (char32_t point : fold_points(to_code_points(text))) {
    if (is_space(point)) continue;
    if (point >= U'A' && point <= U'Z') point = point - U'A' + U'a';
    out.push_back(hiragana_of(point));
  }
  return from_code_points(out);
}

Result<std::string> phone_digits(std::string_view text) {
  std::string found;
  bool abroad = false;
  for (const char32_t point : fold_points(to_code_points(text))) {
    if (is_phone_separator(point)) continue;
    if (point == U'+' && found.empty() && !abroad) {
      abroad = true;
    } else if (point >= U'0' && point <= U'9') {
      found.push_back(static_cast<char>(point));
    } else {
      return fail(Code::BadInput, "telephone sign");
    }
  }
  if (abroad) {
    if (!found.starts_with("81")) return fail(Code::BadInput, "telephone country");
    found.erase(0, 2);
    if (!found.starts_with('0')) found.insert(found.begin(), '0');
  }
  const bool length = found.size() == 10 || found.size() == 11;
  if (!length || found[0] != '0') return fail(Code::BadInput, "telephone length");
  return found;
}

std::string trimmed(std::string_view text) {
  const std::u32string points = to_code_points(text);
  std::size_t first = 0;
  std::size_t last = points.size();
  while (first < last && is_space(points[first])) ++first;
  while (last > first && is_space(points[last - 1])) --last;
  return from_code_points(std::u32string_view(points).substr(first, last - first));
}

}  // namespace machi::base

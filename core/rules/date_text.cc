// A small hand-written reader: an era or nothing, then one to three numbers with the separators of one style.
// Pure.
#include "core/rules/date_text.h"

#include <array>
#include <optional>
#include <string>

#include "core/base/text.h"

namespace machi::rules {
namespace {

using base::Code;
using base::Era;
using base::fail;

constexpr std::array kEras = {Era::Meiji, Era::Taisho, Era::Showa, Era::Heisei, Era::Reiwa};

struct Reader {
  std::string_view rest;

  bool take(std::string_view word) {
    if (rest.substr(0, word.size()) != word) return false;
    rest.remove_prefix(word.size());
    return true;
  }
  std::optional<Era> era() {
    for (const Era era : kEras) {
      const char letter[1] = {base::era_letter(era)};
      const char small[1] = {static_cast<char>(letter[0] + ('a' - 'A'))};
      if (take(base::era_name(era)) || take({letter, 1}) || take({small, 1})) {
        take(".");
        return era;
      }
    }
    return std::nullopt;
  }
  // 1 to `most` digits; -1 when there are none or more.
  int number(std::size_t most) {
    std::size_t count = 0;
    int value = 0;
    while (count < rest.size() && rest[count] >= '0' && rest[count] <= '9') {
      if (++count > most) return -1;
      value = value * 10 + (rest[count - 1] - '0');
    }
    rest.remove_prefix(count);
    return count == 0 ? -1 : value;
  }
};

struct Parts {
  std::optional<Era> era;
  int year = 0;  // of the era, when there is one
  int month = 0;
  int day = 0;  // 0: not written
};

// The sign after the year decides the style; the same one stands after the month.
Result<Parts> parts_of(std::string_view text) {
  Reader in{text};
  Parts parts;
  parts.era = in.era();
  parts.year = parts.era && in.take("元") ? 1 : in.number(4);
  if (parts.year < 0) return fail(Code::BadInput, "year");
  if (!parts.era && text.size() - in.rest.size() != 4) return fail(Code::BadInput, "a year has four digits");
  const bool kanji = in.take("年");
  if (in.rest.empty()) return parts;
  std::string_view separator = "月";
  if (!kanji) {
    for (const std::string_view sign : {"-", "/", "."})
      if (in.take(sign)) separator = sign;
    if (separator == "月") return fail(Code::BadInput, "what stands after the year");
  }
  parts.month = in.number(2);
  if (parts.month < 1 || parts.month > 12) return fail(Code::BadInput, "month");
  if (in.rest.empty() && !kanji) return parts;
  if (!in.take(separator)) return fail(Code::BadInput, "what stands after the month");
  if (in.rest.empty() && kanji) return parts;
  parts.day = in.number(2);
  if (parts.day < 1 || parts.day > 31) return fail(Code::BadInput, "day");
  if (kanji && !in.take("日")) return fail(Code::BadInput, "what stands after the day");
  if (!in.rest.empty()) return fail(Code::BadInput, "signs behind the date");
  return parts;
}

Result<DateText> days_of(int year, const Parts& parts) {
  if (parts.day != 0) {
    MACHI_TRY_SET(day, Date::of(year, parts.month, parts.day));
    return DateText{DatePrecision::Day, day, day};
  }
  const int from = parts.month == 0 ? 1 : parts.month;
  const int to = parts.month == 0 ? 12 : parts.month;
  MACHI_TRY_SET(first, Date::of(year, from, 1));
  MACHI_TRY_SET(next, to == 12 ? Date::of(year + 1, 1, 1) : Date::of(year, to + 1, 1));
  return DateText{parts.month == 0 ? DatePrecision::Year : DatePrecision::Month, first, next.plus(-1)};
}

}  // namespace

Result<DateText> parse_date_text(std::string_view text) {
  if (text.size() > 64) return fail(Code::BadInput, "longer than a date");
  const std::string narrow = base::trimmed(base::fold_width(text));
  MACHI_TRY_SET(parts, parts_of(narrow));
  if (!parts.era) return days_of(parts.year, parts);
  if (parts.year < 1) return fail(Code::BadInput, "an era has no year 0");
  const Date begin = base::era_begin(*parts.era);
  MACHI_TRY_SET(meant, days_of(begin.year() + parts.year - 1, parts));
  if (meant.last < begin) return fail(Code::BadInput, "before the era begins on " + begin.iso());
  if (meant.first < begin) meant.first = begin;
  if (const auto end = base::era_end(*parts.era)) {
    if (meant.first > *end) return fail(Code::BadInput, "the era ended on " + end->iso());
    if (meant.last > *end) meant.last = *end;
  }
  return meant;
}

Result<Date> parse_day(std::string_view text) {
  MACHI_TRY_SET(meant, parse_date_text(text));
  if (meant.precision != DatePrecision::Day) return fail(Code::Missing, "the day of the month is missing");
  return meant.first;
}

Result<Date> parse_birth(std::string_view text, Date today) {
  MACHI_TRY_SET(birth, parse_day(text));
  if (birth.year() < 1900) return fail(Code::DateOutOfRange, "a birth before 1900");
  if (birth > today) return fail(Code::DateOutOfRange, "a birth in the future");
  return birth;
}

}  // namespace machi::rules

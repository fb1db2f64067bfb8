// Dates as people in Japan write them: 2026-11-24, 2026/11/24, 2026年11月24日, 令和8年11月24日, R8.11.24, and
// with less in them 令和8年, R8, 平成31年4月. Owned by core/rules; any thread; pure. Errors say which part is
// wrong, never the text itself.
#pragma once

#include <string_view>

#include "core/base/era.h"
#include "core/base/time.h"

namespace machi::rules {

using base::Date;
using base::Result;

enum class DatePrecision { Year, Month, Day };

// What was written, as the days that it can mean: 令和8年 is 2026-01-01..2026-12-31, 平成31年 ends on
// 2019-04-30.
struct DateText {
  DatePrecision precision = DatePrecision::Day;
  Date first;
  Date last;
};

// BadInput: no date; a day, month or year that does not exist; a date that the era named does not have
// (平成31年5月).
Result<DateText> parse_date_text(std::string_view text);
// The same, exactly one day. Missing: only a year or a month was written.
Result<Date> parse_day(std::string_view text);
// A birth date: a day, from 1900-01-01 to `today`. DateOutOfRange outside.
Result<Date> parse_birth(std::string_view text, Date today);

}  // namespace machi::rules

// Civil dates and clock times at +09:00. Pure; any thread. Day counts go through std::chrono's proleptic
// Gregorian calendar (no time zone database). Dates are kept within the years 1 to 9999.
#include "core/base/time.h"

#include <chrono>

namespace machi::base {
namespace {

constexpr std::int64_t kJstOffsetMs = 9 * std::int64_t{3'600'000};
constexpr std::int64_t kDayMs = 24 * std::int64_t{3'600'000};
constexpr int kMinutesOfDay = 24 * 60;

std::chrono::year_month_day civil(Date date) {
  return std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{date.days}}};
}

// A run of digits that fits the pattern; -1 when a sign is none.
int digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return text.empty() ? -1 : value;
}

std::string padded(int value, std::size_t width) {
  std::string text = std::to_string(value);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::int64_t floor_div(std::int64_t value, std::int64_t by) { return value / by - (value % by < 0 ? 1 : 0); }

std::int64_t local_ms(Instant at) { return at.ms + kJstOffsetMs; }

}  // namespace

Result<Date> Date::of(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
    return fail(Code::BadInput, "date");
  const std::chrono::year_month_day found{std::chrono::year{year},
                                          std::chrono::month{static_cast<unsigned>(month)},
                                          std::chrono::day{static_cast<unsigned>(day)}};
  if (!found.ok()) return fail(Code::BadInput, "no such day");
  return Date{static_cast<std::int32_t>(std::chrono::sys_days{found}.time_since_epoch().count())};
}

Result<Date> Date::parse(std::string_view iso) {
  if (iso.size() != 10 || iso[4] != '-' || iso[7] != '-') return fail(Code::BadInput, "date form");
  return of(digits(iso.substr(0, 4)), digits(iso.substr(5, 2)), digits(iso.substr(8, 2)));
}

int Date::year() const { return static_cast<int>(civil(*this).year()); }
int Date::month() const { return static_cast<int>(static_cast<unsigned>(civil(*this).month())); }
int Date::day() const { return static_cast<int>(static_cast<unsigned>(civil(*this).day())); }

Weekday Date::weekday() const {
  const std::chrono::weekday found{std::chrono::sys_days{std::chrono::days{days}}};
  return static_cast<Weekday>(found.iso_encoding());
}

std::string Date::iso() const {
  return padded(year(), 4) + "-" + padded(month(), 2) + "-" + padded(day(), 2);
}

int Date::school_year() const { return month() >= 4 ? year() : year() - 1; }

Result<TimeOfDay> TimeOfDay::parse(std::string_view text) {
  const auto colon = text.find(':');
  if (colon == std::string_view::npos || colon < 1 || colon > 2 || text.size() != colon + 3)
    return fail(Code::BadInput, "time form");
  const int hour = digits(text.substr(0, colon));
  const int minute = digits(text.substr(colon + 1));
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59) return fail(Code::BadInput, "time");
  return TimeOfDay{static_cast<std::int16_t>(hour * 60 + minute)};
}

std::string TimeOfDay::text() const { return std::to_string(minutes / 60) + ":" + padded(minutes % 60, 2); }
std::string TimeOfDay::iso() const { return padded(minutes / 60, 2) + ":" + padded(minutes % 60, 2); }

Date date_of(Instant at) { return {static_cast<std::int32_t>(floor_div(local_ms(at), kDayMs))}; }

TimeOfDay time_of(Instant at) {
  const std::int64_t minutes = floor_div(local_ms(at), 60'000);
  return {static_cast<std::int16_t>(minutes - floor_div(minutes, kMinutesOfDay) * kMinutesOfDay)};
}

Instant instant_of(Date date, TimeOfDay time) {
  return {std::int64_t{date.days} * kDayMs + std::int64_t{time.minutes} * 60'000 - kJstOffsetMs};
}

}  // namespace machi::base

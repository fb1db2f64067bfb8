// Instants, dates and Japanese calendar arithmetic. Time is +09:00, fixed (DESIGN.md); no clock is read here.
// Owned by core/base; any thread; pure.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace machi::base {

// Milliseconds since 1970-01-01T00:00:00Z. For display and expiry only, never for merging.
struct Instant {
  std::int64_t ms = 0;
  auto operator<=>(const Instant&) const = default;
  std::int64_t seconds() const { return ms / 1000; }
  static Instant from_seconds(std::int64_t s) { return {s * 1000}; }
  Instant plus_seconds(std::int64_t s) const { return {ms + s * 1000}; }
};

enum class Weekday { Monday = 1, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday };

// A civil date of the Gregorian calendar, as days since 1970-01-01.
struct Date {
  std::int32_t days = 0;
  auto operator<=>(const Date&) const = default;

  static Result<Date> of(int year, int month, int day);   // BadInput when there is no such day
  static Result<Date> parse(std::string_view iso);        // "2026-11-24"
  int year() const;
  int month() const;                                       // 1..12
  int day() const;                                         // 1..31
  Weekday weekday() const;
  std::string iso() const;                                 // "2026-11-24"
  Date plus(int n) const { return {days + n}; }
  int school_year() const;                                 // begins on 1 April: 2027-03-31 -> 2026
};

// Minutes since midnight, +09:00.
struct TimeOfDay {
  std::int16_t minutes = 0;
  auto operator<=>(const TimeOfDay&) const = default;
  static Result<TimeOfDay> parse(std::string_view text);   // "7:40" or "07:40"
  std::string text() const;                                // "7:40"
  std::string iso() const;                                 // "07:40"
};

Date date_of(Instant at);
TimeOfDay time_of(Instant at);
Instant instant_of(Date date, TimeOfDay time);

}  // namespace machi::base

// Dates that people type. Invariants: what is taken has its days in order, a day is one day, and written anew
// in its era or in ISO it is the same day.
#include "core/base/check.h"
#include "core/base/era.h"
#include "core/rules/age.h"
#include "core/rules/date_text.h"

using namespace machi;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto found = rules::parse_date_text(text);
  if (!found.ok()) return 0;
  MACHI_CHECK(found->first <= found->last);
  MACHI_CHECK((found->precision == rules::DatePrecision::Day) == rules::parse_day(text).ok());
  if (found->precision != rules::DatePrecision::Day) return 0;
  MACHI_CHECK(found->first == found->last);
  const auto again = rules::parse_day(found->first.iso());
  MACHI_CHECK(again.ok() && *again == found->first);
  for (const int months : {0, 1, 12, 299}) {
    const auto reached = rules::reach_months(found->first, months);
    if (reached.ok() && months > 0) MACHI_CHECK(rules::months_reached(found->first, *reached) == months);
  }
  return 0;
}

// Schedules from strangers, as CBOR, and days as they write them. Invariants: a schedule that is taken plans
// a child without stopping, and what it calls possible today lies between its first and last day.
#include "core/base/check.h"
#include "core/parenting/vaccination.h"

using namespace machi;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const base::Date birth = *base::Date::parse("2024-02-29");
  const base::Date today = birth.plus(400);
  if (const auto when = parenting::parse_when(text); when.ok()) (void)parenting::day_of(*when, birth);
  const auto written = code::decode_lenient({data, size}, {48, 4096});
  if (!written.ok()) return 0;
  const auto schedule = parenting::read_schedule(*written);
  if (!schedule.ok()) return 0;
  std::vector<parenting::Given> given;
  for (std::size_t i = 0; i < schedule->series.size(); ++i)
    for (const int on : {60, 90, 90, 380}) given.push_back({static_cast<int>(i), birth.plus(on)});
  const auto plan = parenting::plan_vaccination(*schedule, {birth, parenting::Sex::Female}, given, today);
  if (!plan.ok()) return 0;
  for (const auto& next : plan->next)
    if (next.turn == parenting::Turn::Today) MACHI_CHECK(next.earliest <= today && today <= next.latest);
  return 0;
}

// How long a pack takes to decide for a person, and a vaccination plan for a child: the median of many runs,
// printed as one JSON object. The first word is a pack as CBOR, the second a schedule as CBOR
// (tests/fuzz/corpus has small ones).
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "core/parenting/vaccination.h"
#include "core/rules/answer.h"

namespace {

using namespace machi;

code::Cbor read(const char* file) {
  std::ifstream in(file, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(in), {}};
  auto value = code::decode_lenient(base::view(bytes), {48, 1 << 20});
  if (!value.ok()) std::abort();
  return std::move(*value);
}

template <class Work>
double median_ms(int runs, Work work) {
  std::vector<double> times;
  for (int i = 0; i < runs; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    times.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  std::nth_element(times.begin(), times.begin() + runs / 2, times.end());
  return times[static_cast<std::size_t>(runs / 2)];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const auto pack = rules::read_pack(read(argv[1]));
  const auto schedule = parenting::read_schedule(read(argv[2]));
  if (!pack.ok() || !schedule.ok()) return 1;
  const base::Date today = *base::Date::parse("2026-11-24");
  const rules::Person nobody = rules::nobody(*pack);
  rules::Person somebody = nobody;
  for (std::size_t i = 0; i < pack->facts.size(); ++i)
    if (pack->facts[i].derivation == rules::Derivation::Asked && !pack->facts[i].each)
      somebody.facts[i] = rules::telling_values(*pack, static_cast<int>(i), today).back();
  std::size_t seen = 0;
  const double unknown = median_ms(51, [&] { seen += rules::decide_all(*pack, nobody, today).size(); });
  const double known = median_ms(51, [&] { seen += rules::decide_all(*pack, somebody, today).size(); });
  const double plan = median_ms(51, [&] {
    seen += parenting::plan_vaccination(*schedule, {today.plus(-400), parenting::Sex::Female}, {}, today)
                ->next.size();
  });
  std::printf(
      "{\"benefits\": %zu, \"nothingKnownMs\": %.3f, \"everythingKnownMs\": %.3f, \"vaccinationPlanMs\": "
      "%.3f, \"seen\": %zu}\n",
      pack->benefits.size(), unknown, known, plan, seen);
  return 0;
}

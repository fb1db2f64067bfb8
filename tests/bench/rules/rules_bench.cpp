// How long a pack of 100 benefits takes to decide for a person, and a vaccination plan for a child: the
// median of many runs, printed as one JSON object. The sample town's pack, to which its own first benefits
// are added once more until there are 100; in the repository's root.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "core/parenting/vaccination.h"
#include "tests/unit/rules/json_pack.h"

namespace {

using namespace machi;

constexpr std::size_t kBenefits = 100;
constexpr int kRuns = 101;

template <class Work>
double median_ms(Work work) {
  std::vector<double> times;
  for (int i = 0; i < kRuns; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    times.push_back(
        std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
  }
  std::nth_element(times.begin(), times.begin() + kRuns / 2, times.end());
  return times[static_cast<std::size_t>(kRuns / 2)];
}

nlohmann::json pack_of_100() {
  nlohmann::json out = rules::sample_json();
  const std::size_t own = out["benefits"].size();
  for (std::size_t i = 0; out["benefits"].size() < kBenefits; ++i) {
    nlohmann::json again = out["benefits"][i % own];
    again["id"] = again["id"].get<std::string>() + ".again";
    out["benefits"].push_back(again);
  }
  return out;
}

}  // namespace

int main() {
  const auto pack = rules::read_json_pack(pack_of_100());
  std::ifstream in("assets/vaccination/japan.json");
  const auto schedule = parenting::read_schedule(rules::cbor_of(nlohmann::json::parse(in, nullptr, false)));
  if (!pack.ok() || !schedule.ok()) return 1;
  const base::Date today = *base::Date::parse("2026-11-24");
  const rules::Person nobody = rules::nobody(*pack);
  rules::Person somebody = nobody;
  for (std::size_t i = 0; i < pack->facts.size(); ++i)
    if (pack->facts[i].derivation == rules::Derivation::Asked && !pack->facts[i].each)
      somebody.facts[i] = rules::telling_values(*pack, static_cast<int>(i), today).back();
  std::size_t seen = 0;
  const double unknown = median_ms([&] { seen += rules::decide_all(*pack, nobody, today).size(); });
  const double known = median_ms([&] { seen += rules::decide_all(*pack, somebody, today).size(); });
  const double plan = median_ms([&] {
    seen += parenting::plan_vaccination(*schedule, {today.plus(-400), parenting::Sex::Female}, {}, today)
                ->next.size();
  });
  std::printf(
      "{\"benefits\": %zu, \"nothingKnownMs\": %.3f, \"everythingKnownMs\": %.3f, \"wantedMs\": 5, "
      "\"vaccinationPlanMs\": %.3f, \"seen\": %zu}\n",
      pack->benefits.size(), unknown, known, plan, seen);
  return 0;
}

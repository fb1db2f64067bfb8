// A city's placement: 8,000 children, 300 nurseries, 15 choices, 20 % siblings, on one core; its quality
// beside deferred acceptance that knows no siblings, from the same run. Prints one JSON object; the seed is
// the first word.
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "core/parenting/placement.h"

namespace {

using namespace machi::parenting;

// Children want what is near: nurseries and children lie on a square, half of a choice is distance, half is
// taste.
Instance city(std::uint64_t seed, int children, int nurseries, double siblings) {
  std::mt19937_64 source(seed);
  const auto unit = [&] { return static_cast<double>(source() >> 11) / 9007199254740992.0; };
  const auto below = [&](int most) { return static_cast<int>(source() % static_cast<std::uint64_t>(most)); };
  Instance out;
  std::vector<std::pair<double, double>> places;
  for (int n = 0; n < nurseries; ++n) {
    // In all a little fewer seats than children, and unevenly: that is why there are points.
    out.nurseries.push_back(
        {"n" + std::to_string(n), {3 + below(6), 2 + below(8), 1 + below(7), below(6), below(4), below(4)}});
    places.emplace_back(unit(), unit());
  }
  constexpr double kShare[kClasses] = {0.27, 0.55, 0.75, 0.88, 0.95, 1.0};
  while (static_cast<int>(out.children.size()) < children) {
    const bool family =
        unit() < siblings / (2 - siblings) && static_cast<int>(out.children.size()) + 2 <= children;
    const double x = unit(), y = unit();
    std::vector<std::pair<double, int>> by_taste;
    for (int n = 0; n < nurseries; ++n)
      by_taste.emplace_back(std::hypot(places[static_cast<std::size_t>(n)].first - x,
                                       places[static_cast<std::size_t>(n)].second - y) +
                                0.2 * unit(),
                            n);
    std::sort(by_taste.begin(), by_taste.end());
    const std::int64_t points = 20 + below(41);
    Siblings both;
    for (int i = 0; i < (family ? 2 : 1); ++i) {
      Applicant child;
      child.id = "c" + std::to_string(out.children.size());
      const double share = unit();
      while (share > kShare[child.age_class]) ++child.age_class;
      child.points = points;
      child.tie = below(1000);
      for (int k = 0; k < 15; ++k) child.choices.push_back(by_taste[static_cast<std::size_t>(k)].second);
      both.children.push_back(static_cast<int>(out.children.size()));
      out.children.push_back(std::move(child));
    }
    both.wish = below(3) == 0 ? Wish::Together : Wish::Same;
    if (family) out.families.push_back(std::move(both));
  }
  return out;
}

void print(const char* name, const Quality& q) {
  std::printf(
      "  \"%s\": {\"blocking\": %d, \"placed\": %d, \"meanRank\": %.3f, \"families\": %d, \"wishesKept\": "
      "%d, "
      "\"wishesBroken\": %d, \"siblingsAtOneNursery\": %d},\n",
      name, q.blocking, q.placed, q.mean_rank, q.families, q.wishes_kept, q.wishes_broken, q.siblings_at_one);
}

}  // namespace

int main(int argc, char** argv) {
  const std::uint64_t seed = argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1;
  const Instance instance = city(seed, 8000, 300, 0.2);
  if (!check_instance(instance).ok()) return 1;
  const auto begin = std::chrono::steady_clock::now();
  const Placement found = place(instance);
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  std::printf("{\n  \"seed\": %llu, \"children\": %zu, \"nurseries\": %zu, \"families\": %zu,\n",
              static_cast<unsigned long long>(seed), instance.children.size(), instance.nurseries.size(),
              instance.families.size());
  print("siblings", found.quality);
  print("plain", found.plain);
  std::printf("  \"stable\": %s, \"attempts\": %d, \"searched\": %d, \"seconds\": %.3f\n}\n",
              found.stable ? "true" : "false", found.attempts, found.searched, seconds);
  return 0;
}

// What a person's presence adds to the sums of a shelter. Private to core/shelter; values; pure.
#pragma once

#include <utility>
#include <vector>

#include "core/shelter/fact.h"

namespace machi::shelter::sums {

// Rows of shelter_sum: 1..3 by manner, those seen by staff; then those who say to be here, doubts, and each
// need.
inline constexpr int kSaid = 4;
inline constexpr int kDoubts = 5;
inline constexpr int kFirstNeed = 10;

struct Presence {
  bool here = false;
  std::int64_t manner = 0;
  bool said = false;
  Needs needs;
  bool doubt = false;
  bool operator==(const Presence&) const = default;
};

inline void add(std::vector<std::pair<int, int>>& out, const Presence& one, int by) {
  if (!one.here) return;
  out.emplace_back(one.said ? kSaid : static_cast<int>(one.manner), by);
  if (one.doubt) out.emplace_back(kDoubts, by);
  if (one.said) return;
  for (int i = 0; i < household::kNeeds; ++i)
    if ((one.needs.bits >> i) & 1u) out.emplace_back(kFirstNeed + i, by);
}

inline std::vector<std::pair<int, int>> difference(const Presence& before, const Presence& after) {
  std::vector<std::pair<int, int>> out;
  add(out, before, -1);
  add(out, after, 1);
  return out;
}

}  // namespace machi::shelter::sums

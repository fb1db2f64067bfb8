// How a simulation runs over seeds: so many by itself, others by the environment. MACHIKADO_SEED=n repeats
// one, MACHIKADO_SEEDS=N runs N of them (from MACHIKADO_SEED on, when both are said). The range is printed,
// every failure names its seed, and the first one ends the run. Test code.
#pragma once

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace machi {

inline std::uint64_t number_from(const char* name, std::uint64_t otherwise) {
  const char* text = std::getenv(name);
  return text == nullptr ? otherwise : std::strtoull(text, nullptr, 10);
}

// Calls `history(seed)` for `usual` seeds from `first` on, if nothing else is said.
template <class History>
void for_seeds(std::uint64_t first, std::uint64_t usual, const History& history) {
  const bool one = std::getenv("MACHIKADO_SEED") != nullptr;
  const std::uint64_t from = number_from("MACHIKADO_SEED", first);
  const std::uint64_t count = number_from("MACHIKADO_SEEDS", one ? 1 : usual);
  std::printf("seeds %llu to %llu\n", static_cast<unsigned long long>(from),
              static_cast<unsigned long long>(from + count - 1));
  for (std::uint64_t seed = from; seed < from + count && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("MACHIKADO_SEED=" + std::to_string(seed));
    history(seed);
  }
}

}  // namespace machi

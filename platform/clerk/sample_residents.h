// An invented town's residents, the same ones for the same number: households with their relations, people of
// every age, some with signs that few fonts have, some from abroad, some who moved away, died, or are
// guarded. Nobody in it lives. Pure; any thread.
#pragma once

#include "platform/clerk/registry.h"

namespace machi::clerk {

struct SamplePlan {
  std::size_t people = 20'000;  // at least so many: the last household is whole
  std::uint64_t seed = 20261122;
  Date today;  // ages and fiscal years are of this day
  std::string municipality = "日和町";
};
std::vector<Resident> sample_residents(const SamplePlan& plan);
// The fiscal years that have taxes: the one of today and the one before.
std::array<int, 2> sample_tax_years(Date today);

}  // namespace machi::clerk

// The sample town's people, out of assets/towns/hiyori/sample.json: the pupils that are written there, and as
// many more from the lists of names until the classes are full - the same ones whenever it is read. Pure.
#pragma once

#include <string_view>

#include "platform/town/school_founder.h"

namespace machi::sample {

struct SampleTown {
  town::TownPlan town;
  town::SchoolPlan school;
  town::SchoolPlan board;              // of education; without classes
  town::SchoolPlan shelter;            // the office that household passes are sealed to
  std::vector<town::SchoolPlan> care;  // the protection mailbox, the desk of plans, a group of supporters
  std::string try_as;                  // name of the child whose slip is printed
};

// The text that the program carries.
std::string_view sample_json();
// BadInput when it is no such text.
base::Result<SampleTown> read_sample(std::string_view json);

}  // namespace machi::sample

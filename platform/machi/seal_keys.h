// The seal keys that a town's feed lists, with their dates: what a kiosk and a verifier hold a seal against.
#pragma once

#include <vector>

#include "core/certificate/seal.h"
#include "platform/town/town_folder.h"

namespace machi::program {

base::Result<std::vector<certificate::SealKey>> seal_keys_of(const town::TownFolder& town);

}  // namespace machi::program

// What a kiosk's file says of its town: the place, the usual fees, the seal keys of the feed.
#pragma once

#include <nlohmann/json.hpp>

#include "platform/town/town_folder.h"

namespace machi::program {

base::Result<nlohmann::json> kiosk_config(const town::TownFolder& town);

}  // namespace machi::program

// What the journeys of disability support and parenting share: a phone with their app, and the sample town's
// rules.
#pragma once

#include "tests/journeys/harness.h"
#include "tests/unit/rules/json_pack.h"

namespace machi::journeys {

inline nlohmann::json sample_rules() { return rules::sample_json(); }

// Opened from the citizen's app, as its host does it.
inline Device& support_phone(Town& town, const std::string& name, const std::string& language = "ja") {
  Device& made = town.device(name, "support");
  made.start({}, language);
  town.run_for(2000);
  made.send(app::Turned{"home", language, false});
  town.run_for(2000);
  return made;
}

}  // namespace machi::journeys

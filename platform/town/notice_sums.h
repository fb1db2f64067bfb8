// The sums of the town's channels (TOWN/channels/sums.json, `machi push serve`), told by the press to the
// desks of notices: rounded to tens, nothing below ten, at most once an hour. One thread.
#pragma once

#include "platform/town/school_founder.h"

namespace machi::town {

// True when something was told. Nothing to tell, and no channels at all, is no error.
Result<bool> tell_sums(SchoolFounder& office, const TownFolder& folder, Instant now);

}  // namespace machi::town

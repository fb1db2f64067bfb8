// The town's press: puts what the desks of notices have approved into the signed feed, and takes out what
// they have withdrawn. It holds the editor's key, so that no tablet does: one person alone, or a stolen
// tablet, publishes nothing but an emergency. Whatever it is killed at, a notice is in the feed once. One
// program at a time; one thread.
#pragma once

#include "platform/town/school_founder.h"

namespace machi::town {

struct PressRun {
  int published = 0, corrected = 0, withdrawn = 0, refused = 0;
};

// What is due by now. What the feed refuses is told to the desks and stops nothing.
Result<PressRun> press(SchoolFounder& office, const TownFolder& folder, Instant now);

}  // namespace machi::town

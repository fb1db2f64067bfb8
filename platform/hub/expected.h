// What a batch is going to ask a shared store about: its mailboxes, the messages that its posts look for.
// Pure.
#pragma once

#include <span>

#include "platform/hub/prepared.h"

namespace machi::hub {

// In the order of the batch; a mailbox may come several times.
std::vector<Expected> expected_of(std::span<const Prepared> batch);

}  // namespace machi::hub

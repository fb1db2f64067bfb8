// The pages of disability support: what the town's rules say to the people on this phone. What they answer
// stays in the app's own database. One thread.
#pragma once

#include <memory>

#include "core/pages/page_set.h"
#include "core/support/help_card.h"

namespace machi::support {

// verifiers: who may read a help card's second tier; nothing: nobody in this town.
std::unique_ptr<pages::PageSet> citizen_pages(const TownId& town,
                                              std::optional<crypto::SealPublic> verifiers);

}  // namespace machi::support

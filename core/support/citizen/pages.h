// The pages of disability support: what the town's rules say to the people on this phone. What they answer
// stays in the app's own database. One thread.
#pragma once

#include <memory>

#include "core/pages/page_set.h"

namespace machi::support {

std::unique_ptr<pages::PageSet> citizen_pages();

}  // namespace machi::support

// The pages of parenting: a family's timeline, its children's vaccinations, growth and handbook, the record
// as a file, what the town's rules say to it now, and the points of the nursery. What is written stays on
// this phone. One thread.
#pragma once

#include <memory>

#include "core/pages/page_set.h"

namespace machi::parenting {

std::unique_ptr<pages::PageSet> citizen_pages();

}  // namespace machi::parenting

// What a page says of the rules it stands on: of when they are, or what went wrong with them. Pure.
#pragma once

#include "core/pages/page_set.h"

namespace machi::support {

// What is wrong, if anything; the old rules stay in use.
screen::Nodes rules_trouble(const pages::Context& context);
// "By the rules issued on ..."; nothing when there are none.
screen::Nodes rules_date(const pages::Context& context);

}  // namespace machi::support

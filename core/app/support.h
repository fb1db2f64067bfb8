// The app of disability support and parenting: what the town's rules say to the people on this phone. In the
// browser it is a module of its own beside the citizen app, with a database of its own, loaded when it is
// first opened. It is a composition of page sets (core/pages/page_set.h): another set is one line in
// page_sets() of support.cc. It asks the town's site for public files by GET and posts nothing. One thread;
// no I/O but SQLite.
#pragma once

#include "core/app/app.h"

namespace machi::app {

// BadInput for a broken pack, Storage when the database refuses.
base::Result<std::unique_ptr<App>> open_support(const Config& config, Blobs& blobs);

}  // namespace machi::app

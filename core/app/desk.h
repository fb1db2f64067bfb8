// The desk app: a school's tablet or PC. It brings together mail, the school's tables, the desk's pages and
// the words. One thread; no I/O but SQLite. Opened by open_app (core/app/open.cc).
#pragma once

#include "core/app/app.h"

namespace machi::app {

// BadInput for a broken pack, Storage when the database refuses.
base::Result<std::unique_ptr<App>> open_desk(const Config& config, Blobs& blobs);

}  // namespace machi::app

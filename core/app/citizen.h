// The citizen app: a family's phone. It brings together mail, the absence service and the words, and keeps the way through
// the screens. One thread; no I/O but SQLite. Opened by open_app (core/app/open.cc).
#pragma once

#include "core/app/app.h"

namespace machi::app {

// BadInput for a broken pack, Storage when the database refuses.
base::Result<std::unique_ptr<App>> open_citizen(const Config& config, Blobs& blobs);

}  // namespace machi::app

// The app of notices: what the town tells everybody, chosen on this phone alone. In the browser it is a
// module of its own beside the citizen app, with a database of its own; it asks for the public feed by GET
// and posts nothing at all, so what its owner tells it has no way out. One thread; no I/O but SQLite.
#pragma once

#include "core/app/app.h"

namespace machi::app {

// BadInput for a broken pack, Storage when the database refuses.
base::Result<std::unique_ptr<App>> open_notices(const Config& config, Blobs& blobs);

}  // namespace machi::app

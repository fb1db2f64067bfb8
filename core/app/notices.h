// The app of notices: what the town tells everybody, chosen on this phone alone. In the browser it is a
// module of its own beside the citizen app, with a database of its own; it asks for the public feed by GET.
// What it posts is a subscription to coarse topics that its owner chose (citizen/push_screen.h) and counts
// without a sender (citizen/use_book.h); of what its owner told it about themselves nothing has a way out.
// One thread; no I/O but SQLite.
#pragma once

#include "core/app/app.h"

namespace machi::app {

// BadInput for a broken pack, Storage when the database refuses.
base::Result<std::unique_ptr<App>> open_notices(const Config& config, Blobs& blobs);

}  // namespace machi::app

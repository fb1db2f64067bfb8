// The kiosk's loop: what the host shows is drawn, what is touched goes to the host; in between everything
// sleeps.
#pragma once

#include "kiosk/main/host.h"
#include "kiosk/main/options.h"

namespace machi::kiosk {

// Until the window is closed.
void run_kiosk(Window& window, Presenter& presenter, Host& host, const Options& options);

}  // namespace machi::kiosk

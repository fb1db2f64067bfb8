// The kiosk's loop: what the host shows is drawn, what is touched goes to the host; in between everything
// sleeps.
#pragma once

#include "kiosk/main/host.h"
#include "kiosk/main/options.h"
#include "platform/host/voice/voice.h"

namespace machi::kiosk {

// Until the window is closed; after SIGHUP until nobody is served any more, after SIGTERM at once. Tells
// systemd how it stands (platform/host/supervisor.h). voice: reads new screens and what takes the focus;
// nullptr: none. With one, F9 and F10 are quieter and louder, F11 and F12 slower and faster.
void run_kiosk(Window& window, Presenter& presenter, Host& host, const Options& options, host::Voice* voice);

}  // namespace machi::kiosk

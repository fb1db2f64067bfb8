// The machine's loudspeaker by SDL2. It opens with the first sound; a machine without one stays silent. Goes
// before the window does.
#pragma once

#include <memory>

#include "platform/host/voice/voice.h"

namespace machi::kiosk {

std::unique_ptr<host::Speaker> sdl_speaker();

}  // namespace machi::kiosk

// Pictures of a window as PNG files. Storage when the file cannot be written. Native only.
#pragma once

#include <string>

#include "kiosk/window/window.h"

namespace machi::kiosk {

base::Status write_png(const Pixels& pixels, const std::string& file);

}  // namespace machi::kiosk

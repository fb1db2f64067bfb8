// Agreeing with a V4L2 device about a format: of those that can be read the one that brings frames fast
// enough in the size wished for, and of equal ones the cheapest. One thread. NotFound: it is no camera;
// Unsupported: it has no format that is read here, and which ones it has; Unreachable: away, or another
// program's.
#pragma once

#include "platform/host/camera/luminance.h"
#include "platform/host/camera/video_calls.h"

namespace machi::host {

struct WishedSize {
  int width = 1280, height = 720;
};

// The error of a refused call: a device that is gone, taken, or closed to us.
base::Error video_error(int number, std::string_view what);

// Sets the device to it. `jpeg`: somebody can decode JPEG.
base::Result<PixelLayout> agree_on_format(VideoCalls& calls, int fd, WishedSize size, bool jpeg);

}  // namespace machi::host

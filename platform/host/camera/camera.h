// The port of a camera: how light each pixel of its newest frame is, which is all that a reader of symbols
// wants. One thread. A camera that is pulled out is no end: it is looked for again.
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace machi::host {

struct GreyFrame {
  base::Bytes pixels;  // width*height, 0 black
  int width = 0;
  int height = 0;
};

class Camera {
 public:
  virtual ~Camera() = default;
  // The newest frame, waiting at most this long: good until the next call. TooMany: none came in time;
  // Unreachable: the camera is away, or another program has it, and may be back with the next call;
  // NotAllowed, NotFound, Unsupported: a person has to see to it first.
  virtual base::Result<const GreyFrame*> frame(int wait_ms) = 0;
};

}  // namespace machi::host

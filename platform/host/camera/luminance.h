// From a camera's bytes to how light each pixel is. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>

#include "platform/host/camera/camera.h"

namespace machi::host {

// How a frame lies in its buffer.
struct PixelLayout {
  std::uint32_t format = 0;  // V4L2_PIX_FMT_...
  int width = 0;
  int height = 0;
  int stride = 0;  // bytes from a row to the next; 0: as close as they lie
};

// The formats that are read here, the cheapest first. JPEG is last: somebody else must decode it.
bool is_jpeg(std::uint32_t format);
bool is_readable(std::uint32_t format);
// Bytes from a row to the next when the driver does not say.
int closest_stride(std::uint32_t format, int width);
// What a frame's brightness needs at least; nothing when the size is none.
std::optional<std::size_t> luminance_bytes(const PixelLayout& layout);
// BadInput: fewer bytes than the layout needs. Unsupported: a format that is not read here.
base::Status luminance(const PixelLayout& layout, base::ByteView bytes, GreyFrame& out);

}  // namespace machi::host

// Formats with brightness in a plane of its own are copied by rows; of packed ones every second byte is it
// (kernel documentation, "Image Formats").
#include "platform/host/camera/luminance.h"

#include <linux/videodev2.h>

#include <cstring>

namespace machi::host {
namespace {

using base::Code;
using base::fail;

constexpr int kSideLimit = 8192;

struct Step {
  int bytes = 0;  // from a pixel's brightness to the next one's; 0: not read here
  int first = 0;
};

Step step_of(std::uint32_t format) {
  switch (format) {
    case V4L2_PIX_FMT_GREY:
    case V4L2_PIX_FMT_NV12:
    case V4L2_PIX_FMT_NV21:
    case V4L2_PIX_FMT_YUV420:
    case V4L2_PIX_FMT_YVU420:
    case V4L2_PIX_FMT_YUV422P:
      return {1, 0};
    case V4L2_PIX_FMT_YUYV:
    case V4L2_PIX_FMT_YVYU:
      return {2, 0};
    case V4L2_PIX_FMT_UYVY:
    case V4L2_PIX_FMT_VYUY:
      return {2, 1};
    default:
      return {};
  }
}

}  // namespace

bool is_jpeg(std::uint32_t format) { return format == V4L2_PIX_FMT_MJPEG || format == V4L2_PIX_FMT_JPEG; }
bool is_readable(std::uint32_t format) { return step_of(format).bytes != 0; }
int closest_stride(std::uint32_t format, int width) { return width * step_of(format).bytes; }

std::optional<std::size_t> luminance_bytes(const PixelLayout& layout) {
  const Step step = step_of(layout.format);
  if (step.bytes == 0 || layout.width <= 0 || layout.height <= 0) return {};
  if (layout.width > kSideLimit || layout.height > kSideLimit) return {};
  const int row = layout.width * step.bytes, stride = layout.stride == 0 ? row : layout.stride;
  if (stride < row || stride > 16 * kSideLimit) return {};
  return static_cast<std::size_t>(stride) * static_cast<std::size_t>(layout.height - 1) +
         static_cast<std::size_t>(row);
}

base::Status luminance(const PixelLayout& layout, base::ByteView bytes, GreyFrame& out) {
  const auto needed = luminance_bytes(layout);
  if (!needed) return fail(Code::Unsupported, "pixel format");
  if (bytes.size() < *needed) return fail(Code::BadInput, "short frame");
  const Step step = step_of(layout.format);
  const auto width = static_cast<std::size_t>(layout.width);
  const auto stride =
      static_cast<std::size_t>(layout.stride == 0 ? layout.width * step.bytes : layout.stride);
  out.width = layout.width;
  out.height = layout.height;
  out.pixels.resize(width * static_cast<std::size_t>(layout.height));
  for (std::size_t y = 0; y < static_cast<std::size_t>(layout.height); ++y) {
    const std::uint8_t* from = bytes.data() + y * stride + step.first;
    std::uint8_t* to = out.pixels.data() + y * width;
    if (step.bytes == 1) {
      std::memcpy(to, from, width);
      continue;
    }
    for (std::size_t x = 0; x < width; ++x) to[x] = from[2 * x];
  }
  return {};
}

}  // namespace machi::host

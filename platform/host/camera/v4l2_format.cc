// Asks what the device has, and sets what suits a reader of symbols best.
#include "platform/host/camera/v4l2_format.h"

#include <linux/videodev2.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <vector>

namespace machi::host {
namespace {

using base::Code;
using base::fail;
using base::Result;
using base::Status;

constexpr double kEnough = 15;  // frames a second; beyond it a cheaper format is worth more
constexpr int kFormatLimit = 64, kIntervalLimit = 64;

// "YUYV": as the device names it; letters that no log should hold become dots.
std::string four_letters(std::uint32_t format) {
  std::string out;
  for (int i = 0; i < 4; ++i) {
    const auto sign = static_cast<char>((format >> (8 * i)) & 0x7f);
    out += sign > ' ' && sign < 127 ? sign : '.';
  }
  return out;
}

Status is_camera(VideoCalls& calls, int fd) {
  v4l2_capability can{};
  if (const int told = calls.control(fd, VIDIOC_QUERYCAP, &can); told < 0)
    return told == -ENOTTY || told == -EINVAL ? fail(Code::NotFound, "no camera")
                                              : video_error(told, "capability");
  const std::uint32_t has =
      (can.capabilities & V4L2_CAP_DEVICE_CAPS) != 0 ? can.device_caps : can.capabilities;
  if ((has & V4L2_CAP_VIDEO_CAPTURE) == 0)
    return fail((has & V4L2_CAP_VIDEO_CAPTURE_MPLANE) != 0 ? Code::Unsupported : Code::NotFound,
                (has & V4L2_CAP_VIDEO_CAPTURE_MPLANE) != 0 ? "planes in several buffers" : "no camera");
  if ((has & V4L2_CAP_STREAMING) == 0) return fail(Code::Unsupported, "no streaming");
  return {};
}

double per_second(const v4l2_fract& interval) {
  return interval.numerator == 0 ? 0 : static_cast<double>(interval.denominator) / interval.numerator;
}

// Frames a second at most; what a device does not say is taken to be enough.
double fastest(VideoCalls& calls, int fd, std::uint32_t format, WishedSize size) {
  double best = 0;
  for (int i = 0; i < kIntervalLimit; ++i) {
    v4l2_frmivalenum one{};
    one.index = static_cast<std::uint32_t>(i);
    one.pixel_format = format;
    one.width = static_cast<std::uint32_t>(size.width);
    one.height = static_cast<std::uint32_t>(size.height);
    if (calls.control(fd, VIDIOC_ENUM_FRAMEINTERVALS, &one) < 0) return i == 0 ? kEnough : best;
    if (one.type != V4L2_FRMIVAL_TYPE_DISCRETE) return per_second(one.stepwise.min);
    best = std::max(best, per_second(one.discrete));
  }
  return best;
}

// The cheapest first.
constexpr std::array kOrder = {V4L2_PIX_FMT_GREY,   V4L2_PIX_FMT_NV12,   V4L2_PIX_FMT_NV21,
                               V4L2_PIX_FMT_YUV420, V4L2_PIX_FMT_YVU420, V4L2_PIX_FMT_YUV422P,
                               V4L2_PIX_FMT_YUYV,   V4L2_PIX_FMT_YVYU,   V4L2_PIX_FMT_UYVY,
                               V4L2_PIX_FMT_VYUY,   V4L2_PIX_FMT_MJPEG,  V4L2_PIX_FMT_JPEG};

Result<std::vector<std::uint32_t>> formats(VideoCalls& calls, int fd) {
  std::vector<std::uint32_t> out;
  for (int i = 0; i < kFormatLimit; ++i) {
    v4l2_fmtdesc one{};
    one.index = static_cast<std::uint32_t>(i);
    one.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    const int told = calls.control(fd, VIDIOC_ENUM_FMT, &one);
    if (told == -EINVAL) break;  // the end of the list
    if (told < 0) return video_error(told, "formats");
    out.push_back(one.pixelformat);
  }
  return out;
}

v4l2_format format_of(std::uint32_t pixels, WishedSize size) {
  v4l2_format format{};
  format.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  format.fmt.pix.width = static_cast<std::uint32_t>(size.width);
  format.fmt.pix.height = static_cast<std::uint32_t>(size.height);
  format.fmt.pix.pixelformat = pixels;
  format.fmt.pix.field = V4L2_FIELD_ANY;
  return format;
}

}  // namespace

base::Error video_error(int number, std::string_view what) {
  const std::string detail = std::string(what) + " " + std::to_string(-number);
  switch (-number) {
    case ENODEV:
    case ENXIO:
    case EIO:
    case EBUSY:
    case ENOENT:
      return fail(Code::Unreachable, detail);
    case EACCES:
    case EPERM:
      return fail(Code::NotAllowed, detail);
    default:
      return fail(Code::Unsupported, detail);
  }
}

Result<PixelLayout> agree_on_format(VideoCalls& calls, int fd, WishedSize size, bool jpeg) {
  MACHI_TRY(is_camera(calls, fd));
  MACHI_TRY_SET(has, formats(calls, fd));
  std::uint32_t best = 0;
  double speed = 0;
  bool only_jpeg = false;
  for (const std::uint32_t one : kOrder) {
    if (std::find(has.begin(), has.end(), one) == has.end()) continue;
    if (is_jpeg(one) && !jpeg) {
      only_jpeg = best == 0;
      continue;
    }
    // In the size that the device would make of the wish.
    v4l2_format tried = format_of(one, size);
    const bool told = calls.control(fd, VIDIOC_TRY_FMT, &tried) == 0 && tried.fmt.pix.pixelformat == one;
    const WishedSize real = told ? WishedSize{static_cast<int>(tried.fmt.pix.width & 0xffff),
                                              static_cast<int>(tried.fmt.pix.height & 0xffff)}
                                 : size;
    const double brings = std::min(fastest(calls, fd, one, real), kEnough);
    if (best != 0 && brings <= speed) continue;
    best = one;
    speed = brings;
  }
  if (best == 0) {
    if (only_jpeg) return fail(Code::Unsupported, "jpeg only");
    std::string names;
    for (const std::uint32_t one : has) names += (names.empty() ? "" : " ") + four_letters(one);
    return fail(Code::Unsupported, "formats " + (names.empty() ? "none" : names));
  }
  v4l2_format format = format_of(best, size);
  if (const int set = calls.control(fd, VIDIOC_S_FMT, &format); set < 0) return video_error(set, "format");
  const v4l2_pix_format& pix = format.fmt.pix;
  // The device may set another one than it was asked for.
  if (pix.pixelformat != best) return fail(Code::Unsupported, "format " + four_letters(pix.pixelformat));
  PixelLayout layout{best, 0, 0, 0};
  if (pix.width > 8192 || pix.height > 8192 || pix.width == 0 || pix.height == 0)
    return fail(Code::Unsupported, "size");
  layout.width = static_cast<int>(pix.width);
  layout.height = static_cast<int>(pix.height);
  // Old drivers leave the stride at zero, or say it of another plane.
  const int row = closest_stride(best, layout.width);
  layout.stride = pix.bytesperline > 0x20000 ? row : std::max(static_cast<int>(pix.bytesperline), row);
  // As fast as it is able; a device that cannot be told goes at its own pace.
  v4l2_streamparm pace{};
  pace.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  pace.parm.capture.timeperframe = {1, 30};
  static_cast<void>(calls.control(fd, VIDIOC_S_PARM, &pace));
  return layout;
}

}  // namespace machi::host

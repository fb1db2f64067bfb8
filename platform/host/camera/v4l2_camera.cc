// Buffers go round: to the driver, filled, read, back to the driver. Whatever the driver says is checked: an
// index or a length beyond what was mapped would read other memory.
#include "platform/host/camera/v4l2_camera.h"

#include <linux/videodev2.h>

#include <algorithm>
#include <cerrno>

namespace machi::host {

using base::Code;
using base::fail;
using base::Result;
using base::Status;

namespace {

constexpr std::uint32_t kBuffers = 4;
constexpr std::uint32_t kBufferLimit = 32;

v4l2_buffer buffer_of(std::uint32_t index) {
  v4l2_buffer one{};
  one.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  one.memory = V4L2_MEMORY_MMAP;
  one.index = index;
  return one;
}

}  // namespace

V4l2Camera::V4l2Camera(Options options, VideoCalls& calls) : options_(std::move(options)), calls_(calls) {}

V4l2Camera::~V4l2Camera() { close(); }

void V4l2Camera::close() {
  if (fd_ < 0) return;
  if (streaming_) {
    int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
    static_cast<void>(calls_.control(fd_, VIDIOC_STREAMOFF, &type));
  }
  for (const Buffer& buffer : buffers_) calls_.unmap(buffer.at, buffer.length);
  buffers_.clear();
  calls_.close(fd_);
  fd_ = -1;
  streaming_ = false;
}

base::Error V4l2Camera::gone(base::Error error) {
  close();
  away_ = error;
  tried_ = calls_.now_ms();
  return error;
}

Status V4l2Camera::open() {
  const int fd = calls_.open(options_.device);
  if (fd < 0) {
    if (fd == -ENOTDIR || fd == -EISDIR) return gone(fail(Code::NotFound, "no camera"));
    return gone(video_error(fd, "open"));
  }
  fd_ = fd;
  const Status started = start();
  if (!started.ok()) return gone(started.error());
  away_.reset();
  heard_ = calls_.now_ms();
  return {};
}

Status V4l2Camera::start() {
  MACHI_TRY_SET(layout, agree_on_format(calls_, fd_, options_.size, options_.jpeg != nullptr));
  layout_ = layout;
  v4l2_requestbuffers wanted{};
  wanted.count = kBuffers;
  wanted.type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  wanted.memory = V4L2_MEMORY_MMAP;
  if (const int told = calls_.control(fd_, VIDIOC_REQBUFS, &wanted); told < 0)
    return video_error(told, "buffers");
  if (wanted.count < 2 || wanted.count > kBufferLimit) return fail(Code::Unsupported, "count of buffers");
  for (std::uint32_t i = 0; i < wanted.count; ++i) {
    v4l2_buffer one = buffer_of(i);
    if (const int told = calls_.control(fd_, VIDIOC_QUERYBUF, &one); told < 0)
      return video_error(told, "buffer");
    const std::uint8_t* const at = calls_.map(fd_, one.length, one.m.offset);
    if (at == nullptr) return fail(Code::Unreachable, "memory of a buffer");
    buffers_.push_back({at, one.length});
  }
  for (std::uint32_t i = 0; i < wanted.count; ++i) MACHI_TRY(give_back(i));
  int type = V4L2_BUF_TYPE_VIDEO_CAPTURE;
  if (const int told = calls_.control(fd_, VIDIOC_STREAMON, &type); told < 0)
    return video_error(told, "stream");
  streaming_ = true;
  return {};
}

Status V4l2Camera::give_back(std::uint32_t index) {
  v4l2_buffer one = buffer_of(index);
  const int told = calls_.control(fd_, VIDIOC_QBUF, &one);
  return told < 0 ? Status(video_error(told, "give back")) : Status();
}

Result<std::optional<V4l2Camera::Taken>> V4l2Camera::take() {
  v4l2_buffer one = buffer_of(0);
  const int told = calls_.control(fd_, VIDIOC_DQBUF, &one);
  if (told == -EAGAIN) return std::optional<Taken>();
  if (told < 0) return video_error(told, "take");
  if (one.index >= buffers_.size()) return fail(Code::Unreachable, "index of a buffer");
  const std::size_t length = buffers_[one.index].length;
  // Some drivers leave the length at zero for formats of one size.
  const std::size_t used = one.bytesused == 0 && !is_jpeg(layout_.format) ? length : one.bytesused;
  return std::optional<Taken>({one.index, std::min(used, length), (one.flags & V4L2_BUF_FLAG_ERROR) == 0});
}

// Every frame that waits is taken; the newest whole one is read, whatever came behind it.
Result<bool> V4l2Camera::newest() {
  std::optional<Taken> best;
  for (std::size_t n = 0; n < 2 * buffers_.size(); ++n) {
    MACHI_TRY_SET(taken, take());
    if (!taken) break;
    if (!taken->whole) {
      MACHI_TRY(give_back(taken->index));
      continue;
    }
    if (best) MACHI_TRY(give_back(best->index));
    best = taken;
  }
  if (!best) return false;
  const base::ByteView bytes(buffers_[best->index].at, best->used);
  // A torn frame is no trouble: the next one comes.
  const bool read =
      is_jpeg(layout_.format) ? options_.jpeg(bytes, frame_).ok() : luminance(layout_, bytes, frame_).ok();
  MACHI_TRY(give_back(best->index));
  return read;
}

Result<const GreyFrame*> V4l2Camera::frame(int wait_ms) {
  const std::int64_t until = calls_.now_ms() + wait_ms;
  for (;;) {
    const std::int64_t left = until - calls_.now_ms();
    if (fd_ < 0) {
      const std::int64_t pause = away_ ? tried_ + options_.again_ms - calls_.now_ms() : 0;
      if (pause > left) {
        if (left > 0) calls_.sleep(static_cast<int>(left));
        return *away_;
      }
      if (pause > 0) calls_.sleep(static_cast<int>(pause));
      MACHI_TRY(open());
      continue;
    }
    if (calls_.now_ms() - heard_ >= options_.still_ms) return gone(fail(Code::Unreachable, "stands still"));
    const int ready = calls_.wait(fd_, static_cast<int>(std::max<std::int64_t>(left, 0)));
    if (ready < 0) return gone(video_error(ready, "wait"));
    if (ready > 0) {
      auto read = newest();
      if (!read.ok()) return gone(read.error());
      if (*read) {
        heard_ = calls_.now_ms();
        return &frame_;
      }
      // Ready and nothing there: a device in trouble must not make this thread spin.
      calls_.sleep(2);
    }
    if (calls_.now_ms() >= until) return fail(Code::TooMany, "no frame in time");
  }
}

}  // namespace machi::host

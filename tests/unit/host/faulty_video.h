// A camera that is made of the kernel's own structures and breaks on demand: it shows one grey picture in the
// formats it is given, and is pulled out, busy, slow, torn or lying when a test says so. It holds what the
// adapter promises the kernel: nothing that was mapped stays mapped, no buffer is given twice, nothing is
// asked of a closed device. Test code.
#pragma once

#include <gtest/gtest.h>
#include <linux/videodev2.h>

#include <cerrno>
#include <deque>
#include <functional>
#include <map>
#include <set>
#include <vector>

#include "platform/host/camera/video_calls.h"

namespace machi::host {

class FaultyVideo final : public VideoCalls {
 public:
  struct Format {
    std::uint32_t pixels = V4L2_PIX_FMT_YUYV;
    std::uint32_t fps = 30;
    std::uint32_t padding = 0;  // bytes behind each row
  };
  std::vector<Format> formats{{}};
  std::uint32_t capabilities = V4L2_CAP_VIDEO_CAPTURE | V4L2_CAP_STREAMING;
  std::uint32_t width = 1280, height = 720;  // whatever is wished
  std::uint32_t buffers_given = 4;
  std::vector<std::uint8_t> picture;  // width*height; frame n shows it with `n` added to its first pixel
  std::vector<std::uint8_t> jpeg;     // of frames in V4L2_PIX_FMT_MJPEG
  std::function<bool(std::uint64_t frame, v4l2_buffer& buffer)> bend;  // false: the frame is not sent
  // --- faults
  int open_error = 0;
  std::map<unsigned long, int> refused;  // by request: the error's number
  bool plugged = true;
  bool dead = false;  // plugged, and sends nothing
  bool lies_about_index = false;
  int map_failures = 0;

  // --- what a test looks at
  int opened = 0;
  std::uint64_t sent = 0;
  std::uint32_t pixels = 0;  // agreed on
  std::set<const std::uint8_t*> mapped;
  bool clean() const { return fd_ < 0 && mapped.empty(); }
  void pass(int ms) { clock_ += ms; }

  int open(const std::string&) override {
    if (open_error != 0) return -open_error;
    if (!plugged) return -ENOENT;
    EXPECT_LT(fd_, 0) << "opened twice";
    ++opened;
    torn_out_ = false;
    return fd_ = 7;
  }
  void close(int fd) override {
    EXPECT_EQ(fd, fd_);
    EXPECT_TRUE(mapped.empty()) << "closed with buffers mapped";
    fd_ = -1;
    on_ = false;
    waiting_.clear();
    buffers_.clear();
  }
  int control(int fd, unsigned long request, void* argument) override {
    EXPECT_EQ(fd, fd_) << "a closed device was asked";
    if (!plugged) torn_out_ = true;
    if (torn_out_) return -ENODEV;
    if (const auto found = refused.find(request); found != refused.end()) return -found->second;
    switch (request) {
      case VIDIOC_QUERYCAP:
        static_cast<v4l2_capability*>(argument)->capabilities = capabilities;
        return 0;
      case VIDIOC_ENUM_FMT: {
        auto& one = *static_cast<v4l2_fmtdesc*>(argument);
        if (one.index >= formats.size()) return -EINVAL;
        one.pixelformat = formats[one.index].pixels;
        return 0;
      }
      case VIDIOC_ENUM_FRAMEINTERVALS: {
        auto& one = *static_cast<v4l2_frmivalenum*>(argument);
        for (const Format& format : formats)
          if (format.pixels == one.pixel_format && one.index == 0) {
            one.type = V4L2_FRMIVAL_TYPE_DISCRETE;
            one.discrete = {1, format.fps};
            return 0;
          }
        return -EINVAL;
      }
      case VIDIOC_TRY_FMT:
      case VIDIOC_S_FMT:
        return agree(static_cast<v4l2_format*>(argument)->fmt.pix, request == VIDIOC_S_FMT);
      case VIDIOC_S_PARM:
        return -ENOTTY;
      case VIDIOC_REQBUFS:
        static_cast<v4l2_requestbuffers*>(argument)->count = buffers_given;
        buffers_.assign(buffers_given, std::vector<std::uint8_t>(frame_bytes()));
        return 0;
      case VIDIOC_QUERYBUF: {
        auto& one = *static_cast<v4l2_buffer*>(argument);
        if (one.index >= buffers_.size()) return -EINVAL;
        one.length = static_cast<std::uint32_t>(buffers_[one.index].size());
        one.m.offset = one.index << 20;
        return 0;
      }
      case VIDIOC_QBUF: {
        const auto index = static_cast<v4l2_buffer*>(argument)->index;
        EXPECT_LT(index, buffers_.size());
        for (const auto other : waiting_) EXPECT_NE(other, index) << "given twice";
        waiting_.push_back(index);
        return 0;
      }
      case VIDIOC_DQBUF:
        return take(*static_cast<v4l2_buffer*>(argument));
      case VIDIOC_STREAMON:
        on_ = true;
        due_ = clock_ + 33;
        return 0;
      case VIDIOC_STREAMOFF:
        on_ = false;
        return 0;
      default:
        ADD_FAILURE() << "a call that no camera knows";
        return -ENOTTY;
    }
  }
  const std::uint8_t* map(int, std::size_t length, std::int64_t offset) override {
    if (map_failures > 0 && --map_failures == 0) return nullptr;
    auto& buffer = buffers_.at(static_cast<std::size_t>(offset >> 20));
    EXPECT_EQ(length, buffer.size());
    mapped.insert(buffer.data());
    return buffer.data();
  }
  void unmap(const std::uint8_t* at, std::size_t) override { EXPECT_EQ(mapped.erase(at), 1u); }
  int wait(int fd, int ms) override {
    EXPECT_EQ(fd, fd_);
    if (!plugged || torn_out_) return 1;  // POLLERR: the next call says why
    if (on_ && !dead && due_ <= clock_ + ms) {
      clock_ = std::max(clock_, due_);
      return 1;
    }
    clock_ += ms;
    return 0;
  }
  void sleep(int ms) override { clock_ += ms; }
  std::int64_t now_ms() override { return clock_; }

 private:
  std::uint32_t row_bytes() const {
    switch (pixels) {
      case V4L2_PIX_FMT_YUYV:
      case V4L2_PIX_FMT_UYVY:
        return 2 * width;
      default:
        return width;
    }
  }
  std::uint32_t padding() const {
    for (const Format& format : formats)
      if (format.pixels == pixels) return format.padding;
    return 0;
  }
  std::size_t frame_bytes() const {
    if (pixels == V4L2_PIX_FMT_MJPEG) return std::max<std::size_t>(jpeg.size(), 1);
    const std::size_t rows = pixels == V4L2_PIX_FMT_NV12 ? height * 3 / 2 : height;
    return rows * (row_bytes() + padding());
  }
  int agree(v4l2_pix_format& pix, bool set) {
    const std::uint32_t before = pixels;
    bool known = false;
    for (const Format& format : formats) known |= format.pixels == pix.pixelformat;
    if (!known) pix.pixelformat = formats.front().pixels;
    pixels = pix.pixelformat;
    pix.width = width;
    pix.height = height;
    pix.bytesperline = pixels == V4L2_PIX_FMT_MJPEG ? 0 : row_bytes() + padding();
    pix.sizeimage = static_cast<std::uint32_t>(frame_bytes());
    if (!set) pixels = before;
    return 0;
  }
  int take(v4l2_buffer& one) {
    if (!on_ || dead || due_ > clock_ || waiting_.empty()) return -EAGAIN;
    due_ += 33;
    one.index = waiting_.front();
    one.flags = 0;
    auto& buffer = buffers_[one.index];
    one.bytesused = static_cast<std::uint32_t>(buffer.size());
    paint(buffer);
    ++sent;
    if (bend && !bend(sent, one)) return -EAGAIN;
    waiting_.pop_front();
    if (lies_about_index) one.index = 99;
    return 0;
  }
  void paint(std::vector<std::uint8_t>& buffer) const {
    if (pixels == V4L2_PIX_FMT_MJPEG) {
      buffer = jpeg;
      return;
    }
    const std::size_t step = row_bytes() / width, first = pixels == V4L2_PIX_FMT_UYVY ? 1 : 0;
    const std::size_t stride = row_bytes() + padding();
    std::fill(buffer.begin(), buffer.end(), std::uint8_t{0x55});  // colour, and what lies behind a row
    for (std::size_t y = 0; y < height; ++y)
      for (std::size_t x = 0; x < width; ++x)
        buffer[y * stride + first + x * step] = picture.empty() ? 0 : picture[y * width + x];
    buffer[first] = static_cast<std::uint8_t>(sent + 1);
  }

  int fd_ = -1;
  bool on_ = false, torn_out_ = false;
  std::int64_t clock_ = 1'000'000, due_ = 0;
  std::vector<std::vector<std::uint8_t>> buffers_;
  std::deque<std::uint32_t> waiting_;
};

}  // namespace machi::host

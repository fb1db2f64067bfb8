// A camera of this machine by V4L2: opened when the first frame is asked for, opened again when it was pulled
// out or stands still. The driver's buffers are mapped; of several frames that wait the newest counts, for a
// reader is slower than a camera. One thread.
#pragma once

#include <functional>
#include <vector>

#include "platform/host/camera/v4l2_format.h"

namespace machi::host {

class V4l2Camera final : public Camera {
 public:
  // Brightness of a JPEG picture, for cameras that send nothing else.
  using Jpeg = std::function<base::Status(base::ByteView picture, GreyFrame& out)>;
  struct Options {
    std::string device;  // /dev/video0, or better its name in /dev/v4l/by-id, which outlives a reboot
    WishedSize size{};
    Jpeg jpeg{};
    int again_ms = 500;   // between tries to open
    int still_ms = 5000;  // without a frame: it is opened anew
  };
  explicit V4l2Camera(Options options, VideoCalls& calls = system_video());
  ~V4l2Camera() override;
  V4l2Camera(const V4l2Camera&) = delete;
  V4l2Camera& operator=(const V4l2Camera&) = delete;

  base::Result<const GreyFrame*> frame(int wait_ms) override;
  bool is_open() const { return fd_ >= 0; }
  const PixelLayout& layout() const { return layout_; }

 private:
  struct Buffer {
    const std::uint8_t* at = nullptr;
    std::size_t length = 0;
  };
  struct Taken {
    std::uint32_t index = 0;
    std::size_t used = 0;
    bool whole = false;
  };
  base::Status open();
  base::Status start();
  void close();
  base::Status give_back(std::uint32_t index);
  // The next that waits in the driver; nothing when none does.
  base::Result<std::optional<Taken>> take();
  base::Result<bool> newest();  // into frame_
  base::Error gone(base::Error error);

  Options options_;
  VideoCalls& calls_;
  int fd_ = -1;
  bool streaming_ = false;
  PixelLayout layout_;
  std::vector<Buffer> buffers_;
  GreyFrame frame_;
  std::optional<base::Error> away_;  // why the last try to open failed
  std::int64_t tried_ = 0, heard_ = 0;
};

}  // namespace machi::host

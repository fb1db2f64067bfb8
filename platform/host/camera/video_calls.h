// What the kernel is asked for a camera, call by call: the seam where a test breaks things. As the system's
// own calls: -1 and the error's number. The types are those of <linux/videodev2.h>.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace machi::host {

class VideoCalls {
 public:
  virtual ~VideoCalls() = default;
  // A descriptor, or minus the error's number.
  virtual int open(const std::string& device) = 0;
  virtual void close(int fd) = 0;
  // 0, or minus the error's number.
  virtual int control(int fd, unsigned long request, void* argument) = 0;
  // nullptr when it was refused.
  virtual const std::uint8_t* map(int fd, std::size_t length, std::int64_t offset) = 0;
  virtual void unmap(const std::uint8_t* at, std::size_t length) = 0;
  // 1: something to read or to be told; 0: the time is over; else minus the error's number.
  virtual int wait(int fd, int ms) = 0;
  virtual void sleep(int ms) = 0;
  virtual std::int64_t now_ms() = 0;  // grows; from anywhere
};

// Of this machine.
VideoCalls& system_video();

}  // namespace machi::host

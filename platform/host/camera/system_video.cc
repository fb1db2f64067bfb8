// The machine's own calls. An interrupted one is made again.
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <thread>

#include "platform/host/camera/video_calls.h"

namespace machi::host {
namespace {

class SystemVideo final : public VideoCalls {
 public:
  int open(const std::string& device) override {
    const int fd = ::open(device.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    return fd < 0 ? -errno : fd;
  }
  void close(int fd) override { ::close(fd); }
  int control(int fd, unsigned long request, void* argument) override {
    for (;;) {
      if (::ioctl(fd, request, argument) >= 0) return 0;
      if (errno != EINTR) return -errno;
    }
  }
  const std::uint8_t* map(int fd, std::size_t length, std::int64_t offset) override {
    void* const at = ::mmap(nullptr, length, PROT_READ | PROT_WRITE, MAP_SHARED, fd, offset);
    return at == MAP_FAILED ? nullptr : static_cast<const std::uint8_t*>(at);
  }
  void unmap(const std::uint8_t* at, std::size_t length) override {
    ::munmap(const_cast<std::uint8_t*>(at), length);
  }
  int wait(int fd, int ms) override {
    pollfd one{fd, POLLIN, 0};
    const int found = ::poll(&one, 1, ms);
    if (found < 0) return errno == EINTR ? 0 : -errno;  // whoever waits asks again until its time is over
    return found == 0 ? 0 : 1;
  }
  void sleep(int ms) override { std::this_thread::sleep_for(std::chrono::milliseconds(ms)); }
  std::int64_t now_ms() override {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::steady_clock::now().time_since_epoch())
        .count();
  }
};

}  // namespace

VideoCalls& system_video() {
  static SystemVideo system;
  return system;
}

}  // namespace machi::host

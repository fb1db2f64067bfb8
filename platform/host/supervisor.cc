// One datagram, and no answer is waited for.
#include "platform/host/supervisor.h"

#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace machi::host {

Supervisor Supervisor::of_environment() {
  const char* socket = std::getenv("NOTIFY_SOCKET");
  const char* watchdog = std::getenv("WATCHDOG_USEC");
  const long long micro = watchdog == nullptr ? 0 : std::atoll(watchdog);
  const bool sane = micro > 0 && micro < 3'600'000'000LL;
  return Supervisor(socket == nullptr ? "" : socket, sane ? static_cast<int>(micro / 1000) : 0);
}

void Supervisor::stands(const std::string& how) {
  if (how == stands_) return;
  stands_ = how;
  say("STATUS=" + how);
}

void Supervisor::say(std::string_view message) const {
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  if (socket_.size() < 2 || socket_.size() >= sizeof to.sun_path) return;
  std::memcpy(to.sun_path, socket_.data(), socket_.size());
  if (socket_[0] == '@') to.sun_path[0] = 0;  // a name without a file
  const int line = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (line < 0) return;
  const auto size = static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + socket_.size());
  static_cast<void>(::sendto(line, message.data(), message.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                             reinterpret_cast<const sockaddr*>(&to), size));
  ::close(line);
}

}  // namespace machi::host

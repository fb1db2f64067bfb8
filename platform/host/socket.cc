// POSIX sockets. An acknowledgement is sent at once: devices answer in tens of microseconds, and a delayed
// one would take 40 ms.
#include "platform/host/socket.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <memory>

namespace machi::host {
namespace {

using base::Code;
using base::fail;
using base::Result;
using base::Status;

// Whether it is ready in time; EINTR is no event of ours.
bool ready(int descriptor, short events, int milliseconds) {
  pollfd one{descriptor, events, 0};
  for (;;) {
    const int count = ::poll(&one, 1, milliseconds);
    if (count >= 0 || errno != EINTR) return count > 0;
  }
}

void hurry(int descriptor) {
  const int on = 1;
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  ::setsockopt(descriptor, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
}

struct Gone {
  void operator()(addrinfo* info) const { ::freeaddrinfo(info); }
};

}  // namespace

Socket& Socket::operator=(Socket&& other) noexcept {
  if (this != &other) {
    close();
    descriptor_ = std::exchange(other.descriptor_, -1);
  }
  return *this;
}

void Socket::close() {
  if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

Result<Socket> Socket::connect(const std::string& address, int milliseconds) {
  const auto colon = address.rfind(':');
  if (colon == std::string::npos || colon == 0) return fail(Code::BadInput, "an address is HOST:PORT");
  std::string host = address.substr(0, colon);
  if (host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), address.c_str() + colon + 1, &hints, &found) != 0)
    return fail(Code::BadInput, "an address is HOST:PORT");
  const std::unique_ptr<addrinfo, Gone> keep(found);
  Socket out(::socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!out.open()) return fail(Code::Unreachable, "socket");
  if (::connect(out.descriptor_, found->ai_addr, found->ai_addrlen) != 0) {
    if (errno != EINPROGRESS || !ready(out.descriptor_, POLLOUT, milliseconds))
      return fail(Code::Unreachable, "connect");
    int error = 0;
    socklen_t size = sizeof error;
    if (::getsockopt(out.descriptor_, SOL_SOCKET, SO_ERROR, &error, &size) != 0 || error != 0)
      return fail(Code::Unreachable, "connect");
  }
  hurry(out.descriptor_);
  return out;
}

Result<Socket> Socket::listen(std::uint16_t port) {
  Socket out(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!out.open()) return fail(Code::Storage, "socket");
  const int on = 1;
  ::setsockopt(out.descriptor_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  sockaddr_in here{};
  here.sin_family = AF_INET;
  here.sin_port = htons(port);
  here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::bind(out.descriptor_, reinterpret_cast<const sockaddr*>(&here), sizeof here) != 0 ||
      ::listen(out.descriptor_, 8) != 0)
    return fail(Code::Conflict, "the port is taken");
  return out;
}

Result<std::uint16_t> Socket::port() const {
  sockaddr_in here{};
  socklen_t size = sizeof here;
  if (::getsockname(descriptor_, reinterpret_cast<sockaddr*>(&here), &size) != 0)
    return fail(Code::Storage, "socket");
  return static_cast<std::uint16_t>(ntohs(here.sin_port));
}

Result<Socket> Socket::accept() const {
  Socket out(::accept4(descriptor_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK));
  if (!out.open()) return fail(Code::Unreachable, "accept");
  hurry(out.descriptor_);
  return out;
}

Status Socket::send(base::ByteView bytes) const {
  while (!bytes.empty()) {
    const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent > 0) {
      bytes = bytes.subspan(static_cast<std::size_t>(sent));
    } else if (errno == EAGAIN ? !ready(descriptor_, POLLOUT, 5'000) : errno != EINTR) {
      return fail(Code::Unreachable, "send");
    }
  }
  return {};
}

Result<base::Bytes> Socket::receive(int milliseconds) const {
  if (!ready(descriptor_, POLLIN, milliseconds)) return base::Bytes();
  base::Bytes out(16 * 1024);
  const auto got = ::recv(descriptor_, out.data(), out.size(), 0);
  const int on = 1;
  ::setsockopt(descriptor_, IPPROTO_TCP, TCP_QUICKACK, &on, sizeof on);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return base::Bytes();
  if (got <= 0) return fail(Code::Unreachable, "closed");
  out.resize(static_cast<std::size_t>(got));
  return out;
}

}  // namespace machi::host

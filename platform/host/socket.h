// A TCP socket with limits of time, for devices and their simulators: connect, listen, send all, receive what
// is there. Closed when it goes. Unreachable for whatever a network can do. One thread a socket.
#pragma once

#include <string>
#include <utility>

#include "core/base/bytes.h"

namespace machi::host {

class Socket {
 public:
  Socket() = default;
  explicit Socket(int descriptor) : descriptor_(descriptor) {}
  Socket(Socket&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  Socket& operator=(Socket&& other) noexcept;
  ~Socket() { close(); }

  // "127.0.0.1:4000" or "[::1]:4000"; a number, not a name. BadInput for another form.
  static base::Result<Socket> connect(const std::string& address, int milliseconds);
  // On the loopback address; port 0 takes a free one.
  static base::Result<Socket> listen(std::uint16_t port);
  base::Result<std::uint16_t> port() const;
  base::Result<Socket> accept() const;

  base::Status send(base::ByteView bytes) const;
  // At least a byte; nothing in it when the time is over. Unreachable when the other side has closed it.
  base::Result<base::Bytes> receive(int milliseconds) const;
  void close();
  bool open() const { return descriptor_ >= 0; }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

}  // namespace machi::host

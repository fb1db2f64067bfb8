// What systemd is told over its socket (sd_notify(3), written plainly: one datagram a message): ready, alive,
// how it stands. Does nothing where nobody listens. One thread. Never a word about a person.
#pragma once

#include <string>
#include <string_view>

namespace machi::host {

class Supervisor {
 public:
  // By NOTIFY_SOCKET and WATCHDOG_USEC. The process that systemd watches may be another one (cage, whose
  // child this is): WATCHDOG_PID is not asked.
  static Supervisor of_environment();
  explicit Supervisor(std::string socket, int watchdog_ms = 0)
      : socket_(std::move(socket)), watchdog_ms_(watchdog_ms) {}

  bool listens() const { return !socket_.empty(); }
  // How often alive() is to be called at least, in milliseconds: half of what systemd allows; 0 = never.
  int beat_ms() const { return watchdog_ms_ / 2; }
  void ready() { say("READY=1"); }
  void alive() { say("WATCHDOG=1"); }
  void stands(const std::string& how);  // shown by `systemctl status`; said when it is new
  void ends() { say("STOPPING=1"); }

 private:
  void say(std::string_view message) const;
  std::string socket_, stands_;
  int watchdog_ms_ = 0;
};

}  // namespace machi::host

// A payment terminal at the other end of a TCP connection. A connection a call: what an earlier one left
// behind, or sent too late, cannot be taken for an answer to the next. One thread, but for abandon().
#pragma once

#include <mutex>
#include <string>

#include "platform/host/terminal/payment_terminal.h"

namespace machi::host {

struct TerminalTimes {  // milliseconds
  int connect = 3'000, charge = 90'000, settle = 5'000, refund = 30'000;
};

class TcpTerminal final : public PaymentTerminal {
 public:
  // `address`: HOST:PORT, a number for the host.
  explicit TcpTerminal(std::string address, TerminalTimes times = {})
      : address_(std::move(address)), times_(times) {}
  bool ready() override;
  Known charge(const Ref& ref, std::int64_t amount) override;
  Known settle(const Ref& ref) override;
  Known refund(const Ref& ref, const Ref& of, std::int64_t amount) override;
  void abandon(const Ref& ref) override;
  Means means() const override { return means_; }

 private:
  Known ask(const certificate::terminal::Request& request, int milliseconds);
  std::string address_;
  TerminalTimes times_;
  bool abandoned(const Ref& ref);
  std::mutex mutex_;
  Ref abandoned_;
  Means means_ = Means::Unknown;
};

}  // namespace machi::host

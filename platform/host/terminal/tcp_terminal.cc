// Request, then frames until one is the answer to it.
#include "platform/host/terminal/tcp_terminal.h"

#include <chrono>

#include "platform/host/socket.h"

namespace machi::host {
namespace {

using certificate::terminal::Answer;
using certificate::terminal::Ask;
using certificate::terminal::Request;
using certificate::terminal::State;
using Clock = std::chrono::steady_clock;

constexpr int kLook = 50;  // ms between two looks at whether the visitor has given up

Known known(State state) {
  switch (state) {
    case State::Done:
      return Known::Yes;
    case State::Not:
      return Known::No;
    case State::Unknown:
      return Known::Unknown;
  }
  return Known::Unknown;
}

}  // namespace

Known TcpTerminal::ask(const Request& request, int milliseconds) {
  means_ = Means::Unknown;
  const auto line = Socket::connect(address_, times_.connect);
  // Also when nobody listens: what this process sent earlier under the reference may have arrived.
  if (!line.ok() || !line->send(certificate::terminal::framed(encode(request))).ok()) return Known::Unknown;
  const auto until = Clock::now() + std::chrono::milliseconds(milliseconds);
  certificate::terminal::Frames frames;
  while (Clock::now() < until) {
    if (request.ask == Ask::Charge && abandoned(request.ref) &&
        !line->send(certificate::terminal::framed(encode(Request{Ask::Abandon, request.ref, 0, {}}))).ok())
      return Known::Unknown;
    const auto bytes = line->receive(kLook);
    if (!bytes.ok()) return Known::Unknown;
    frames.feed(*bytes);
    for (;;) {
      const auto message = frames.next();
      if (!message.ok()) return Known::Unknown;
      if (!*message) break;
      const auto answer = certificate::terminal::decode_answer(**message);
      if (!answer.ok()) return Known::Unknown;
      if (answer->ask != request.ask || answer->ref != request.ref) continue;
      means_ = answer->means;
      return known(answer->state);
    }
  }
  return Known::Unknown;
}

bool TcpTerminal::ready() { return ask({Ask::Health, {}, 0, {}}, times_.settle) == Known::Yes; }

Known TcpTerminal::charge(const Ref& ref, std::int64_t amount) {
  return ask({Ask::Charge, ref, amount, {}}, times_.charge);
}

void TcpTerminal::abandon(const Ref& ref) {
  const std::lock_guard<std::mutex> guard(mutex_);
  abandoned_ = ref;
}

bool TcpTerminal::abandoned(const Ref& ref) {
  const std::lock_guard<std::mutex> guard(mutex_);
  return abandoned_ == ref && !std::exchange(abandoned_, Ref{}).is_zero();
}

Known TcpTerminal::settle(const Ref& ref) { return ask({Ask::Settle, ref, 0, {}}, times_.settle); }

Known TcpTerminal::refund(const Ref& ref, const Ref& of, std::int64_t amount) {
  return ask({Ask::Refund, ref, amount, of}, times_.refund);
}

}  // namespace machi::host

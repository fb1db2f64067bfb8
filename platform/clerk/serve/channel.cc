// SOCK_SEQPACKET: a packet is whole or not there. Head of a piece: call, piece, of how many (little endian).
#include "platform/clerk/serve/channel.h"

#include <poll.h>
#include <sys/random.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstring>

namespace machi::clerk {
namespace {

using base::Bytes;
using base::ByteView;
using base::Code;
using base::fail;
using base::Result;
using base::Status;

constexpr std::size_t kPiece = 32 * 1024;
constexpr int kSendMilliseconds = 10'000;

struct Head {
  std::uint64_t call = 0;
  std::uint32_t piece = 0, pieces = 0;
};

std::int64_t now_ms() {
  using namespace std::chrono;
  return duration_cast<milliseconds>(steady_clock::now().time_since_epoch()).count();
}

bool wait_for(int descriptor, short what, int milliseconds) {
  pollfd one{descriptor, what, 0};
  for (;;) {
    const int found = ::poll(&one, 1, milliseconds);
    if (found < 0 && errno == EINTR) continue;
    return found > 0;
  }
}

}  // namespace

Status Channel::send(std::uint64_t call, ByteView bytes) const {
  if (bytes.size() > kMessageLimit) return fail(Code::TooLarge, "message");
  const std::size_t pieces = std::max<std::size_t>(1, (bytes.size() + kPiece - 1) / kPiece);
  Bytes packet;
  for (std::size_t i = 0; i < pieces; ++i) {
    const Head head{call, static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(pieces)};
    const ByteView part = bytes.subspan(i * kPiece, std::min(kPiece, bytes.size() - i * kPiece));
    packet.resize(sizeof head);
    std::memcpy(packet.data(), &head, sizeof head);
    packet.insert(packet.end(), part.begin(), part.end());
    for (;;) {
      if (!wait_for(descriptor_, POLLOUT, kSendMilliseconds)) return fail(Code::Unreachable, "process");
      const auto sent = ::send(descriptor_, packet.data(), packet.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
      if (sent == static_cast<ssize_t>(packet.size())) break;
      if (sent < 0 && (errno == EAGAIN || errno == EINTR)) continue;
      return fail(Code::Unreachable, "process");
    }
  }
  return {};
}

Result<Message> Channel::receive(int milliseconds) const {
  const std::int64_t until = now_ms() + milliseconds;
  Message out;
  std::uint32_t next = 0, pieces = 0;
  Bytes packet(sizeof(Head) + kPiece);
  for (;;) {
    const auto left = milliseconds < 0 ? -1 : static_cast<int>(std::max<std::int64_t>(0, until - now_ms()));
    if (!wait_for(descriptor_, POLLIN, left)) return fail(Code::Unreachable, "process");
    const auto got = ::recv(descriptor_, packet.data(), packet.size(), 0);
    if (got < 0 && (errno == EINTR || errno == EAGAIN)) continue;
    if (got <= 0) return fail(Code::Unreachable, "process");
    Head head;
    if (static_cast<std::size_t>(got) < sizeof head) continue;
    std::memcpy(&head, packet.data(), sizeof head);
    if (head.pieces == 0 || head.piece >= head.pieces || head.pieces > kMessageLimit / kPiece + 1) continue;
    if (head.piece == 0) {
      out = {head.call, {}};
      next = 0;
      pieces = head.pieces;
    }
    if (head.call != out.call || head.piece != next || head.pieces != pieces) {
      pieces = 0;  // the rest of one whose beginning went to somebody who died
      continue;
    }
    out.bytes.insert(out.bytes.end(), packet.begin() + sizeof head, packet.begin() + got);
    if (++next == pieces) return out;
  }
}

Result<Bytes> Channel::call(ByteView question, int milliseconds) {
  // Counted from where nobody was before: a successor must not take an answer to its predecessor.
  if (calls_ == 0 && ::getrandom(&calls_, sizeof calls_, 0) != sizeof calls_)
    return fail(Code::Storage, "random");
  const std::uint64_t call = ++calls_;
  MACHI_TRY(send(call, question));
  const std::int64_t until = now_ms() + milliseconds;
  for (;;) {
    MACHI_TRY_SET(answer, receive(static_cast<int>(std::max<std::int64_t>(0, until - now_ms()))));
    if (answer.call == call) return std::move(answer.bytes);
  }
}

Result<ChannelPair> channel_pair() {
  int ends[2] = {-1, -1};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
    return fail(Code::Storage, "socketpair");
  return ChannelPair{ends[0], ends[1]};
}

}  // namespace machi::clerk

// vpcd's protocol: two bytes of length, most significant first, then a command for the card or, when it is
// one byte long, for its power: 0 off, 1 on, 2 reset, 4 the answer to reset, please.
#include "platform/host/simulated/vpcd_card.h"

#include <array>

namespace machi::host {
namespace {

constexpr int kConnect = 2'000;
// Direct convention, protocol T=1, no historical bytes, its check byte.
constexpr std::array<std::uint8_t, 5> kAnswerToReset = {0x3B, 0x80, 0x80, 0x01, 0x01};

}  // namespace

base::Status VpcdCard::insert(bool mute) {
  remove();
  buffer_.clear();
  mute_ = mute;
  card_.reset();
  MACHI_TRY_SET(line, Socket::connect(address_, kConnect));
  line_ = std::move(line);
  return {};
}

void VpcdCard::serve() {
  const auto bytes = line_.receive(0);
  if (!bytes.ok()) return remove();
  buffer_.insert(buffer_.end(), bytes->begin(), bytes->end());
  while (line_.open() && buffer_.size() >= 2) {
    const std::size_t length = static_cast<std::size_t>(buffer_[0]) << 8 | buffer_[1];
    if (buffer_.size() < 2 + length) return;
    const base::Bytes message(buffer_.begin() + 2, buffer_.begin() + 2 + static_cast<std::ptrdiff_t>(length));
    buffer_.erase(buffer_.begin(), buffer_.begin() + 2 + static_cast<std::ptrdiff_t>(length));
    answer(message);
  }
}

void VpcdCard::answer(base::ByteView message) {
  base::Bytes out;
  if (message.size() == 1) {
    if (message[0] != 4) return card_.reset();
    out.assign(kAnswerToReset.begin(), kAnswerToReset.end());
    if (mute_) out.assign(1, 0);  // something lies there; what it says is no answer to reset
  } else {
    out = card_.answer(message);
  }
  const auto size = out.size();
  out.insert(out.begin(), {static_cast<std::uint8_t>(size >> 8), static_cast<std::uint8_t>(size & 0xFF)});
  if (!line_.send(out).ok()) remove();
}

}  // namespace machi::host

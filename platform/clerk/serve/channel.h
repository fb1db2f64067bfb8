// Messages between the clerk's processes: over a pair of local sockets that keep packets apart, each message
// in numbered pieces under the number of its call. Who dies in the middle of one leaves nothing behind that
// its successor could take for the beginning of another. One thread an end.
#pragma once

#include "core/base/bytes.h"

namespace machi::clerk {

inline constexpr std::size_t kMessageLimit = 12u << 20;

struct Message {
  std::uint64_t call = 0;
  base::Bytes bytes;
};

class Channel {
 public:
  explicit Channel(int descriptor) : descriptor_(descriptor) {}

  // Unreachable when the other end does not take it in ten seconds.
  base::Status send(std::uint64_t call, base::ByteView bytes) const;
  // Unreachable when nothing whole came in time; -1 waits for ever. Pieces that do not fit are dropped.
  base::Result<Message> receive(int milliseconds) const;
  // A question and its answer. The calls count up; an answer to an earlier one is dropped.
  base::Result<base::Bytes> call(base::ByteView question, int milliseconds);

  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
  std::uint64_t calls_ = 0;
};

// Two ends. Storage when the machine has no more descriptors.
struct ChannelPair {
  int first = -1, second = -1;
};
base::Result<ChannelPair> channel_pair();

}  // namespace machi::clerk

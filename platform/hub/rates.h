// How much the hub takes from whom (PROTOCOL.md, HTTP): token buckets in memory, empty-handed after a
// restart. A listed key has buckets of its own, so what strangers send never uses up its share. One thread.
#pragma once

#include <array>
#include <atomic>
#include <map>
#include <string>
#include <string_view>

#include "platform/hub/message_store.h"

namespace machi::hub {

// Fills up by itself; what is taken comes back with time.
struct Bucket {
  double left = 0;
  Instant at;
};

struct Rate {
  double capacity;
  double seconds;  // in which an empty bucket is full again
};

// What stands before a post: seconds to wait (0: none), and the puzzle in bits that would spare the wait.
struct Admission {
  std::uint32_t wait = 0;
  int puzzle = 0;
};

// Whose rate it was, in the numbers that the hub tells of itself.
enum class Pool { Member, Change, Slip, Stranger, NewMailbox };
inline constexpr std::array<std::string_view, 5> kPools{"member", "change", "slip", "stranger",
                                                        "new-mailbox"};

class Rates {
 public:
  // How often something was refused; any thread.
  std::uint64_t refused(Pool pool) const { return refused_[static_cast<std::size_t>(pool)]; }
  // The puzzle that unknown keys are asked for at the moment; any thread.
  int puzzle_bits() const { return puzzle_bits_; }

  // Seconds to wait; 0 when it was granted.
  std::uint32_t take_post(const MailboxId& mailbox, const SignPublic& listed, Instant now);
  std::uint32_t take_change(const MailboxId& mailbox, const SignPublic& listed, Instant now);
  // Slips are made a school at a time.
  std::uint32_t take_slip(const MailboxId& mailbox, const SignPublic& listed, Instant now);
  // Unknown keys share a pool for each mailbox and one for all. While more than half of either is left they
  // post freely; then each envelope costs a puzzle, the harder the emptier the pool; `solved` is what was
  // done for this.
  Admission take_stranger(const MailboxId& mailbox, int solved, Instant now);
  std::uint32_t take_new_mailbox(const std::string& address, Instant now);

 private:
  using Key = std::array<std::uint8_t, 49>;  // kind, mailbox, key
  static Key key_of(std::uint8_t kind, const MailboxId& mailbox, const SignPublic& key);
  std::uint32_t counted(Pool pool, std::uint32_t wait);
  template <class K>
  std::uint32_t take(std::map<K, Bucket>& buckets, const K& key, Rate rate, Instant now);

  std::map<Key, Bucket> members_;
  std::map<MailboxId, Bucket> strangers_;
  std::map<std::string, Bucket> addresses_;
  Bucket all_strangers_;
  bool any_stranger_ = false;
  std::array<std::atomic<std::uint64_t>, kPools.size()> refused_{};
  std::atomic<int> puzzle_bits_{0};
};

}  // namespace machi::hub

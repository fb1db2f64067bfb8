// FaultySlots: slot files in memory that refuse, run full, and lose at a crash what was not flushed. One
// thread. What survives a crash is drawn from the seed: each unflushed write stays, goes, or stays in some of
// its sectors.
#pragma once

#include <algorithm>
#include <cstring>
#include <optional>
#include <random>

#include "core/store/slot_vfs.h"

namespace machi::store {

class FaultySlots final : public SlotFiles {
 public:
  explicit FaultySlots(int count, std::uint64_t seed = 0)
      : slots_(static_cast<std::size_t>(count)), random_(seed) {}

  std::int64_t operations = 0;                    // writes, truncations and flushes so far
  std::int64_t refuse_at = -1;                    // this one is refused, once
  std::int64_t refuse_from = -1;                  // this one and all after it
  std::int64_t crash_at = -1;                     // this one and all after it, until restart()
  std::int64_t capacity = std::int64_t{1} << 40;  // bytes in all slots together
  bool refuse_reads = false;

  bool crashed() const { return crashed_; }

  // The power is back: what was flushed is there, of the rest what the seed leaves.
  void restart() {
    crashed_ = false;
    crash_at = -1;
    for (Slot& slot : slots_) {
      base::Bytes content = slot.durable;
      const auto mood = random_() % 4;  // all of it lost, all of it kept, or each by itself
      for (const Change& change : slot.pending)
        if (mood == 1 || (mood > 1 && random_() % 2 == 0))
          apply(content, change, mood > 1 && random_() % 3 == 0);
      slot.now = slot.durable = std::move(content);
      slot.pending.clear();
    }
  }

  // Whether these bytes stand in any file.
  bool holds(std::string_view text) const {
    for (const Slot& slot : slots_)
      if (base::text_view(slot.now).find(text) != std::string_view::npos) return true;
    return false;
  }
  std::int64_t total() const {
    std::int64_t sum = 0;
    for (const Slot& slot : slots_) sum += static_cast<std::int64_t>(slot.now.size());
    return sum;
  }
  base::Bytes& content(int slot) { return at(slot).now; }

  int count() const override { return static_cast<int>(slots_.size()); }
  std::int64_t size(int slot) override {
    return crashed_ ? -1 : static_cast<std::int64_t>(at(slot).now.size());
  }

  std::int64_t read(int slot, std::int64_t offset, std::span<std::uint8_t> out) override {
    if (crashed_ || refuse_reads) return -1;
    const base::Bytes& from = at(slot).now;
    const auto start = std::min(static_cast<std::size_t>(offset), from.size());
    const auto n = std::min(out.size(), from.size() - start);
    if (n > 0) std::memcpy(out.data(), from.data() + start, n);
    return static_cast<std::int64_t>(n);
  }

  Outcome write(int slot, std::int64_t offset, base::ByteView bytes) override {
    const Change change{static_cast<std::size_t>(offset), base::copy(bytes), false};
    const std::size_t end = change.offset + bytes.size();
    const bool grows = end > at(slot).now.size();
    if (grows && total() + static_cast<std::int64_t>(end - at(slot).now.size()) > capacity)
      return Outcome::Full;
    return make(slot, change);
  }
  Outcome truncate(int slot, std::int64_t size) override {
    return make(slot, {static_cast<std::size_t>(size), {}, true});
  }
  Outcome flush(int slot) override {
    if (refused()) return Outcome::Refused;
    at(slot).durable = at(slot).now;
    at(slot).pending.clear();
    return Outcome::Done;
  }

 private:
  struct Change {
    std::size_t offset;
    base::Bytes bytes;
    bool truncation;
  };
  struct Slot {
    base::Bytes now, durable;
    std::vector<Change> pending;
  };

  Slot& at(int slot) { return slots_.at(static_cast<std::size_t>(slot)); }

  bool refused() {
    const std::int64_t number = operations++;
    if (number == crash_at) crashed_ = true;
    return crashed_ || number == refuse_at || (refuse_from >= 0 && number >= refuse_from);
  }

  Outcome make(int slot, const Change& change) {
    const bool was_crashed = crashed_;
    if (refused()) {
      if (crashed_ && !was_crashed)
        at(slot).pending.push_back(change);  // the last one may have gone through in part
      return Outcome::Refused;
    }
    apply(at(slot).now, change, false);
    at(slot).pending.push_back(change);
    return Outcome::Done;
  }

  void apply(base::Bytes& content, const Change& change, bool torn) {
    if (change.truncation) {
      if (change.offset < content.size()) content.resize(change.offset);
      return;
    }
    if (content.size() < change.offset + change.bytes.size())
      content.resize(change.offset + change.bytes.size());
    constexpr std::size_t kSector = 512;
    for (std::size_t at = 0; at < change.bytes.size(); at += kSector) {
      if (torn && random_() % 2 == 0) continue;
      const std::size_t n = std::min(kSector, change.bytes.size() - at);
      std::memcpy(content.data() + change.offset + at, change.bytes.data() + at, n);
    }
  }

  std::vector<Slot> slots_;
  std::mt19937_64 random_;
  bool crashed_ = false;
};

}  // namespace machi::store

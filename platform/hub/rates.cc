// Token buckets and their table of rates. Owned by the post office; one thread.
#include "platform/hub/rates.h"

#include <algorithm>
#include <cmath>

namespace machi::hub {
namespace {

constexpr Rate kPerMinute{60, 60};
constexpr Rate kPerDay{2000, 86400};
constexpr Rate kSlips{3000, 3600};
constexpr Rate kStrangers{300, 3600};
constexpr Rate kAllStrangers{2000, 20};  // of all mailboxes together: the rest of the machine is the members'
constexpr Rate kNewMailboxes{600, 3600};
constexpr std::size_t kBuckets = 200000;  // about 20 MB

double filled(const Bucket& bucket, Rate rate, Instant now) {
  const double passed = static_cast<double>(std::max<std::int64_t>(now.ms - bucket.at.ms, 0)) / 1000;
  return std::min(rate.capacity, bucket.left + passed * rate.capacity / rate.seconds);
}

std::uint32_t wait_for_one(double left, Rate rate) {
  return static_cast<std::uint32_t>(std::ceil((1 - left) * rate.seconds / rate.capacity));
}

// Who does not solve it waits: by then the pool may be half full again.
constexpr std::uint32_t kUnsolvedSeconds = 60;
// Bits of the puzzle by the share of a pool that is left: none above a half, then 10 to 20.
int puzzle_for(double share) {
  return share > 0.5 ? 0 : 10 + static_cast<int>((0.5 - std::max(share, 0.0)) * 20);
}

// IPv6 gives a household 2^64 addresses: they are one.
std::string network_of(const std::string& address) {
  if (std::count(address.begin(), address.end(), ':') < 4) return address;
  std::size_t end = 0;
  for (int group = 0; group < 4 && end != std::string::npos; ++group)
    end = address.find(':', end + (group > 0 ? 1 : 0));
  return address.substr(0, end);
}

}  // namespace

template <class K>
std::uint32_t Rates::take(std::map<K, Bucket>& buckets, const K& key, Rate rate, Instant now) {
  if (buckets.size() >= kBuckets) {
    // What was not touched for a day is full again, at every rate.
    std::erase_if(buckets, [&](const auto& entry) { return now.ms - entry.second.at.ms > 86400000; });
    if (buckets.size() >= kBuckets) buckets.clear();
  }
  Bucket& bucket = buckets.try_emplace(key, Bucket{rate.capacity, now}).first->second;
  const double left = filled(bucket, rate, now);
  if (left < 1) return wait_for_one(left, rate);
  bucket = {left - 1, now};
  return 0;
}

Rates::Key Rates::key_of(std::uint8_t kind, const MailboxId& mailbox, const SignPublic& key) {
  Key out{};
  out[0] = kind;
  std::copy(mailbox.bytes.begin(), mailbox.bytes.end(), out.begin() + 1);
  std::copy(key.bytes.begin(), key.bytes.end(), out.begin() + 17);
  return out;
}

std::uint32_t Rates::counted(Pool pool, std::uint32_t wait) {
  if (wait != 0) refused_[static_cast<std::size_t>(pool)] += 1;
  return wait;
}

std::uint32_t Rates::take_post(const MailboxId& mailbox, const SignPublic& listed, Instant now) {
  std::uint32_t wait = take(members_, key_of(1, mailbox, listed), kPerMinute, now);
  if (wait == 0) wait = take(members_, key_of(2, mailbox, listed), kPerDay, now);
  return counted(Pool::Member, wait);
}

std::uint32_t Rates::take_change(const MailboxId& mailbox, const SignPublic& listed, Instant now) {
  return counted(Pool::Change, take(members_, key_of(3, mailbox, listed), kPerMinute, now));
}

std::uint32_t Rates::take_slip(const MailboxId& mailbox, const SignPublic& listed, Instant now) {
  return counted(Pool::Slip, take(members_, key_of(4, mailbox, listed), kSlips, now));
}

Admission Rates::take_stranger(const MailboxId& mailbox, int solved, Instant now) {
  if (!any_stranger_) {
    any_stranger_ = true;
    all_strangers_ = {kAllStrangers.capacity, now};
  }
  const double left = filled(all_strangers_, kAllStrangers, now);
  if (left < 1) return {counted(Pool::Stranger, wait_for_one(left, kAllStrangers)), 0};
  const auto own = strangers_.find(mailbox);
  const double here = own == strangers_.end() ? kStrangers.capacity : filled(own->second, kStrangers, now);
  const int bits = puzzle_for(std::min(left / kAllStrangers.capacity, here / kStrangers.capacity));
  puzzle_bits_ = bits;
  if (here >= 1 && solved < bits) return {counted(Pool::Stranger, kUnsolvedSeconds), bits};
  if (const std::uint32_t wait = take(strangers_, mailbox, kStrangers, now); wait != 0)
    return {counted(Pool::Stranger, wait), 0};
  all_strangers_ = {left - 1, now};
  return {};
}

std::uint32_t Rates::take_new_mailbox(const std::string& address, Instant now) {
  if (address.empty()) return 0;  // a caller in this process
  return counted(Pool::NewMailbox, take(addresses_, network_of(address), kNewMailboxes, now));
}

}  // namespace machi::hub

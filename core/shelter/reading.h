// Writing and reading what the messages of shelters, plans and protection have in common: texts that may be
// left out, counters, mailboxes; and the limits of them. Inside of this folder only; pure.
#pragma once

#include <string>

#include "core/code/content.h"
#include "core/mail/client.h"

namespace machi::shelter::reading {

using base::Code;
using base::fail;
using base::Result;
using base::Status;
using code::Cbor;
using code::CborArray;
using code::CborMap;

inline constexpr std::int64_t kFirstBirth = -32873;  // 1880-01-01
inline constexpr std::int64_t kCounterLimit = 0xFFFFFFFF;
inline constexpr std::size_t kTelephoneLimit = 20;

inline void put(CborMap& map, int key, const std::string& text) {
  if (!text.empty()) map.emplace_back(key, text);
}
inline Status read(const Cbor& map, std::int64_t key, std::size_t limit, std::string& out) {
  if (map.find(key) == nullptr) return {};
  MACHI_TRY_SET(text, code::content::text_at(map, key, limit));
  out = std::move(text);
  return {};
}
inline Status read(const Cbor& map, std::int64_t key, bool& out) {
  const Cbor* value = map.find(key);
  if (value == nullptr) return {};
  MACHI_TRY_SET(yes, value->boolean());
  out = yes;
  return {};
}
inline Result<std::uint64_t> counter_at(const Cbor& map, std::int64_t key) {
  MACHI_TRY_SET(counter, map.integer_at(key));
  if (counter < 1 || counter > kCounterLimit) return fail(Code::BadInput, "counter");
  return static_cast<std::uint64_t>(counter);
}

// A mailbox to which somebody may answer (address in MESSAGES.md).
inline Cbor address(const mail::Recipient& to) {
  return Cbor::map({{1, to.mailbox.bytes}, {2, to.epoch}, {3, to.epoch_key.bytes}});
}
inline Result<mail::Recipient> address_of(const Cbor& map) {
  mail::Recipient out;
  MACHI_TRY_SET(mailbox, code::content::id_at<mail::MailboxId>(map, 1));
  out.mailbox = mailbox;
  MACHI_TRY_SET(epoch, counter_at(map, 2));
  out.epoch = epoch;
  MACHI_TRY_SET(key, map.fixed_at<32>(3));
  out.epoch_key.bytes = key;
  return out;
}

}  // namespace machi::shelter::reading

// Id<Tag>: 128 random bits that cannot be mixed up with another kind of id. Owned by core/base; any thread.
#pragma once

#include <compare>

#include "core/base/bytes.h"

namespace machi::base {

template <class Tag>
struct Id {
  Array<16> bytes{};

  auto operator<=>(const Id&) const = default;
  bool is_zero() const { return *this == Id{}; }
  ByteView view() const { return bytes; }
  std::string hex() const { return to_hex(bytes); }

  static Result<Id> from(ByteView raw) {
    MACHI_TRY_SET(fixed_bytes, fixed<16>(raw));
    return Id{fixed_bytes};
  }
  static Result<Id> from_hex_text(std::string_view text) {
    MACHI_TRY_SET(raw, from_hex(text));
    return from(raw);
  }
};

struct MailboxTag {};
struct MessageTag {};
struct IncarnationTag {};
struct TownTag {};
using MailboxId = Id<MailboxTag>;
using MessageId = Id<MessageTag>;
using IncarnationId = Id<IncarnationTag>;

}  // namespace machi::base

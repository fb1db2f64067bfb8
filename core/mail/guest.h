// A device that is let in for a time: what it asks an office, and the code by which the person who lets it in
// knows it (PROTOCOL.md, Mailboxes). Values; any thread; pure.
#pragma once

#include "core/code/cbor.h"
#include "core/crypto/keys.h"

namespace machi::mail {

inline constexpr std::string_view kKindGuest = "office.guest";  // stranger -> office: its sealing key

struct GuestAsk {
  crypto::SignPublic key;  // posting key at the office: who wrote the message
  crypto::SealPublic seal;
};
code::Cbor encode_guest(const crypto::SealPublic& seal);
base::Result<crypto::SealPublic> decode_guest(const code::Cbor& content);

// 40 bits of both keys: "3F7K-20AB".
using GuestCode = base::Array<5>;
GuestCode guest_code(const GuestAsk& ask);
std::string print_guest_code(const GuestCode& code);
// Hyphens, spaces, lower case, I L O are understood.
base::Result<GuestCode> parse_guest_code(std::string_view text);

}  // namespace machi::mail

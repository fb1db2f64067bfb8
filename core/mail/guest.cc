// The request of a guest's device, and its code. Pure.
#include "core/mail/guest.h"

#include <algorithm>

#include "core/crypto/sodium.h"

namespace machi::mail {

code::Cbor encode_guest(const crypto::SealPublic& seal) { return code::Cbor::map({{1, seal.bytes}}); }

base::Result<crypto::SealPublic> decode_guest(const code::Cbor& content) {
  MACHI_TRY_SET(seal, content.fixed_at<32>(1));
  if (!crypto::is_sound(crypto::SealPublic{seal})) return base::fail(base::Code::BadInput, "sealing key");
  return crypto::SealPublic{seal};
}

GuestCode guest_code(const GuestAsk& ask) {
  base::Bytes named = base::copy(base::view("machi-guest"));
  named.insert(named.end(), ask.key.bytes.begin(), ask.key.bytes.end());
  named.insert(named.end(), ask.seal.bytes.begin(), ask.seal.bytes.end());
  const auto hash = crypto::hash(named);
  GuestCode code{};
  std::copy_n(hash.begin(), code.size(), code.begin());
  return code;
}

std::string print_guest_code(const GuestCode& code) {
  std::string signs = base::to_crockford(code);
  return signs.insert(4, "-");
}

base::Result<GuestCode> parse_guest_code(std::string_view text) {
  MACHI_TRY_SET(raw, base::from_crockford(text));
  return base::fixed<5>(raw);
}

}  // namespace machi::mail

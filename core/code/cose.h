// COSE_Sign1 with EdDSA (RFC 9052, RFC 9053 section 2.2) and a protected `typ` (RFC 9596, label 16) that
// names the purpose. Verification states the purpose it expects and checks the received bytes. Any thread;
// pure.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/code/cbor.h"
#include "core/crypto/sodium.h"

namespace machi::code {

inline constexpr std::int64_t kAlgEdDsa = -8;
inline constexpr std::int64_t kAlgEs256 = -7;
inline constexpr std::int64_t kAlgPs256 = -37;

// What a COSE_Sign1 says before anything is believed.
struct Sign1 {
  Bytes protected_bytes;     // as received; what the signature covers
  Cbor protected_headers;    // map
  Cbor unprotected_headers;  // map
  Bytes payload;
  Bytes signature;

  std::optional<std::int64_t> algorithm() const;  // label 1; protected only
  Bytes kid() const;                              // label 4; protected wins over unprotected; empty when none
  std::string typ() const;                        // label 16, protected only; "" when none
  bool has_critical() const;  // label 2: headers that a verifier must understand; none are here
  Bytes to_be_signed(ByteView external_aad = {}) const;  // Sig_structure "Signature1"
};

// Signs. Protected: {1: -8, 4: kid when not empty, 16: typ}. Tagged 18, deterministic.
Bytes sign1(const crypto::SignKey& key, std::string_view typ, ByteView payload, ByteView kid = {});

// Decodes without verifying; the strict form (deterministic, tag 18, bstr payload) unless lenient, which also
// takes an untagged array and an outer CWT tag 61, as objects of others have them.
Result<Sign1> parse_sign1(ByteView bytes, bool lenient = false);

// Our own signed objects: strict form, nothing in the unprotected headers, so that one object has one
// encoding. BadInput | WrongPurpose | Unsupported (other algorithm, critical header) | BadSignature; the
// payload is to be used only when ok.
Result<Sign1> verify_sign1(ByteView bytes, std::string_view typ, const crypto::SignPublic& key);
// Of one that was parsed in the strict form.
base::Status verify_sign1(const Sign1& parsed, std::string_view typ, const crypto::SignPublic& key);

// The same when the key stands in the payload or is looked up by kid: `find` returns nothing for an unknown
// key -> UnknownKey.
using KeyLookup = std::function<std::optional<crypto::SignPublic>(const Sign1&)>;
Result<Sign1> verify_sign1(ByteView bytes, std::string_view typ, const KeyLookup& find);

}  // namespace machi::code

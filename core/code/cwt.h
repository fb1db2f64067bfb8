// CWT claims (RFC 8392) and the two printed forms of a token: prefix + Base45 (RFC 9285) of the zlib stream (RFC 1950)
// of a COSE_Sign1, or the same bytes in base64url inside a URL's fragment. Any thread; pure.
#pragma once

#include <string>
#include <string_view>

#include "core/base/time.h"
#include "core/code/cose.h"

namespace machi::code {

inline constexpr std::string_view kTokenPrefix = "MK1:";  // ours; HC[1-9A-Z]: is HCERT's
inline constexpr std::size_t kTokenLimit = 8192;          // bytes after decompression

struct Claims {
  std::string issuer;        // iss 1
  std::string subject;       // sub 2
  std::string audience;      // aud 3
  std::optional<base::Instant> expires;     // exp 4, whole seconds
  std::optional<base::Instant> not_before;  // nbf 5
  std::optional<base::Instant> issued;      // iat 6
  Bytes id;                  // cti 7
  CborMap more;              // private claims; integer keys below -65536 or text
};

Bytes encode_claims(const Claims& claims);
Result<Claims> decode_claims(ByteView bytes);
// Expired when `now` is past exp plus grace or before nbf minus grace. No exp and no nbf: ok.
base::Status check_dates(const Claims& claims, base::Instant now, std::int64_t grace_seconds);

std::string to_base45(ByteView bytes);
Result<Bytes> from_base45(std::string_view text);

// zlib; inflating is bounded: TooLarge past limit, BadInput for a broken or trailing stream.
Bytes deflate(ByteView bytes);
Result<Bytes> inflate(ByteView bytes, std::size_t limit);

// prefix + Base45(zlib(cose)), and back. The prefix of the text must be `prefix`.
std::string to_token(ByteView cose, std::string_view prefix = kTokenPrefix);
Result<Bytes> from_token(std::string_view text, std::string_view prefix = kTokenPrefix);
// base64url(zlib(cose)) for fragments, and back.
std::string to_fragment(ByteView cose);
Result<Bytes> from_fragment(std::string_view text);

}  // namespace machi::code

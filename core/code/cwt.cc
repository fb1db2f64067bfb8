// CWT claims and the printed forms of tokens. Pure; any thread; BadInput, TooLarge, Expired.
#include "core/code/cwt.h"

namespace machi::code {
namespace {

using base::Code;
using base::fail;
using base::Instant;

constexpr std::int64_t kIss = 1;
constexpr std::int64_t kSub = 2;
constexpr std::int64_t kAud = 3;
constexpr std::int64_t kExp = 4;
constexpr std::int64_t kNbf = 5;
constexpr std::int64_t kIat = 6;
constexpr std::int64_t kCti = 7;
constexpr std::int64_t kLastSecond = 253402300799;   // the end of the year 9999
constexpr std::size_t kTextLimit = kTokenLimit * 2;  // Base45 of an incompressible token, with room

Result<Instant> date(const Cbor& value) {
  MACHI_TRY_SET(seconds, value.integer());
  if (seconds < 0 || seconds > kLastSecond) return fail(Code::BadInput, "date range");
  return Instant::from_seconds(seconds);
}

// Sets what a registered claim says; false when the key is not registered here.
Result<bool> take_registered(Claims& claims, std::int64_t key, const Cbor& value) {
  if (key == kIss || key == kSub || key == kAud) {
    MACHI_TRY_SET(text, value.text());
    (key == kIss ? claims.issuer : key == kSub ? claims.subject : claims.audience) = std::move(text);
    return true;
  }
  if (key == kExp || key == kNbf || key == kIat) {
    MACHI_TRY_SET(at, date(value));
    (key == kExp ? claims.expires : key == kNbf ? claims.not_before : claims.issued) = at;
    return true;
  }
  if (key == kCti) {
    MACHI_TRY_SET(id, value.bytes());
    claims.id = base::copy(id);
    return true;
  }
  return false;
}

Result<Bytes> inflate_token(ByteView packed) { return inflate(packed, kTokenLimit); }

}  // namespace

Bytes encode_claims(const Claims& claims) {
  CborMap pairs = claims.more;
  if (!claims.issuer.empty()) pairs.emplace_back(kIss, claims.issuer);
  if (!claims.subject.empty()) pairs.emplace_back(kSub, claims.subject);
  if (!claims.audience.empty()) pairs.emplace_back(kAud, claims.audience);
  if (claims.expires) pairs.emplace_back(kExp, claims.expires->seconds());
  if (claims.not_before) pairs.emplace_back(kNbf, claims.not_before->seconds());
  if (claims.issued) pairs.emplace_back(kIat, claims.issued->seconds());
  if (!claims.id.empty()) pairs.emplace_back(kCti, claims.id);
  return encode(Cbor(std::move(pairs)));
}

Result<Claims> decode_claims(ByteView bytes) {
  MACHI_TRY_SET(root, decode(bytes));
  if (root.map() == nullptr) return fail(Code::BadInput, "claims");
  Claims claims;
  for (const CborPair& pair : *root.map()) {
    const auto key = pair.first.integer();
    if (!key.ok() && !pair.first.text().ok()) return fail(Code::BadInput, "claim key");
    bool taken = false;
    if (key.ok()) {
      MACHI_TRY_SET(registered, take_registered(claims, *key, pair.second));
      taken = registered;
    }
    if (!taken) claims.more.push_back(pair);
  }
  return claims;
}

base::Status check_dates(const Claims& claims, Instant now, std::int64_t grace_seconds) {
  if (claims.expires && now >= claims.expires->plus_seconds(grace_seconds)) return fail(Code::Expired, "exp");
  if (claims.not_before && now < claims.not_before->plus_seconds(-grace_seconds))
    return fail(Code::Expired, "nbf");
  return {};
}

std::string to_token(ByteView cose, std::string_view prefix) {
  return std::string(prefix) + to_base45(deflate(cose));
}

Result<Bytes> from_token(std::string_view text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return fail(Code::BadInput, "prefix");
  if (text.size() > kTextLimit) return fail(Code::TooLarge, "token text");
  MACHI_TRY_SET(packed, from_base45(text.substr(prefix.size())));
  return inflate_token(packed);
}

std::string to_fragment(ByteView cose) { return base::to_base64url(deflate(cose)); }

Result<Bytes> from_fragment(std::string_view text) {
  if (text.size() > kTextLimit) return fail(Code::TooLarge, "token text");
  MACHI_TRY_SET(packed, base::from_base64url(text));
  return inflate_token(packed);
}

}  // namespace machi::code

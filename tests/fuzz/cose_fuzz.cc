// COSE_Sign1 from strangers. Invariants: what strict reading takes is rebuilt byte for byte and taken
// leniently too; nothing verifies under a key that never signed; what we sign over any payload verifies, and
// no longer when a byte of it has changed.
#include "core/code/cose.h"
#include "core/code/token_reader.h"
#include "tests/fuzz/frame.h"

using namespace machi;

namespace {

constexpr std::string_view kTyp = "fuzz+cose";

const crypto::SignKey& key() {
  static const crypto::SignKey kKey = [] {
    MACHI_CHECK(crypto::ready());
    base::Array<32> seed{};
    seed[0] = 1;
    return crypto::sign_key(crypto::Secret<32>(seed));
  }();
  return kKey;
}

void check_reading(base::ByteView bytes) {
  const auto strict = code::parse_sign1(bytes);
  const auto lenient = code::parse_sign1(bytes, true);
  if (strict.ok()) {
    const auto rebuilt = code::encode(
        code::Cbor::tag(18, code::Cbor::array({strict->protected_bytes, strict->unprotected_headers,
                                               strict->payload, strict->signature})));
    MACHI_CHECK(base::equal(rebuilt, bytes));
    MACHI_CHECK(lenient.ok() && lenient->to_be_signed() == strict->to_be_signed());
  }
  if (lenient.ok()) MACHI_CHECK(code::check_signature(*lenient, key().open) != code::SignatureState::Holds);
  MACHI_CHECK(!code::verify_sign1(bytes, kTyp, key().open).ok());
}

void check_signing(base::ByteView payload) {
  code::Bytes made = code::sign1(key(), kTyp, payload, payload.first(payload.size() % 9));
  const auto found = code::verify_sign1(made, kTyp, key().open);
  MACHI_CHECK(found.ok() && base::equal(found->payload, payload));
  const std::size_t at = payload.empty() ? 0 : payload[0] * 257u % made.size();
  made[at] ^= static_cast<std::uint8_t>(1u << (payload.size() % 8));
  MACHI_CHECK(!code::verify_sign1(made, kTyp, key().open).ok());
}

}  // namespace

void machi::fuzz::read(base::ByteView input) {
  check_reading(input);
  check_signing(input);
}

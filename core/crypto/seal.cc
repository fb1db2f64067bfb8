// Sealed boxes, byte for byte those of libsodium's crypto_box_seal, but with the ephemeral key drawn from
// injected entropy. Pure; any thread; opening fails as BadSignature.
#include <sodium.h>

#include "core/crypto/sodium.h"

namespace machi::crypto {
namespace {

constexpr std::size_t kKeyBytes = crypto_box_PUBLICKEYBYTES;

// The nonce of a sealed box: BLAKE2b-192 over ephemeral key and recipient's key.
Array<crypto_box_NONCEBYTES> seal_nonce(const std::uint8_t* ephemeral, const SealPublic& to) {
  Array<crypto_box_NONCEBYTES> nonce;
  crypto_generichash_state state;
  crypto_generichash_init(&state, nullptr, 0, nonce.size());
  crypto_generichash_update(&state, ephemeral, kKeyBytes);
  crypto_generichash_update(&state, to.bytes.data(), to.bytes.size());
  crypto_generichash_final(&state, nonce.data(), nonce.size());
  return nonce;
}

}  // namespace

bool is_sound(const SealPublic& key) {
  // Any scalar shows it: libsodium answers -1 when the shared point would be zero.
  constexpr Array<32> kScalar{1};
  Array<32> shared;
  return crypto_scalarmult(shared.data(), kScalar.data(), key.bytes.data()) == 0;
}

Bytes seal(base::Entropy& entropy, const SealPublic& to, ByteView message) {
  Secret<32> ephemeral;
  entropy.fill(ephemeral.bytes());
  Bytes out(crypto_box_SEALBYTES + message.size());
  crypto_scalarmult_base(out.data(), ephemeral.bytes().data());
  const auto nonce = seal_nonce(out.data(), to);
  const int done = crypto_box_easy(out.data() + kKeyBytes, message.data(), message.size(), nonce.data(),
                                   to.bytes.data(), ephemeral.bytes().data());
  return done == 0 ? out : Bytes{};
}

base::Result<Bytes> open(const SealKey& key, ByteView sealed) {
  if (sealed.size() < crypto_box_SEALBYTES) return base::fail(base::Code::BadInput, "sealed length");
  Bytes out(sealed.size() - crypto_box_SEALBYTES);
  if (crypto_box_seal_open(out.data(), sealed.data(), sealed.size(), key.open.bytes.data(),
                           key.secret.bytes().data()) != 0)
    return base::fail(base::Code::BadSignature, "sealed box");
  return out;
}

}  // namespace machi::crypto

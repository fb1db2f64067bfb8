// Signatures, secret-key boxes, hashes and derivation by libsodium. Pure; any thread. What comes from outside
// fails as a Result or false; a wrong call (a context that is not eight bytes) is a bug.
#include "core/crypto/sodium.h"

#include <sodium.h>

#include <algorithm>

#include "core/base/check.h"

namespace machi::crypto {
namespace {

constexpr std::array<std::size_t, 5> kPaddedSizes = {256, 1024, 4096, 16384, 65536};

}  // namespace

bool ready() { return sodium_init() >= 0; }

Signature sign(const SignKey& key, ByteView message) {
  // libsodium's secret key is seed || public key.
  Secret<crypto_sign_SECRETKEYBYTES> expanded;
  std::memcpy(expanded.bytes().data(), key.seed.bytes().data(), 32);
  std::memcpy(expanded.bytes().data() + 32, key.open.bytes.data(), 32);
  Signature signature;
  crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), expanded.bytes().data());
  return signature;
}

bool verify(const SignPublic& key, ByteView message, ByteView signature) {
  return signature.size() == crypto_sign_BYTES &&
         crypto_sign_verify_detached(signature.data(), message.data(), message.size(), key.bytes.data()) == 0;
}

Bytes lock(base::Entropy& entropy, const Secret<32>& key, ByteView message) {
  Bytes out(crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + message.size());
  const std::span<std::uint8_t> nonce = std::span(out).first(crypto_secretbox_NONCEBYTES);
  entropy.fill(nonce);
  crypto_secretbox_easy(out.data() + nonce.size(), message.data(), message.size(), nonce.data(),
                        key.bytes().data());
  return out;
}

base::Result<Bytes> unlock(const Secret<32>& key, ByteView locked) {
  constexpr std::size_t kOverhead = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
  if (locked.size() < kOverhead) return base::fail(base::Code::BadInput, "locked length");
  Bytes out(locked.size() - kOverhead);
  const ByteView box = locked.subspan(crypto_secretbox_NONCEBYTES);
  if (crypto_secretbox_open_easy(out.data(), box.data(), box.size(), locked.data(), key.bytes().data()) != 0)
    return base::fail(base::Code::BadSignature, "locked box");
  return out;
}

Array<32> hash(ByteView message) {
  Array<32> out;
  crypto_generichash(out.data(), out.size(), message.data(), message.size(), nullptr, 0);
  return out;
}

Array<32> keyed_hash(const Secret<32>& key, ByteView message) {
  Array<32> out;
  crypto_generichash(out.data(), out.size(), message.data(), message.size(), key.bytes().data(),
                     key.bytes().size());
  return out;
}

Array<32> sha256(ByteView message) {
  Array<32> out;
  crypto_hash_sha256(out.data(), message.data(), message.size());
  return out;
}

Secret<32> derive(const Secret<32>& key, std::uint64_t id, std::string_view context) {
  static_assert(crypto_kdf_KEYBYTES == 32);
  MACHI_CHECK(context.size() == crypto_kdf_CONTEXTBYTES);
  Secret<32> out;
  crypto_kdf_derive_from_key(out.bytes().data(), out.bytes().size(), id, context.data(), key.bytes().data());
  return out;
}

bool same(ByteView a, ByteView b) {
  return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

base::Result<Bytes> pad(ByteView message) {
  for (const std::size_t size : kPaddedSizes) {
    if (message.size() >= size) continue;
    Bytes out(size);
    std::copy(message.begin(), message.end(), out.begin());
    out[message.size()] = 0x80;
    return out;
  }
  return base::fail(base::Code::TooLarge, "padded size");
}

base::Result<Bytes> unpad(ByteView padded) {
  if (std::find(kPaddedSizes.begin(), kPaddedSizes.end(), padded.size()) == kPaddedSizes.end())
    return base::fail(base::Code::BadInput, "padded size");
  std::size_t length = 0;
  if (sodium_unpad(&length, padded.data(), padded.size(), padded.size()) != 0)
    return base::fail(base::Code::BadInput, "padding");
  return Bytes(padded.begin(), padded.begin() + static_cast<std::ptrdiff_t>(length));
}

}  // namespace machi::crypto

// Fast key erasure: each draw takes the next key and the output from one ChaCha20 stream and forgets the old
// key, so that a stolen state does not tell what was drawn before. One thread per generator; nothing fails.
#include "core/crypto/drbg.h"

#include <sodium.h>

#include <algorithm>

#include "core/crypto/sodium.h"

namespace machi::crypto {
namespace {

static_assert(crypto_stream_chacha20_KEYBYTES == 32);
constexpr std::array<std::uint8_t, crypto_stream_chacha20_NONCEBYTES>
    kNonce{};  // each key is used for one stream only

}  // namespace

Drbg Drbg::of_number(std::uint64_t number) {
  Bytes message = base::copy(base::view("machi simulation"));
  for (int shift = 0; shift < 64; shift += 8) message.push_back(static_cast<std::uint8_t>(number >> shift));
  return Drbg(Secret<32>(hash(message)));
}

void Drbg::fill(std::span<std::uint8_t> out) {
  Bytes stream(32 + out.size());
  crypto_stream_chacha20(stream.data(), stream.size(), kNonce.data(), key_.bytes().data());
  std::copy_n(stream.begin(), 32, key_.bytes().begin());
  std::copy(stream.begin() + 32, stream.end(), out.begin());
  wipe(stream);
}

void SystemEntropy::fill(std::span<std::uint8_t> out) { randombytes_buf(out.data(), out.size()); }

}  // namespace machi::crypto

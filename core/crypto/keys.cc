// Keys from seeds, and what a device derives from its one secret. Pure; any thread; nothing fails.
#include "core/crypto/keys.h"

#include <sodium.h>

#include "core/crypto/sodium.h"

namespace machi::crypto {
namespace {

// One subkey per purpose; the contexts are part of the protocol (core/mail/PROTOCOL.md) and never change.
constexpr std::uint64_t kSubkey = 1;
constexpr std::string_view kSealContext = "MKseal__";
constexpr std::string_view kStorageContext = "MKstore_";
constexpr std::string_view kPostingContext = "MKpost__";

}  // namespace

void wipe(std::span<std::uint8_t> bytes) { sodium_memzero(bytes.data(), bytes.size()); }

SignKey sign_key(Secret<32> seed) {
  SignKey key{std::move(seed), {}};
  Secret<crypto_sign_SECRETKEYBYTES> expanded;
  crypto_sign_seed_keypair(key.open.bytes.data(), expanded.bytes().data(), key.seed.bytes().data());
  return key;
}

SealKey seal_key(Secret<32> seed) {
  SealKey key;
  crypto_box_seed_keypair(key.open.bytes.data(), key.secret.bytes().data(), seed.bytes().data());
  return key;
}

DeviceSeed DeviceSeed::make(base::Entropy& entropy) {
  Secret<32> seed;
  entropy.fill(seed.bytes());
  return DeviceSeed(std::move(seed));
}

SealKey DeviceSeed::seal() const { return seal_key(derive(seed_, kSubkey, kSealContext)); }

SignKey DeviceSeed::posting(const base::MailboxId& mailbox) const {
  return sign_key(Secret<32>(keyed_hash(derive(seed_, kSubkey, kPostingContext), mailbox.view())));
}

Secret<32> DeviceSeed::storage() const { return derive(seed_, kSubkey, kStorageContext); }

}  // namespace machi::crypto

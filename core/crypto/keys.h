// Keys: what each is for is in its type; none serves two purposes, and none is converted into another curve's.
// libsodium behind it. Secrets are zeroed on destruction and move only. Any thread; pure.
#pragma once

#include "core/base/bytes.h"
#include "core/base/entropy.h"
#include "core/base/id.h"

namespace machi::crypto {

using base::Array;
using base::ByteView;
using base::Bytes;

// A secret of N bytes: not copied by accident (use clone), zeroed when it goes.
template <std::size_t N>
class Secret {
 public:
  Secret() = default;
  explicit Secret(const Array<N>& bytes) : bytes_(bytes) {}
  Secret(Secret&& other) noexcept : bytes_(other.bytes_) { other.wipe(); }
  Secret& operator=(Secret&& other) noexcept {
    if (this != &other) { bytes_ = other.bytes_; other.wipe(); }
    return *this;
  }
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  ~Secret() { wipe(); }
  Secret clone() const { return Secret(bytes_); }
  const Array<N>& bytes() const { return bytes_; }
  Array<N>& bytes() { return bytes_; }
  ByteView view() const { return bytes_; }

 private:
  void wipe();
  Array<N> bytes_{};
};

// Zeroes memory in a way that the compiler keeps.
void wipe(std::span<std::uint8_t> bytes);
template <std::size_t N>
void Secret<N>::wipe() { crypto::wipe(bytes_); }

// Ed25519 (RFC 8032). The secret is the 32-byte seed.
struct SignPublic { Array<32> bytes{}; auto operator<=>(const SignPublic&) const = default; };
struct SignKey { Secret<32> seed; SignPublic open; };
using Signature = Array<64>;

// X25519 for sealed boxes (crypto_box_seal: X25519, XSalsa20-Poly1305, ephemeral key).
struct SealPublic { Array<32> bytes{}; auto operator<=>(const SealPublic&) const = default; };
struct SealKey { Secret<32> secret; SealPublic open; };

SignKey sign_key(Secret<32> seed);
SealKey seal_key(Secret<32> seed);  // crypto_box_seed_keypair

// The one secret of a device. Everything else is derived (crypto_kdf, BLAKE2b; contexts in PROTOCOL.md).
class DeviceSeed {
 public:
  explicit DeviceSeed(Secret<32> seed) : seed_(std::move(seed)) {}
  static DeviceSeed make(base::Entropy& entropy);
  ByteView view() const { return seed_.view(); }
  SealKey seal() const;                                    // opens grants addressed to this device
  SignKey posting(const base::MailboxId& mailbox) const;   // another key for every mailbox
  Secret<32> storage() const;                              // wraps local secrets

 private:
  Secret<32> seed_;
};

}  // namespace machi::crypto

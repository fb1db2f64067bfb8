// Randomness of the core: a fast-key-erasure generator over ChaCha20, seeded by the host or by a simulation's number.
// Owned by whoever runs a core; one thread.
#pragma once

#include "core/crypto/keys.h"

namespace machi::crypto {

class Drbg final : public base::Entropy {
 public:
  explicit Drbg(Secret<32> seed) : key_(std::move(seed)) {}
  // For simulations only: a stream that repeats with the number.
  static Drbg of_number(std::uint64_t number);
  void fill(std::span<std::uint8_t> out) override;

 private:
  Secret<32> key_;
};

// The operating system's generator, for town programs (libsodium randombytes).
class SystemEntropy final : public base::Entropy {
 public:
  void fill(std::span<std::uint8_t> out) override;
};

}  // namespace machi::crypto

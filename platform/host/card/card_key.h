// The private key of a card that is simulated: PEM, RSA. It signs what a My Number card is given to sign - a
// DigestInfo of SHA-256 - by PKCS#1 v1.5. OpenSSL behind it. For simulators and tests; one thread a key.
#pragma once

#include <memory>

#include "core/base/bytes.h"

namespace machi::host {

class CardKey {
 public:
  static base::Result<CardKey> read(base::ByteView pem);
  CardKey(CardKey&&) noexcept;
  ~CardKey();
  base::Result<base::Bytes> sign(base::ByteView digest_info) const;

 private:
  struct Key;
  explicit CardKey(std::unique_ptr<Key> key);
  std::unique_ptr<Key> key_;
};

}  // namespace machi::host

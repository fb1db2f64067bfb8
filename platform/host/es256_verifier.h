// Verifies COSE_Sign1 made with ES256 or PS256 (RFC 9053 section 2.1, RFC 8230), as health certificates are.
// OpenSSL behind it: for town programs that show tokens (`machi token read --key`), never in the core. Any
// thread; pure.
#pragma once

#include <memory>

#include "core/code/token_reader.h"

namespace machi::host {

class Es256Verifier {
 public:
  // A certificate (X.509) or a bare public key (SubjectPublicKeyInfo), either as DER or as PEM; P-256 or RSA
  // of at least 2048 bits. BadInput when it is none of these, Unsupported for another kind of key.
  static base::Result<Es256Verifier> from_key(base::ByteView der_or_pem);
  // A point of P-256 by its coordinates, 32 bytes each. BadInput when it is not on the curve.
  static base::Result<Es256Verifier> from_point(base::ByteView x, base::ByteView y);

  // First 8 bytes of the certificate's SHA-256: the key id that health certificates carry. Empty for a bare
  // key.
  const base::Bytes& key_id() const { return key_id_; }

  // KeyUnknown when the token is of an algorithm that this key is not for, has a critical header, or names
  // the key id of another certificate. The dates and the issuer of the certificate are not judged.
  code::SignatureState check(const code::Sign1& sign1, base::ByteView external_aad = {}) const;

 private:
  struct Key;  // the library's handle
  Es256Verifier(std::shared_ptr<const Key> key, base::Bytes key_id)
      : key_(std::move(key)), key_id_(std::move(key_id)) {}

  std::shared_ptr<const Key> key_;
  base::Bytes key_id_;
};

}  // namespace machi::host

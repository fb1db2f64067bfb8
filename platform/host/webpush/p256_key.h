// A key pair on P-256 (NIST SP 800-186, "prime256v1") as Web Push has it: for ECDH (RFC 8291) and for ES256
// (RFC 7518 section 3.4), never one pair for both. OpenSSL's; any thread; what OpenSSL holds it zeroes.
#pragma once

#include <memory>

#include "core/base/bytes.h"

namespace machi::host {

inline constexpr std::size_t kPointBytes = 65;  // uncompressed: 4, x, y (SEC 1 section 2.3.3)
using Point = base::Array<kPointBytes>;

class P256Key {
 public:
  static base::Result<P256Key> make();
  // The 32 bytes of the private number and its public point; BadInput when they are none.
  static base::Result<P256Key> from_parts(base::ByteView secret, base::ByteView point);
  // PKCS #8 in PEM, without a password: whoever keeps it guards the file.
  static base::Result<P256Key> from_pem(std::string_view pem);
  base::Result<std::string> pem() const;

  const Point& point() const { return point_; }
  // x of the common point. BadInput when `other` is no point of the curve.
  base::Result<base::Array<32>> agree(base::ByteView other) const;
  // r and s, 32 bytes each.
  base::Result<base::Array<64>> sign(base::ByteView text) const;

 private:
  struct Held;
  P256Key(std::shared_ptr<const Held> held, const Point& point) : held_(std::move(held)), point_(point) {}
  std::shared_ptr<const Held> held_;
  Point point_{};
};

// Whether this is a point of the curve, uncompressed.
bool is_point(base::ByteView point);
bool verify_es256(base::ByteView point, base::ByteView text, base::ByteView signature);

}  // namespace machi::host

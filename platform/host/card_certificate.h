// The certificate for user authentication of a My Number card (公的個人認証): whether one of the trusted
// authorities issued it, whether it holds today and is not on the revocation list, and whether its key signed
// the session's challenge. OpenSSL behind it. One thread a verifier.
//
// The profile that is asked for: X.509 version 3, RSA of at least 2048 bits, no authority of its own, key
// usage (when it says one) digital signature; signature RSASSA-PKCS1-v1_5 with SHA-256 over the challenge.
// The authorities are given, as are their lists; a list that is missing, too old or of another signer fails.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/time.h"

namespace machi::host {

inline constexpr std::size_t kCardCertificateLimit = 8192;  // bytes of DER

// When a certificate ends, whoever issued it: to say "expired" where nothing else is known. BadInput.
base::Result<base::Instant> certificate_end(base::ByteView certificate);

class CardVerifier {
 public:
  // Authorities and revocation lists, each DER or PEM (several in one PEM file). BadInput when one cannot be
  // read, Missing without an authority.
  static base::Result<CardVerifier> make(const std::vector<base::Bytes>& authorities,
                                         const std::vector<base::Bytes>& lists);
  CardVerifier(CardVerifier&&) noexcept;
  ~CardVerifier();

  // The serial number of the certificate, upper-case hexadecimal without zeros in front. BadInput for what is
  // no certificate of the profile, UnknownKey for one of another authority, Expired (also for one that holds
  // later), Revoked, BadSignature; Storage when the revocation list is missing or too old to ask.
  base::Result<std::string> check(base::ByteView certificate, base::ByteView challenge,
                                  base::ByteView signature, base::Instant now) const;

 private:
  struct Trust;
  explicit CardVerifier(std::unique_ptr<Trust> trust);
  std::unique_ptr<Trust> trust_;
};

}  // namespace machi::host

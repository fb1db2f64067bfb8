// Chain, dates and revocation by OpenSSL's verifier; then the signature. What OpenSSL reports on its error
// queue is dropped: the caller gets one code.
#include "platform/host/card_certificate.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <ctime>

#include "platform/host/openssl_handle.h"

namespace machi::host {
namespace {

using base::Bytes;
using base::ByteView;
using base::Code;
using base::fail;
using base::Result;

using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using RevocationList = std::unique_ptr<X509_CRL, Freer<X509_CRL_free>>;
using Store = std::unique_ptr<X509_STORE, Freer<X509_STORE_free>>;
using StoreContext = std::unique_ptr<X509_STORE_CTX, Freer<X509_STORE_CTX_free>>;
using Bio = std::unique_ptr<BIO, Freer<BIO_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Freer<BN_free>>;

constexpr int kLeastRsaBits = 2048;
constexpr int kMostRsaBits = 4096;
constexpr std::size_t kMostObjects = 64;

// One object as DER, or as many as a PEM text has.
template <class Handle, class ReadDer, class ReadPem>
std::vector<Handle> objects(ByteView bytes, ReadDer read_der, ReadPem read_pem) {
  std::vector<Handle> out;
  const unsigned char* at = bytes.data();
  if (Handle one(read_der(nullptr, &at, static_cast<long>(bytes.size()))); one) {
    out.push_back(std::move(one));
    return out;
  }
  const Bio text(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size())));
  while (out.size() < kMostObjects) {
    Handle one(read_pem(text.get(), nullptr, nullptr, nullptr));
    if (!one) break;
    out.push_back(std::move(one));
  }
  return out;
}

Result<std::string> serial_of(const X509* certificate) {
  const Number number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
  if (!number || BN_is_negative(number.get()) || BN_num_bytes(number.get()) > 20)
    return fail(Code::BadInput, "serial number");
  Bytes raw(static_cast<std::size_t>(BN_num_bytes(number.get())));
  BN_bn2bin(number.get(), raw.data());
  std::string out = base::to_hex(raw);
  for (char& sign : out)
    if (sign >= 'a') sign = static_cast<char>(sign - 'a' + 'A');
  if (const auto first = out.find_first_not_of('0'); first != std::string::npos) return out.substr(first);
  return std::string("0");
}

Code code_of(int error) {
  switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return Code::Expired;
    case X509_V_ERR_CERT_REVOKED:
      return Code::Revoked;
    case X509_V_ERR_UNABLE_TO_GET_CRL:
    case X509_V_ERR_CRL_HAS_EXPIRED:
    case X509_V_ERR_CRL_NOT_YET_VALID:
    case X509_V_ERR_CRL_SIGNATURE_FAILURE:
    case X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER:
    case X509_V_ERR_DIFFERENT_CRL_SCOPE:
      return Code::Storage;
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
      return Code::BadSignature;
    default:
      return Code::UnknownKey;
  }
}

bool of_the_profile(X509* certificate) {
  if (X509_get_version(certificate) != 2 || X509_check_ca(certificate) != 0) return false;
  const std::uint32_t usage = X509_get_key_usage(certificate);  // all bits when it says nothing
  if ((usage & X509v3_KU_DIGITAL_SIGNATURE) == 0) return false;
  const EVP_PKEY* key = X509_get0_pubkey(certificate);
  const int bits = key == nullptr ? 0 : EVP_PKEY_get_bits(key);
  return key != nullptr && EVP_PKEY_is_a(key, "RSA") != 0 && bits >= kLeastRsaBits && bits <= kMostRsaBits;
}

}  // namespace

Result<base::Instant> certificate_end(ByteView certificate) {
  const ClearErrors clear;
  if (certificate.empty() || certificate.size() > kCardCertificateLimit) return fail(Code::BadInput, "size");
  const unsigned char* at = certificate.data();
  const Certificate card(d2i_X509(nullptr, &at, static_cast<long>(certificate.size())));
  std::tm end{};
  if (!card || ASN1_TIME_to_tm(X509_get0_notAfter(card.get()), &end) != 1)
    return fail(Code::BadInput, "no certificate");
  return base::Instant{static_cast<std::int64_t>(::timegm(&end)) * 1000};
}

struct CardVerifier::Trust {
  Store store;
};

CardVerifier::CardVerifier(std::unique_ptr<Trust> trust) : trust_(std::move(trust)) {}
CardVerifier::CardVerifier(CardVerifier&&) noexcept = default;
CardVerifier::~CardVerifier() = default;

Result<CardVerifier> CardVerifier::make(const std::vector<Bytes>& authorities,
                                        const std::vector<Bytes>& lists) {
  const ClearErrors clear;
  auto trust = std::make_unique<Trust>();
  trust->store.reset(X509_STORE_new());
  if (!trust->store) return fail(Code::Storage, "openssl");
  if (authorities.empty()) return fail(Code::Missing, "no authority");
  for (const Bytes& bytes : authorities) {
    const auto found = objects<Certificate>(bytes, d2i_X509, PEM_read_bio_X509);
    if (found.empty()) return fail(Code::BadInput, "an authority's certificate cannot be read");
    for (const Certificate& one : found)
      if (X509_check_ca(one.get()) == 0 || X509_STORE_add_cert(trust->store.get(), one.get()) != 1)
        return fail(Code::BadInput, "a certificate is of no authority");
  }
  for (const Bytes& bytes : lists) {
    const auto found = objects<RevocationList>(bytes, d2i_X509_CRL, PEM_read_bio_X509_CRL);
    if (found.empty()) return fail(Code::BadInput, "a revocation list cannot be read");
    for (const RevocationList& one : found)
      if (X509_STORE_add_crl(trust->store.get(), one.get()) != 1)
        return fail(Code::BadInput, "a revocation list");
  }
  return CardVerifier(std::move(trust));
}

Result<std::string> CardVerifier::check(ByteView certificate, ByteView challenge, ByteView signature,
                                        base::Instant now) const {
  const ClearErrors clear;
  if (certificate.empty() || certificate.size() > kCardCertificateLimit) return fail(Code::BadInput, "size");
  const unsigned char* at = certificate.data();
  const Certificate card(d2i_X509(nullptr, &at, static_cast<long>(certificate.size())));
  if (!card || at != certificate.data() + certificate.size()) return fail(Code::BadInput, "no certificate");
  if (!of_the_profile(card.get())) return fail(Code::BadInput, "profile");
  const StoreContext context(X509_STORE_CTX_new());
  if (!context || X509_STORE_CTX_init(context.get(), trust_->store.get(), card.get(), nullptr) != 1)
    return fail(Code::Storage, "openssl");
  X509_VERIFY_PARAM* rules = X509_STORE_CTX_get0_param(context.get());
  X509_VERIFY_PARAM_set_time(rules, static_cast<time_t>(now.seconds()));
  X509_VERIFY_PARAM_set_flags(rules,
                              X509_V_FLAG_CRL_CHECK | X509_V_FLAG_X509_STRICT | X509_V_FLAG_PARTIAL_CHAIN);
  X509_VERIFY_PARAM_set_depth(rules, 3);
  if (X509_verify_cert(context.get()) != 1) {
    const int error = X509_STORE_CTX_get_error(context.get());
    return fail(code_of(error), X509_verify_cert_error_string(error));
  }
  const DigestContext digest(EVP_MD_CTX_new());
  if (!digest ||
      EVP_DigestVerifyInit(digest.get(), nullptr, EVP_sha256(), nullptr, X509_get0_pubkey(card.get())) != 1)
    return fail(Code::Storage, "openssl");
  if (EVP_DigestVerify(digest.get(), signature.data(), signature.size(), challenge.data(),
                       challenge.size()) != 1)
    return fail(Code::BadSignature, "challenge");
  return serial_of(card.get());
}

}  // namespace machi::host

// ES256 and PS256 by OpenSSL 3. Any thread; pure. COSE's ECDSA signature is r and s in 32 bytes each; OpenSSL
// wants the DER form. What OpenSSL reports on its error queue is dropped: the caller gets one code.
#include "platform/host/es256_verifier.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

#include "platform/host/openssl_handle.h"

namespace machi::host {
namespace {

using base::Bytes;
using base::ByteView;
using base::Code;
using base::fail;
using base::Result;
using code::SignatureState;

using KeyHandle = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Freer<X509_free>>;
using Bio = std::unique_ptr<BIO, Freer<BIO_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freer<EVP_PKEY_CTX_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Freer<ECDSA_SIG_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Freer<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freer<OSSL_PARAM_free>>;

constexpr std::size_t kCoordinate = 32;
constexpr int kLeastRsaBits = 2048;
constexpr std::size_t kKeyIdBytes = 8;

Bio reader(ByteView bytes) { return Bio(BIO_new_mem_buf(bytes.data(), static_cast<int>(bytes.size()))); }

Certificate read_certificate(ByteView bytes) {
  const unsigned char* at = bytes.data();
  Certificate found(d2i_X509(nullptr, &at, static_cast<long>(bytes.size())));
  if (!found) found.reset(PEM_read_bio_X509(reader(bytes).get(), nullptr, nullptr, nullptr));
  return found;
}

KeyHandle read_public_key(ByteView bytes) {
  const unsigned char* at = bytes.data();
  KeyHandle found(d2i_PUBKEY(nullptr, &at, static_cast<long>(bytes.size())));
  if (!found) found.reset(PEM_read_bio_PUBKEY(reader(bytes).get(), nullptr, nullptr, nullptr));
  return found;
}

bool is_p256(const EVP_PKEY* key) {
  char name[32] = {};
  return EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, name, sizeof name, nullptr) == 1 &&
         std::string_view(name) == "prime256v1";
}

bool is_rsa(const EVP_PKEY* key) {
  return EVP_PKEY_is_a(key, "RSA") && EVP_PKEY_get_bits(key) >= kLeastRsaBits;
}

// r || s to the DER sequence of two integers; empty when the length is another.
Bytes der_signature(ByteView raw) {
  if (raw.size() != 2 * kCoordinate) return {};
  EcSignature signature(ECDSA_SIG_new());
  BIGNUM* r = BN_bin2bn(raw.data(), kCoordinate, nullptr);
  BIGNUM* s = BN_bin2bn(raw.data() + kCoordinate, kCoordinate, nullptr);
  if (!signature || ECDSA_SIG_set0(signature.get(), r, s) != 1) {
    BN_free(r);
    BN_free(s);
    return {};
  }
  const int size = i2d_ECDSA_SIG(signature.get(), nullptr);
  if (size <= 0) return {};
  Bytes out(static_cast<std::size_t>(size));
  unsigned char* at = out.data();
  i2d_ECDSA_SIG(signature.get(), &at);
  return out;
}

bool holds(EVP_PKEY* key, bool pss, ByteView message, ByteView signature) {
  const DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY_CTX* options = nullptr;  // owned by the context
  if (!context || EVP_DigestVerifyInit(context.get(), &options, EVP_sha256(), nullptr, key) != 1)
    return false;
  if (pss && (EVP_PKEY_CTX_set_rsa_padding(options, RSA_PKCS1_PSS_PADDING) <= 0 ||
              EVP_PKEY_CTX_set_rsa_pss_saltlen(options, RSA_PSS_SALTLEN_DIGEST) <= 0 ||
              EVP_PKEY_CTX_set_rsa_mgf1_md(options, EVP_sha256()) <= 0))
    return false;
  return EVP_DigestVerify(context.get(), signature.data(), signature.size(), message.data(),
                          message.size()) == 1;
}

}  // namespace

struct Es256Verifier::Key {
  KeyHandle handle;
  bool rsa = false;
};

Result<Es256Verifier> Es256Verifier::from_key(ByteView der_or_pem) {
  const ClearErrors clear;
  if (der_or_pem.empty() || der_or_pem.size() > 65536) return fail(Code::BadInput, "key length");
  Bytes key_id;
  KeyHandle handle;
  if (const Certificate certificate = read_certificate(der_or_pem)) {
    handle.reset(X509_get_pubkey(certificate.get()));
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    if (X509_digest(certificate.get(), EVP_sha256(), digest, &size) == 1)
      key_id.assign(digest, digest + kKeyIdBytes);
  } else {
    handle = read_public_key(der_or_pem);
  }
  if (!handle) return fail(Code::BadInput, "no certificate and no public key");
  if (!is_p256(handle.get()) && !is_rsa(handle.get())) return fail(Code::Unsupported, "kind of key");
  const bool rsa = is_rsa(handle.get());
  return Es256Verifier(std::make_shared<const Key>(Key{std::move(handle), rsa}), std::move(key_id));
}

Result<Es256Verifier> Es256Verifier::from_point(ByteView x, ByteView y) {
  const ClearErrors clear;
  if (x.size() != kCoordinate || y.size() != kCoordinate) return fail(Code::BadInput, "coordinate length");
  Bytes point{0x04};  // uncompressed (SEC 1 section 2.3.3)
  point.insert(point.end(), x.begin(), x.end());
  point.insert(point.end(), y.begin(), y.end());
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  if (!builder || !context ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) !=
          1)
    return fail(Code::BadInput, "key parameters");
  const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
  EVP_PKEY* made = nullptr;
  if (EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, EVP_PKEY_PUBLIC_KEY, params.get()) != 1)
    return fail(Code::BadInput, "not on the curve");
  return Es256Verifier(std::make_shared<const Key>(Key{KeyHandle(made), false}), {});
}

SignatureState Es256Verifier::check(const code::Sign1& sign1, ByteView external_aad) const {
  const ClearErrors clear;
  const auto expected = key_->rsa ? code::kAlgPs256 : code::kAlgEs256;
  if (code::stated_algorithm(sign1) != expected || sign1.has_critical()) return SignatureState::KeyUnknown;
  const Bytes kid = sign1.kid();
  if (!kid.empty() && !key_id_.empty() && kid != key_id_) return SignatureState::KeyUnknown;
  const Bytes signature = key_->rsa ? sign1.signature : der_signature(sign1.signature);
  if (signature.empty()) return SignatureState::Fails;
  return holds(key_->handle.get(), key_->rsa, sign1.to_be_signed(external_aad), signature)
             ? SignatureState::Holds
             : SignatureState::Fails;
}

}  // namespace machi::host

// OpenSSL 3 by its EVP interface. What it reports on its error queue is dropped: the caller gets one code.
#include "platform/host/webpush/p256_key.h"

#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>

#include "platform/host/openssl_handle.h"

namespace machi::host {

using base::Array;
using base::ByteView;
using base::Code;
using base::fail;
using base::Result;

namespace {

using KeyHandle = std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>>;
using KeyContext = std::unique_ptr<EVP_PKEY_CTX, Freer<EVP_PKEY_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Freer<EVP_MD_CTX_free>>;
using Bio = std::unique_ptr<BIO, Freer<BIO_free>>;
using Number = std::unique_ptr<BIGNUM, Freer<BN_clear_free>>;
using EcSignature = std::unique_ptr<ECDSA_SIG, Freer<ECDSA_SIG_free>>;
using ParamBuilder = std::unique_ptr<OSSL_PARAM_BLD, Freer<OSSL_PARAM_BLD_free>>;
using Params = std::unique_ptr<OSSL_PARAM, Freer<OSSL_PARAM_free>>;

constexpr const char* kGroup = "prime256v1";

KeyHandle made_of(ByteView secret, ByteView point) {
  if (point.size() != kPointBytes || point[0] != 4) return nullptr;
  const ParamBuilder builder(OSSL_PARAM_BLD_new());
  const KeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  Number number;
  if (!builder || !context ||
      OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, kGroup, 0) != 1 ||
      OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()) !=
          1)
    return nullptr;
  if (!secret.empty()) {
    number.reset(BN_secure_new());
    if (!number || BN_bin2bn(secret.data(), static_cast<int>(secret.size()), number.get()) == nullptr ||
        OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, number.get()) != 1)
      return nullptr;
  }
  const Params params(OSSL_PARAM_BLD_to_param(builder.get()));
  EVP_PKEY* made = nullptr;
  const int what = secret.empty() ? EVP_PKEY_PUBLIC_KEY : EVP_PKEY_KEYPAIR;
  if (!params || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &made, what, params.get()) != 1)
    return nullptr;
  return KeyHandle(made);
}

bool is_p256(const EVP_PKEY* key) {
  char name[32] = {};
  return EVP_PKEY_is_a(key, "EC") && EVP_PKEY_get_group_name(key, name, sizeof name, nullptr) == 1 &&
         std::string_view(name) == kGroup;
}

// Of another's key no compressed form is asked for.
Result<Point> point_of(const EVP_PKEY* key) {
  Point out{};
  std::size_t size = 0;
  if (EVP_PKEY_get_octet_string_param(key, OSSL_PKEY_PARAM_PUB_KEY, out.data(), out.size(), &size) != 1 ||
      size != kPointBytes || out[0] != 4)
    return fail(Code::BadInput, "point");
  return out;
}

}  // namespace

struct P256Key::Held {
  KeyHandle key;
};

Result<P256Key> P256Key::make() {
  const ClearErrors clear;
  KeyHandle key(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", kGroup));
  if (!key) return fail(Code::Storage, "no key could be made");
  MACHI_TRY_SET(point, point_of(key.get()));
  return P256Key(std::make_shared<const Held>(Held{std::move(key)}), point);
}

Result<P256Key> P256Key::from_parts(ByteView secret, ByteView point) {
  const ClearErrors clear;
  if (secret.size() != 32) return fail(Code::BadInput, "secret");
  KeyHandle key = made_of(secret, point);
  if (!key) return fail(Code::BadInput, "not on the curve");
  const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
  if (!context || EVP_PKEY_pairwise_check(context.get()) != 1) return fail(Code::BadInput, "no pair");
  MACHI_TRY_SET(own, point_of(key.get()));
  return P256Key(std::make_shared<const Held>(Held{std::move(key)}), own);
}

Result<P256Key> P256Key::from_pem(std::string_view pem) {
  const ClearErrors clear;
  const Bio reader(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  // Never asks at a terminal for a password.
  const auto none = [](char*, int, int, void*) { return -1; };
  KeyHandle key(PEM_read_bio_PrivateKey(reader.get(), nullptr, none, nullptr));
  if (!key || !is_p256(key.get())) return fail(Code::BadInput, "no private key of P-256");
  MACHI_TRY_SET(point, point_of(key.get()));
  return P256Key(std::make_shared<const Held>(Held{std::move(key)}), point);
}

Result<std::string> P256Key::pem() const {
  const ClearErrors clear;
  const Bio writer(BIO_new(BIO_s_secmem()));
  char* at = nullptr;
  if (!writer || PEM_write_bio_PKCS8PrivateKey(writer.get(), held_->key.get(), nullptr, nullptr, 0, nullptr,
                                               nullptr) != 1)
    return fail(Code::Storage, "key");
  const long size = BIO_get_mem_data(writer.get(), &at);
  return std::string(at, static_cast<std::size_t>(size));
}

Result<Array<32>> P256Key::agree(ByteView other) const {
  const ClearErrors clear;
  const KeyHandle theirs = made_of({}, other);  // refuses what is not on the curve
  if (!theirs) return fail(Code::BadInput, "not on the curve");
  const KeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, held_->key.get(), nullptr));
  Array<32> out{};
  std::size_t size = out.size();
  // P-256 has one subgroup: a point of the curve needs no further check.
  if (!context || EVP_PKEY_derive_init(context.get()) != 1 ||
      EVP_PKEY_derive_set_peer_ex(context.get(), theirs.get(), 0) != 1 ||
      EVP_PKEY_derive(context.get(), out.data(), &size) != 1 || size != out.size())
    return fail(Code::BadInput, "agreement");
  return out;
}

Result<Array<64>> P256Key::sign(ByteView text) const {
  const ClearErrors clear;
  const DigestContext context(EVP_MD_CTX_new());
  base::Bytes der(80);
  std::size_t size = der.size();
  if (!context || EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, held_->key.get()) != 1 ||
      EVP_DigestSign(context.get(), der.data(), &size, text.data(), text.size()) != 1)
    return fail(Code::Storage, "signature");
  const unsigned char* at = der.data();
  const EcSignature signature(d2i_ECDSA_SIG(nullptr, &at, static_cast<long>(size)));
  Array<64> out{};
  if (!signature || BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), out.data(), 32) != 32 ||
      BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), out.data() + 32, 32) != 32)
    return fail(Code::Storage, "signature");
  return out;
}

bool is_point(ByteView point) {
  const ClearErrors clear;
  return made_of({}, point) != nullptr;
}

bool verify_es256(ByteView point, ByteView text, ByteView signature) {
  const ClearErrors clear;
  const KeyHandle key = made_of({}, point);
  if (!key || signature.size() != 64) return false;
  const EcSignature both(ECDSA_SIG_new());
  BIGNUM* r = BN_bin2bn(signature.data(), 32, nullptr);
  BIGNUM* s = BN_bin2bn(signature.data() + 32, 32, nullptr);
  if (!both || ECDSA_SIG_set0(both.get(), r, s) != 1) {
    BN_free(r);
    BN_free(s);
    return false;
  }
  base::Bytes der(80);
  unsigned char* at = der.data();
  const int size = i2d_ECDSA_SIG(both.get(), &at);
  const DigestContext context(EVP_MD_CTX_new());
  return size > 0 && context &&
         EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) == 1 &&
         EVP_DigestVerify(context.get(), der.data(), static_cast<std::size_t>(size), text.data(),
                          text.size()) == 1;
}

}  // namespace machi::host

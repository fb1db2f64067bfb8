// OpenSSL's EVP: with a padding and no digest named, it pads and signs what it is given.
#include "platform/host/card/card_key.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "platform/host/openssl_handle.h"

namespace machi::host {

using base::Code;
using base::fail;

struct CardKey::Key {
  std::unique_ptr<EVP_PKEY, Freer<EVP_PKEY_free>> key;
};

CardKey::CardKey(std::unique_ptr<Key> key) : key_(std::move(key)) {}
CardKey::CardKey(CardKey&&) noexcept = default;
CardKey::~CardKey() = default;

base::Result<CardKey> CardKey::read(base::ByteView pem) {
  const ClearErrors clear;
  const std::unique_ptr<BIO, Freer<BIO_free>> text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  auto key = std::make_unique<Key>();
  key->key.reset(PEM_read_bio_PrivateKey(text.get(), nullptr, nullptr, nullptr));
  if (!key->key || EVP_PKEY_is_a(key->key.get(), "RSA") == 0) return fail(Code::BadInput, "no RSA key");
  return CardKey(std::move(key));
}

base::Result<base::Bytes> CardKey::sign(base::ByteView digest_info) const {
  const ClearErrors clear;
  const std::unique_ptr<EVP_PKEY_CTX, Freer<EVP_PKEY_CTX_free>> context(
      EVP_PKEY_CTX_new(key_->key.get(), nullptr));
  base::Bytes out(static_cast<std::size_t>(EVP_PKEY_get_size(key_->key.get())));
  std::size_t size = out.size();
  if (!context || EVP_PKEY_sign_init(context.get()) != 1 ||
      EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) != 1 ||
      EVP_PKEY_sign(context.get(), out.data(), &size, digest_info.data(), digest_info.size()) != 1)
    return fail(Code::BadInput, "it cannot be signed");
  out.resize(size);
  return out;
}

}  // namespace machi::host

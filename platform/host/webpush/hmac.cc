// OpenSSL's one-shot HMAC. It cannot fail for these lengths; if it does, that is a bug of the build.
#include "platform/host/webpush/hmac.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "core/base/check.h"

namespace machi::host {

using base::Array;
using base::Bytes;
using base::ByteView;

Array<32> hmac_sha256(ByteView key, ByteView text) {
  Array<32> out{};
  unsigned int size = 0;
  static constexpr unsigned char kNone = 0;  // OpenSSL reads no key from a null pointer
  const unsigned char* made = HMAC(EVP_sha256(), key.empty() ? &kNone : key.data(),
                                   static_cast<int>(key.size()), text.data(), text.size(), out.data(), &size);
  MACHI_CHECK(made != nullptr && size == out.size());
  return out;
}

Array<32> hkdf_sha256(ByteView salt, ByteView secret, ByteView info) {
  Array<32> extracted = hmac_sha256(salt, secret);
  Bytes block(info.begin(), info.end());
  block.push_back(1);
  const Array<32> out = hmac_sha256(extracted, block);
  OPENSSL_cleanse(extracted.data(), extracted.size());
  return out;
}

bool same_secret(ByteView a, ByteView b) {
  return a.size() == b.size() && (a.empty() || CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0);
}

}  // namespace machi::host

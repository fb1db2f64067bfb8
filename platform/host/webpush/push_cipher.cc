// RFC 8291 section 3.4, RFC 8188 section 2. One record, the last: its text ends with the sign 2.
#include "platform/host/webpush/push_cipher.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "platform/host/openssl_handle.h"
#include "platform/host/webpush/hmac.h"

namespace machi::host {

using base::Array;
using base::Bytes;
using base::ByteView;
using base::Code;
using base::fail;
using base::Result;

namespace {

using Cipher = std::unique_ptr<EVP_CIPHER_CTX, Freer<EVP_CIPHER_CTX_free>>;

constexpr std::size_t kTag = 16;
constexpr std::size_t kHead = 16 + 4 + 1 + kPointBytes;
constexpr std::uint8_t kLastRecord = 2;

void put(Bytes& out, std::string_view text) { out.insert(out.end(), text.begin(), text.end()); }
void put(Bytes& out, ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

struct Keys {
  Array<32> content{}, nonce{};  // 16 and 12 bytes of them
  ~Keys() { OPENSSL_cleanse(content.data(), content.size()); }
};

Keys keys_of(Array<32> common, ByteView auth, ByteView receiver, ByteView sender, ByteView salt) {
  Bytes info;
  put(info, "WebPush: info");
  info.push_back(0);
  put(info, receiver);
  put(info, sender);
  Array<32> secret = hkdf_sha256(auth, common, info);
  Keys out;
  out.content = hkdf_sha256(salt, secret, base::view(std::string_view("Content-Encoding: aes128gcm\0", 28)));
  out.nonce = hkdf_sha256(salt, secret, base::view(std::string_view("Content-Encoding: nonce\0", 24)));
  OPENSSL_cleanse(common.data(), common.size());
  OPENSSL_cleanse(secret.data(), secret.size());
  return out;
}

}  // namespace

Result<Bytes> encrypt_push(ByteView text, ByteView receiver, ByteView auth, const P256Key& once,
                           const Array<16>& salt) {
  const ClearErrors clear;
  if (auth.size() != kAuthBytes) return fail(Code::BadInput, "auth");
  if (text.size() > kPushText) return fail(Code::TooLarge, "push");
  MACHI_TRY_SET(common, once.agree(receiver));
  const Keys keys = keys_of(common, auth, receiver, once.point(), salt);
  OPENSSL_cleanse(common.data(), common.size());

  Bytes out;
  out.reserve(kHead + text.size() + 1 + kTag);
  put(out, salt);
  for (const int shift : {24, 16, 8, 0})
    out.push_back(static_cast<std::uint8_t>((kPushRecord >> static_cast<unsigned>(shift)) & 0xFFu));
  out.push_back(static_cast<std::uint8_t>(kPointBytes));
  put(out, once.point());
  Bytes plain(text.begin(), text.end());
  plain.push_back(kLastRecord);
  out.resize(kHead + plain.size() + kTag);

  const Cipher cipher(EVP_CIPHER_CTX_new());
  int size = 0, rest = 0;
  if (!cipher ||
      EVP_EncryptInit_ex(cipher.get(), EVP_aes_128_gcm(), nullptr, keys.content.data(), keys.nonce.data()) !=
          1 ||
      EVP_EncryptUpdate(cipher.get(), out.data() + kHead, &size, plain.data(),
                        static_cast<int>(plain.size())) != 1 ||
      EVP_EncryptFinal_ex(cipher.get(), out.data() + kHead + size, &rest) != 1 ||
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_GET_TAG, kTag, out.data() + kHead + plain.size()) != 1)
    return fail(Code::Storage, "cipher");
  return out;
}

Result<Bytes> decrypt_push(ByteView body, const P256Key& receiver, ByteView auth) {
  const ClearErrors clear;
  if (auth.size() != kAuthBytes || body.size() < kHead + 1 + kTag || body[20] != kPointBytes)
    return fail(Code::BadInput, "push");
  const ByteView salt = body.first(16), sender = body.subspan(21, kPointBytes);
  const ByteView sealed = body.subspan(kHead, body.size() - kHead - kTag);
  MACHI_TRY_SET(common, receiver.agree(sender));
  const Keys keys = keys_of(common, auth, receiver.point(), sender, salt);
  Array<kTag> tag{};
  std::memcpy(tag.data(), body.data() + body.size() - kTag, kTag);
  Bytes out(sealed.size());
  const Cipher cipher(EVP_CIPHER_CTX_new());
  int size = 0, rest = 0;
  if (!cipher ||
      EVP_DecryptInit_ex(cipher.get(), EVP_aes_128_gcm(), nullptr, keys.content.data(), keys.nonce.data()) !=
          1 ||
      EVP_DecryptUpdate(cipher.get(), out.data(), &size, sealed.data(), static_cast<int>(sealed.size())) !=
          1 ||
      EVP_CIPHER_CTX_ctrl(cipher.get(), EVP_CTRL_GCM_SET_TAG, kTag, tag.data()) != 1 ||
      EVP_DecryptFinal_ex(cipher.get(), out.data() + size, &rest) != 1)
    return fail(Code::BadSignature, "push");
  while (!out.empty() && out.back() == 0) out.pop_back();
  if (out.empty() || out.back() != kLastRecord) return fail(Code::BadInput, "padding");
  out.pop_back();
  return out;
}

}  // namespace machi::host

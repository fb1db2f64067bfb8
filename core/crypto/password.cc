// Argon2id by libsodium, with the salt from injected entropy. The costs are small: a screen lock on a
// school's old PC must open at once, and four digits are tried out by whoever has the disk, whatever they
// cost.
#include "core/crypto/password.h"

#include <sodium.h>

#include "core/crypto/sodium.h"

namespace machi::crypto {
namespace {

constexpr std::size_t kSalt = 16;
constexpr std::size_t kHash = 32;
constexpr std::size_t kMemory = 8u << 20;
constexpr unsigned long long kPasses = 2;
static_assert(kSalt == crypto_pwhash_SALTBYTES);

bool derive_into(base::Array<kHash>& out, std::string_view typed, base::ByteView salt) {
  return crypto_pwhash(out.data(), out.size(), typed.data(), typed.size(), salt.data(), kPasses, kMemory,
                       crypto_pwhash_ALG_ARGON2ID13) == 0;
}

}  // namespace

base::Result<base::Bytes> hash_password(base::Entropy& entropy, std::string_view typed) {
  base::Bytes out(kSalt);
  entropy.fill(out);
  base::Array<kHash> hash{};
  if (!derive_into(hash, typed, out)) return base::fail(base::Code::Storage, "no memory for a hash");
  out.insert(out.end(), hash.begin(), hash.end());
  return out;
}

bool is_password(base::ByteView hashed, std::string_view typed) {
  if (hashed.size() != kSalt + kHash) return false;
  base::Array<kHash> hash{};
  return derive_into(hash, typed, hashed.subspan(0, kSalt)) && same(hash, hashed.subspan(kSalt));
}

void wipe_text(std::string& typed) {
  sodium_memzero(typed.data(), typed.size());
  typed.clear();
}

}  // namespace machi::crypto

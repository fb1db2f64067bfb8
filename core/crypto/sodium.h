// The cryptographic operations of the core: libsodium and nothing else. Call ready() once before. Any thread; pure.
#pragma once

#include <string_view>

#include "core/crypto/keys.h"

namespace machi::crypto {

// Initialises libsodium; false when the machine cannot run it.
bool ready();

// Ed25519, detached (RFC 8032).
Signature sign(const SignKey& key, ByteView message);
bool verify(const SignPublic& key, ByteView message, ByteView signature);

// False for the few points of small order, to which nothing can be sealed: check a key that a stranger hands in.
bool is_sound(const SealPublic& key);
// Bytes compatible with crypto_box_seal, but with the ephemeral key from injected entropy, so that runs repeat.
// Empty (never the message in clear) when `to` is not sound.
Bytes seal(base::Entropy& entropy, const SealPublic& to, ByteView message);
// BadSignature when the box was not sealed to this key or was altered.
base::Result<Bytes> open(const SealKey& key, ByteView sealed);

// Secret-key box (crypto_secretbox_easy), the 24-byte nonce in front. Call it as crypto::lock: std::lock answers too.
Bytes lock(base::Entropy& entropy, const Secret<32>& key, ByteView message);
base::Result<Bytes> unlock(const Secret<32>& key, ByteView locked);

// BLAKE2b-256 (RFC 7693); keyed with `key` when there is one. SHA-256 (FIPS 180-4) where a format asks for it.
Array<32> hash(ByteView message);
Array<32> keyed_hash(const Secret<32>& key, ByteView message);
Array<32> sha256(ByteView message);

// Subkey of `key`: crypto_kdf_derive_from_key(id, context of exactly 8 bytes).
Secret<32> derive(const Secret<32>& key, std::uint64_t id, std::string_view context);

// Constant-time comparison.
bool same(ByteView a, ByteView b);

// Pads with ISO/IEC 7816-4 to the first of 256, 1024, 4096, 16384, 65536 bytes that holds it; TooLarge past that.
base::Result<Bytes> pad(ByteView message);
base::Result<Bytes> unpad(ByteView padded);

}  // namespace machi::crypto

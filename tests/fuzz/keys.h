// Keys that fuzz targets sign and seal with, so that the reading behind a signature is reached too.
#pragma once

#include "core/base/check.h"
#include "core/code/cose.h"
#include "core/crypto/sodium.h"

namespace machi::fuzz {

inline const crypto::SignKey& key() {
  static const crypto::SignKey kKey = [] {
    MACHI_CHECK(crypto::ready());
    return crypto::sign_key(crypto::Secret<32>(base::Array<32>{7}));
  }();
  return kKey;
}

inline const crypto::SealKey& epoch() {
  static const crypto::SealKey kEpoch = crypto::seal_key(crypto::Secret<32>(base::Array<32>{9}));
  return kEpoch;
}

// The input as a map whose member `at` is our key, so that its signature can hold; as it is when it is no
// map.
inline base::Bytes with_our_key(base::ByteView bytes, std::int64_t at) {
  auto value = code::decode(bytes);
  if (!value.ok() || value->map() == nullptr) return base::copy(bytes);
  code::CborMap map = *value->map();
  for (auto& [name, content] : map)
    if (name == code::Cbor(at)) content = code::Cbor(key().open.bytes);
  return code::encode(code::Cbor(std::move(map)));
}

// An object of this purpose that we signed, whose payload is the input and names our key at `at`.
inline base::Bytes signed_by_us(std::string_view typ, base::ByteView input, std::int64_t at) {
  return code::sign1(key(), typ, with_our_key(input, at));
}

}  // namespace machi::fuzz

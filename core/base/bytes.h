// Bytes: owned and viewed byte strings, fixed-size keys, and their text forms. Owned by core/base; any thread.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace machi::base {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

template <std::size_t N>
using Array = std::array<std::uint8_t, N>;

inline ByteView view(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view text_view(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}
inline Bytes copy(ByteView bytes) { return Bytes(bytes.begin(), bytes.end()); }
inline bool equal(ByteView a, ByteView b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size()) == 0);
}

// Exactly N bytes, or BadInput.
template <std::size_t N>
Result<Array<N>> fixed(ByteView bytes) {
  if (bytes.size() != N) return fail(Code::BadInput, "length");
  Array<N> out;
  std::memcpy(out.data(), bytes.data(), N);
  return out;
}

// Lower-case hexadecimal, and back (either case; odd length or another sign is BadInput).
std::string to_hex(ByteView bytes);
Result<Bytes> from_hex(std::string_view text);

// base64url without padding (RFC 4648 section 5); decoding refuses padding, other signs and non-zero spare bits.
std::string to_base64url(ByteView bytes);
Result<Bytes> from_base64url(std::string_view text);

// Crockford base32, upper case, without check sign: 5 bits a sign, most significant first; spare bits are zero.
// Decoding takes lower case, hyphens and spaces, and reads I and L as 1, O as 0.
std::string to_crockford(ByteView bytes);
Result<Bytes> from_crockford(std::string_view text);

}  // namespace machi::base

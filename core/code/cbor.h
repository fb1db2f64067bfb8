// CBOR values, deterministic (RFC 8949 section 4.2.1): written so, and anything else refused when read strictly.
// libcbor parses and writes; the deterministic rules, bounds and this value type are ours. Any thread; pure.
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/base/bytes.h"

namespace machi::code {

using base::ByteView;
using base::Bytes;
using base::Result;

class Cbor;
using CborArray = std::vector<Cbor>;
using CborPair = std::pair<Cbor, Cbor>;
using CborMap = std::vector<CborPair>;  // written in bytewise order of the encoded keys

struct CborNull {
  bool operator==(const CborNull&) const = default;
};
struct CborUndefined {
  bool operator==(const CborUndefined&) const = default;
};
struct CborSimple {
  std::uint8_t number = 0;
  bool operator==(const CborSimple&) const = default;
};
// Negative integers below INT64_MIN: the value is -1 - n.
struct CborNegative {
  std::uint64_t n = 0;
  bool operator==(const CborNegative&) const = default;
};
struct CborTag;

class Cbor {
 public:
  using Value = std::variant<CborNull, CborUndefined, bool, CborSimple, std::uint64_t, CborNegative, double, Bytes,
                             std::string, CborArray, CborMap, std::vector<CborTag> /* exactly one */>;

  Cbor();
  Cbor(std::nullptr_t);
  template <std::same_as<bool> B>  // exactly bool: a pointer must not turn into true
  Cbor(B value);
  template <std::integral I>
    requires(!std::same_as<I, bool>)
  Cbor(I value);
  Cbor(double value);
  Cbor(Bytes value);
  Cbor(ByteView value);
  template <std::size_t N>
  Cbor(const base::Array<N>& value);
  Cbor(std::string value);
  Cbor(std::string_view value);
  Cbor(const char* value);
  Cbor(CborArray value);
  Cbor(CborMap value);
  explicit Cbor(Value value);
  static Cbor tag(std::uint64_t number, Cbor content);
  static Cbor map(std::initializer_list<CborPair> pairs);
  static Cbor array(std::initializer_list<Cbor> items);

  const Value& value() const { return value_; }
  bool operator==(const Cbor& other) const;
  bool is_null() const { return std::holds_alternative<CborNull>(value_); }

  // Typed reading; BadInput when it is something else or out of range.
  Result<std::int64_t> integer() const;
  Result<bool> boolean() const;
  Result<ByteView> bytes() const;
  Result<std::string> text() const;
  const CborArray* array() const { return std::get_if<CborArray>(&value_); }
  const CborMap* map() const { return std::get_if<CborMap>(&value_); }
  const CborTag* tag() const;

  // The value of an integer or text key; nullptr when absent or when this is no map.
  const Cbor* find(std::int64_t key) const;
  const Cbor* find(std::string_view key) const;
  // The same, as Result: Missing -> BadInput("missing key").
  Result<const Cbor*> at(std::int64_t key) const;
  Result<std::int64_t> integer_at(std::int64_t key) const;
  Result<ByteView> bytes_at(std::int64_t key) const;
  Result<std::string> text_at(std::int64_t key) const;
  template <std::size_t N>
  Result<base::Array<N>> fixed_at(std::int64_t key) const {
    MACHI_TRY_SET(raw, bytes_at(key));
    return base::fixed<N>(raw);
  }

 private:
  Value value_;
};

struct CborTag {
  std::uint64_t number = 0;
  Cbor content;
  bool operator==(const CborTag&) const = default;
};

// Defined here because the value holds a CborTag, which has to be complete.
inline Cbor::Cbor() = default;
inline Cbor::Cbor(std::nullptr_t) {}
template <std::same_as<bool> B>
Cbor::Cbor(B value) : value_(value) {}
template <std::integral I>
  requires(!std::same_as<I, bool>)
Cbor::Cbor(I value) {
  if (std::signed_integral<I> && value < I{0}) {
    value_ = CborNegative{static_cast<std::uint64_t>(-1 - static_cast<std::int64_t>(value))};
  } else {
    value_ = static_cast<std::uint64_t>(value);
  }
}
inline Cbor::Cbor(double value) : value_(value) {}
inline Cbor::Cbor(Bytes value) : value_(std::move(value)) {}
inline Cbor::Cbor(ByteView value) : value_(base::copy(value)) {}
template <std::size_t N>
Cbor::Cbor(const base::Array<N>& value) : Cbor(ByteView(value)) {}
inline Cbor::Cbor(std::string value) : value_(std::move(value)) {}
inline Cbor::Cbor(std::string_view value) : value_(std::string(value)) {}
inline Cbor::Cbor(const char* value) : value_(std::string(value)) {}
inline Cbor::Cbor(CborArray value) : value_(std::move(value)) {}
inline Cbor::Cbor(CborMap value) : value_(std::move(value)) {}
inline Cbor::Cbor(Value value) : value_(std::move(value)) {}
inline Cbor Cbor::map(std::initializer_list<CborPair> pairs) { return Cbor(CborMap(pairs)); }
inline Cbor Cbor::array(std::initializer_list<Cbor> items) { return Cbor(CborArray(items)); }

// Deterministic encoding: shortest integers, lengths and floats, definite lengths, sorted keys.
// Aborts on a map with equal keys (a bug of the caller).
Bytes encode(const Cbor& value);

struct CborLimits {
  std::size_t depth = 16;
  std::size_t items = 65536;
};
// Exactly one item, deterministic, valid UTF-8, no duplicate key, nothing behind it. Else BadInput; TooLarge past the limits.
Result<Cbor> decode(ByteView bytes, CborLimits limits = {});
// The same for objects that others made: any well-formed CBOR (indefinite lengths, any order), still no duplicate key.
Result<Cbor> decode_lenient(ByteView bytes, CborLimits limits = {});

}  // namespace machi::code

// The CBOR value type: construction, equality and typed reading. Pure; any thread. Reading what is not there
// or of another type is BadInput. Bytes are read and written in cbor_decode.cc and cbor_encode.cc.
#include "core/code/cbor.h"

#include <limits>

namespace machi::code {
namespace {

using base::Code;
using base::fail;

constexpr std::uint64_t kInt64Max = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());

base::Error missing() { return fail(Code::BadInput, "missing key"); }

}  // namespace

Cbor Cbor::tag(std::uint64_t number, Cbor content) {
  std::vector<CborTag> one;
  one.push_back(CborTag{number, std::move(content)});
  return Cbor(Value(std::move(one)));
}

// Two values are equal when they are written alike: the order in which a map was put together does not count.
bool Cbor::operator==(const Cbor& other) const {
  return value_.index() == other.value_.index() && encode(*this) == encode(other);
}

Result<std::int64_t> Cbor::integer() const {
  if (const auto* positive = std::get_if<std::uint64_t>(&value_);
      positive != nullptr && *positive <= kInt64Max)
    return static_cast<std::int64_t>(*positive);
  if (const auto* negative = std::get_if<CborNegative>(&value_);
      negative != nullptr && negative->n <= kInt64Max)
    return -1 - static_cast<std::int64_t>(negative->n);
  return fail(Code::BadInput, "no integer");
}

Result<bool> Cbor::boolean() const {
  if (const auto* found = std::get_if<bool>(&value_)) return *found;
  return fail(Code::BadInput, "no boolean");
}

Result<ByteView> Cbor::bytes() const {
  if (const auto* found = std::get_if<Bytes>(&value_)) return ByteView(*found);
  return fail(Code::BadInput, "no byte string");
}

Result<std::string> Cbor::text() const {
  if (const auto* found = std::get_if<std::string>(&value_)) return *found;
  return fail(Code::BadInput, "no text");
}

const CborTag* Cbor::tag() const {
  const auto* found = std::get_if<std::vector<CborTag>>(&value_);
  return found != nullptr && !found->empty() ? &found->front() : nullptr;
}

const Cbor* Cbor::find(std::int64_t key) const {
  const CborMap* pairs = map();
  if (pairs == nullptr) return nullptr;
  for (const CborPair& pair : *pairs)
    if (const auto number = pair.first.integer(); number.ok() && *number == key) return &pair.second;
  return nullptr;
}

const Cbor* Cbor::find(std::string_view key) const {
  const CborMap* pairs = map();
  if (pairs == nullptr) return nullptr;
  for (const CborPair& pair : *pairs)
    if (const auto* name = std::get_if<std::string>(&pair.first.value_); name != nullptr && *name == key)
      return &pair.second;
  return nullptr;
}

Result<const Cbor*> Cbor::at(std::int64_t key) const {
  const Cbor* found = find(key);
  if (found == nullptr) return missing();
  return found;
}

Result<std::int64_t> Cbor::integer_at(std::int64_t key) const {
  const Cbor* found = find(key);
  return found == nullptr ? missing() : found->integer();
}

Result<ByteView> Cbor::bytes_at(std::int64_t key) const {
  const Cbor* found = find(key);
  return found == nullptr ? missing() : found->bytes();
}

Result<std::string> Cbor::text_at(std::int64_t key) const {
  const Cbor* found = find(key);
  return found == nullptr ? missing() : found->text();
}

}  // namespace machi::code

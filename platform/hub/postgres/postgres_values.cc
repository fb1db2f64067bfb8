// Array: dimensions, whether there are nulls, the type's number, length, first index; then length and bytes
// of each item (array_send in PostgreSQL's source tells). Pure.
#include "platform/hub/postgres/postgres_values.h"

namespace machi::hub {
namespace {

constexpr std::uint32_t kByteaType = 17, kInt8Type = 20;

void put(base::Bytes& out, std::uint64_t number, int bytes) {
  for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
    out.push_back(static_cast<std::uint8_t>(number >> shift));
}

}  // namespace

base::Bytes pg_value(std::int64_t number) {
  base::Bytes out;
  put(out, static_cast<std::uint64_t>(number), 8);
  return out;
}

base::Bytes pg_value(base::ByteView bytes) { return base::copy(bytes); }

void PgArray::add(base::ByteView bytes) {
  put(items_, bytes.size(), 4);
  items_.insert(items_.end(), bytes.begin(), bytes.end());
  ++count_;
}

void PgArray::add(std::int64_t number) {
  put(items_, 8, 4);
  put(items_, static_cast<std::uint64_t>(number), 8);
  ++count_;
}

void PgArray::cut(Place to) {
  count_ = to.count;
  items_.resize(to.bytes);
}

base::Bytes PgArray::value(Place from, Place to) const {
  base::Bytes out;
  const std::size_t count = to.count - from.count;
  out.reserve(20 + to.bytes - from.bytes);
  put(out, count == 0 ? 0 : 1, 4);
  put(out, 0, 4);
  put(out, of_ == Of::Strings ? kByteaType : kInt8Type, 4);
  if (count == 0) return out;
  put(out, count, 4);
  put(out, 1, 4);
  out.insert(out.end(), items_.begin() + static_cast<std::ptrdiff_t>(from.bytes),
             items_.begin() + static_cast<std::ptrdiff_t>(to.bytes));
  return out;
}

}  // namespace machi::hub

// Deterministic CBOR (RFC 8949 section 4.2.1) from a value. Pure; any thread. libcbor writes each head and
// number; the choice of the shortest form and the order of keys are ours. A map with equal keys is a bug of
// the caller: abort.
#include <cbor.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <optional>

#include "core/base/check.h"
#include "core/code/cbor.h"

namespace machi::code {
namespace {

// Half precision holds 11 bits of significand down to 2^-24 (IEEE 754 binary16).
bool fits_half(float value) {
  if (std::isinf(value) || value == 0.0F) return true;
  if (std::fabs(value) > 65504.0F) return false;
  int exponent = 0;
  const float fraction =
      std::frexp(std::fabs(value), &exponent);   // value = fraction * 2^exponent, 0.5 <= fraction < 1
  const int bits = std::min(11, exponent + 24);  // subnormals have fewer
  if (bits <= 0) return false;
  const float scaled = std::ldexp(fraction, bits);
  return scaled == std::floor(scaled);
}

class Writer {
 public:
  Bytes take() && { return std::move(out_); }

  void write(const Cbor& value) {
    std::visit([this](const auto& held) { put(held); }, value.value());
  }

 private:
  // Appends what one of libcbor's encoders writes; nine bytes hold any head.
  template <class Encoder, class Number>
  void head(Encoder encoder, Number number) {
    unsigned char buffer[16];
    const std::size_t written = encoder(number, buffer, sizeof buffer);
    MACHI_CHECK(written > 0);
    out_.insert(out_.end(), buffer, buffer + written);
  }

  void head_alone(std::size_t (*encoder)(unsigned char*, std::size_t)) {
    head([encoder](int, unsigned char* buffer, std::size_t size) { return encoder(buffer, size); }, 0);
  }

  void put(CborNull) { head_alone(cbor_encode_null); }
  void put(CborUndefined) { head_alone(cbor_encode_undef); }
  void put(bool value) { head(cbor_encode_bool, value); }

  // libcbor knows the four named simple values only: section 3.3 gives one byte up to 23 and two from 32.
  void put(CborSimple simple) {
    MACHI_CHECK(simple.number < 20 || simple.number >= 32);
    if (simple.number >= 32) out_.push_back(0xF8);
    out_.push_back(static_cast<std::uint8_t>(simple.number < 20 ? 0xE0 + simple.number : simple.number));
  }

  void put(std::uint64_t value) { head(cbor_encode_uint, value); }
  void put(CborNegative value) { head(cbor_encode_negint, value.n); }

  void put(double value) {
    if (std::isnan(value)) {
      out_.insert(out_.end(), {0xF9, 0x7E, 0x00});
      return;
    }
    // Out of a float's range the conversion has no defined result: infinities fit, larger numbers do not.
    const bool in_range = std::isinf(value) || std::fabs(value) <= double{std::numeric_limits<float>::max()};
    const float single = in_range ? static_cast<float>(value) : 0.0F;
    if (!in_range || static_cast<double>(single) != value) {
      head(cbor_encode_double, value);
    } else if (fits_half(single)) {
      head(cbor_encode_half, single);
    } else {
      head(cbor_encode_single, single);
    }
  }

  void put(const Bytes& value) {
    head(cbor_encode_bytestring_start, value.size());
    out_.insert(out_.end(), value.begin(), value.end());
  }

  void put(const std::string& value) {
    head(cbor_encode_string_start, value.size());
    out_.insert(out_.end(), value.begin(), value.end());
  }

  void put(const CborArray& items) {
    head(cbor_encode_array_start, items.size());
    for (const Cbor& item : items) write(item);
  }

  void put(const CborMap& pairs) {
    std::vector<std::pair<Bytes, const Cbor*>> sorted;
    sorted.reserve(pairs.size());
    for (const CborPair& pair : pairs) sorted.emplace_back(encode(pair.first), &pair.second);
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    head(cbor_encode_map_start, pairs.size());
    for (std::size_t i = 0; i < sorted.size(); ++i) {
      MACHI_CHECK(i == 0 || sorted[i - 1].first != sorted[i].first);
      out_.insert(out_.end(), sorted[i].first.begin(), sorted[i].first.end());
      write(*sorted[i].second);
    }
  }

  void put(const std::vector<CborTag>& one) {
    MACHI_CHECK(one.size() == 1);
    head(cbor_encode_tag, one.front().number);
    write(one.front().content);
  }

  Bytes out_;
};

}  // namespace

Bytes encode(const Cbor& value) {
  Writer writer;
  writer.write(value);
  return std::move(writer).take();
}

}  // namespace machi::code

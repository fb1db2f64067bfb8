// Deterministic CBOR maps with integer keys, a length of four bytes in front of each.
#include "core/certificate/terminal/messages.h"

namespace machi::certificate::terminal {
namespace {

using base::Code;
using base::fail;
using code::Cbor;

Result<std::int64_t> within(const Cbor& map, std::int64_t key, std::int64_t least, std::int64_t most) {
  MACHI_TRY_SET(number, map.integer_at(key));
  if (number < least || number > most) return fail(Code::BadInput, "number");
  return number;
}

Result<Ref> ref_at(const Cbor& map, std::int64_t key, bool needed) {
  if (!needed) {
    if (map.find(key) != nullptr) return fail(Code::BadInput, "a reference too many");
    return Ref{};
  }
  MACHI_TRY_SET(raw, map.bytes_at(key));
  MACHI_TRY_SET(ref, Ref::from(raw));
  if (ref.is_zero()) return fail(Code::BadInput, "reference");
  return ref;
}

Result<Cbor> decoded(ByteView message) {
  if (message.size() > kFrameLimit) return fail(Code::TooLarge, "message");
  return code::decode(message, {4, 64});
}

}  // namespace

Bytes encode(const Request& request) {
  code::CborMap map = {{1, static_cast<int>(request.ask)}};
  if (request.ask != Ask::Health) map.emplace_back(2, request.ref.view());
  if (request.ask == Ask::Charge || request.ask == Ask::Refund) map.emplace_back(3, request.amount);
  if (request.ask == Ask::Refund) map.emplace_back(4, request.of.view());
  return code::encode(Cbor(std::move(map)));
}

Bytes encode(const Answer& answer) {
  code::CborMap map = {{1, static_cast<int>(answer.ask)}, {5, static_cast<int>(answer.state)}};
  if (answer.ask != Ask::Health) map.emplace_back(2, answer.ref.view());
  if (answer.why != Why::None) map.emplace_back(6, static_cast<int>(answer.why));
  if (answer.means != kiosk::Means::Unknown) map.emplace_back(7, static_cast<int>(answer.means));
  return code::encode(Cbor(std::move(map)));
}

Result<Request> decode_request(ByteView message) {
  MACHI_TRY_SET(map, decoded(message));
  MACHI_TRY_SET(ask, within(map, 1, 1, static_cast<int>(Ask::Health)));
  Request out;
  out.ask = static_cast<Ask>(ask);
  MACHI_TRY_SET(ref, ref_at(map, 2, out.ask != Ask::Health));
  out.ref = ref;
  if (out.ask == Ask::Charge || out.ask == Ask::Refund) {
    MACHI_TRY_SET(amount, within(map, 3, 1, kMostYen));
    out.amount = amount;
  }
  MACHI_TRY_SET(of, ref_at(map, 4, out.ask == Ask::Refund));
  out.of = of;
  return out;
}

Result<Answer> decode_answer(ByteView message) {
  MACHI_TRY_SET(map, decoded(message));
  MACHI_TRY_SET(ask, within(map, 1, 1, static_cast<int>(Ask::Health)));
  MACHI_TRY_SET(state, within(map, 5, 1, static_cast<int>(State::Unknown)));
  Answer out;
  out.ask = static_cast<Ask>(ask);
  out.state = static_cast<State>(state);
  MACHI_TRY_SET(ref, ref_at(map, 2, out.ask != Ask::Health));
  out.ref = ref;
  if (map.find(6) != nullptr) {
    MACHI_TRY_SET(why, within(map, 6, 1, static_cast<int>(Why::Refused)));
    out.why = static_cast<Why>(why);
  }
  if (map.find(7) != nullptr) {
    MACHI_TRY_SET(means, within(map, 7, 1, static_cast<int>(kiosk::Means::Cash)));
    out.means = static_cast<kiosk::Means>(means);
  }
  return out;
}

Bytes framed(ByteView message) {
  Bytes out;
  for (int shift = 24; shift >= 0; shift -= 8)
    out.push_back(static_cast<std::uint8_t>(message.size() >> shift));
  out.insert(out.end(), message.begin(), message.end());
  return out;
}

Result<std::optional<Bytes>> Frames::next() {
  if (buffer_.size() < kLengthBytes) return std::optional<Bytes>();
  std::size_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) length = length << 8 | buffer_[i];
  if (length > kFrameLimit) return fail(Code::TooLarge, "frame");
  if (length == 0) return fail(Code::BadInput, "an empty frame");
  if (buffer_.size() < kLengthBytes + length) return std::optional<Bytes>();
  const auto from = buffer_.begin() + static_cast<std::ptrdiff_t>(kLengthBytes);
  const auto to = from + static_cast<std::ptrdiff_t>(length);
  Bytes out(from, to);
  buffer_.erase(buffer_.begin(), to);
  return std::optional<Bytes>(std::move(out));
}

}  // namespace machi::certificate::terminal

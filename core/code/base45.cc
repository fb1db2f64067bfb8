// Base45 (RFC 9285): two bytes as three signs of the QR alphanumeric set, a last single byte as two. Pure;
// any thread; BadInput for a sign outside the set, a group above its range or a length that no bytes have.
#include "core/code/cwt.h"

namespace machi::code {
namespace {

using base::Code;
using base::fail;

constexpr std::string_view kAlphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
constexpr std::uint32_t kBase = 45;
static_assert(kAlphabet.size() == kBase);

}  // namespace

std::string to_base45(ByteView bytes) {
  std::string out;
  out.reserve(bytes.size() / 2 * 3 + 2);
  for (std::size_t i = 0; i < bytes.size(); i += 2) {
    const bool pair = i + 1 < bytes.size();
    std::uint32_t value = pair ? bytes[i] * 256u + bytes[i + 1] : bytes[i];
    for (int sign = 0; sign < (pair ? 3 : 2); ++sign, value /= kBase) out.push_back(kAlphabet[value % kBase]);
  }
  return out;
}

Result<Bytes> from_base45(std::string_view text) {
  if (text.size() % 3 == 1) return fail(Code::BadInput, "base45 length");
  Bytes out;
  out.reserve(text.size() / 3 * 2 + 1);
  for (std::size_t i = 0; i < text.size(); i += 3) {
    const std::string_view group = text.substr(i, 3);
    std::uint32_t value = 0;
    for (std::size_t sign = group.size(); sign-- > 0;) {
      const auto digit = kAlphabet.find(group[sign]);
      if (digit == std::string_view::npos) return fail(Code::BadInput, "base45 sign");
      value = value * kBase + static_cast<std::uint32_t>(digit);
    }
    if (value > (group.size() == 3 ? 0xFFFFu : 0xFFu)) return fail(Code::BadInput, "base45 range");
    if (group.size() == 3) out.push_back(static_cast<std::uint8_t>(value >> 8));
    out.push_back(static_cast<std::uint8_t>(value & 0xFF));
  }
  return out;
}

}  // namespace machi::code

// Text forms of bytes: hexadecimal, base64url, Crockford base32. Pure; any thread. Every text that is not the
// form itself is BadInput.
#include "core/base/bytes.h"

namespace machi::base {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";
constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kCrockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

constexpr int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

constexpr int base64url_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  if (c == '-') return 62;
  if (c == '_') return 63;
  return -1;
}

// Douglas Crockford's alphabet leaves out I, L, O and U; the first three are read as the digits they
// resemble.
constexpr int crockford_value(char c) {
  if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  if (c == 'I' || c == 'L') return 1;
  if (c == 'O') return 0;
  const auto at = kCrockford.find(c);
  return at == std::string_view::npos ? -1 : static_cast<int>(at);
}

// Signs of `width` bits, most significant first; spare bits of the last sign are zero.
std::string pack_signs(ByteView bytes, unsigned width, std::string_view alphabet) {
  std::string out;
  out.reserve((bytes.size() * 8 + width - 1) / width);
  std::uint32_t held = 0;
  unsigned bits = 0;
  const std::uint32_t mask = (1u << width) - 1;
  for (const std::uint8_t byte : bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= width) {
      bits -= width;
      out.push_back(alphabet[(held >> bits) & mask]);
    }
    held &= (1u << bits) - 1;
  }
  if (bits > 0) out.push_back(alphabet[(held << (width - bits)) & mask]);
  return out;
}

// Collects signs of `width` bits; the end refuses a whole sign too many and spare bits that are not zero.
class Unpacker {
 public:
  explicit Unpacker(unsigned width) : width_(width) {}

  void add(int value) {
    held_ = (held_ << width_) | static_cast<std::uint32_t>(value);
    bits_ += width_;
    if (bits_ < 8) return;
    bits_ -= 8;
    out_.push_back(static_cast<std::uint8_t>(held_ >> bits_));
    held_ &= (1u << bits_) - 1;
  }

  Result<Bytes> end() && {
    if (bits_ >= width_ || held_ != 0) return fail(Code::BadInput, "spare bits");
    return std::move(out_);
  }

 private:
  unsigned width_;
  std::uint32_t held_ = 0;
  unsigned bits_ = 0;
  Bytes out_;
};

}  // namespace

std::string to_hex(ByteView bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    out.push_back(kHex[byte >> 4]);
    out.push_back(kHex[byte & 15]);
  }
  return out;
}

Result<Bytes> from_hex(std::string_view text) {
  if (text.size() % 2 != 0) return fail(Code::BadInput, "hex length");
  Bytes out;
  out.reserve(text.size() / 2);
  for (std::size_t i = 0; i < text.size(); i += 2) {
    const int high = hex_value(text[i]);
    const int low = hex_value(text[i + 1]);
    if (high < 0 || low < 0) return fail(Code::BadInput, "hex sign");
    out.push_back(static_cast<std::uint8_t>(high * 16 + low));
  }
  return out;
}

std::string to_base64url(ByteView bytes) { return pack_signs(bytes, 6, kBase64Url); }

Result<Bytes> from_base64url(std::string_view text) {
  Unpacker unpacker(6);
  for (const char c : text) {
    const int value = base64url_value(c);
    if (value < 0) return fail(Code::BadInput, "base64url sign");
    unpacker.add(value);
  }
  return std::move(unpacker).end();
}

std::string to_crockford(ByteView bytes) { return pack_signs(bytes, 5, kCrockford); }

Result<Bytes> from_crockford(std::string_view text) {
  Unpacker unpacker(5);
  for (const char c : text) {
    if (c == '-' || c == ' ') continue;
    const int value = crockford_value(c);
    if (value < 0) return fail(Code::BadInput, "base32 sign");
    unpacker.add(value);
  }
  return std::move(unpacker).end();
}

}  // namespace machi::base

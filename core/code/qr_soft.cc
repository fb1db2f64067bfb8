// Level and mask by the best agreement of both copies of the format; each block mended with more and more of
// its least sure codewords given up; the mended symbol drawn again and compared with what was seen.
#include "core/code/qr_soft.h"

#include <ZXing/BitMatrix.h>
#include <ZXing/DecoderResult.h>
#include <ZXing/qrcode/QRDecoder.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

namespace machi::code::qr {
namespace {

constexpr int kNeverSpent = 4;          // correction codewords of a block that stay for errors and as proof
constexpr float kAgreement = 0.84f;     // of what was seen with the symbol found, by weight
constexpr float kFormatMargin = 0.35f;  // the least mean agreement of the format's modules

struct Format {
  QrLevel level = QrLevel::M;
  int mask = 0;
  float score = 0;
};

std::array<Format, 2> best_formats(const Shape& shape, const std::vector<float>& dark) {
  const FormatPlaces places = format_places(shape.size);
  std::array<Format, 2> best;
  for (int level = 0; level < 4; ++level)
    for (int mask = 0; mask < kMasks; ++mask) {
      const std::uint32_t bits = format_bits(static_cast<QrLevel>(level), mask);
      float sum = 0, weight = 0.01f;
      for (std::size_t i = 0; i < 15; ++i)
        for (const int place : {places.first[i], places.second[i]}) {
          const float seen = dark[static_cast<std::size_t>(place)];
          sum += (bits >> (14 - i) & 1) != 0 ? seen : -seen;
          weight += std::fabs(seen);
        }
      const Format one{static_cast<QrLevel>(level), mask, sum / weight};
      if (one.score > best[0].score) {
        best[1] = best[0];
        best[0] = one;
      } else if (one.score > best[1].score) {
        best[1] = one;
      }
    }
  return best;
}

constexpr float kOverlaid = 0.02f;  // what a module under something else counts

struct Codewords {
  std::vector<std::uint8_t> values;
  std::vector<float> sure;
};

Codewords codewords_of(const Shape& shape, const std::vector<float>& dark, const std::vector<float>& sure,
                       int mask) {
  Codewords out{std::vector<std::uint8_t>(shape.order.size() / 8),
                std::vector<float>(shape.order.size() / 8, 1.0f)};
  for (std::size_t bit = 0; bit < shape.order.size(); ++bit) {
    const int place = shape.order[bit];
    const bool set =
        (dark[static_cast<std::size_t>(place)] > 0) != turned(mask, place % shape.size, place / shape.size);
    if (set) out.values[bit / 8] = static_cast<std::uint8_t>(out.values[bit / 8] | 0x80 >> bit % 8);
    // The chance that all eight are right, each by how far it is from the middle.
    const float right = 1 - 0.5f * std::exp(-6 * sure[static_cast<std::size_t>(place)]);
    out.sure[bit / 8] *= right;
  }
  return out;
}

bool mend_block(const Block& block, Codewords& all) {
  const std::size_t size = block.places.size();
  std::vector<int> order(size);
  std::iota(order.begin(), order.end(), 0);
  const auto sure = [&](int i) {
    return all.sure[static_cast<std::size_t>(block.places[static_cast<std::size_t>(i)])];
  };
  std::sort(order.begin(), order.end(), [&](int a, int b) { return sure(a) < sure(b); });
  const int most = static_cast<int>(size) - block.data - kNeverSpent;
  int before = -1;
  for (int turn = 0; turn <= 6; ++turn) {
    const int lost = std::max(0, most * turn / 6);
    if (lost == before) continue;
    before = lost;
    std::vector<std::uint8_t> values(size);
    for (std::size_t i = 0; i < size; ++i) values[i] = all.values[static_cast<std::size_t>(block.places[i])];
    if (!mend(values, block.data, std::span<const int>(order).first(static_cast<std::size_t>(lost))))
      continue;
    for (std::size_t i = 0; i < size; ++i) all.values[static_cast<std::size_t>(block.places[i])] = values[i];
    return true;
  }
  return false;
}

class BitReader {
 public:
  explicit BitReader(const std::vector<std::uint8_t>& bytes) : bytes_(bytes) {}
  std::size_t left() const { return bytes_.size() * 8 - at_; }
  bool skip(std::size_t count) {
    at_ += std::min(count, left());
    return true;
  }
  std::uint32_t take(int count) {
    std::uint32_t out = 0;
    for (; count > 0 && left() > 0; --count, ++at_)
      out = out << 1 | (static_cast<std::uint32_t>(bytes_[at_ / 8]) >> (7 - at_ % 8) & 1);
    return out;
  }
  std::size_t at() const { return at_; }

 private:
  const std::vector<std::uint8_t>& bytes_;
  std::size_t at_ = 0;
};

// Whether the stream ends as the standard says: a terminator, zeros to the byte's end, then 236 and 17 in
// turn.
bool padded_well(const std::vector<std::uint8_t>& data, int version) {
  BitReader bits(data);
  const int group = version < 10 ? 0 : version < 27 ? 1 : 2;
  constexpr std::array<std::array<int, 3>, 4> kCounts = {
      {{10, 12, 14}, {9, 11, 13}, {8, 16, 16}, {8, 10, 12}}};
  const auto count = [&](std::size_t mode) {
    return static_cast<std::size_t>(bits.take(kCounts[mode][static_cast<std::size_t>(group)]));
  };
  while (bits.left() >= 4) {
    const std::uint32_t mode = bits.take(4);
    if (mode == 0) break;
    if (mode == 1) {
      const std::size_t digits = count(0);
      bits.skip(digits / 3 * 10 + (digits % 3 == 0 ? 0 : digits % 3 == 1 ? 4 : 7));
    } else if (mode == 2) {
      const std::size_t signs = count(1);
      bits.skip(signs / 2 * 11 + signs % 2 * 6);
    } else if (mode == 4) {
      bits.skip(8 * count(2));
    } else if (mode == 8) {
      bits.skip(13 * count(3));
    } else if (mode == 7) {
      bits.skip(bits.take(1) == 0 ? 7 : bits.take(1) == 0 ? 14 : 22);
    } else {
      return false;  // what nobody of ours writes is not guessed at
    }
  }
  if (bits.left() < 8) return true;
  if (bits.at() % 8 != 0 && bits.take(static_cast<int>(8 - bits.at() % 8)) != 0) return false;
  for (bool first = true; bits.left() >= 8; first = !first)
    if (bits.take(8) != (first ? 0xECu : 0x11u)) return false;
  return true;
}

bool is_text(const std::string& text) {
  return !text.empty() && std::none_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t') || c == 0x7F;
  });
}

std::optional<std::string> with_format(const Shape& shape, const std::vector<float>& dark,
                                       const std::vector<float>& sure, const Format& format) {
  Codewords all = codewords_of(shape, dark, sure, format.mask);
  const std::vector<Block> blocks = blocks_of(shape.version, format.level);
  std::vector<std::uint8_t> data;
  for (const Block& block : blocks) {
    if (!mend_block(block, all)) return {};
    for (int i = 0; i < block.data; ++i)
      data.push_back(all.values[static_cast<std::size_t>(block.places[static_cast<std::size_t>(i)])]);
  }
  if (!padded_well(data, shape.version)) return {};
  const std::string modules = draw(shape, format.level, format.mask, all.values);
  float agreed = 0, weight = 0.01f;
  for (const std::uint16_t place : shape.order) {
    weight += sure[place];
    if ((dark[place] > 0) == (modules[place] == '1')) agreed += sure[place];
  }
  if (agreed < kAgreement * weight) return {};
  ZXing::BitMatrix matrix(shape.size, shape.size);
  for (int y = 0; y < shape.size; ++y)
    for (int x = 0; x < shape.size; ++x)
      if (modules[static_cast<std::size_t>(y * shape.size + x)] == '1') matrix.set(x, y);
  auto text = text_of(matrix);
  if (!text || !is_text(*text)) return {};
  return text;
}

}  // namespace

std::vector<float> trusted(const Shape& shape, const std::vector<float>& dark) {
  const int n = shape.size;
  std::vector<float> out = dark;
  const auto at = [n](int x, int y) { return static_cast<std::size_t>(y * n + x); };
  for (int y = 0; y + 5 <= n; ++y)
    for (int x = 0; x + 5 <= n; ++x) {
      int count = 0;
      for (int dy = 0; dy < 5; ++dy)
        for (int dx = 0; dx < 5; ++dx) count += dark[at(x + dx, y + dy)] > 0;
      if (count != 0 && count != 25) continue;
      for (int dy = 0; dy < 5; ++dy)
        for (int dx = 0; dx < 5; ++dx) {
          float& value = out[at(x + dx, y + dy)];
          value = std::clamp(value, -kOverlaid, kOverlaid);
        }
    }
  return out;
}

std::optional<std::string> text_of(const ZXing::BitMatrix& modules) {
  const ZXing::DecoderResult decoded = ZXing::QRCode::Decode(modules);
  if (!decoded.isValid()) return {};
  return decoded.content().utf8();
}

std::optional<std::string> decode_soft(const Shape& shape, const std::vector<float>& dark) {
  std::vector<float> sure = trusted(shape, dark);
  for (float& value : sure) value = std::fabs(value);
  for (const Format& format : best_formats(shape, dark)) {
    if (format.score < kFormatMargin) break;
    if (auto text = with_format(shape, dark, sure, format)) return text;
  }
  return {};
}

}  // namespace machi::code::qr

// Tables of ZXing-C++ (versions, blocks, Reed-Solomon over GF(256)); what the standard draws around them is
// drawn here.
#include "core/code/qr_shape.h"

#include <ZXing/BitMatrix.h>
#include <ZXing/ReedSolomon.h>
#include <ZXing/qrcode/QRVersion.h>

#include <algorithm>

namespace machi::code::qr {
namespace {

namespace zx = ZXing::QRCode;

const zx::Version& table(int version) { return *zx::Version::Model2(version); }

std::size_t index(int x, int y, int size) {
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(size) + static_cast<std::size_t>(x);
}

// A square ring around a centre: dark where the distance says so.
void square(Shape& shape, int cx, int cy, int reach, int light_ring) {
  for (int dy = -reach; dy <= reach; ++dy)
    for (int dx = -reach; dx <= reach; ++dx) {
      const int x = cx + dx;
      const int y = cy + dy;
      if (x < 0 || y < 0 || x >= shape.size || y >= shape.size) continue;
      const int far = std::max(std::abs(dx), std::abs(dy));
      const bool light = far == light_ring || far == 4;
      shape.modules[index(x, y, shape.size)] = light ? Module::Light : Module::Dark;
    }
}

// BCH codes of the standard: the remainder of bits over a generator (annexes C and D).
std::uint32_t remainder(std::uint32_t bits, std::uint32_t generator, int degree) {
  std::uint32_t rest = bits << degree;
  for (int bit = 31; bit >= degree; --bit)
    if (rest >> bit & 1u) rest ^= generator << (bit - degree);
  return rest;
}

void lay_order(Shape& shape) {
  bool up = true;
  for (int right = shape.size - 1; right > 0; right -= 2) {
    if (right == 6) --right;  // the timing pattern's column
    for (int row = 0; row < shape.size; ++row)
      for (int x = right; x > right - 2; --x) {
        const int y = up ? shape.size - 1 - row : row;
        if (shape.modules[index(x, y, shape.size)] == Module::Bit)
          shape.order.push_back(static_cast<std::uint16_t>(index(x, y, shape.size)));
      }
    up = !up;
  }
  shape.order.resize(static_cast<std::size_t>(table(shape.version).totalCodewords()) * 8);
}

}  // namespace

Shape shape_of(int version) {
  Shape out;
  out.version = version;
  out.size = size_of(version);
  const int n = out.size;
  out.modules.assign(static_cast<std::size_t>(n) * static_cast<std::size_t>(n), Module::Bit);
  for (int i = 8; i < n - 8; ++i) {
    const Module module = i % 2 == 0 ? Module::Dark : Module::Light;
    out.modules[index(i, 6, n)] = out.modules[index(6, i, n)] = module;
  }
  const std::vector<int>& centres = table(version).alignmentPatternCenters();
  for (const int y : centres)
    for (const int x : centres) {
      const bool corner = (x == 6 && y == 6) || (x == 6 && y == n - 7) || (x == n - 7 && y == 6);
      if (!corner) square(out, x, y, 2, 1);
    }
  square(out, 3, 3, 4, 2);
  square(out, n - 4, 3, 4, 2);
  square(out, 3, n - 4, 4, 2);
  for (const auto& places : {format_places(n).first, format_places(n).second})
    for (const int place : places) out.modules[static_cast<std::size_t>(place)] = Module::Format;
  out.modules[index(8, n - 8, n)] = Module::Dark;
  if (version >= 7)
    for (int i = 0; i < 18; ++i)
      out.modules[index(n - 11 + i % 3, i / 3, n)] = out.modules[index(i / 3, n - 11 + i % 3, n)] =
          Module::Version;
  lay_order(out);
  return out;
}

bool turned(int mask, int x, int y) {
  switch (mask) {
    case 0:
      return (y + x) % 2 == 0;
    case 1:
      return y % 2 == 0;
    case 2:
      return x % 3 == 0;
    case 3:
      return (y + x) % 3 == 0;
    case 4:
      return (y / 2 + x / 3) % 2 == 0;
    case 5:
      return (y * x) % 2 + (y * x) % 3 == 0;
    case 6:
      return ((y * x) % 2 + (y * x) % 3) % 2 == 0;
    default:
      return ((y + x) % 2 + (y * x) % 3) % 2 == 0;
  }
}

std::vector<Block> blocks_of(int version, QrLevel level) {
  const zx::ECBlocks& blocks =
      table(version).ecBlocksForLevel(static_cast<zx::ErrorCorrectionLevel>(static_cast<int>(level)));
  std::vector<Block> out;
  int longest = 0;
  for (const zx::ECB& kind : blocks.blockArray())
    for (int i = 0; i < kind.count; ++i) {
      out.push_back({{}, kind.dataCodewords});
      longest = std::max(longest, kind.dataCodewords);
    }
  int place = 0;
  for (int i = 0; i < longest; ++i)
    for (Block& block : out)
      if (i < block.data) block.places.push_back(place++);
  for (int i = 0; i < blocks.codewordsPerBlock; ++i)
    for (Block& block : out) block.places.push_back(place++);
  return out;
}

int data_codewords(int version, QrLevel level) {
  int sum = 0;
  for (const Block& block : blocks_of(version, level)) sum += block.data;
  return sum;
}

std::uint32_t format_bits(QrLevel level, int mask) {
  constexpr std::uint32_t kLevels[] = {1, 0, 3, 2};  // L, M, Q, H
  const std::uint32_t bits = kLevels[static_cast<int>(level)] << 3 | static_cast<std::uint32_t>(mask);
  return (bits << 10 | remainder(bits, 0x537, 10)) ^ 0x5412;
}

FormatPlaces format_places(int size) {
  FormatPlaces out;
  const auto at = [size](int x, int y) { return static_cast<int>(index(x, y, size)); };
  for (int i = 0; i < 6; ++i) out.first.push_back(at(i, 8));
  for (const int place : {at(7, 8), at(8, 8), at(8, 7)}) out.first.push_back(place);
  for (int i = 5; i >= 0; --i) out.first.push_back(at(8, i));
  for (int i = 0; i < 7; ++i) out.second.push_back(at(8, size - 1 - i));
  for (int i = 0; i < 8; ++i) out.second.push_back(at(size - 8 + i, 8));
  return out;
}

std::vector<std::uint8_t> with_correction(int version, QrLevel level, std::span<const std::uint8_t> data) {
  std::vector<std::uint8_t> out(static_cast<std::size_t>(table(version).totalCodewords()));
  std::size_t from = 0;
  for (const Block& block : blocks_of(version, level)) {
    const auto count = static_cast<std::size_t>(block.data);
    std::vector<std::uint8_t> parity(block.places.size() - count);
    ZXing::ReedSolomonEncode(ZXing::RSField::QRCode, data.subspan(from, count), parity);
    for (std::size_t i = 0; i < block.places.size(); ++i)
      out[static_cast<std::size_t>(block.places[i])] = i < count ? data[from + i] : parity[i - count];
    from += count;
  }
  return out;
}

bool mend(std::span<std::uint8_t> block, int data, std::span<const int> lost) {
  return ZXing::ReedSolomonDecode(ZXing::RSField::QRCode, block, static_cast<int>(block.size()) - data, lost)
      .has_value();
}

std::string draw(const Shape& shape, QrLevel level, int mask, std::span<const std::uint8_t> codewords) {
  const int n = shape.size;
  std::string out(shape.modules.size(), '0');
  for (std::size_t i = 0; i < out.size(); ++i)
    if (shape.modules[i] == Module::Dark) out[i] = '1';
  for (std::size_t bit = 0; bit < shape.order.size(); ++bit) {
    const int place = shape.order[bit];
    const bool set = (codewords[bit / 8] >> (7 - bit % 8) & 1) != 0;
    if (set != turned(mask, place % n, place / n)) out[static_cast<std::size_t>(place)] = '1';
  }
  // What is left over at the end of the order are zeros, turned over by the mask all the same.
  std::vector<bool> used(out.size());
  for (const std::uint16_t place : shape.order) used[place] = true;
  for (int y = 0; y < n; ++y)
    for (int x = 0; x < n; ++x)
      if (shape.modules[index(x, y, n)] == Module::Bit && !used[index(x, y, n)] && turned(mask, x, y))
        out[index(x, y, n)] = '1';
  const std::uint32_t format = format_bits(level, mask);
  const FormatPlaces places = format_places(n);
  for (std::size_t i = 0; i < 15; ++i) {
    const char sign = (format >> (14 - i) & 1) != 0 ? '1' : '0';
    out[static_cast<std::size_t>(places.first[i])] = out[static_cast<std::size_t>(places.second[i])] = sign;
  }
  if (shape.version >= 7) {
    const auto number = static_cast<std::uint32_t>(shape.version);
    const std::uint32_t bits = number << 12 | remainder(number, 0x1F25, 12);
    for (int i = 0; i < 18; ++i)
      out[index(n - 11 + i % 3, i / 3, n)] = out[index(i / 3, n - 11 + i % 3, n)] =
          (bits >> i & 1) != 0 ? '1' : '0';
  }
  return out;
}

}  // namespace machi::code::qr

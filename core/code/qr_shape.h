// What ISO/IEC 18004 fixes of a QR symbol (model 2): where its patterns lie, in which order the modules carry
// bits, how the codewords stand in blocks. Shared by the writer and by the reader of soft values; ZXing-C++
// lends its tables. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/code/qr.h"

namespace machi::code::qr {

inline constexpr int kVersions = 40;
inline constexpr int kMasks = 8;
constexpr int size_of(int version) { return 17 + 4 * version; }
// 0 when no symbol has that size.
constexpr int version_of(int size) { return size < 21 || size > 177 || size % 4 != 1 ? 0 : (size - 17) / 4; }

enum class Module : std::uint8_t { Bit, Dark, Light, Format, Version };

struct Shape {
  int version = 0;
  int size = 0;
  std::vector<Module> modules;  // size*size, row by row
  std::vector<std::uint16_t>
      order;  // of each data bit, the most significant of the first codeword first: its module
};
Shape shape_of(int version);

// Whether a mask turns the module over.
bool turned(int mask, int x, int y);

// Codewords of one error-correction block: their places among all, its data first.
struct Block {
  std::vector<int> places;
  int data = 0;
};
std::vector<Block> blocks_of(int version, QrLevel level);
int data_codewords(int version, QrLevel level);

// The fifteen bits that say level and mask, and the two modules of each, the most significant first.
std::uint32_t format_bits(QrLevel level, int mask);
struct FormatPlaces {
  std::vector<int> first, second;
};
FormatPlaces format_places(int size);

// Adds the error correction to data (exactly data_codewords) and lays all out in the symbol's order.
std::vector<std::uint8_t> with_correction(int version, QrLevel level, std::span<const std::uint8_t> data);
// Mends a block in place; nothing when more is wrong than can be mended. `lost`: places known to be wrong.
bool mend(std::span<std::uint8_t> block, int data, std::span<const int> lost);

// All modules of a symbol, row by row, '1' dark.
std::string draw(const Shape& shape, QrLevel level, int mask, std::span<const std::uint8_t> codewords);

}  // namespace machi::code::qr

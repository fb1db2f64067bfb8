// Writes a QR symbol: the text cut into segments so that it takes the fewest bits, the smallest version that
// holds it, as much error correction more as that version has room for, the mask of the least penalty
// (ISO/IEC 18004 sections 7 and 8).
#include <algorithm>
#include <array>
#include <cstdlib>

#include "core/code/qr_shape.h"

namespace machi::code {
namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr std::size_t kTextLimit = 7089;  // digits in the largest symbol (version 40-L)
constexpr std::string_view kSigns = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

enum Mode { Numeric, Alphanumeric, Bytes, kModes };

struct Segment {
  Mode mode;
  std::string_view text;
};

class Bits {
 public:
  void put(std::uint32_t value, int count) {
    for (int bit = count - 1; bit >= 0; --bit) bits_.push_back((value >> bit & 1) != 0);
  }
  std::size_t count() const { return bits_.size(); }
  std::vector<std::uint8_t> bytes() const {
    std::vector<std::uint8_t> out((bits_.size() + 7) / 8);
    for (std::size_t i = 0; i < bits_.size(); ++i)
      if (bits_[i]) out[i / 8] = static_cast<std::uint8_t>(out[i / 8] | 0x80 >> i % 8);
    return out;
  }

 private:
  std::vector<bool> bits_;
};

bool takes(Mode mode, char c) {
  return mode == Bytes || (mode == Numeric ? c >= '0' && c <= '9' : kSigns.find(c) != std::string_view::npos);
}

// Bits of a segment's count in the three groups of versions: to 9, to 26, to 40 (table 3).
int count_bits(Mode mode, int group) {
  constexpr std::array<std::array<int, 3>, kModes> kBits = {{{10, 12, 14}, {9, 11, 13}, {8, 16, 16}}};
  return kBits[mode][static_cast<std::size_t>(group)];
}

// The cheapest way through the text, in sixths of a bit: a digit takes 20, a sign 33, a byte 48.
std::vector<Segment> cut(std::string_view text, int group) {
  constexpr std::array<int, kModes> kCost = {20, 33, 48};
  constexpr int kFar = 1 << 28;
  std::vector<std::array<int, kModes>> cost(text.size() + 1), from(text.size() + 1);
  cost[0] = {kFar, kFar, kFar};
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (int m = 0; m < kModes; ++m) {
      const auto mode = static_cast<Mode>(m);
      const auto to = static_cast<std::size_t>(m);
      // Going on in the mode, or beginning it after any other.
      int best = i == 0 ? kFar : cost[i][to];
      int before = m;
      for (int other = 0; other < kModes; ++other) {
        const int so_far = i == 0 ? 0 : (cost[i][static_cast<std::size_t>(other)] + 5) / 6 * 6;
        const int begun = so_far + (4 + count_bits(mode, group)) * 6;
        if (begun < best) {
          best = begun;
          before = other == m ? m + kModes : other;  // begun anew
        }
      }
      cost[i + 1][to] = takes(mode, text[i]) ? best + kCost[to] : kFar;
      from[i + 1][to] = before;
    }
  }
  std::vector<Mode> modes(text.size());
  auto mode =
      static_cast<int>(std::min_element(cost.back().begin(), cost.back().end()) - cost.back().begin());
  for (std::size_t i = text.size(); i > 0; --i) {
    modes[i - 1] = static_cast<Mode>(mode);
    mode = from[i][static_cast<std::size_t>(mode)] % kModes;
  }
  std::vector<Segment> out;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin;
    while (end < text.size() && modes[end] == modes[begin]) ++end;
    out.push_back({modes[begin], text.substr(begin, end - begin)});
    begin = end;
  }
  return out;
}

void put(Bits& bits, const Segment& segment, int group) {
  bits.put(1u << segment.mode, 4);
  bits.put(static_cast<std::uint32_t>(segment.text.size()), count_bits(segment.mode, group));
  const std::size_t step = segment.mode == Numeric ? 3 : segment.mode == Alphanumeric ? 2 : 1;
  for (std::size_t i = 0; i < segment.text.size(); i += step) {
    const std::string_view part = segment.text.substr(i, step);
    std::uint32_t value = 0;
    for (const char c : part)
      value = segment.mode == Bytes
                  ? static_cast<unsigned char>(c)
                  : value * (segment.mode == Numeric ? 10 : 45) + static_cast<std::uint32_t>(kSigns.find(c));
    if (segment.mode == Bytes) bits.put(value, 8);
    if (segment.mode == Numeric) bits.put(value, 1 + 3 * static_cast<int>(part.size()));
    if (segment.mode == Alphanumeric) bits.put(value, part.size() == 2 ? 11 : 6);
  }
}

// A code that says "UTF-8" stands before other than ASCII only: some readers stumble over it.
Bits bits_of(std::string_view text, int group) {
  Bits out;
  const bool ascii =
      std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii) out.put(0x71A, 12);  // ECI 26
  for (const Segment& segment : cut(text, group)) put(out, segment, group);
  return out;
}

std::vector<std::uint8_t> padded(Bits bits, int codewords) {
  const auto room = static_cast<std::size_t>(codewords) * 8;
  bits.put(0, static_cast<int>(std::min<std::size_t>(4, room - bits.count())));
  std::vector<std::uint8_t> out = bits.bytes();
  for (bool first = true; out.size() < static_cast<std::size_t>(codewords); first = !first)
    out.push_back(first ? 0xEC : 0x11);
  return out;
}

// Runs of one colour, look-alikes of a finder pattern, in one row or column.
int row_penalty(const std::string& modules, std::size_t start, std::size_t step, std::size_t size) {
  const auto at = [&](std::size_t i) { return modules[start + i * step]; };
  int out = 0;
  std::size_t run = 1;
  for (std::size_t i = 1; i <= size; ++i) {
    if (i < size && at(i) == at(i - 1)) {
      ++run;
      continue;
    }
    if (run >= 5) out += static_cast<int>(run) - 2;
    run = 1;
  }
  constexpr std::string_view kBefore = "00001011101", kAfter = "10111010000";
  for (std::size_t i = 0; i + 11 <= size; ++i) {
    bool before = true, after = true;
    for (std::size_t k = 0; k < 11 && (before || after); ++k) {
      before = before && at(i + k) == kBefore[k];
      after = after && at(i + k) == kAfter[k];
    }
    out += 40 * (before + after);
  }
  return out;
}

int penalty(const std::string& modules, int side) {
  const auto size = static_cast<std::size_t>(side);
  int out = 0;
  for (std::size_t i = 0; i < size; ++i)
    out += row_penalty(modules, i * size, 1, size) + row_penalty(modules, i, size, size);
  for (std::size_t y = 0; y + 1 < size; ++y)
    for (std::size_t x = 0; x + 1 < size; ++x) {
      const char c = modules[y * size + x];
      if (modules[y * size + x + 1] == c && modules[(y + 1) * size + x] == c &&
          modules[(y + 1) * size + x + 1] == c)
        out += 3;
    }
  const auto dark = static_cast<int>(std::count(modules.begin(), modules.end(), '1'));
  return out + std::abs(dark * 20 - side * side * 10) / (side * side) * 10;
}

}  // namespace

Result<QrSymbol> write_qr(std::string_view text, QrLevel level) {
  if (text.empty()) return fail(Code::BadInput, "empty symbol");
  if (text.size() > kTextLimit) return fail(Code::TooLarge, "symbol");
  constexpr std::array kLast = {9, 26, 40};
  for (int version = 1, group = 0; group < 3; ++group) {
    const Bits bits = bits_of(text, group);
    for (; version <= kLast[static_cast<std::size_t>(group)]; ++version) {
      const auto fits = [&](QrLevel one) {
        return bits.count() <= static_cast<std::size_t>(qr::data_codewords(version, one)) * 8;
      };
      if (!fits(level)) continue;
      while (level != QrLevel::H && fits(static_cast<QrLevel>(static_cast<int>(level) + 1)))
        level = static_cast<QrLevel>(static_cast<int>(level) + 1);
      const qr::Shape shape = qr::shape_of(version);
      const auto codewords =
          qr::with_correction(version, level, padded(bits, qr::data_codewords(version, level)));
      QrSymbol out{shape.size, {}};
      for (int mask = 0, least = 0; mask < qr::kMasks; ++mask) {
        std::string modules = qr::draw(shape, level, mask, codewords);
        const int cost = penalty(modules, shape.size);
        if (!out.modules.empty() && cost >= least) continue;
        least = cost;
        out.modules = std::move(modules);
      }
      return out;
    }
  }
  return fail(Code::TooLarge, "symbol");
}

}  // namespace machi::code

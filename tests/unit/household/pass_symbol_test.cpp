// The pass as a symbol: how many modules it has, and that a picture of it is read back; half of one is not.
#include <gtest/gtest.h>

#include <iostream>

#include "core/code/qr.h"
#include "tests/unit/household/family.h"

namespace machi::household::test {
namespace {

struct Picture {
  base::Bytes grey;
  int side = 0;
};

Picture picture_of(const code::QrSymbol& symbol, int scale) {
  const int side = (symbol.size + 8) * scale;
  Picture out{base::Bytes(static_cast<std::size_t>(side) * static_cast<std::size_t>(side), 255), side};
  for (int y = 0; y < symbol.size * scale; ++y)
    for (int x = 0; x < symbol.size * scale; ++x)
      if (symbol.modules[static_cast<std::size_t>(y / scale * symbol.size + x / scale)] == '1')
        out.grey[static_cast<std::size_t>((y + 4 * scale) * side + x + 4 * scale)] = 0;
  return out;
}

PassTrouble reads(const Picture& picture) {
  const auto text = code::read_qr(picture.grey, picture.side, picture.side);
  if (!text.ok()) return PassTrouble::NotPass;
  const auto there = keys({1});
  return read_pass(*text, {kTown, there}).trouble;
}

TEST(PassSymbol, OfEightPeopleIsReadFromItsPictureAtLevelM) {
  const auto symbol = code::write_qr(text_of(pass_of(eight(), kNow)), code::QrLevel::M);
  ASSERT_TRUE(symbol.ok());
  // At 60 mm a module of 77 a side has 0.78 mm.
  EXPECT_LE(symbol->size, 77);
  std::cout << "symbol of eight: " << symbol->size << " modules a side\n";
  EXPECT_EQ(reads(picture_of(*symbol, 4)), PassTrouble::None);
}

TEST(PassSymbol, IsReadWithACrackAcross) {
  const auto symbol = code::write_qr(text_of(pass_of(eight(), kNow)), code::QrLevel::M);
  Picture picture = picture_of(*symbol, 6);
  for (int x = 0; x < picture.side; ++x)
    for (int y = 0; y < 5; ++y)
      picture.grey[static_cast<std::size_t>((picture.side / 3 + x / 4 + y) * picture.side + x)] = 128;
  EXPECT_EQ(reads(picture), PassTrouble::None);
}

TEST(PassSymbol, OfWhichHalfIsSeenIsNoPass) {
  const auto symbol = code::write_qr(text_of(pass_of(eight(), kNow)), code::QrLevel::M);
  Picture picture = picture_of(*symbol, 4);
  for (int y = picture.side / 2; y < picture.side; ++y)
    for (int x = 0; x < picture.side; ++x) picture.grey[static_cast<std::size_t>(y * picture.side + x)] = 255;
  EXPECT_EQ(reads(picture), PassTrouble::NotPass);
}

}  // namespace
}  // namespace machi::household::test

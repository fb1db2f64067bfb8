// The reader beyond a single clean picture: what is covered, what only several frames show together, and what
// must not be read at all. Pictures are drawn here, from printed numbers.
#include "core/code/qr_scan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "core/code/qr.h"
#include "core/code/qr_shape.h"
#include "core/code/qr_soft.h"

namespace machi::code {
namespace {

using base::Bytes;
using base::Code;

constexpr int kScale = 5;
const std::string kText = "HTTPS://MACHIKADO.EXAMPLE/E/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

struct Picture {
  Bytes grey;
  int side = 0;
  std::uint8_t& at(int x, int y) { return grey[static_cast<std::size_t>(y * side + x)]; }
};

Picture picture_of(const QrSymbol& symbol) {
  const int side = (symbol.size + 8) * kScale;
  Picture out{Bytes(static_cast<std::size_t>(side * side), 230), side};
  for (int y = 0; y < symbol.size * kScale; ++y)
    for (int x = 0; x < symbol.size * kScale; ++x)
      if (symbol.modules[static_cast<std::size_t>(y / kScale * symbol.size + x / kScale)] == '1')
        out.at(x + 4 * kScale, y + 4 * kScale) = 25;
  return out;
}

// Glare: white from one part of the picture's height to another, finder patterns and all.
Picture covered(Picture picture, double from, double to) {
  for (int y = static_cast<int>(from * picture.side); y < static_cast<int>(to * picture.side); ++y)
    for (int x = 0; x < picture.side; ++x) picture.at(x, y) = 255;
  return picture;
}

std::vector<float> soft(const QrSymbol& symbol) {
  std::vector<float> out;
  for (const char c : symbol.modules) out.push_back(c == '1' ? 0.8f : -0.8f);
  return out;
}

TEST(QrScan, ReadsWhatNoneOfItsFramesAloneWouldGive) {
  const Picture whole = picture_of(*write_qr(kText, QrLevel::M));
  const std::array frames = {covered(whole, 0.3, 0.6), covered(whole, 0.44, 0.73)};
  for (const Picture& frame : frames)
    ASSERT_FALSE(read_qr(frame.grey, frame.side, frame.side).ok()) << "one frame alone must not be enough";
  QrScan scan;
  std::string text;
  for (int turn = 0; turn < 9 && text.empty(); ++turn) {
    const Picture& frame = frames[static_cast<std::size_t>(turn % 2)];
    if (auto read = scan.frame(frame.grey, frame.side, frame.side); read.ok()) text = *read;
  }
  EXPECT_EQ(text, kText);
}

// A finder pattern is gone: the quick attempts of a frame give up, a picture by itself does not.
TEST(QrScan, ReadsInOneFrameWhateverThatFrameAloneWouldGive) {
  for (const int corner : {0, 1, 2}) {
    const QrSymbol symbol = *write_qr(kText, QrLevel::M);
    Picture picture = picture_of(symbol);
    const int far = 4 + symbol.size - 7;
    const int left = corner == 1 ? far : 4, top = corner == 2 ? far : 4;
    for (int y = top * kScale; y < (top + 7) * kScale; ++y)
      for (int x = left * kScale; x < (left + 7) * kScale; ++x) picture.at(x, y) = 255;
    const auto alone = read_qr(picture.grey, picture.side, picture.side);
    QrScan scan;
    const auto first = scan.frame(picture.grey, picture.side, picture.side);
    ASSERT_TRUE(alone.ok()) << corner;
    ASSERT_TRUE(first.ok()) << corner;
    EXPECT_EQ(*first, *alone);
  }
}

TEST(QrScan, ReadsTheNextSymbolAfterTheFirst) {
  QrScan scan;
  for (const std::string& text : {kText, std::string("MH1:NEXT"), kText + kText}) {
    const Picture picture = picture_of(*write_qr(text, QrLevel::M));
    const auto read = scan.frame(picture.grey, picture.side, picture.side);
    ASSERT_TRUE(read.ok());
    EXPECT_EQ(*read, text);
  }
}

TEST(QrScan, DoesNotMixTwoSymbolsOfOneSize) {
  const Picture one = covered(picture_of(*write_qr(kText, QrLevel::M)), 0.3, 0.6);
  std::string other_text = kText;
  std::reverse(other_text.begin() + 8, other_text.end());
  const Picture other = covered(picture_of(*write_qr(other_text, QrLevel::M)), 0.4, 0.7);
  QrScan scan;
  for (int turn = 0; turn < 12; ++turn) {
    const Picture& frame = turn % 2 == 0 ? one : other;
    const auto read = scan.frame(frame.grey, frame.side, frame.side);
    if (read.ok()) {
      EXPECT_TRUE(*read == kText || *read == other_text) << *read;
    }
  }
}

TEST(QrScan, FindsNothingInNoiseAndRefusesWhatIsNoPicture) {
  QrScan scan;
  std::uint32_t state = 7;
  for (int turn = 0; turn < 12; ++turn) {
    Bytes noise(160 * 120);
    for (std::uint8_t& pixel : noise)
      pixel = static_cast<std::uint8_t>((state = state * 1664525 + 1013904223) >> 24);
    EXPECT_EQ(scan.frame(noise, 160, 120).code(), Code::NotFound);
  }
  EXPECT_EQ(scan.frame(Bytes(160 * 120, 255), 160, 120).code(), Code::NotFound);
  EXPECT_EQ(scan.frame(Bytes(3), 1, 1).code(), Code::BadInput);
  EXPECT_EQ(scan.frame({}, 0, 0).code(), Code::BadInput);
}

TEST(QrRead, ReadsASymbolWhoseFinderPatternIsCovered) {
  Picture picture = picture_of(*write_qr(kText, QrLevel::M));
  for (int y = 4 * kScale; y < 9 * kScale; ++y)
    for (int x = 4 * kScale; x < 9 * kScale; ++x) picture.at(x, y) = 255;
  const auto read = read_qr(picture.grey, picture.side, picture.side);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, kText);
}

TEST(SoftModules, MendMoreThanHalfOfTheCorrectionWhenWhatIsLostIsKnown) {
  const QrSymbol symbol = *write_qr(kText, QrLevel::M);
  const qr::Shape shape = qr::shape_of(qr::version_of(symbol.size));
  std::vector<float> dark = soft(symbol);
  EXPECT_EQ(qr::decode_soft(shape, dark), kText);
  // A fifth of the codewords unknown, in a row: more than Reed-Solomon takes as errors at level M.
  for (std::size_t bit = 0; bit < shape.order.size() / 5; ++bit)
    dark[shape.order[bit + 64]] = bit % 2 == 0 ? 0.01f : -0.01f;
  EXPECT_EQ(qr::decode_soft(shape, dark), kText);
}

TEST(SoftModules, OfNoiseAreNeverRead) {
  const QrSymbol symbol = *write_qr(kText, QrLevel::L);
  const qr::Shape shape = qr::shape_of(qr::version_of(symbol.size));
  std::uint32_t state = 11;
  for (int turn = 0; turn < 300; ++turn) {
    std::vector<float> dark = soft(symbol);  // its patterns and its format, and noise where the bits are
    for (const std::uint16_t place : shape.order) {
      state = state * 1664525 + 1013904223;
      dark[place] = static_cast<float>(static_cast<int>(state >> 16) % 1000 - 500) / 500.0f;
    }
    EXPECT_EQ(qr::decode_soft(shape, dark), std::nullopt) << turn;
  }
}

}  // namespace
}  // namespace machi::code

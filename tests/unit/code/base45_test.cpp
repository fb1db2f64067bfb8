// Base45 (RFC 9285) and zlib (RFC 1950): published examples, and text and streams that must be refused.
#include <gtest/gtest.h>

#include "core/code/cwt.h"
#include "tests/unit/code/vectors.h"

namespace machi::code {
namespace {

using base::Code;

// Rows of "left,right" below a heading; a comma is no sign of Base45.
std::vector<std::pair<std::string, std::string>> rows(std::string_view name) {
  std::istringstream lines(file_text(data_path(name)));
  std::vector<std::pair<std::string, std::string>> found;
  std::string line;
  std::getline(lines, line);
  while (std::getline(lines, line)) {
    if (line.ends_with('\r')) line.pop_back();
    const auto comma = line.find(',');
    found.emplace_back(line.substr(0, comma), line.substr(comma + 1));
  }
  return found;
}

TEST(Base45, WritesAndReadsThePublishedExamples) {
  const auto examples = rows("signed_qr/base45/base45_good.csv");
  ASSERT_GE(examples.size(), 19u);
  for (const auto& [bytes, text] : examples) {
    EXPECT_EQ(to_base45(hex(bytes)), text);
    ASSERT_TRUE(from_base45(text).ok()) << text;
    EXPECT_EQ(base::to_hex(*from_base45(text)), bytes);
  }
}

TEST(Base45, RefusesThePublishedBadExamples) {
  const auto examples = rows("signed_qr/base45/base45_bad.csv");
  ASSERT_GE(examples.size(), 7u);
  for (const auto& [text, why] : examples)
    EXPECT_EQ(from_base45(text).code(), Code::BadInput) << text << ": " << why;
}

TEST(Base45, RefusesTripletsAbove65535) {
  EXPECT_EQ(base::to_hex(*from_base45("FGW")), "ffff");
  EXPECT_EQ(from_base45("GGW").code(), Code::BadInput);
  EXPECT_EQ(from_base45(":::").code(), Code::BadInput);
}

TEST(Base45, RefusesPairsAbove255) {
  EXPECT_EQ(base::to_hex(*from_base45("U5")), "ff");
  EXPECT_EQ(from_base45("V5").code(), Code::BadInput);
}

TEST(Base45, HasOneTextForEachPairOfBytes) {
  for (std::uint32_t value = 0; value <= 0xFFFF; ++value) {
    const Bytes bytes{static_cast<std::uint8_t>(value >> 8), static_cast<std::uint8_t>(value)};
    ASSERT_EQ(*from_base45(to_base45(bytes)), bytes);
  }
}

TEST(Zlib, InflatesWhatItDeflates) {
  for (const std::size_t length : {0u, 1u, 100u, 4095u, 4096u, 4097u, 8192u}) {
    Bytes bytes(length);
    for (std::size_t i = 0; i < length; ++i) bytes[i] = static_cast<std::uint8_t>(i * i >> 3);
    EXPECT_EQ(*inflate(deflate(bytes), 8192), bytes) << length;
  }
}

TEST(Zlib, StopsAtTheLimitAndNotPastIt) {
  const Bytes bomb = deflate(Bytes(10'000'000, 0));
  EXPECT_LT(bomb.size(), 20'000u);
  EXPECT_EQ(inflate(bomb, 8192).code(), Code::TooLarge);
  EXPECT_TRUE(inflate(deflate(Bytes(8192, 1)), 8192).ok());
  EXPECT_EQ(inflate(deflate(Bytes(8193, 1)), 8192).code(), Code::TooLarge);
  EXPECT_TRUE(inflate(deflate({}), 0).ok());
  EXPECT_EQ(inflate(deflate(Bytes(1)), 0).code(), Code::TooLarge);
}

TEST(Zlib, RefusesABrokenUnfinishedOrTrailedStream) {
  const Bytes good = deflate(base::view("街角の学校へのお知らせ、街角の学校へのお知らせ"));
  for (std::size_t length = 0; length < good.size(); ++length)
    EXPECT_EQ(inflate(ByteView(good).first(length), 8192).code(), Code::BadInput) << length;
  Bytes trailed = good;
  trailed.push_back(0);
  EXPECT_EQ(inflate(trailed, 8192).code(), Code::BadInput);
  Bytes wrong_sum = good;
  wrong_sum.back() ^= 1;
  EXPECT_EQ(inflate(wrong_sum, 8192).code(), Code::BadInput);
}

}  // namespace
}  // namespace machi::code

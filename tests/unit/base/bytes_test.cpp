// Text forms of bytes: what is written, and what is refused. RFC 4648 section 10 for the base64 examples.
#include "core/base/bytes.h"

#include <gtest/gtest.h>

#include "core/base/id.h"

namespace machi::base {
namespace {

Bytes of(std::string_view text) { return copy(view(text)); }

TEST(Hex, GoesThereAndBack) {
  EXPECT_EQ(to_hex(Bytes{0x00, 0xAB, 0xFF}), "00abff");
  EXPECT_EQ(*from_hex("00aBFf"), (Bytes{0x00, 0xAB, 0xFF}));
  EXPECT_TRUE(from_hex("")->empty());
}

TEST(Hex, RefusesHalfABytesAndOtherSigns) {
  EXPECT_EQ(from_hex("abc").code(), Code::BadInput);
  EXPECT_EQ(from_hex("0g").code(), Code::BadInput);
  EXPECT_EQ(from_hex("0 ").code(), Code::BadInput);
}

TEST(Base64Url, WritesTheExamplesOfRfc4648WithoutPadding) {
  EXPECT_EQ(to_base64url(of("")), "");
  EXPECT_EQ(to_base64url(of("f")), "Zg");
  EXPECT_EQ(to_base64url(of("fo")), "Zm8");
  EXPECT_EQ(to_base64url(of("foo")), "Zm9v");
  EXPECT_EQ(to_base64url(of("foobar")), "Zm9vYmFy");
  EXPECT_EQ(to_base64url(Bytes{0xFB, 0xFF}), "-_8");
}

TEST(Base64Url, RefusesPaddingTheOtherAlphabetAndSpareBits) {
  EXPECT_EQ(from_base64url("Zg==").code(), Code::BadInput);
  EXPECT_EQ(from_base64url("+/8").code(), Code::BadInput);
  EXPECT_EQ(from_base64url("Zh").code(), Code::BadInput);
  EXPECT_EQ(from_base64url("Z").code(), Code::BadInput);
  EXPECT_EQ(from_base64url("AAAAA").code(), Code::BadInput);
}

TEST(Base32, ReadsWhatPeopleTypeForTheSameSigns) {
  const Bytes secret{0xF2, 0x35, 0x48, 0x8C, 0x00, 0xFF, 0x11, 0x22, 0x33, 0x44};
  const std::string code = to_crockford(secret);
  ASSERT_EQ(code.size(), 16u);
  std::string typed;
  for (std::size_t i = 0; i < code.size(); ++i) {
    if (i > 0 && i % 4 == 0) typed += i % 8 == 0 ? " " : "-";
    const char c = code[i];
    typed += c == '1' ? 'l' : c == '0' ? 'o' : static_cast<char>(std::tolower(c));
  }
  EXPECT_EQ(*from_crockford(typed), secret);
}

TEST(Base32, RefusesTheLetterUAndSpareBits) {
  EXPECT_EQ(from_crockford("UUUUUUUU").code(), Code::BadInput);
  EXPECT_EQ(from_crockford("01").code(), Code::BadInput);
  EXPECT_EQ(from_crockford("000").code(), Code::BadInput);
}

TEST(TextForms, AreInvertibleForEveryLength) {
  Bytes bytes;
  for (int i = 0; i < 70; ++i) {
    EXPECT_EQ(*from_hex(to_hex(bytes)), bytes);
    EXPECT_EQ(*from_base64url(to_base64url(bytes)), bytes);
    EXPECT_EQ(*from_crockford(to_crockford(bytes)), bytes);
    bytes.push_back(static_cast<std::uint8_t>(i * 37 + 11));
  }
}

TEST(FixedBytes, AreExactlyAsLongAsTheirType) {
  EXPECT_TRUE(fixed<2>(Bytes{1, 2}).ok());
  EXPECT_EQ(fixed<2>(Bytes{1, 2, 3}).code(), Code::BadInput);
  EXPECT_EQ(fixed<2>(Bytes{}).code(), Code::BadInput);
}

TEST(Id, IsReadFromItsHexadecimalForm) {
  const auto id = MailboxId::from_hex_text("000102030405060708090a0b0c0d0e0f");
  ASSERT_TRUE(id.ok());
  EXPECT_FALSE(id->is_zero());
  EXPECT_EQ(id->hex(), "000102030405060708090a0b0c0d0e0f");
  EXPECT_EQ(MailboxId::from_hex_text("0001").code(), Code::BadInput);
}

}  // namespace
}  // namespace machi::base

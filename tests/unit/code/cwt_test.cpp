// CWT claims (RFC 8392) and the two printed forms of a token.
#include "core/code/cwt.h"

#include <gtest/gtest.h>

#include "tests/unit/code/vectors.h"

namespace machi::code {
namespace {

using base::Code;
using base::Instant;

Claims sample() {
  Claims claims;
  claims.issuer = "town";
  claims.subject = "slip";
  claims.audience = "school";
  claims.expires = Instant::from_seconds(1'796'000'000);
  claims.not_before = Instant::from_seconds(1'795'000'000);
  claims.issued = Instant::from_seconds(1'795'000'001);
  claims.id = {1, 2, 3};
  claims.more = {{-70001, "more"}, {"text", 5}};
  return claims;
}

TEST(Claims, AreReadAsTheyWereWritten) {
  const auto again = decode_claims(encode_claims(sample()));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->issuer, "town");
  EXPECT_EQ(again->subject, "slip");
  EXPECT_EQ(again->audience, "school");
  EXPECT_EQ(again->expires, sample().expires);
  EXPECT_EQ(again->not_before, sample().not_before);
  EXPECT_EQ(again->issued, sample().issued);
  EXPECT_EQ(again->id, sample().id);
  EXPECT_EQ(Cbor(again->more), Cbor(sample().more));
}

TEST(Claims, OfRfc8392AppendixA1AreRead) {
  const auto claims =
      decode_claims(hex("a70175636f61703a2f2f61732e6578616d706c652e636f6d02656572696b77037818636f61703a2f2f6c"
                        "696768742e6578616d706c652e63"
                        "6f6d041a5612aeb0051a5610d9f0061a5610d9f007420b71"));
  ASSERT_TRUE(claims.ok());
  EXPECT_EQ(claims->issuer, "coap://as.example.com");
  EXPECT_EQ(claims->subject, "erikw");
  EXPECT_EQ(claims->expires, Instant::from_seconds(1444064944));
  EXPECT_EQ(claims->not_before, Instant::from_seconds(1443944944));
  EXPECT_EQ(base::to_hex(claims->id), "0b71");
  EXPECT_TRUE(claims->more.empty());
}

TEST(Claims, RefuseOtherTypesAndDatesOutOfRange) {
  for (const Cbor& value :
       {Cbor(1.5), Cbor("soon"), Cbor(-1), Cbor(253402300800), Cbor(std::uint64_t{1} << 63)})
    EXPECT_EQ(decode_claims(encode(Cbor::map({{4, value}}))).code(), Code::BadInput);
  EXPECT_EQ(decode_claims(encode(Cbor::map({{1, 5}}))).code(), Code::BadInput);
  EXPECT_EQ(decode_claims(encode(Cbor::map({{7, "text"}}))).code(), Code::BadInput);
  EXPECT_EQ(decode_claims(encode(Cbor::map({{true, 1}}))).code(), Code::BadInput);
  EXPECT_EQ(decode_claims(encode(Cbor::array({1}))).code(), Code::BadInput);
  EXPECT_EQ(decode_claims({}).code(), Code::BadInput);
}

TEST(Dates, HoldFromNotBeforeToExpiry) {
  const Claims claims = sample();
  const auto state = [&](std::int64_t seconds, std::int64_t grace) {
    return check_dates(claims, Instant::from_seconds(seconds), grace).ok();
  };
  EXPECT_TRUE(state(1'795'000'000, 0));
  EXPECT_FALSE(state(1'794'999'999, 0));
  EXPECT_TRUE(state(1'795'999'999, 0));
  EXPECT_FALSE(state(1'796'000'000, 0));
  EXPECT_TRUE(state(1'796'000'000 + 48 * 3600 - 1, 48 * 3600));
  EXPECT_FALSE(state(1'796'000'000 + 48 * 3600, 48 * 3600));
  EXPECT_TRUE(state(1'795'000'000 - 48 * 3600, 48 * 3600));
  EXPECT_TRUE(check_dates(Claims{}, Instant{}, 0).ok());
  EXPECT_EQ(check_dates(claims, Instant{}, 0).code(), Code::Expired);
}

TEST(Token, IsPrefixAndBase45OrAFragment) {
  const Bytes cose(300, 7);
  const std::string token = to_token(cose);
  EXPECT_TRUE(token.starts_with("MK1:"));
  EXPECT_EQ(*from_token(token), cose);
  EXPECT_EQ(*from_fragment(to_fragment(cose)), cose);
  EXPECT_EQ(*from_token(to_token(cose, "HC1:"), "HC1:"), cose);
}

TEST(Token, RefusesAnotherPrefixAndTooMuch) {
  EXPECT_EQ(from_token(to_token(Bytes{1}, "HC1:")).code(), Code::BadInput);
  EXPECT_EQ(from_token("").code(), Code::BadInput);
  EXPECT_EQ(from_token("MK1:").code(), Code::BadInput);
  EXPECT_EQ(from_token(to_token(Bytes(kTokenLimit + 1))).code(), Code::TooLarge);
  EXPECT_TRUE(from_token(to_token(Bytes(kTokenLimit))).ok());
  EXPECT_EQ(from_token("MK1:" + std::string(100'000, '0')).code(), Code::TooLarge);
  EXPECT_EQ(from_fragment(std::string(100'000, 'A')).code(), Code::TooLarge);
  EXPECT_EQ(from_fragment("a+b").code(), Code::BadInput);
}

TEST(Token, HoldsEvenWhatCannotBeCompressed) {
  Bytes noise(kTokenLimit);
  std::uint32_t state = 1;
  for (std::uint8_t& byte : noise)
    byte = static_cast<std::uint8_t>((state = state * 1664525 + 1013904223) >> 24);
  EXPECT_EQ(*from_token(to_token(noise)), noise);
  EXPECT_EQ(*from_fragment(to_fragment(noise)), noise);
}

}  // namespace
}  // namespace machi::code

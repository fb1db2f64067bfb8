// COSE_Sign1 of our own: what a verifier insists on. Published vectors are in cose_vectors_test.cpp.
#include "core/code/cose.h"

#include <gtest/gtest.h>

#include "core/crypto/drbg.h"
#include "tests/unit/code/vectors.h"

namespace machi::code {
namespace {

using base::Code;

constexpr std::string_view kTyp = "machi-slip+cwt";

class Cose : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(crypto::ready()); }

  crypto::SignKey make_key() {
    crypto::Secret<32> seed;
    entropy_.fill(seed.bytes());
    return crypto::sign_key(std::move(seed));
  }

  // A COSE_Sign1 put together by hand and signed over what it says.
  Bytes hand_made(Cbor closed, Cbor open, std::uint64_t tag = 18) {
    Sign1 sign1;
    sign1.protected_bytes = encode(closed);
    sign1.protected_headers = std::move(closed);
    sign1.payload = {1, 2, 3};
    const auto signature = crypto::sign(key_, sign1.to_be_signed());
    return encode(Cbor::tag(tag, Cbor::array({Cbor(sign1.protected_bytes), std::move(open),
                                              Cbor(sign1.payload), Cbor(signature)})));
  }

  crypto::Drbg entropy_ = crypto::Drbg::of_number(11);
  crypto::SignKey key_ = (crypto::ready(), make_key());
};

TEST_F(Cose, VerifiesWhatItSigns) {
  const Bytes bytes = sign1(key_, kTyp, Bytes{1, 2, 3}, Bytes{9, 9});
  const auto found = verify_sign1(bytes, kTyp, key_.open);
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(found->payload, (Bytes{1, 2, 3}));
  EXPECT_EQ(found->typ(), kTyp);
  EXPECT_EQ(found->algorithm(), kAlgEdDsa);
  EXPECT_EQ(found->kid(), (Bytes{9, 9}));
  EXPECT_TRUE(decode(bytes).ok()) << "deterministic as a whole";
}

TEST_F(Cose, LeavesTheKeyIdOutWhenThereIsNone) {
  const auto found = verify_sign1(sign1(key_, kTyp, Bytes{}), kTyp, key_.open);
  ASSERT_TRUE(found.ok());
  EXPECT_EQ(base::to_hex(found->protected_bytes),
            "a2012710"
            "6e" +
                base::to_hex(base::view(kTyp)));
  EXPECT_TRUE(found->kid().empty());
}

TEST_F(Cose, RefusesAnotherPurpose) {
  const Bytes bytes = sign1(key_, kTyp, Bytes{1});
  EXPECT_EQ(verify_sign1(bytes, "machi-poster+cwt", key_.open).code(), Code::WrongPurpose);
  EXPECT_EQ(verify_sign1(hand_made(Cbor::map({{1, kAlgEdDsa}}), CborMap{}), kTyp, key_.open).code(),
            Code::WrongPurpose);
  EXPECT_EQ(verify_sign1(hand_made(Cbor::map({{1, kAlgEdDsa}}), CborMap{}), "", key_.open).code(),
            Code::WrongPurpose);
  EXPECT_EQ(verify_sign1(hand_made(Cbor::map({{1, kAlgEdDsa}, {16, 61}}), CborMap{}), kTyp, key_.open).code(),
            Code::WrongPurpose);
}

TEST_F(Cose, RefusesAnyAlteredByte) {
  Bytes bytes = sign1(key_, kTyp, base::view("payload"), Bytes{1, 2});
  for (std::size_t i = 0; i < bytes.size(); ++i)
    for (const std::uint8_t bit : {std::uint8_t{0x01}, std::uint8_t{0x20}, std::uint8_t{0x80}}) {
      bytes[i] ^= bit;
      EXPECT_FALSE(verify_sign1(bytes, kTyp, key_.open).ok()) << i;
      bytes[i] ^= bit;
    }
  EXPECT_TRUE(verify_sign1(bytes, kTyp, key_.open).ok());
}

TEST_F(Cose, TellsAnUnknownKeyFromAWrongSignature) {
  const Bytes bytes = sign1(key_, kTyp, Bytes{1}, Bytes{7});
  EXPECT_EQ(verify_sign1(bytes, kTyp, make_key().open).code(), Code::BadSignature);
  EXPECT_EQ(
      verify_sign1(bytes, kTyp, [](const Sign1&) { return std::optional<crypto::SignPublic>(); }).code(),
      Code::UnknownKey);
  const auto by_kid = [this](const Sign1& sign1) {
    return sign1.kid() == Bytes{7} ? std::optional(key_.open) : std::nullopt;
  };
  EXPECT_TRUE(verify_sign1(bytes, kTyp, by_kid).ok());
}

TEST_F(Cose, HasOneEncodingOfOneObject) {
  const Cbor headers = Cbor::map({{1, kAlgEdDsa}, {16, kTyp}});
  EXPECT_TRUE(verify_sign1(hand_made(headers, CborMap{}), kTyp, key_.open).ok());
  EXPECT_EQ(verify_sign1(hand_made(headers, Cbor::map({{4, Bytes{1}}})), kTyp, key_.open).code(),
            Code::BadInput);
  EXPECT_EQ(verify_sign1(hand_made(headers, CborMap{}, 98), kTyp, key_.open).code(), Code::BadInput);
  const Bytes tagged = hand_made(headers, CborMap{});
  EXPECT_EQ(verify_sign1(ByteView(tagged).subspan(1), kTyp, key_.open).code(), Code::BadInput)
      << "without the tag";
  EXPECT_TRUE(parse_sign1(ByteView(tagged).subspan(1), true).ok());
  Bytes longer = tagged;
  longer.push_back(0);
  EXPECT_EQ(parse_sign1(longer, true).code(), Code::BadInput);
}

TEST_F(Cose, RefusesCriticalHeadersAndOtherAlgorithms) {
  const Cbor critical = Cbor::map({{1, kAlgEdDsa}, {2, Cbor::array({-70000})}, {16, kTyp}, {-70000, true}});
  EXPECT_EQ(verify_sign1(hand_made(critical, CborMap{}), kTyp, key_.open).code(), Code::Unsupported);
  EXPECT_EQ(
      verify_sign1(hand_made(Cbor::map({{1, kAlgEs256}, {16, kTyp}}), CborMap{}), kTyp, key_.open).code(),
      Code::Unsupported);
  EXPECT_EQ(
      verify_sign1(hand_made(Cbor::map({{16, kTyp}}), Cbor::map({{1, kAlgEdDsa}})), kTyp, key_.open).code(),
      Code::Unsupported)
      << "an algorithm is believed only where it is protected";
}

TEST_F(Cose, TakesNoLongerForManyLabelsThanTheyWeigh) {
  CborMap closed{{1, kAlgEdDsa}, {16, kTyp}};
  CborMap open;
  for (int i = 0; i < 10'000; ++i) {
    closed.emplace_back(100 + i, 0);
    open.emplace_back(-100 - i, 0);
  }
  EXPECT_TRUE(parse_sign1(hand_made(Cbor(closed), Cbor(open))).ok());
}

TEST_F(Cose, RefusesALabelInBothMapsAndShapesThatAreNone) {
  EXPECT_EQ(
      parse_sign1(hand_made(Cbor::map({{1, kAlgEdDsa}, {4, Bytes{1}}}), Cbor::map({{4, Bytes{2}}}))).code(),
      Code::BadInput);
  const auto tagged = [](Cbor content) { return encode(Cbor::tag(18, std::move(content))); };
  const Bytes closed = encode(Cbor::map({{1, kAlgEdDsa}}));
  const Bytes signature(64);
  for (const bool leniently : {false, true}) {
    EXPECT_FALSE(parse_sign1(tagged(Cbor::array({closed, CborMap{}, Bytes{}})), leniently).ok());
    EXPECT_FALSE(parse_sign1(tagged(Cbor::array({closed, CborMap{}, nullptr, signature})), leniently).ok())
        << "detached";
    EXPECT_FALSE(parse_sign1(tagged(Cbor::array({closed, CborArray{}, Bytes{}, signature})), leniently).ok());
    EXPECT_FALSE(
        parse_sign1(tagged(Cbor::array({Cbor::map({{1, kAlgEdDsa}}), CborMap{}, Bytes{}, signature})),
                    leniently)
            .ok());
    EXPECT_FALSE(
        parse_sign1(tagged(Cbor::array({encode(Cbor(1)), CborMap{}, Bytes{}, signature})), leniently).ok());
    EXPECT_FALSE(
        parse_sign1(tagged(Cbor::array({closed, Cbor::map({{true, 1}}), Bytes{}, signature})), leniently)
            .ok());
  }
}

}  // namespace
}  // namespace machi::code

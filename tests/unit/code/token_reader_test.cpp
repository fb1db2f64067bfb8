// Any printed token, read without being believed.
#include "core/code/token_reader.h"

#include <gtest/gtest.h>

#include "core/code/cwt.h"
#include "core/crypto/drbg.h"

namespace machi::code {
namespace {

using base::Code;

class TokenReader : public testing::Test {
 protected:
  static crypto::SignKey make_key(std::uint64_t number) {
    EXPECT_TRUE(crypto::ready());
    crypto::Drbg entropy = crypto::Drbg::of_number(number);
    crypto::Secret<32> seed;
    entropy.fill(seed.bytes());
    return crypto::sign_key(std::move(seed));
  }

  crypto::SignKey key_ = make_key(21);
  Bytes cose_ = sign1(key_, "machi-slip+cwt", encode(Cbor::map({{1, "town"}, {4, 1'796'000'000}})));
};

TEST_F(TokenReader, ReadsEveryFormOfTheSameToken) {
  const auto form = [this](const std::string& text) {
    const auto reading = read_token(text, key_.open);
    EXPECT_TRUE(reading.ok()) << text;
    EXPECT_EQ(reading->cose, cose_);
    EXPECT_EQ(reading->signature, SignatureState::Holds);
    EXPECT_EQ(*reading->claims.text_at(1), "town");
    return std::pair(reading->form, reading->prefix);
  };
  EXPECT_EQ(form(to_token(cose_)), std::pair(TokenForm::Prefixed, std::string("MK1:")));
  EXPECT_EQ(form(" \n" + to_token(cose_, "HC1:") + "\r\n"),
            std::pair(TokenForm::Prefixed, std::string("HC1:")));
  EXPECT_EQ(form(to_token(cose_, "")), std::pair(TokenForm::Base45, std::string()));
  EXPECT_EQ(form(to_fragment(cose_)), std::pair(TokenForm::Fragment, std::string()));
  EXPECT_EQ(form("#" + to_fragment(cose_)), std::pair(TokenForm::Fragment, std::string()));
  EXPECT_EQ(form("https://app.example/e#" + to_fragment(cose_)),
            std::pair(TokenForm::Fragment, std::string()));
}

TEST_F(TokenReader, SaysWhetherTheSignatureHolds) {
  const std::string text = to_token(cose_);
  EXPECT_EQ(read_token(text)->signature, SignatureState::KeyUnknown);
  EXPECT_EQ(read_token(text, key_.open)->signature, SignatureState::Holds);
  EXPECT_EQ(read_token(text, make_key(22).open)->signature, SignatureState::Fails);
  Bytes altered = cose_;
  altered.back() ^= 1;
  EXPECT_EQ(read_token(to_token(altered), key_.open)->signature, SignatureState::Fails);
}

TEST_F(TokenReader, KnowsNoKeyForAnotherAlgorithm) {
  const Bytes other = encode(
      Cbor::array({encode(Cbor::map({{1, kAlgEs256}})), CborMap{}, encode(Cbor(CborMap{})), Bytes(64)}));
  const auto reading = read_token(to_token(other, "HC1:"), key_.open);
  ASSERT_TRUE(reading.ok());
  EXPECT_EQ(reading->signature, SignatureState::KeyUnknown);
}

TEST_F(TokenReader, RefusesWhatDoesNotDecodeDownToClaims) {
  for (const std::string& text :
       {std::string(), std::string("MK1:"), std::string("hello"), std::string("MK1:abc"), std::string("#"),
        to_token(Bytes{1, 2, 3}), "MK1:" + to_base45(cose_), to_token(sign1(key_, "t", Bytes{1})),
        "mk1:" + to_token(cose_, "")})
    EXPECT_EQ(read_token(text).code(), Code::BadInput) << text;
  EXPECT_EQ(read_token(to_token(Bytes(kTokenLimit + 1))).code(), Code::TooLarge);
  EXPECT_EQ(read_token(std::string(1'000'000, 'A')).code(), Code::TooLarge);
}

}  // namespace
}  // namespace machi::code

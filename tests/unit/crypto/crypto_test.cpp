// Signatures, hashes, boxes and padding against published vectors (RFC 8032 section 7.1, RFC 7693 and FIPS
// 180-4 examples), and what is refused.
#include <gtest/gtest.h>

#include "core/crypto/drbg.h"
#include "core/crypto/sodium.h"

namespace machi::crypto {
namespace {

using base::Code;

class Crypto : public testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(ready()); }
};

Bytes hex(std::string_view text) { return *base::from_hex(text); }
template <std::size_t N>
Array<N> array(std::string_view text) {
  return *base::fixed<N>(hex(text));
}
Secret<32> secret(std::string_view text) { return Secret<32>(array<32>(text)); }

TEST_F(Crypto, SignsAsRfc8032Does) {
  const SignKey key = sign_key(secret("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"));
  EXPECT_EQ(base::to_hex(key.open.bytes), "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
  const Signature signature = sign(key, hex("72"));
  EXPECT_EQ(base::to_hex(signature),
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
  EXPECT_TRUE(verify(key.open, hex("72"), signature));
}

TEST_F(Crypto, RefusesAnAlteredMessageSignatureOrKey) {
  Drbg entropy = Drbg::of_number(1);
  Secret<32> seed;
  entropy.fill(seed.bytes());
  const SignKey key = sign_key(std::move(seed));
  const Bytes message = hex("0102");
  Signature signature = sign(key, message);
  EXPECT_FALSE(verify(key.open, hex("0103"), signature));
  EXPECT_FALSE(verify(key.open, message, ByteView(signature).first(63)));
  EXPECT_FALSE(verify(SignPublic{}, message, signature));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    signature[i] ^= 1;
    EXPECT_FALSE(verify(key.open, message, signature)) << i;
    signature[i] ^= 1;
  }
}

TEST_F(Crypto, HashesAsPublished) {
  EXPECT_EQ(base::to_hex(hash(base::view("abc"))),
            "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
  EXPECT_EQ(base::to_hex(sha256(base::view("abc"))),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(base::to_hex(hash({})), "0e5751c026e543b2e8ab2eb06099daa1d1e5df47778f7787faab45cdf12fe3a8");
  EXPECT_NE(keyed_hash(Secret<32>(), base::view("abc")), hash(base::view("abc")));
}

TEST_F(Crypto, UnlocksWhatItLocksAndNothingAltered) {
  Drbg entropy = Drbg::of_number(2);
  const Secret<32> key = secret(std::string(64, '5'));
  const Bytes message = hex("00112233");
  Bytes locked = crypto::lock(entropy, key, message);
  EXPECT_EQ(locked.size(), 24 + 16 + message.size());
  EXPECT_EQ(*unlock(key, locked), message);
  EXPECT_EQ(unlock(Secret<32>(), locked).code(), Code::BadSignature);
  EXPECT_EQ(unlock(key, ByteView(locked).first(39)).code(), Code::BadInput);
  for (std::uint8_t& byte : locked) {
    byte ^= 0x80;
    EXPECT_EQ(unlock(key, locked).code(), Code::BadSignature);
    byte ^= 0x80;
  }
  EXPECT_TRUE(unlock(key, crypto::lock(entropy, key, {}))->empty());
}

TEST_F(Crypto, PadsToTheFirstSizeThatHolds) {
  const auto size = [](std::size_t length) { return pad(Bytes(length, 7))->size(); };
  EXPECT_EQ(size(0), 256u);
  EXPECT_EQ(size(255), 256u);
  EXPECT_EQ(size(256), 1024u);
  EXPECT_EQ(size(1023), 1024u);
  EXPECT_EQ(size(4095), 4096u);
  EXPECT_EQ(size(16383), 16384u);
  EXPECT_EQ(size(65535), 65536u);
  EXPECT_EQ(pad(Bytes(65536)).code(), Code::TooLarge);
  for (const std::size_t length : {0u, 1u, 255u, 256u, 5000u, 65535u}) {
    const Bytes message(length, 0x80);
    EXPECT_EQ(*unpad(*pad(message)), message);
  }
}

TEST_F(Crypto, RefusesPaddingThatIsNone) {
  EXPECT_EQ(unpad(Bytes(255, 0x80)).code(), Code::BadInput);
  EXPECT_EQ(unpad(Bytes(256, 0)).code(), Code::BadInput);
  Bytes padded = *pad(Bytes(3, 1));
  padded.back() = 1;
  EXPECT_EQ(unpad(padded).code(), Code::BadInput);
}

TEST_F(Crypto, ComparesWholeContents) {
  EXPECT_TRUE(same(hex("0102"), hex("0102")));
  EXPECT_FALSE(same(hex("0102"), hex("0103")));
  EXPECT_FALSE(same(hex("0102"), hex("010200")));
  EXPECT_TRUE(same({}, {}));
}

// Expected values from another implementation of ChaCha20: output is what follows the next key in the stream.
TEST_F(Crypto, DrawsByFastKeyErasure) {
  Array<32> seed;
  for (std::size_t i = 0; i < seed.size(); ++i) seed[i] = static_cast<std::uint8_t>(i);
  Drbg entropy{Secret<32>(seed)};
  Bytes first(10);
  Bytes second(4);
  entropy.fill(first);
  entropy.fill(second);
  EXPECT_EQ(base::to_hex(first), "2b23cce7a26023ab3f0e");
  EXPECT_EQ(base::to_hex(second), "2d41a59c");
}

TEST_F(Crypto, RepeatsARunByItsNumber) {
  const auto draw = [](std::uint64_t number) {
    Drbg entropy = Drbg::of_number(number);
    Bytes out(64);
    entropy.fill(out);
    return out;
  };
  EXPECT_EQ(draw(7), draw(7));
  EXPECT_NE(draw(7), draw(8));
  EXPECT_NE(draw(1), draw(std::uint64_t{1} << 56));
}

TEST_F(Crypto, DrawsFromTheSystem) {
  SystemEntropy entropy;
  EXPECT_NE(entropy.id<base::MessageTag>(), entropy.id<base::MessageTag>());
}

TEST_F(Crypto, WipesASecretThatMovesAway) {
  Secret<32> from = secret(std::string(64, 'a'));
  const Secret<32> to = std::move(from);
  EXPECT_EQ(from.bytes(), Array<32>{});  // the state after a move is promised
  EXPECT_EQ(base::to_hex(to.view()), std::string(64, 'a'));
}

}  // namespace
}  // namespace machi::crypto

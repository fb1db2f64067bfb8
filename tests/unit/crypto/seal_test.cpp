// Sealed boxes. open() is libsodium's own crypto_box_seal_open: that it opens what seal() made is the proof
// of format.
#include <gtest/gtest.h>

#include <algorithm>

#include "core/crypto/drbg.h"
#include "core/crypto/sodium.h"

namespace machi::crypto {
namespace {

using base::Code;

struct Box {
  Drbg entropy = Drbg::of_number(4);
  SealKey key = make();

  SealKey make() {
    EXPECT_TRUE(ready());
    Secret<32> seed;
    entropy.fill(seed.bytes());
    return seal_key(std::move(seed));
  }
};

TEST(Seal, IsOpenedByLibsodiumForEveryLength) {
  Box box;
  for (const std::size_t length : {0u, 1u, 31u, 32u, 33u, 255u, 4096u, 65536u}) {
    const Bytes message(length, 0x5A);
    const Bytes sealed = seal(box.entropy, box.key.open, message);
    EXPECT_EQ(sealed.size(), length + 48);
    const auto opened = open(box.key, sealed);
    ASSERT_TRUE(opened.ok());
    EXPECT_EQ(*opened, message);
  }
}

TEST(Seal, RepeatsWithTheSameEntropyAndDiffersOtherwise) {
  Box box;
  Drbg one = Drbg::of_number(5);
  Drbg same_again = Drbg::of_number(5);
  const Bytes message{1, 2, 3};
  const Bytes first = seal(one, box.key.open, message);
  EXPECT_EQ(first, seal(same_again, box.key.open, message));
  EXPECT_NE(first, seal(one, box.key.open, message));
}

TEST(Seal, IsRefusedWhenAlteredCutOrForAnotherKey) {
  Box box;
  const SealKey other = box.make();
  Bytes sealed = seal(box.entropy, box.key.open, Bytes{1, 2, 3});
  EXPECT_EQ(open(other, sealed).code(), Code::BadSignature);
  EXPECT_EQ(open(box.key, ByteView(sealed).first(47)).code(), Code::BadInput);
  EXPECT_EQ(open(box.key, ByteView(sealed).first(50)).code(), Code::BadSignature);
  for (std::size_t i = 0; i < sealed.size(); ++i) {
    sealed[i] ^= 1;
    EXPECT_EQ(open(box.key, sealed).code(), Code::BadSignature) << i;
    sealed[i] ^= 1;
  }
}

TEST(Seal, GivesNothingAwayToAPointOfSmallOrder) {
  Box box;
  SealPublic one;
  one.bytes[0] = 1;
  EXPECT_TRUE(is_sound(box.key.open));
  for (const SealPublic& weak : {SealPublic{}, one}) {
    EXPECT_FALSE(is_sound(weak));
    EXPECT_TRUE(seal(box.entropy, weak, Bytes{1, 2, 3}).empty());
  }
}

}  // namespace
}  // namespace machi::crypto

// What a device derives from its seed. The expected values were made by an independent implementation
// (BLAKE2b with salt and personalisation as crypto_kdf defines it; X25519 and Ed25519 of another library):
// they fix the protocol.
#include "core/crypto/keys.h"

#include <gtest/gtest.h>

#include "core/crypto/drbg.h"
#include "core/crypto/sodium.h"

namespace machi::crypto {
namespace {

DeviceSeed counting_seed() {
  Array<32> bytes;
  for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(i);
  return DeviceSeed(Secret<32>(bytes));
}

base::MailboxId mailbox(std::string_view hex) { return *base::MailboxId::from_hex_text(hex); }

TEST(DeviceSeed, DerivesTheKeysOfTheProtocol) {
  ASSERT_TRUE(ready());
  const DeviceSeed seed = counting_seed();
  EXPECT_EQ(base::to_hex(seed.storage().view()),
            "87243c6e4bb22c67c6b6a83212500b637fe345ae8c67f7c4b7a82e8e1f99af81");
  EXPECT_EQ(base::to_hex(seed.seal().open.bytes),
            "bf5b4e538bdc36404674c380809350758b3a86249a4f2cb714f1427381b0e020");
  const SignKey posting = seed.posting(mailbox("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"));
  EXPECT_EQ(base::to_hex(posting.seed.view()),
            "c47c7cddf2b050cd3f1ed52d9152c6ecadb1b9484c004c34621e8fb9f867685c");
  EXPECT_EQ(base::to_hex(posting.open.bytes),
            "6a292e37e19a65b9879985ff7de103c78ffb5ac0f236f7ae247e605a4b677779");
}

TEST(DeviceSeed, PostsToEveryMailboxWithAnotherKey) {
  ASSERT_TRUE(ready());
  const DeviceSeed seed = counting_seed();
  const auto one = seed.posting(mailbox("00000000000000000000000000000001")).open;
  const auto two = seed.posting(mailbox("00000000000000000000000000000002")).open;
  EXPECT_NE(one, two);
  EXPECT_EQ(one, seed.posting(mailbox("00000000000000000000000000000001")).open);
}

TEST(DeviceSeed, IsMadeFromTheEntropyThatIsGiven) {
  ASSERT_TRUE(ready());
  Drbg first = Drbg::of_number(3);
  Drbg second = Drbg::of_number(3);
  EXPECT_TRUE(same(DeviceSeed::make(first).view(), DeviceSeed::make(second).view()));
}

TEST(DeriveDeathTest, TakesAContextOfEightBytesOnly) {
  EXPECT_DEATH((void)derive(Secret<32>(), 1, "short"), "bug:");
}

}  // namespace
}  // namespace machi::crypto

// The help card's sealed tier: who opens it, what is refused, what its length tells.
#include "core/support/help_card.h"

#include <gtest/gtest.h>

#include <set>

#include "core/crypto/drbg.h"

namespace machi::support {
namespace {

TownId town(std::uint8_t number) {
  TownId out;
  out.bytes.fill(number);
  return out;
}
crypto::SealKey key(std::uint8_t number) {
  base::Array<32> seed{};
  seed.fill(number);
  return crypto::seal_key(crypto::Secret<32>(seed));
}
SealedCard card() {
  return {base::Instant{1'795'000'000'000}, {{"disability", "下肢機能障害"}, {"medicine", "インスリン"}}};
}

struct HelpCard : testing::Test {
  crypto::Drbg entropy = crypto::Drbg::of_number(1);
};

TEST_F(HelpCard, IsOpenedByTheTownsVerifiersAndByNobodyElse) {
  const auto text = seal_card(entropy, town(1), key(2).open, card());
  ASSERT_TRUE(text.ok());
  EXPECT_TRUE(text->starts_with(kCardPrefix));
  const auto read = open_card(*text, town(1), key(2));
  ASSERT_TRUE(read.ok()) << read.error().detail;
  EXPECT_EQ(*read, card());
  EXPECT_EQ(open_card(*text, town(1), key(3)).code(), base::Code::NotAllowed);
  EXPECT_EQ(open_card(*text, town(9), key(2)).code(), base::Code::WrongTown);
}

TEST_F(HelpCard, IsRefusedWhenItWasTouched) {
  std::string text = *seal_card(entropy, town(1), key(2).open, card());
  EXPECT_EQ(open_card("MH1:" + text, town(1), key(2)).code(), base::Code::BadInput);
  EXPECT_EQ(open_card(text.substr(0, text.size() - 3), town(1), key(2)).code(), base::Code::NotAllowed);
  text[20] = text[20] == 'A' ? 'B' : 'A';
  EXPECT_FALSE(open_card(text, town(1), key(2)).ok());
  EXPECT_FALSE(open_card("MC1:", town(1), key(2)).ok());
}

TEST_F(HelpCard, TellsNothingByItsLength) {
  std::set<std::size_t> sizes;
  for (const char* medicine : {"x", "xx", "インスリン", "インスリン、鎮痛剤、抗てんかん薬"}) {
    SealedCard one = card();
    one.fields["medicine"] = medicine;
    const auto text = seal_card(entropy, town(1), key(2).open, one);
    ASSERT_TRUE(text.ok());
    sizes.insert(text->size());
    EXPECT_EQ(open_card(*text, town(1), key(2))->fields.at("medicine"), medicine);
  }
  EXPECT_EQ(sizes.size(), 1u);
}

TEST_F(HelpCard, HoldsAllItsFieldsAtTheirLongestOrSaysThatItIsTooLong) {
  SealedCard full{base::Instant{1'795'000'000'000}, {}};
  for (const char* field : kSealedFields) full.fields[field] = std::string(kCardLine, 'a');
  const auto text = seal_card(entropy, town(1), key(2).open, full);
  ASSERT_TRUE(text.ok());
  EXPECT_EQ(*open_card(*text, town(1), key(2)), full);
  full.fields["medicine"] += "a";
  EXPECT_EQ(seal_card(entropy, town(1), key(2).open, full).code(), base::Code::TooLarge);
}

TEST_F(HelpCard, IsReadWithoutWhatNoCardSays) {
  SealedCard odd = card();
  odd.fields["secret"] = "x";
  const auto read = open_card(*seal_card(entropy, town(1), key(2).open, odd), town(1), key(2));
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(*read, card());
}

}  // namespace
}  // namespace machi::support

// The seal: at most 300 bytes for four people, read as it was made, and each way in which one does not hold.
#include <gtest/gtest.h>

#include <iostream>

#include "core/certificate/document.h"
#include "core/certificate/seal.h"
#include "core/code/cwt.h"
#include "core/mail/town.h"
#include "tests/unit/certificate/people.h"

namespace machi::certificate::test {
namespace {

class SealTest : public testing::Test {
 protected:
  SealTest() { EXPECT_TRUE(crypto::ready()); }

  std::vector<std::vector<std::size_t>> sheets(const Facts& facts) {
    std::vector<std::vector<std::size_t>> out;
    const auto document = document_of(facts);
    for (const Sheet& sheet : document->sheets) out.push_back(sheet.people);
    return out;
  }
  std::vector<Seal> seals(const Facts& facts, std::uint64_t leaf = 41) {
    return *seals_of(facts, sheets(facts), leaf, key(1));
  }
  std::string text(const Facts& facts) { return seal_text(make_seal(seals(facts)[0], key(1))); }
  std::vector<SealKey> keys(std::uint8_t number = 1, Date from = day(2026, 1, 1), Date to = day(2027, 2, 1)) {
    return {{key(number).open, base::instant_of(from, {}), base::instant_of(to, {})}};
  }
};

TEST_F(SealTest, IsReadAsItWasMadeForEveryKind) {
  for (int i = 1; i <= static_cast<int>(kLastKind); ++i) {
    const Facts one = facts(static_cast<Kind>(i));
    const Seal seal = seals(one)[0];
    const auto reading = read_seal(seal_text(make_seal(seal, key(1))), keys(), nullptr);
    ASSERT_EQ("", name_of(reading.trouble)) << i;
    EXPECT_EQ(seal, *reading.seal);
    EXPECT_EQ(leaf_hash(seal_payload(seal)), reading.leaf);
    EXPECT_EQ(one.people[0].name, reading.seal->people[0].name);
    EXPECT_EQ(is_tax(one.kind), reading.seal->amount.has_value());
  }
}

TEST_F(SealTest, TakesAtMost300BytesForFourPeople) {
  const auto four = seals(household(4));
  ASSERT_EQ(1u, four.size());
  EXPECT_EQ(4u, four[0].people.size());
  EXPECT_LE(make_seal(four[0], key(1)).size(), kSealBytes);
  std::cout << "four people: " << make_seal(four[0], key(1)).size() << " bytes\n";
}

TEST_F(SealTest, TakesAtMost300BytesWhateverTheNames) {
  for (std::size_t length = 1; length <= 70; ++length) {
    std::string name;
    for (std::size_t i = 0; i < length; ++i) name += "邉󠄏";
    const Facts long_names = household(9, name);
    std::size_t named = 0;
    for (const Seal& seal : seals(long_names, kMostLeaves - 20)) {
      EXPECT_LE(make_seal(seal, key(1)).size(), kSealBytes) << length;
      named += seal.people.size();
    }
    EXPECT_EQ(9u, named);  // everybody once
  }
}

TEST_F(SealTest, SizeIsTheOneThatSheetsAreFilledBy) {
  for (const std::size_t people : {1u, 2u, 3u, 4u}) {
    const Facts home = household(people);
    const std::vector<std::vector<std::size_t>> one = {sheets(home)[0]};
    Seal seal = (*seals_of(home, one, kMostLeaves - 1, key(1)))[0];
    seal.sheet = seal.sheets = 99;
    seal.leaf = kMostLeaves;
    EXPECT_EQ(make_seal(seal, key(1)).size(), seal_bytes(home, one[0]));
  }
}

TEST_F(SealTest, CutsALongNameBetweenSignsAndSaysSo) {
  Facts one = facts();
  one.people[0].name.clear();
  for (int i = 0; i < 20; ++i) one.people[0].name += "邉󠄏";
  const auto reading = read_seal(text(one), keys(), nullptr);
  ASSERT_TRUE(reading.seal);
  EXPECT_TRUE(reading.seal->people[0].cut);
  EXPECT_EQ(91u, reading.seal->people[0].name.size());  // 13 signs of 7 bytes
}

TEST_F(SealTest, HasTheSameBytesForTheSameIssueAndOthersForAnother) {
  EXPECT_EQ(text(facts()), text(facts()));
  const Facts one = facts();
  const auto first = *seals_of(one, sheets(one), 5, key(1)), second = *seals_of(one, sheets(one), 6, key(1));
  EXPECT_NE(first[0].salt, second[0].salt);
  EXPECT_NE(first[0].salt, (*seals_of(one, sheets(one), 5, key(2)))[0].salt);
}

TEST_F(SealTest, OfAnotherKeyIsNotBelieved) {
  EXPECT_EQ("unknown-key", name_of(read_seal(text(facts()), keys(2), nullptr).trouble));
  EXPECT_EQ("unknown-key", name_of(read_seal(text(facts()), {}, nullptr).trouble));
  EXPECT_FALSE(read_seal(text(facts()), keys(2), nullptr).seal);
}

TEST_F(SealTest, WithAnyByteChangedIsNotBelieved) {
  const Bytes cose = make_seal(seals(household(4))[0], key(1));
  for (std::size_t i = 0; i < cose.size(); ++i) {
    Bytes other = cose;
    other[i] ^= 1;
    const auto reading = read_seal(seal_text(other), keys(), nullptr);
    EXPECT_NE(SealTrouble::None, reading.trouble) << i;
    EXPECT_FALSE(reading.seal) << i;
  }
}

TEST_F(SealTest, ForgedInTheNameOfAKeyIsToldFromAnUnknownOne) {
  const Seal seal = seals(facts())[0];
  const Bytes forged = code::sign1(key(9), "machi-seal+cwt", seal_payload(seal), mail::key_id(key(1).open));
  EXPECT_EQ("forged", name_of(read_seal(seal_text(forged), keys(), nullptr).trouble));
}

TEST_F(SealTest, OfAnotherPurposeIsNone) {
  const Bytes other =
      code::sign1(key(1), "machi-slip+cwt", seal_payload(seals(facts())[0]), mail::key_id(key(1).open));
  EXPECT_EQ("not-seal", name_of(read_seal(seal_text(other), keys(), nullptr).trouble));
  EXPECT_EQ("not-seal", name_of(read_seal("https://example.jp/", keys(), nullptr).trouble));
  EXPECT_EQ("damaged", name_of(read_seal(text(facts()).substr(0, 200), keys(), nullptr).trouble));
}

TEST_F(SealTest, OfAnOldKeyHoldsForTheDaysOfThatKeyOnly) {
  const Facts one = facts();
  EXPECT_EQ("", name_of(read_seal(text(one), keys(1, day(2020, 1, 1), kToday), nullptr).trouble));
  const auto late = read_seal(text(one), keys(1, day(2020, 1, 1), day(2026, 11, 21)), nullptr);
  EXPECT_EQ("out-of-dates", name_of(late.trouble));
  EXPECT_TRUE(late.seal);
  EXPECT_EQ("out-of-dates",
            name_of(read_seal(text(one), keys(1, day(2026, 11, 23), day(2028, 1, 1)), nullptr).trouble));
}

TEST_F(SealTest, ThatWasWithdrawnSaysWhen) {
  Withdrawals list;
  list.leaves = {{41, day(2026, 11, 25)}};
  const auto reading = read_seal(text(facts()), keys(), &list);
  EXPECT_EQ("withdrawn", name_of(reading.trouble));
  EXPECT_EQ(day(2026, 11, 25), reading.withdrawn);
  list.leaves = {{42, day(2026, 11, 25)}};
  EXPECT_EQ("", name_of(read_seal(text(facts()), keys(), &list).trouble));
}

TEST_F(SealTest, IsALeafThatTheLogProves) {
  MerkleTree log;
  for (int i = 0; i < 41; ++i) log.append(leaf_hash(base::view(std::to_string(i))));
  const Seal seal = seals(facts(), log.size())[0];
  log.append(leaf_hash(seal_payload(seal)));
  for (int i = 0; i < 9; ++i) log.append(leaf_hash(base::view("later")));
  const auto reading = read_seal(seal_text(make_seal(seal, key(1))), keys(), nullptr);
  EXPECT_TRUE(proves_inclusion(reading.leaf, reading.seal->leaf, log.size(),
                               *log.inclusion(reading.seal->leaf, log.size()), log.root()));
}

}  // namespace
}  // namespace machi::certificate::test

// The log of issues: the published answers of RFC 6962's reference tree, proofs of every size up to 65 that
// hold and that stop holding with any change, and what a witness of two heads is told.
#include <gtest/gtest.h>

#include "core/certificate/log_objects.h"
#include "tests/unit/certificate/people.h"

namespace machi::certificate::test {
namespace {

using base::Code;

Hash hash_of(std::string_view hex) { return *base::fixed<32>(*base::from_hex(hex)); }

// Leaves and heads of the reference implementation's tests.
constexpr std::array<std::string_view, 8> kLeaves = {
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
constexpr std::array<std::string_view, 8> kRoots = {
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

MerkleTree reference() {
  MerkleTree tree;
  for (const auto leaf : kLeaves) tree.append(leaf_hash(*base::from_hex(leaf)));
  return tree;
}

MerkleTree numbers(std::uint64_t size) {
  MerkleTree tree;
  for (std::uint64_t i = 0; i < size; ++i) tree.append(leaf_hash(base::view(std::to_string(i))));
  return tree;
}

TEST(MerkleTree, HasTheHeadsOfTheReferenceTree) {
  const MerkleTree tree = reference();
  EXPECT_EQ(hash_of("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"), *tree.root(0));
  for (std::size_t size = 1; size <= kRoots.size(); ++size)
    EXPECT_EQ(hash_of(kRoots[size - 1]), *tree.root(size));
  EXPECT_EQ(Code::NotFound, tree.root(9).code());
}

TEST(MerkleTree, HasTheInclusionProofsOfTheReferenceTree) {
  const MerkleTree tree = reference();
  EXPECT_TRUE(tree.inclusion(0, 1)->empty());
  const Proof first = {hash_of("96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7"),
                       hash_of("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
                       hash_of("6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4")};
  EXPECT_EQ(first, *tree.inclusion(0, 8));
  const Proof sixth = {hash_of("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
                       hash_of("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"),
                       hash_of("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")};
  EXPECT_EQ(sixth, *tree.inclusion(5, 8));
}

TEST(MerkleTree, HasTheConsistencyProofsOfTheReferenceTree) {
  const MerkleTree tree = reference();
  const Proof six_to_eight = {hash_of("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"),
                              hash_of("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"),
                              hash_of("d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7")};
  EXPECT_EQ(six_to_eight, *tree.consistency(6, 8));
  const Proof two_to_five = {hash_of("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e"),
                             hash_of("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b")};
  EXPECT_EQ(two_to_five, *tree.consistency(2, 5));
  EXPECT_TRUE(tree.consistency(8, 8)->empty());
}

TEST(MerkleTree, ProvesEveryLeafOfEverySizeAndNothingElse) {
  const MerkleTree tree = numbers(65);
  for (std::uint64_t size = 1; size <= 65; ++size) {
    const Hash root = *tree.root(size);
    for (std::uint64_t leaf = 0; leaf < size; ++leaf) {
      const Proof proof = *tree.inclusion(leaf, size);
      ASSERT_TRUE(proves_inclusion(tree.leaf(leaf), leaf, size, proof, root)) << leaf << " of " << size;
      EXPECT_FALSE(proves_inclusion(tree.leaf((leaf + 1) % 65), leaf, size, proof, root));
      if (size > 1) {
        EXPECT_FALSE(proves_inclusion(tree.leaf(leaf), (leaf + 1) % size, size, proof, root));
      }
      EXPECT_FALSE(proves_inclusion(tree.leaf(leaf), size, size, proof, root));
      Proof longer = proof;
      longer.push_back(root);
      EXPECT_FALSE(proves_inclusion(tree.leaf(leaf), leaf, size, longer, root));
      if (proof.empty()) continue;
      Proof shorter(proof.begin(), proof.end() - 1), other = proof;
      other[leaf % other.size()][3] ^= 1;
      EXPECT_FALSE(proves_inclusion(tree.leaf(leaf), leaf, size, shorter, root));
      EXPECT_FALSE(proves_inclusion(tree.leaf(leaf), leaf, size, other, root));
    }
  }
}

TEST(MerkleTree, ProvesThatItOnlyGrew) {
  const MerkleTree tree = numbers(65);
  for (std::uint64_t newer = 0; newer <= 65; ++newer) {
    for (std::uint64_t older = 0; older <= newer; ++older) {
      const Hash before = *tree.root(older), after = *tree.root(newer);
      const Proof proof = *tree.consistency(older, newer);
      ASSERT_TRUE(proves_consistency(older, before, newer, after, proof)) << older << " to " << newer;
      Hash rewritten = before;
      rewritten[0] ^= 1;
      EXPECT_FALSE(proves_consistency(older, rewritten, newer, after, proof));
      if (older == 0 || older == newer) continue;
      Hash other = after;
      other[31] ^= 1;
      EXPECT_FALSE(proves_consistency(older, before, newer, other, proof));
      EXPECT_FALSE(proves_consistency(older, before, newer, after, Proof(proof.begin(), proof.end() - 1)));
      EXPECT_FALSE(
          proves_consistency(older + 1 == newer ? older - 1 : older + 1, before, newer, after, proof));
    }
  }
}

const TownId kTown{base::Array<16>{1}};

LogHead head_of(const MerkleTree& tree, std::uint64_t size) {
  return {kTown, size, *tree.root(size), base::Instant::from_seconds(1763740800)};
}

TEST(LogHead, IsReadAsItWasSignedAndForNoOtherTown) {
  ASSERT_TRUE(crypto::ready());
  const LogHead head = head_of(numbers(9), 9);
  const auto bytes = make_log_head(head, key(1));
  EXPECT_EQ(head, *read_log_head(bytes, kTown, key(1).open));
  EXPECT_EQ(Code::BadSignature, read_log_head(bytes, kTown, key(2).open).code());
  EXPECT_EQ(Code::WrongTown, read_log_head(bytes, TownId{base::Array<16>{2}}, key(1).open).code());
  EXPECT_EQ(Code::WrongPurpose, read_withdrawals(bytes, kTown, key(1).open).code());
}

TEST(LogHead, TellsAWitnessOfALogThatWasRewritten) {
  const MerkleTree tree = numbers(20);
  const LogHead older = head_of(tree, 7), newer = head_of(tree, 20);
  EXPECT_TRUE(check_growth(older, newer, *tree.consistency(7, 20)).ok());
  EXPECT_EQ(Code::Conflict, check_growth(newer, older, {}).code());
  MerkleTree other;
  for (std::uint64_t i = 0; i < 20; ++i)
    other.append(leaf_hash(base::view(i == 3 ? "x" : std::to_string(i))));
  EXPECT_EQ(Code::Conflict, check_growth(older, head_of(other, 20), *other.consistency(7, 20)).code());
}

TEST(Withdrawals, AreReadAsTheyWereSigned) {
  Withdrawals list{kTown, base::Instant::from_seconds(1763740800), {{3, day(2026, 11, 20)}, {70000, kToday}}};
  const auto bytes = make_withdrawals(list, key(1));
  EXPECT_EQ(list, *read_withdrawals(bytes, kTown, key(1).open));
  EXPECT_EQ(kToday, list.day_of(70000));
  EXPECT_FALSE(list.day_of(4));
}

}  // namespace
}  // namespace machi::certificate::test

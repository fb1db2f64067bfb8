// The puzzle for unknown keys: the vectors of PROTOCOL.md, and the search.
#include "core/mail/puzzle.h"

#include <gtest/gtest.h>

#include "core/base/bytes.h"
#include "core/crypto/sodium.h"

namespace machi::mail {
namespace {

std::string hex(const PuzzleAnswer& answer) { return base::to_hex(answer); }

TEST(Puzzle, IsTheOneOfTheVectors) {
  ASSERT_TRUE(crypto::ready());
  const Hash envelope = crypto::hash(base::view("machi-puzzle"));
  const std::pair<int, std::string> vectors[] = {
      {8, "0000000000000104"}, {12, "0000000000001578"}, {16, "0000000000009a2b"}};
  for (const auto& [bits, answer] : vectors) {
    PuzzleSearch search(envelope, bits);
    EXPECT_TRUE(search.search(1 << 20));
    EXPECT_EQ(hex(search.answer()), answer);
    EXPECT_GE(puzzle_bits(envelope, *base::from_hex(answer)), bits);
  }
}

TEST(Puzzle, IsSolvedInPiecesWithTheSameAnswer) {
  const Hash envelope = crypto::hash(base::view("machi-puzzle"));
  PuzzleSearch whole(envelope, 12), pieces(envelope, 12);
  ASSERT_TRUE(whole.search(1 << 20));
  int turns = 1;
  while (!pieces.search(100)) ++turns;
  EXPECT_GT(turns, 1);
  EXPECT_EQ(pieces.answer(), whole.answer());
}

TEST(Puzzle, GoesOnWhenItBecomesHarder) {
  const Hash envelope = crypto::hash(base::view("machi-puzzle"));
  PuzzleSearch search(envelope, 8);
  ASSERT_TRUE(search.search(1 << 20));
  search.ask(12);
  EXPECT_FALSE(search.solved());
  ASSERT_TRUE(search.search(1 << 20));
  PuzzleSearch direct(envelope, 12);
  ASSERT_TRUE(direct.search(1 << 20));
  EXPECT_EQ(search.answer(), direct.answer());
}

TEST(Puzzle, IsNotSolvedByTheAnswerForAnotherEnvelopeOrOfAnotherLength) {
  const Hash envelope = crypto::hash(base::view("machi-puzzle")), other = crypto::hash(base::view("other"));
  PuzzleSearch search(envelope, 16);
  ASSERT_TRUE(search.search(1 << 22));
  EXPECT_LT(puzzle_bits(other, search.answer()), 16);
  EXPECT_EQ(puzzle_bits(envelope, ByteView(search.answer()).first(7)), 0);
  EXPECT_EQ(puzzle_bits(envelope, {}), 0);
}

}  // namespace
}  // namespace machi::mail

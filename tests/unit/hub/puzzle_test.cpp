// Unknown keys under load: a few write freely, then each envelope costs a puzzle, and it grows dearer.
// Members never pay.
#include "core/mail/puzzle.h"

#include "tests/unit/hub/hub_bench.h"

namespace machi::hub {
namespace {

class HubPuzzle : public HubTest {
 protected:
  Response post(const Bytes& bytes, const std::string& answer = {}) {
    return ask("POST", answer.empty() ? "/v1/post" : "/v1/post?puzzle=" + answer, bytes);
  }
  Bytes from_stranger() { return envelope(box, new_member().key); }
  // How hard the hub makes it for the next unknown key; 0 when it takes the envelope.
  int asked(const Bytes& bytes) {
    const Response response = post(bytes);
    if (response.status == 200) return 0;
    EXPECT_EQ(outcome(response), "429 too-many");
    return mail::decode_error(response.body).puzzle;
  }
  static std::string solved(const Bytes& bytes, int bits) {
    mail::PuzzleSearch search(mail::envelope_hash(bytes), bits);
    EXPECT_TRUE(search.search(1 << 24));
    return base::to_hex(search.answer());
  }
  // Strangers until the hub asks; that first puzzle's difficulty.
  int flood() {
    for (int i = 0; i < 1000; ++i)
      if (const int bits = asked(from_stranger()); bits != 0) return bits;
    return 0;
  }

  Member founder = new_member();
  Box box = founded(founder);
};

TEST_F(HubPuzzle, IsAskedOfUnknownKeysOnceManyOfThemWrite) {
  EXPECT_EQ(asked(from_stranger()), 0);
  const int bits = flood();
  EXPECT_GE(bits, 10);
  EXPECT_LE(bits, mail::kHardestPuzzle);
  EXPECT_EQ(office->rates().puzzle_bits(), bits);
}

TEST_F(HubPuzzle, LetsAnEnvelopeInWhoseWriterSolvedIt) {
  flood();
  const Bytes bytes = from_stranger();
  const int bits = asked(bytes);
  ASSERT_GT(bits, 0);
  const std::string answer = solved(bytes, bits);
  const Response taken = post(bytes, answer);
  ASSERT_EQ(outcome(taken), "200");
  // The same again is the same receipt, and costs nothing any more.
  EXPECT_EQ(receipt_in(post(bytes)).number, receipt_in(taken).number);
}

TEST_F(HubPuzzle, TakesNoAnswerToAnotherEnvelopeAndNoWrongOne) {
  flood();
  const Bytes first = from_stranger(), second = from_stranger();
  const std::string answer = solved(first, asked(first));
  EXPECT_EQ(outcome(post(second, answer)), "429 too-many");
  EXPECT_EQ(outcome(post(second, "00")), "400 bad-input");
  EXPECT_EQ(outcome(post(second, "nonsense")), "400 bad-input");
  EXPECT_EQ(outcome(post(first, answer)), "200");
}

TEST_F(HubPuzzle, GrowsHarderWithTheLoadAndEasierWithTime) {
  const int first = flood();
  int hardest = first;
  for (int i = 0; i < 90; ++i) {
    const Bytes bytes = from_stranger();
    const int bits = asked(bytes);
    if (bits == 0) break;
    EXPECT_GE(bits, hardest);
    hardest = bits;
    ASSERT_EQ(outcome(post(bytes, solved(bytes, bits))), "200");
  }
  EXPECT_GT(hardest, first);
  now = now.plus_seconds(3600);
  EXPECT_EQ(asked(from_stranger()), 0);
}

TEST_F(HubPuzzle, IsNeverAskedOfAMember) {
  const Member parent = new_member();
  ASSERT_EQ(outcome(post_entries({add_key(box, parent, mail::kPostOnly, founder.key)})), "200");
  ASSERT_GT(flood(), 0);
  EXPECT_EQ(outcome(post(envelope(box, parent.key))), "200");
  // Nor is another school's pool touched.
  const Box other = founded(founder);
  EXPECT_EQ(outcome(post(envelope(other, new_member().key))), "200");
}

}  // namespace
}  // namespace machi::hub

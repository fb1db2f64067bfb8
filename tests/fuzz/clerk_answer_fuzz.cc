// What the clerk answers, and an offer inside of a box that is sealed to the session. Invariants: what was
// read is written again as it was; an offer has no more papers than an order has items.
#include "core/certificate/clerk/messages.h"
#include "core/crypto/drbg.h"
#include "core/crypto/sodium.h"
#include "tests/fuzz/frame.h"

using namespace machi;
using namespace machi::certificate::clerk;

void machi::fuzz::read(base::ByteView input) {
  MACHI_CHECK(crypto::ready());
  static const auto key = crypto::seal_key(crypto::Secret<32>(base::Array<32>{1}));
  auto entropy = crypto::Drbg::of_number(1);
  if (const auto answer = decode_answer(input); answer.ok()) {
    const auto again = decode_answer(encode_answer(*answer));
    MACHI_CHECK(again.ok() && *again == *answer);
  }
  (void)open_offer(input, key).ok();
  const auto offer = open_offer(crypto::seal(entropy, key.open, input), key);
  if (!offer.ok()) return;
  MACHI_CHECK(offer->papers.size() <= certificate::kiosk::kMostItems);
  for (const auto& paper : offer->papers)
    MACHI_CHECK(paper.fee >= 0 && paper.copies >= 1 && paper.seals.size() <= 99);
  MACHI_CHECK(open_offer(seal_offer(*offer, key.open, entropy), key).ok());
}

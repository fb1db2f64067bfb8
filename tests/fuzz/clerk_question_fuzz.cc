// What a kiosk sends: the input as it is, and as the payload that a known kiosk signed. Invariants: nothing
// of an unknown kiosk is read; what was read is within its bounds, and is written again as it was.
#include "core/certificate/clerk/messages.h"
#include "core/code/cose.h"
#include "core/mail/town.h"
#include "tests/fuzz/frame.h"

using namespace machi;
using namespace machi::certificate::clerk;

void machi::fuzz::read(base::ByteView input) {
  MACHI_CHECK(crypto::ready());
  static const auto kiosk = crypto::sign_key(crypto::Secret<32>(base::Array<32>{1}));
  const std::vector<crypto::SignPublic> known = {kiosk.open};
  MACHI_CHECK(!read_question(input, {}).ok());
  (void)read_question(input, known).ok();
  for (const char* typ :
       {"machi-kiosk-challenge+cose", "machi-kiosk-papers+cose", "machi-kiosk-outcome+cose"}) {
    const auto asked = read_question(code::sign1(kiosk, typ, input, mail::key_id(kiosk.open)), known);
    if (!asked.ok()) continue;
    if (const auto* papers = std::get_if<AskPapers>(&asked->question)) {
      MACHI_CHECK(!papers->order.empty() && papers->order.size() <= certificate::kiosk::kMostItems);
      MACHI_CHECK(!papers->proof.name.empty() && papers->proof.name.size() <= kProofLimit);
    }
    const auto again = read_question(make_question(asked->question, kiosk), known);
    MACHI_CHECK(again.ok() && again->question == asked->question);
  }
  if (const auto proof = decode_proof(input); proof.ok())
    MACHI_CHECK(decode_proof(encode_proof(*proof)).ok());
}

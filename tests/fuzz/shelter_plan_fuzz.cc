// What a stranger may send to the protection mailbox and to the desk of plans, and the supporter's code that
// a camera reads. Invariants: what is read comes back as the same bytes, a plan is its writer's, and what is
// shared is what was approved.
#include "core/base/text.h"
#include "core/shelter/plan.h"
#include "core/shelter/protection.h"
#include "tests/fuzz/frame.h"
#include "tests/fuzz/messages.h"

using namespace machi;

void machi::fuzz::read(base::ByteView input) {
  const auto writes = [](const auto& one) { return shelter::encode(one); };
  if (const auto code = shelter::supporter_from_text(base::text_view(input)); code.ok())
    MACHI_CHECK(shelter::supporter_from_text(shelter::supporter_text(*code)).ok());
  const auto map = code::decode(input);
  if (!map.ok()) return;
  comes_back(*map, shelter::decode_alias, writes);
  comes_back(*map, shelter::decode_look, writes);
  comes_back(*map, shelter::decode_plan, writes);
  comes_back(*map, shelter::decode_written, writes);
  comes_back(*map, shelter::decode_approval, writes);
  comes_back(*map, shelter::decode_shared, writes);
  comes_back(*map, shelter::decode_ticket, writes);
  comes_back(*map, shelter::decode_safe, writes);
  comes_back(*map, shelter::decode_seen, writes);
  comes_back(*map, shelter::decode_call, writes);
  if (const auto written = shelter::decode_written(*map); written.ok())
    MACHI_CHECK(shelter::plan_id(written->secret) == written->plan.id);
  if (const auto shared = shelter::decode_shared(*map); shared.ok())
    MACHI_CHECK(shared->approval.content == shelter::hash_of(shared->plan));
}

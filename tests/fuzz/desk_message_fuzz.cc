// What a school's desks write to each other: a day and its notes, guardians, slips and transfers. Invariant: what is
// read is written again as bytes that read to the same bytes once more.
#include "core/absence/desk/day_message.h"
#include "core/absence/desk/roll_message.h"
#include "core/absence/desk/thread_book.h"
#include "core/base/check.h"

using namespace machi;

namespace {

template <class Read>
void check(const code::Cbor& content, Read read) {
  const auto first = read(content);
  if (!first.ok()) return;
  const auto bytes = code::encode(absence::encode(*first));
  const auto again = code::decode(bytes);
  MACHI_CHECK(again.ok());
  const auto second = read(*again);
  MACHI_CHECK(second.ok());
  MACHI_CHECK(code::encode(absence::encode(*second)) == bytes);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto content = code::decode({data, size});
  if (!content.ok()) return 0;
  check(*content, absence::decode_roll_call);
  check(*content, absence::decode_entered);
  check(*content, absence::decode_day_closing);
  check(*content, absence::decode_reopened);
  check(*content, absence::decode_noted);
  check(*content, absence::decode_note_read);
  check(*content, absence::decode_link);
  check(*content, absence::decode_pen);
  check(*content, absence::decode_transfer);
  check(*content, absence::decode_slips);
  if (const auto name = absence::decode_desk_name(*content); name.ok())
    MACHI_CHECK(*absence::decode_desk_name(absence::encode_desk_name(*name)) == *name);
  return 0;
}

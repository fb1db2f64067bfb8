// What a school's desks write to each other: a day and its notes, guardians, slips and transfers. Invariant:
// what is read is written again as bytes that read to the same bytes once more.
#include "core/absence/desk/day/day_message.h"
#include "core/absence/desk/messages/telling.h"
#include "core/absence/desk/messages/thread_book.h"
#include "core/absence/desk/roll/roll_message.h"
#include "core/absence/desk/sheets/sums.h"
#include "tests/fuzz/frame.h"
#include "tests/fuzz/messages.h"

using namespace machi;

namespace {

constexpr auto kWrite = [](const auto& message) { return absence::encode(message); };

}  // namespace

void machi::fuzz::read(base::ByteView input) {
  const auto content = code::decode(input);
  if (!content.ok()) return;
  fuzz::comes_back(*content, absence::decode_roll_call, kWrite);
  fuzz::comes_back(*content, absence::decode_entered, kWrite);
  fuzz::comes_back(*content, absence::decode_day_closing, kWrite);
  fuzz::comes_back(*content, absence::decode_reopened, kWrite);
  fuzz::comes_back(*content, absence::decode_noted, kWrite);
  fuzz::comes_back(*content, absence::decode_note_read, kWrite);
  fuzz::comes_back(*content, absence::decode_link, kWrite);
  fuzz::comes_back(*content, absence::decode_pen, kWrite);
  fuzz::comes_back(*content, absence::decode_transfer, kWrite);
  fuzz::comes_back(*content, absence::decode_slips, kWrite);
  fuzz::comes_back(*content, absence::decode_day_sums, kWrite);
  fuzz::comes_back(*content, absence::decode_telling_claim, kWrite);
  if (const auto name = absence::decode_desk_name(*content); name.ok())
    MACHI_CHECK(*absence::decode_desk_name(absence::encode_desk_name(*name)) == *name);
}

// What desks tell each other about guardians, slips and transfers, from whoever could write it. Invariants:
// what is read is written again to something that is read to the same, within its bounds.
#include "core/absence/desk/roll_message.h"
#include "core/base/check.h"

using namespace machi;

namespace {

template <class Decode>
void there_and_back(const code::Cbor& content, Decode decode) {
  const auto read = decode(content);
  if (!read.ok()) return;
  const auto again = decode(absence::encode(*read));
  MACHI_CHECK(again.ok());
  MACHI_CHECK(code::encode(absence::encode(*again)) == code::encode(absence::encode(*read)));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto content = code::decode(base::ByteView(data, size));
  if (!content.ok()) return 0;
  there_and_back(*content, absence::decode_link);
  there_and_back(*content, absence::decode_pen);
  there_and_back(*content, absence::decode_transfer);
  there_and_back(*content, absence::decode_slips);
  if (const auto name = absence::decode_desk_name(*content); name.ok())
    MACHI_CHECK(*absence::decode_desk_name(absence::encode_desk_name(*name)) == *name);
  return 0;
}

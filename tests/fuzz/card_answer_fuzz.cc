// A card's answers: the input is cut into answers to whatever is asked, and is the file of basic items.
// Invariants: the dialogue ends; what failed hands out nothing; no PIN is sent to a card whose tries were not
// at least two.
#include <algorithm>

#include "core/certificate/card/my_number_card.h"
#include "core/crypto/sodium.h"
#include "tests/fuzz/frame.h"

using namespace machi;

void machi::fuzz::read(base::ByteView input) {
  MACHI_CHECK(crypto::ready());
  (void)certificate::card::parse_basic_items(input).ok();
  base::ByteView rest = input;
  int least = 99, calls = 0;
  const auto transmit = [&](base::ByteView command) -> base::Result<base::Bytes> {
    MACHI_CHECK(++calls < 200);
    const bool asks = command.size() == 4 && command[1] == 0x20;
    if (command.size() > 5 && command[1] == 0x20) MACHI_CHECK(least >= 2);
    if (rest.empty()) return base::fail(base::Code::Unreachable, "card");
    const std::size_t size = std::min<std::size_t>(rest[0], rest.size() - 1);
    const auto answer = base::copy(rest.subspan(1, size));
    rest = rest.subspan(1 + size);
    if (asks && size >= 2 && answer[size - 2] == 0x63 && (answer[size - 1] & 0xF0) == 0xC0)
      least = std::min(least, answer[size - 1] & 0x0F);
    return answer;
  };
  const crypto::Secret<4> pin(base::Array<4>{'1', '2', '3', '4'});
  const auto reading = certificate::card::read(transmit, pin, input);
  if (reading.trouble != certificate::card::Trouble::None) MACHI_CHECK(reading.signature.empty());
}

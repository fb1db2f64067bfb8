// What a stranger's file or envelope may hold: an exchange file, the facts in it, a list of shelters.
// Invariants: what is read is written back as it was, and nobody of a phone's facts is seen by staff.
#include "core/base/text.h"
#include "core/shelter/desk/exchange.h"
#include "core/shelter/fact.h"
#include "core/shelter/open_data.h"
#include "tests/fuzz/frame.h"

using namespace machi;

void machi::fuzz::read(base::ByteView input) {
  const std::string_view text = base::text_view(input);
  if (const auto file = shelter::read_exchange(text); file.ok()) {
    const auto again = shelter::read_exchange(shelter::write_exchange(file->envelopes));
    MACHI_CHECK(again.ok() && again->envelopes == file->envelopes && again->damaged == 0);
  }
  if (const auto map = code::decode(input); map.ok())
    if (const auto facts = shelter::decode_facts(*map); facts.ok()) {
      MACHI_CHECK(!facts->empty() && facts->size() <= shelter::kFactsLimit);
      const auto again = shelter::decode_facts(shelter::encode(*facts));
      MACHI_CHECK(again.ok() && *again == *facts);
      if (shelter::check_self(*facts).ok())
        for (const shelter::Fact& fact : *facts) MACHI_CHECK(std::get<shelter::Enter>(fact.what).said);
    }
  const shelter::OpenList list = shelter::read_open_data(text);
  for (const shelter::OpenShelter& one : list.shelters)
    MACHI_CHECK(!one.name.empty() && base::is_utf8(one.name) &&
                one.latitude.has_value() == one.longitude.has_value());
}

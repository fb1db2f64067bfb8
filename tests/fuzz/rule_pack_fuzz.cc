// Rule packs and people from strangers, as CBOR. Invariants: a pack that is taken decides everybody without
// stopping, an undecided benefit has a question nobody answered yet, and the grounds of a decided one are
// facts that are known.
#include "core/base/check.h"
#include "core/rules/points.h"

using namespace machi;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto written = code::decode_lenient({data, size}, {48, 4096});
  if (!written.ok()) return 0;
  const auto pack = rules::read_pack(*written);
  if (!pack.ok()) return 0;
  const base::Date today = *base::Date::parse("2026-11-24");
  const rules::Person nobody = rules::nobody(*pack);
  rules::Person somebody = nobody;
  for (std::size_t i = 0; i < pack->facts.size(); ++i)
    if (pack->facts[i].derivation == rules::Derivation::Asked && !pack->facts[i].each)
      somebody.facts[i] = rules::telling_values(*pack, static_cast<int>(i), today).front();
  for (const rules::Person& person : {nobody, somebody}) {
    for (const rules::Answer& answer : rules::decide_all(*pack, person, today)) {
      if (answer.question >= 0) MACHI_CHECK(!person.facts[static_cast<std::size_t>(answer.question)]);
      MACHI_CHECK(answer.truth == rules::Truth::Unknown || answer.benefit >= 0);
      for (const rules::Ground& ground : answer.grounds) MACHI_CHECK(ground.value.has_value());
      (void)rules::explain(*pack, answer, "ja");
    }
    for (std::size_t i = 0; i < pack->schemes.size(); ++i) {
      const auto points = rules::count_points(*pack, person, today, static_cast<int>(i));
      MACHI_CHECK(points.least <= points.most);
    }
  }
  return 0;
}

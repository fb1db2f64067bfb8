// A family's record file, and single facts, from strangers. Invariants: a fact that is taken is written as
// the same bytes; merging what is taken twice adds nothing; a file that is taken is written and read again
// whole.
#include "core/base/check.h"
#include "core/parenting/citizen/record_file.h"

using namespace machi;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const base::Date today = *base::Date::parse("2026-11-22");
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)parenting::read_record_file(text, today);
  const auto written = code::decode({data, size}, {16, 4096});
  if (!written.ok()) return 0;
  parenting::Record record;
  const auto take = [&record](const code::Cbor& value) {
    const auto fact = parenting::decode_fact(value);
    if (!fact.ok()) return;
    MACHI_CHECK(parenting::encode_fact(*fact) == value);
    record.add(*fact);
  };
  if (const auto* all = written->array())
    for (const code::Cbor& one : *all) take(one);
  else
    take(*written);
  parenting::Record other;
  MACHI_CHECK(other.merge(record) == static_cast<int>(record.facts().size()));
  MACHI_CHECK(other.merge(record) == 0 && other == record);
  for (const auto& child : record.children()) {
    (void)record.doses(child.id);
    (void)record.measurements(child.id);
  }
  const auto key = crypto::sign_key(crypto::Secret<32>(base::Array<32>{9}));
  const auto back = parenting::read_record_file(parenting::write_record_file(record, key, {1}), today);
  MACHI_CHECK(!back.ok() || back->record == record);
  return 0;
}

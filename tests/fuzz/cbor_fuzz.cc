// CBOR from strangers. Invariants: what strict reading takes is byte for byte what we write; lenient reading
// takes that too and means the same; and what lenient reading takes can be written and read strictly without
// changing.
#include "core/code/cbor.h"
#include "core/code/cbor_diagnostic.h"
#include "tests/fuzz/frame.h"

using namespace machi;

void machi::fuzz::read(base::ByteView input) {
  const base::ByteView bytes = input;
  const auto strict = code::decode(bytes);
  const auto lenient = code::decode_lenient(bytes);
  if (strict.ok()) {
    MACHI_CHECK(base::equal(code::encode(*strict), bytes));
    MACHI_CHECK(lenient.ok() && *lenient == *strict);
  }
  if (lenient.ok()) {
    const auto again = code::decode(code::encode(*lenient));
    MACHI_CHECK(again.ok() && *again == *lenient);
    MACHI_CHECK(!code::diagnostic(*lenient).empty());
  }
}

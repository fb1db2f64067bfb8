// The invariant of every message reader: what is read is written again as bytes that read to the same bytes
// once more. For fuzz targets.
#pragma once

#include "core/base/check.h"
#include "core/code/cbor.h"

namespace machi::fuzz {

template <class Read, class Write>
void comes_back(const code::Cbor& content, Read read, Write write) {
  const auto first = read(content);
  if (!first.ok()) return;
  const auto bytes = code::encode(write(*first));
  const auto again = code::decode(bytes);
  MACHI_CHECK(again.ok());
  const auto second = read(*again);
  MACHI_CHECK(second.ok());
  MACHI_CHECK(code::encode(write(*second)) == bytes);
}

}  // namespace machi::fuzz

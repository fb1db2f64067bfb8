// The frame of every fuzz target: libFuzzer's entry, which hands the input to the target's own `read`. A
// target is one source, so the definition stands here. A broken invariant stops the program (MACHI_CHECK).
#pragma once

#include "core/base/bytes.h"
#include "core/base/check.h"

namespace machi::fuzz {

// What the target does with one input; whatever was found is left behind.
void read(base::ByteView input);

}  // namespace machi::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  machi::fuzz::read({data, size});
  return 0;
}

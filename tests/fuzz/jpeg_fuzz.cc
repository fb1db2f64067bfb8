// Heads of pictures that strangers send: read or refused, and what is read is within its bounds.
#include <cstdlib>

#include "core/code/jpeg.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto head = machi::code::read_jpeg({data, size});
  if (!head.ok()) return 0;
  const auto within = [](int side) { return side > 0 && side <= machi::code::kJpegSide; };
  if (!within(head->width) || !within(head->height)) std::abort();
  return 0;
}

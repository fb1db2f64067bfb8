// Heads of pictures that strangers send: read or refused, and what is read is within its bounds.
#include "core/code/jpeg.h"
#include "tests/fuzz/frame.h"

using namespace machi;

void machi::fuzz::read(base::ByteView input) {
  const auto head = code::read_jpeg(input);
  if (!head.ok()) return;
  for (const int side : {head->width, head->height}) MACHI_CHECK(side > 0 && side <= code::kJpegSide);
}

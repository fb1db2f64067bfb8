// Segments up to the first scan. Each is FF, a marker, two bytes of length that count themselves, and what it
// holds.
#include "core/code/jpeg.h"

namespace machi::code {

using base::Code;
using base::fail;

base::Result<JpegHead> read_jpeg(base::ByteView bytes) {
  const std::size_t size = bytes.size();
  const auto two = [&](std::size_t at) { return (bytes[at] << 8) | bytes[at + 1]; };
  if (size < 4 || two(0) != 0xffd8 || two(size - 2) != 0xffd9) return fail(Code::BadInput, "jpeg");
  JpegHead head;
  for (std::size_t at = 2; at + 4 <= size;) {
    if (bytes[at] != 0xff) break;
    const int marker = bytes[at + 1];
    if (marker == 0xff) {  // a filling byte
      ++at;
      continue;
    }
    if (marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd9)) break;
    const auto length = static_cast<std::size_t>(two(at + 2));
    if (length < 2 || length > size - at - 2) break;
    const bool frame = marker < 0xd0 && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    if (frame) {
      if (marker > 0xc2) return fail(Code::Unsupported, "jpeg coding");
      if (length < 8 || head.width != 0) break;
      const int parts = bytes[at + 9];
      if (bytes[at + 4] != 8 || (parts != 1 && parts != 3)) return fail(Code::Unsupported, "jpeg colours");
      head.height = two(at + 5);
      head.width = two(at + 7);
      if (head.width == 0 || head.height == 0) break;
      if (head.width > kJpegSide || head.height > kJpegSide) return fail(Code::TooLarge, "jpeg");
    }
    // JFIF, colour profile, Adobe's note on colours
    head.tells_more |=
        marker == 0xfe || (marker > 0xe0 && marker <= 0xef && marker != 0xe2 && marker != 0xee);
    if (marker == 0xda) {
      if (head.width == 0) break;
      return head;
    }
    at += 2 + length;
  }
  return fail(Code::BadInput, "jpeg");
}

}  // namespace machi::code

// The head of a JPEG picture (ITU-T T.81, annex B): looked at before a decoder gets the bytes of a stranger,
// and before one's own leave the device. Pure; any thread.
#pragma once

#include "core/base/bytes.h"
#include "core/base/result.h"

namespace machi::code {

inline constexpr int kJpegSide = 4096;  // longest side, pixels: what a decoder needs stays bounded

struct JpegHead {
  int width = 0;
  int height = 0;
  bool tells_more =
      false;  // has comments or application data (EXIF: where and when) beside JFIF, colours and Adobe's
};

// BadInput: no JPEG, or cut off; Unsupported: of a kind that browsers do not show; TooLarge: past kJpegSide.
base::Result<JpegHead> read_jpeg(base::ByteView bytes);

}  // namespace machi::code

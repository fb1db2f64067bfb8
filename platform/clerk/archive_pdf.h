// A PDF as cairo makes it, brought to PDF/A-1b (ISO 19005-1): colours named by a profile of their own,
// metadata a second time as XMP, fonts that say which of their glyphs are there, no groups of transparency,
// an identifier that follows from the content. libqpdf behind it. The same bytes give the same bytes. Any
// thread.
#pragma once

#include <string>

#include "core/base/bytes.h"

namespace machi::clerk {

struct PdfMetadata {
  std::string title, author, keywords;
  std::string created;  // 2026-11-22T00:00:00+09:00
};
// BadInput when it is no PDF of the form that cairo writes.
base::Result<base::Bytes> archived(base::ByteView pdf, const PdfMetadata& metadata);

// sRGB (IEC 61966-2-1) as an ICC profile, made of the standard's own numbers.
base::Bytes srgb_profile();

}  // namespace machi::clerk

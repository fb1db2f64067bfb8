// Archives of files that are not compressed (APPNOTE 6.3: method "stored", names in UTF-8): several files as
// one, which every office's computer opens. Writing cannot fail; reading takes such archives only, and checks
// no checksum: whoever needs to know that bytes are unchanged has a signature over them. Pure; any thread;
// bounded.
#pragma once

#include <string>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/result.h"
#include "core/base/time.h"

namespace machi::code {

struct ZipFile {
  std::string name;
  base::Bytes bytes;
};

inline constexpr std::size_t kZipFiles = 64;

// All files carry this date. At most kZipFiles of under 4 GB in all: more is a bug.
base::Bytes zip(const std::vector<ZipFile>& files, base::Date date);
// BadInput for what is no archive, or is cut off; Unsupported for a compressed or locked file in it.
base::Result<std::vector<ZipFile>> unzip(base::ByteView archive);
bool looks_like_zip(base::ByteView bytes);

}  // namespace machi::code

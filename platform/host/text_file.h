// A file's bytes as UTF-8 text: what they were written in is found out from the bytes (UTF-8 with or without
// a mark, UTF-16 with one, Shift_JIS as spreadsheets in Japan write it), by the C library's iconv. The same
// answers as the browser's (wasm/src/worker/text_file.ts). Any thread; pure but for iconv's tables.
#pragma once

#include <string>

#include "core/base/bytes.h"

namespace machi::host {

struct TextFile {
  std::string encoding;  // "utf-8", "utf-16le", "utf-16be", "shift_jis", "mixed"
  std::string
      text;  // U+FFFD where it could not be read, and at the head of lines in another encoding than the rest
};
TextFile read_text(base::ByteView bytes);

}  // namespace machi::host

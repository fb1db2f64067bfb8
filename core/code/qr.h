// QR symbols (ISO/IEC 18004): written for screens and paper, read from a grey picture. ZXing-C++ behind it; what it
// throws is caught here. A library of its own (machi_qr): the first wasm module does not carry it. Any thread; pure.
#pragma once

#include <string>
#include <string_view>

#include "core/base/bytes.h"

namespace machi::code {

enum class QrLevel { L, M, Q, H };

struct QrSymbol {
  int size = 0;               // modules a side, without quiet zone
  std::string modules;        // size*size of '0' and '1', row by row
};

base::Result<QrSymbol> write_qr(std::string_view text, QrLevel level);

// `pixels`: width*height bytes, 0 black. NotFound when there is no readable symbol.
base::Result<std::string> read_qr(base::ByteView pixels, int width, int height);

}  // namespace machi::code

// A scan: frames of a camera one after another, until one of them, or several together, say what the symbol
// says. Where it was seen last is looked at first, the whole frame next, and one harder attempt a frame takes
// its turn; a frame that shows a symbol and gave nothing so is then read as hard as a picture by itself.
// Modules that were seen in several frames are counted together: a scan reads what none of its frames alone
// would give. Owned by its caller, one thread; nothing fails but by not being found.
#pragma once

#include <memory>
#include <string>

#include "core/base/bytes.h"

namespace machi::code {

class QrScan {
 public:
  QrScan();
  ~QrScan();
  QrScan(QrScan&&) noexcept;
  QrScan& operator=(QrScan&&) noexcept;

  // `pixels`: width*height bytes, 0 black. NotFound asks for the next frame; after a text the scan begins
  // anew.
  base::Result<std::string> frame(base::ByteView pixels, int width, int height);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace machi::code

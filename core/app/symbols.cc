// Symbols by core/code/qr.h: level M, as for slips on paper.
#include "core/app/symbols.h"

#include "core/code/qr.h"

namespace machi::app {

absence::SymbolWriter symbol_writer() {
  return [](std::string_view text) -> base::Result<std::string> {
    MACHI_TRY_SET(symbol, code::write_qr(text, code::QrLevel::M));
    return symbol.modules;
  };
}

}  // namespace machi::app

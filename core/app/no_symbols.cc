// A program without the writer.
#include "core/app/symbols.h"

namespace machi::app {

absence::SymbolWriter symbol_writer() { return {}; }

}  // namespace machi::app

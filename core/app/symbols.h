// Whether this program can write QR symbols. Two libraries answer: machi_symbols (ZXing behind it) and machi_no_symbols, so
// that a phone's first module does not carry the writer; whoever links an app links one of them.
#pragma once

#include "core/absence/desk_scene.h"

namespace machi::app {

// Empty when symbols cannot be written here: screens then show the link.
absence::SymbolWriter symbol_writer();

}  // namespace machi::app

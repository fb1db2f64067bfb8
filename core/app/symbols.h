// Whether this program can write QR symbols. symbols.cc (ZXing behind it) or no_symbols.cc answers, as the desk
// is built.
#pragma once

#include "core/absence/desk/scene.h"

namespace machi::app {

// Empty when symbols cannot be written here: screens then show the link.
absence::SymbolWriter symbol_writer();

}  // namespace machi::app

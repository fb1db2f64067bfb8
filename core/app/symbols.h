// The desk shows invitations and slips as QR symbols, by the writer of core/code/qr.h.
#pragma once

#include "core/absence/desk/scene.h"

namespace machi::app {

absence::SymbolWriter symbol_writer();

}  // namespace machi::app

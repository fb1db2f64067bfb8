// CBOR as people read it: diagnostic notation (RFC 8949 section 8), for programs that show a token. Any thread; pure.
#pragma once

#include <string>

#include "core/code/cbor.h"

namespace machi::code {

// One line: {1: "town", 4: 1780000000, -65537: h'0a0b'}. Bytes as h'..', simple values as simple(n), text with JSON's
// escapes, floats with a point or exponent ("1.0"), map pairs in the order that they have.
std::string diagnostic(const Cbor& value);

}  // namespace machi::code

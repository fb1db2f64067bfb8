// The Japanese catalogue as it is built in: the .mo file made from assets/words/ja.po
// (core/words/CMakeLists.txt).
#pragma once

#include "core/base/bytes.h"

namespace machi::words {

base::ByteView japanese_mo();

}  // namespace machi::words

// XML documents as trees of elements, by expat. Any thread. A document with a DOCTYPE is refused before
// anything of it is believed: so there are no entities to blow up (a billion laughs) and none that name files
// or hosts.
#pragma once

#include "core/base/bytes.h"
#include "core/notice/alert/element.h"

namespace machi::host {

inline constexpr std::size_t kXmlLimit = 8 << 20;  // bytes
inline constexpr std::size_t kXmlElements = 400000;
inline constexpr int kXmlDepth = 64;

// BadInput with line and column: not well-formed, cut off, of an encoding that expat does not have.
// NotAllowed: a DOCTYPE. TooLarge past the bounds.
base::Result<notice::Element> read_xml(base::ByteView bytes);

}  // namespace machi::host

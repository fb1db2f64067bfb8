// Where seals stand in a PDF: its keywords, when it is ours; else the photographs inside of it, as a scanner
// leaves them, for whoever can read symbols in pictures. No PDF is interpreted. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "core/base/bytes.h"

namespace machi::clerk {

bool is_pdf(base::ByteView file);
// Texts that begin like a seal; they prove nothing yet.
std::vector<std::string> seals_in_keywords(base::ByteView pdf);
// JPEG streams, whole; at most 32.
std::vector<base::ByteView> photographs_in(base::ByteView pdf);

}  // namespace machi::clerk

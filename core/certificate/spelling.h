// Names sign by sign: a base character with the variation selector that chooses its shape. A font that lacks
// the pair draws the base alone and says nothing, so whoever sets a name asks for each pair first. Pure.
#pragma once

#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace machi::certificate {

struct Sign {
  char32_t base = 0;
  char32_t selector = 0;  // U+FE00..FE0F or U+E0100..E01EF; 0 = none
  bool operator==(const Sign&) const = default;
};

bool is_selector(char32_t point);
// BadInput for text that is no UTF-8, for a selector without a base, and for control signs and marks of
// direction; Unsupported for private use, where a character means something on one machine only.
base::Result<std::vector<Sign>> signs_of(std::string_view text);
// The longest head of at most `bytes` bytes that ends between two signs.
std::string_view head_of(std::string_view text, std::size_t bytes);

}  // namespace machi::certificate

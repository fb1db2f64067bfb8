// The published tables that travel in the program (assets/): growth, vaccination. Texts; constants.
#pragma once

#include <string_view>

namespace machi::program {

std::string_view who_growth_table();
std::string_view japanese_growth_table();

}  // namespace machi::program

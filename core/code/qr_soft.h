// Reads a symbol whose modules are known more or less: what is least known counts as lost, and twice as much
// of it can be mended as of what is wrong without a sign. Pure; owned by machi_qr.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/code/qr_shape.h"

namespace ZXing {
class BitMatrix;
}

namespace machi::code::qr {

// The text of a whole matrix of modules, by ZXing-C++; nothing when it cannot be read.
std::optional<std::string> text_of(const ZXing::BitMatrix& modules);

// The values with what lies over the symbol all but taken out: a mask leaves no large plain places, so where
// twenty-five modules are alike there is glare, dirt or a hole.
std::vector<float> trusted(const Shape& shape, const std::vector<float>& dark);

// `dark`: size*size values, above 0 dark, below light, the farther the surer. Guards against what
// Reed-Solomon would make of noise: four correction codewords of each block are never spent on what counts as
// lost, what is sure must agree with the symbol found, its padding must be the standard's and its text must
// be text.
std::optional<std::string> decode_soft(const Shape& shape, const std::vector<float>& dark);

}  // namespace machi::code::qr

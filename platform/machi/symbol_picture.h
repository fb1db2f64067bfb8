// Pictures of symbols as files: what a camera or a scanner left behind (PNG, JPEG) as grey pixels, and a
// symbol as PNG or SVG. libpng and libjpeg behind it, whose errors end here. Pure; any thread. BadInput for
// what is no such picture, TooLarge past 16384 pixels a side or 100 million in all.
#pragma once

#include <string>

#include "core/base/bytes.h"
#include "core/code/qr.h"

namespace machi::sample {

struct GreyPicture {
  base::Bytes pixels;  // width*height, 0 black
  int width = 0;
  int height = 0;
};
base::Result<GreyPicture> read_picture(base::ByteView file);
// Whether it is PNG or JPEG by its first bytes; what follows may be broken.
bool begins_as_picture(base::ByteView file);

// Black on white, quiet zone 4, `scale` pixels a module.
base::Result<base::Bytes> symbol_png(const code::QrSymbol& symbol, int scale);
// Black modules as one path on white; `name` is what a screen reader says.
std::string symbol_svg(const code::QrSymbol& symbol, const std::string& name);

}  // namespace machi::sample

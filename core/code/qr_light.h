// Grey pictures for the reader of symbols: views, parts, halves, and the relief: how dark each pixel is
// beside its neighbourhood, so that shade and glare fall out and what cannot be known is about zero. Pure;
// owned by machi_qr.
#pragma once

#include <cstdint>
#include <vector>

namespace machi::code::qr {

struct GreyView {
  const std::uint8_t* pixels = nullptr;
  int width = 0;
  int height = 0;
  int stride = 0;
  const std::uint8_t* row(int y) const { return pixels + static_cast<std::ptrdiff_t>(y) * stride; }
};

struct Box {
  int left = 0, top = 0, right = 0, bottom = 0;  // right and bottom are outside
  int width() const { return right - left; }
  int height() const { return bottom - top; }
};

// The box cut to the picture.
Box within(Box box, const GreyView& picture);

struct Grey {
  std::vector<std::uint8_t> pixels;
  int width = 0;
  int height = 0;
  GreyView view() const { return {pixels.data(), width, height, width}; }
};
Grey halved(const GreyView& picture);
// Twice as large, between pixels what lies between them.
Grey doubled(const GreyView& picture);
Grey part_of(const GreyView& picture, Box box);

// From -100 (as light as it gets there) to 100 (as dark), over a box of the picture.
struct Relief {
  Box box;
  std::vector<std::int8_t> dark;
  int at(int x, int y) const {
    if (x < box.left || y < box.top || x >= box.right || y >= box.bottom) return 0;
    return dark[static_cast<std::size_t>(y - box.top) * static_cast<std::size_t>(box.width()) +
                static_cast<std::size_t>(x - box.left)];
  }
};
// `reach`: pixels to each side that count as the neighbourhood; some modules of the symbol.
Relief relief_of(const GreyView& picture, Box box, int reach);

}  // namespace machi::code::qr

// A small PNG reader for tests (ISO/IEC 15948): every colour type, not interlaced, to grey bytes. BadInput
// else. Not for pictures that people send: those are decoded by the browser.
#pragma once

#include <cstdlib>
#include <string_view>

#include "core/code/cwt.h"

namespace machi::code {

struct GreyPicture {
  Bytes grey;
  int width = 0;
  int height = 0;
};

namespace png {

inline std::uint32_t big_endian(ByteView bytes) {
  return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 | std::uint32_t{bytes[2]} << 8 |
         bytes[3];
}

struct Header {
  std::uint32_t width = 0;
  std::uint32_t height = 0;
  unsigned depth = 0;
  unsigned colour = 0;

  std::size_t channels() const { return colour == 2 ? 3 : colour == 4 ? 2 : colour == 6 ? 4 : 1; }
  std::size_t row_bytes() const { return (width * channels() * depth + 7) / 8; }
  std::size_t pixel_bytes() const { return std::max<std::size_t>(1, channels() * depth / 8); }
};

inline std::uint8_t paeth(int a, int b, int c) {
  const int p = a + b - c;
  const int pa = std::abs(p - a), pb = std::abs(p - b), pc = std::abs(p - c);
  return static_cast<std::uint8_t>(pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
}

// Undoes the filter of each row in place; the filter bytes stay in front of the rows.
inline bool unfilter(Bytes& raw, const Header& head) {
  const std::size_t stride = head.row_bytes() + 1;
  const std::size_t step = head.pixel_bytes();
  for (std::uint32_t y = 0; y < head.height; ++y) {
    std::uint8_t* row = raw.data() + y * stride + 1;
    const std::uint8_t* above = y == 0 ? nullptr : row - stride;
    const unsigned filter = row[-1];
    if (filter > 4) return false;
    for (std::size_t x = 0; x < head.row_bytes(); ++x) {
      const int a = x >= step ? row[x - step] : 0;
      const int b = above != nullptr ? above[x] : 0;
      const int c = above != nullptr && x >= step ? above[x - step] : 0;
      const int guess[] = {0, a, b, (a + b) / 2, paeth(a, b, c)};
      row[x] = static_cast<std::uint8_t>(row[x] + guess[filter]);
    }
  }
  return true;
}

// The sample of a channel, 0..255 (palette indexes as they are).
inline unsigned sample(const std::uint8_t* row, const Header& head, std::size_t index) {
  if (head.depth == 8) return row[index];
  if (head.depth == 16) return row[index * 2];
  const std::size_t bit = index * head.depth;
  const unsigned most = (1u << head.depth) - 1;
  const unsigned value = row[bit / 8] >> (8 - head.depth - bit % 8) & most;
  return head.colour == 3 ? value : value * 255 / most;
}

inline unsigned luminance(unsigned r, unsigned g, unsigned b) { return (r * 299 + g * 587 + b * 114) / 1000; }

inline std::uint8_t grey_of(const std::uint8_t* row, const Header& head, ByteView palette, std::size_t x) {
  const std::size_t at = x * head.channels();
  unsigned grey = sample(row, head, at);
  unsigned alpha = 255;
  if (head.colour == 3) {
    if (grey * 3 + 2 >= palette.size()) return 255;
    grey = luminance(palette[grey * 3], palette[grey * 3 + 1], palette[grey * 3 + 2]);
  } else if (head.colour == 2 || head.colour == 6) {
    grey = luminance(grey, sample(row, head, at + 1), sample(row, head, at + 2));
  }
  if (head.colour == 4) alpha = sample(row, head, at + 1);
  if (head.colour == 6) alpha = sample(row, head, at + 3);
  return static_cast<std::uint8_t>((grey * alpha + 255 * (255 - alpha)) / 255);  // on white
}

}  // namespace png

inline Result<GreyPicture> read_png(ByteView file) {
  const base::Error broken = base::fail(base::Code::BadInput, "png");
  constexpr std::string_view kMagic = "\x89PNG\r\n\x1a\n";
  if (file.size() < kMagic.size() || base::text_view(file.first(kMagic.size())) != kMagic) return broken;
  png::Header head;
  Bytes packed;
  Bytes palette;
  for (ByteView rest = file.subspan(kMagic.size()); rest.size() >= 12;) {
    const std::size_t length = png::big_endian(rest);
    if (length > rest.size() - 12) return broken;
    const std::string_view type = base::text_view(rest.subspan(4, 4));
    const ByteView content = rest.subspan(8, length);
    if (type == "IHDR" && length == 13) {
      if (content[12] != 0) return broken;  // interlaced
      head = {png::big_endian(content), png::big_endian(content.subspan(4)), content[8], content[9]};
    }
    if (type == "PLTE") palette = base::copy(content);
    if (type == "IDAT") packed.insert(packed.end(), content.begin(), content.end());
    rest = rest.subspan(length + 12);
  }
  if (head.width == 0 || head.width > 20000 || head.height == 0 || head.height > 20000 || head.depth == 0)
    return broken;
  const std::size_t size = (head.row_bytes() + 1) * head.height;
  MACHI_TRY_SET(raw, inflate(packed, size));
  if (raw.size() != size || !png::unfilter(raw, head)) return broken;
  GreyPicture picture{Bytes(), static_cast<int>(head.width), static_cast<int>(head.height)};
  picture.grey.reserve(std::size_t{head.width} * head.height);
  for (std::uint32_t y = 0; y < head.height; ++y)
    for (std::uint32_t x = 0; x < head.width; ++x)
      picture.grey.push_back(png::grey_of(raw.data() + y * (head.row_bytes() + 1) + 1, head, palette, x));
  return picture;
}

}  // namespace machi::code

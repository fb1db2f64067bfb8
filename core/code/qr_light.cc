// Means and spreads of a neighbourhood by running sums over columns: a pixel costs the same whatever the
// reach.
#include "core/code/qr_light.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace machi::code::qr {
namespace {

// Spread below which differences are the sensor's noise.
constexpr float kNoise = 5.0f;

std::size_t area(int width, int height) {
  return static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
}

}  // namespace

Box within(Box box, const GreyView& picture) {
  Box out{std::clamp(box.left, 0, picture.width), std::clamp(box.top, 0, picture.height),
          std::clamp(box.right, 0, picture.width), std::clamp(box.bottom, 0, picture.height)};
  out.right = std::max(out.left, out.right);
  out.bottom = std::max(out.top, out.bottom);
  return out;
}

Grey halved(const GreyView& picture) {
  Grey out{{}, picture.width / 2, picture.height / 2};
  out.pixels.resize(area(out.width, out.height));
  std::uint8_t* to = out.pixels.data();
  for (int y = 0; y < out.height; ++y) {
    const std::uint8_t* upper = picture.row(2 * y);
    const std::uint8_t* lower = picture.row(2 * y + 1);
    for (int x = 0; x < out.width; ++x)
      *to++ = static_cast<std::uint8_t>(
          (upper[2 * x] + upper[2 * x + 1] + lower[2 * x] + lower[2 * x + 1] + 2) / 4);
  }
  return out;
}

Grey doubled(const GreyView& picture) {
  Grey out{{}, picture.width * 2, picture.height * 2};
  out.pixels.resize(area(out.width, out.height));
  std::uint8_t* to = out.pixels.data();
  for (int y = 0; y < out.height; ++y) {
    const std::uint8_t* near = picture.row(y / 2);
    const std::uint8_t* far =
        picture.row(std::clamp(y % 2 == 0 ? y / 2 - 1 : y / 2 + 1, 0, picture.height - 1));
    for (int x = 0; x < out.width; ++x) {
      const int here = x / 2;
      const int beside = std::clamp(x % 2 == 0 ? here - 1 : here + 1, 0, picture.width - 1);
      *to++ = static_cast<std::uint8_t>(
          (9 * near[here] + 3 * near[beside] + 3 * far[here] + far[beside] + 8) / 16);
    }
  }
  return out;
}

Grey part_of(const GreyView& picture, Box box) {
  Grey out{{}, box.width(), box.height()};
  out.pixels.reserve(area(out.width, out.height));
  for (int y = box.top; y < box.bottom; ++y)
    out.pixels.insert(out.pixels.end(), picture.row(y) + box.left, picture.row(y) + box.right);
  return out;
}

Relief relief_of(const GreyView& picture, Box box, int reach) {
  Relief out{within(box, picture), {}};
  if (out.box.width() <= 0 || out.box.height() <= 0) return out;
  out.dark.resize(area(out.box.width(), out.box.height()));
  // Sums over the rows of the neighbourhood, a column each, for the columns that any of the box's pixels
  // sees.
  const int first = std::max(0, out.box.left - reach);
  const int last = std::min(picture.width, out.box.right + reach);
  std::vector<std::uint32_t> sums(static_cast<std::size_t>(last - first)), squares(sums.size());
  const auto add = [&](int y, bool in) {
    const std::uint8_t* row = picture.row(y) + first;
    for (std::size_t i = 0; i < sums.size(); ++i) {
      const std::uint32_t grey = row[i];
      sums[i] = in ? sums[i] + grey : sums[i] - grey;
      squares[i] = in ? squares[i] + grey * grey : squares[i] - grey * grey;
    }
  };
  const int top = std::max(0, out.box.top - reach);
  for (int y = top; y < std::min(picture.height, out.box.top + reach); ++y) add(y, true);
  std::int8_t* to = out.dark.data();
  for (int y = out.box.top; y < out.box.bottom; ++y) {
    if (y + reach < picture.height) add(y + reach, true);
    if (y - reach - 1 >= 0 && y - reach - 1 >= top) add(y - reach - 1, false);
    const int rows = std::min(picture.height, y + reach + 1) - std::max(0, y - reach);
    std::uint64_t sum = 0, square = 0;
    const auto count_in = [&](int x, bool in) {
      const auto i = static_cast<std::size_t>(x - first);
      sum = in ? sum + sums[i] : sum - sums[i];
      square = in ? square + squares[i] : square - squares[i];
    };
    for (int x = first; x < std::min(last, out.box.left + reach); ++x) count_in(x, true);
    const std::uint8_t* row = picture.row(y);
    for (int x = out.box.left; x < out.box.right; ++x) {
      if (x + reach < last) count_in(x + reach, true);
      if (x - reach - 1 >= first) count_in(x - reach - 1, false);
      const int columns = std::min(last, x + reach + 1) - std::max(first, x - reach);
      const auto count = static_cast<float>(rows * columns);
      const float mean = static_cast<float>(sum) / count;
      const float spread = std::sqrt(std::max(0.0f, static_cast<float>(square) / count - mean * mean));
      const float dark = (mean - static_cast<float>(row[x])) * 80.0f / std::max(kNoise, spread);
      *to++ = static_cast<std::int8_t>(std::clamp(dark, -100.0f, 100.0f));
    }
  }
  return out;
}

}  // namespace machi::code::qr

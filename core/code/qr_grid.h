// Where a symbol lies in a picture: a bent perspective grid of its modules, fitted to what every symbol shows
// (finder, timing and alignment patterns) in a relief, so that none of the patterns need be whole; and the
// modules' soft values read through it. Pure; owned by machi_qr.
#pragma once

#include <array>
#include <vector>

#include "core/code/qr_light.h"
#include "core/code/qr_shape.h"

namespace machi::code::qr {

struct Point {
  float x = 0, y = 0;
  friend Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
  friend Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
  friend Point operator*(Point a, float by) { return {a.x * by, a.y * by}; }
};
float far_from(Point a, Point b);

struct Grid {
  std::array<Point, 4> corners;  // of the symbol: top left, top right, bottom right, bottom left
  std::array<Point, 6>
      bends{};      // pixels: the middle of each side out of the straight; unevenness along x and y
  float score = 0;  // 1: every pattern is where it should be; 0: as good as any place
  float module_side(int size) const;
  Box bounds(float margin) const;  // margin: share of its size
};

// The grid from the centres of three finder patterns, as if it were seen from the front.
Grid grid_by_finders(Point top_left, Point top_right, Point bottom_left, int size);

// Fits by steps that begin at `coarse` modules. With `search`, looks for the fourth corner first.
Grid fitted(const Relief& relief, const Shape& shape, Grid grid, float coarse, bool search);

// size*size values, row by row: above 0 dark, below light, at most 1 either way.
std::vector<float> sampled(const Relief& relief, const Shape& shape, const Grid& grid);

}  // namespace machi::code::qr

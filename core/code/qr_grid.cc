// The fit is a descent, one number at a time: corners first, then what bends, in steps that shrink. Its
// measure is the mean agreement of the pattern modules' centres with their colours.
#include "core/code/qr_grid.h"

#include <algorithm>
#include <cmath>

namespace machi::code::qr {
namespace {

// A projective map of the unit square onto four corners.
struct Square {
  float a, b, c, d, e, f, g, h;
  explicit Square(const std::array<Point, 4>& to) {
    const Point one = to[1] - to[2], two = to[3] - to[2], sum = to[0] - to[1] + to[2] - to[3];
    const float area = one.x * two.y - two.x * one.y;
    const float safe = std::fabs(area) < 1e-6f ? 1e-6f : area;
    g = (sum.x * two.y - two.x * sum.y) / safe;
    h = (one.x * sum.y - sum.x * one.y) / safe;
    a = to[1].x - to[0].x + g * to[1].x;
    b = to[3].x - to[0].x + h * to[3].x;
    c = to[0].x;
    d = to[1].y - to[0].y + g * to[1].y;
    e = to[3].y - to[0].y + h * to[3].y;
    f = to[0].y;
  }
  Point at(float u, float v) const {
    const float w = g * u + h * v + 1;
    const float by = 1 / (std::fabs(w) < 1e-4f ? 1e-4f : w);
    return {(a * u + b * v + c) * by, (d * u + e * v + f) * by};
  }
};

struct Lens {
  Square square;
  const Grid& grid;
  explicit Lens(const Grid& of) : square(of.corners), grid(of) {}
  Point at(float u, float v) const {
    Point out = square.at(u, v);
    const float across = 4 * u * (1 - u), down = 4 * v * (1 - v);
    const auto& [top, bottom, left, right, along, below] = grid.bends;
    out =
        out + top * (across * (1 - v)) + bottom * (across * v) + left * (down * (1 - u)) + right * (down * u);
    return out + along * (across * (1 - 2 * u)) + below * (down * (1 - 2 * v));
  }
};

// What a bend by one module must gain in agreement.
constexpr float kStiffness = 0.012f;

struct Mark {
  float u, v;
  float sign;
};

std::vector<Mark> marks_of(const Shape& shape) {
  std::vector<Mark> out;
  const float by = 1.0f / static_cast<float>(shape.size);
  for (int y = 0; y < shape.size; ++y)
    for (int x = 0; x < shape.size; ++x) {
      const Module module = shape.modules[static_cast<std::size_t>(y * shape.size + x)];
      if (module != Module::Dark && module != Module::Light) continue;
      out.push_back({(static_cast<float>(x) + 0.5f) * by, (static_cast<float>(y) + 0.5f) * by,
                     module == Module::Dark ? 1.0f : -1.0f});
    }
  // The border is light: it holds the outer modules in their places.
  for (int i = 0; i < shape.size; i += 2) {
    const float along = (static_cast<float>(i) + 0.5f) * by, out_there = 0.75f * by;
    for (const Mark mark : {Mark{along, -out_there, -1}, Mark{-out_there, along, -1},
                            Mark{along, 1 + out_there, -1}, Mark{1 + out_there, along, -1}})
      out.push_back(mark);
  }
  return out;
}

float score_of(const Relief& relief, const std::vector<Mark>& marks, const Grid& grid) {
  const Lens lens(grid);
  float sum = 0;
  for (const Mark& mark : marks) {
    const Point p = lens.at(mark.u, mark.v);
    sum += mark.sign *
           static_cast<float>(std::clamp(
               relief.at(static_cast<int>(std::floor(p.x)), static_cast<int>(std::floor(p.y))), -60, 60));
  }
  return sum / (60.0f * static_cast<float>(marks.size()));
}

}  // namespace

float far_from(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

float Grid::module_side(int size) const {
  float sum = 0;
  for (std::size_t i = 0; i < 4; ++i) sum += far_from(corners[i], corners[(i + 1) % 4]);
  return sum / 4 / static_cast<float>(size);
}

Box Grid::bounds(float margin) const {
  float left = corners[0].x, right = left, top = corners[0].y, bottom = top;
  for (const Point p : corners) {
    left = std::min(left, p.x);
    right = std::max(right, p.x);
    top = std::min(top, p.y);
    bottom = std::max(bottom, p.y);
  }
  const float more = margin * std::max(right - left, bottom - top);
  const auto whole = [](float value) { return static_cast<int>(std::clamp(value, -1e6f, 1e6f)); };
  return {whole(left - more), whole(top - more), whole(right + more), whole(bottom + more)};
}

Grid grid_by_finders(Point top_left, Point top_right, Point bottom_left, int size) {
  const auto between = static_cast<float>(size - 7);
  const Point x = (top_right - top_left) * (1 / between), y = (bottom_left - top_left) * (1 / between);
  const Point corner = top_left - x * 3.5f - y * 3.5f;
  const auto n = static_cast<float>(size);
  return {{corner, corner + x * n, corner + x * n + y * n, corner + y * n}, {}, 0};
}

Grid fitted(const Relief& relief, const Shape& shape, Grid grid, float coarse, bool search) {
  const std::vector<Mark> marks = marks_of(shape);
  const float side = grid.module_side(shape.size);
  grid.score = score_of(relief, marks, grid);
  if (search) {
    // Only what lies near the fourth corner tells where that is.
    std::vector<Mark> near;
    for (const Mark& mark : marks)
      if (mark.u > 0.5f && mark.v > 0.5f) near.push_back(mark);
    const Grid from = grid;
    float best = score_of(relief, near, grid);
    const float reach = 0.22f * static_cast<float>(shape.size);
    for (float dy = -reach; dy <= reach; dy += 0.8f)
      for (float dx = -reach; dx <= reach; dx += 0.8f) {
        Grid tried = from;
        tried.corners[2] = tried.corners[2] + Point{dx * side, dy * side};
        const float score = score_of(relief, near, tried) - 0.002f * std::hypot(dx, dy);
        if (score <= best) continue;
        best = score;
        grid = tried;
      }
    grid.score = score_of(relief, marks, grid);
  }
  // A bend must earn its place: where nothing shows it, the sheet is flat.
  const auto judged = [&](const Grid& tried) {
    float bent = 0;
    for (const Point bend : tried.bends) bent += std::hypot(bend.x, bend.y);
    return score_of(relief, marks, tried) - kStiffness * bent / side;
  };
  const auto descend = [&](float from, std::size_t moving, float least) {
    for (float step = from; step > least; step *= 0.6f)
      for (int round = 0; round < 3; ++round) {
        const float before = grid.score;
        for (std::size_t i = 0; i < moving; ++i)
          for (const Point to : {Point{1, 0}, Point{-1, 0}, Point{0, 1}, Point{0, -1}}) {
            Grid tried = grid;
            Point& moved = i < 4 ? tried.corners[i] : tried.bends[i - 4];
            moved = moved + to * (step * side);
            tried.score = judged(tried);
            if (tried.score > grid.score) grid = tried;
          }
        if (grid.score - before < 0.002f) break;
      }
  };
  grid.score = judged(grid);
  descend(coarse, grid.corners.size(), 0.15f);
  descend(std::min(coarse, 0.7f), grid.corners.size() + grid.bends.size(), 0.08f);
  grid.score = score_of(relief, marks, grid);
  return grid;
}

std::vector<float> sampled(const Relief& relief, const Shape& shape, const Grid& grid) {
  const Lens lens(grid);
  std::vector<float> out(shape.modules.size());
  const float by = 1.0f / static_cast<float>(shape.size);
  for (int y = 0; y < shape.size; ++y)
    for (int x = 0; x < shape.size; ++x) {
      float sum = 0;
      for (const Point tap :
           {Point{0, 0}, Point{-0.2f, 0}, Point{0.2f, 0}, Point{0, -0.2f}, Point{0, 0.2f}}) {
        const Point p =
            lens.at((static_cast<float>(x) + 0.5f + tap.x) * by, (static_cast<float>(y) + 0.5f + tap.y) * by);
        sum += static_cast<float>(
            relief.at(static_cast<int>(std::floor(p.x)), static_cast<int>(std::floor(p.y))));
      }
      out[static_cast<std::size_t>(y * shape.size + x)] = sum / 500.0f;
    }
  return out;
}

}  // namespace machi::code::qr

// The finder patterns and the first reading are ZXing-C++'s own; it may throw, and the callers at the border
// catch.
#include "core/code/qr_find.h"

#include <ZXing/GlobalHistogramBinarizer.h>
#include <ZXing/HybridBinarizer.h>
#include <ZXing/qrcode/QRDetector.h>

#include <algorithm>
#include <cmath>
#include <memory>

#include "core/code/qr_soft.h"

namespace machi::code::qr {
namespace {

Point point(const ZXing::PointF& p) { return {static_cast<float>(p.x), static_cast<float>(p.y)}; }
Point point(const ZXing::PointI& p) { return {static_cast<float>(p.x), static_cast<float>(p.y)}; }
Finder finder(const ZXing::ConcentricPattern& p) { return {point(p), static_cast<float>(p.size)}; }

std::shared_ptr<const ZXing::BitMatrix> binary(const GreyView& picture, Threshold threshold) {
  const ZXing::ImageView image(picture.pixels, picture.width, picture.height, ZXing::ImageFormat::Lum,
                               picture.stride);
  if (threshold == Threshold::Local) return ZXing::HybridBinarizer(image).getBlackMatrix();
  if (threshold == Threshold::Global) return ZXing::GlobalHistogramBinarizer(image).getBlackMatrix();
  const int reach = std::clamp(std::min(picture.width, picture.height) / 24, 6, 40);
  const Relief relief = relief_of(picture, {0, 0, picture.width, picture.height}, reach);
  auto out = std::make_shared<ZXing::BitMatrix>(picture.width, picture.height);
  for (int y = 0; y < picture.height; ++y) {
    auto row = out->row(y).begin();
    const std::int8_t* dark = relief.dark.data() + static_cast<std::ptrdiff_t>(y) * picture.width;
    for (int x = 0; x < picture.width; ++x)
      *row++ = dark[x] > 12 ? ZXing::BitMatrix::SET_V : ZXing::BitMatrix::UNSET_V;
  }
  return out;
}

// Whether the sight is done: a text was read.
bool look_in(const ZXing::BitMatrix& matrix, bool thorough, bool inverted, Sight& out) {
  auto patterns = ZXing::QRCode::FindFinderPatterns(matrix, thorough);
  if (patterns.size() > out.finders.size() || out.finders.empty()) {
    out.inverted = inverted;
    out.finders.clear();
    for (const auto& pattern : patterns) out.finders.push_back(finder(pattern));
  }
  for (const auto& set : ZXing::QRCode::GenerateFinderPatternSets(patterns)) {
    Candidate candidate{finder(set.tl), finder(set.tr), finder(set.bl), 0, {}, inverted};
    for (ZXing::DetectorResult&& sample : ZXing::QRCode::SampleQR(matrix, set)) {
      if (!sample.isValid()) continue;
      candidate.size = sample.bits().width();
      for (std::size_t i = 0; i < 4; ++i) candidate.corners[i] = point(sample.position()[i]);
      out.text = text_of(sample.bits());
      if (!out.text) continue;
      out.inverted = inverted;
      out.size = candidate.size;
      out.grid = Grid{candidate.corners, {}, 1};
      return true;
    }
    if (out.candidates.size() < 4) out.candidates.push_back(candidate);
  }
  return false;
}

int nearest_size(float modules) {
  const int version = static_cast<int>(std::lround((modules - 17) / 4));
  return size_of(std::clamp(version, 1, kVersions));
}

Relief relief_for(const GreyView& picture, const Grid& grid, int size, bool inverted) {
  const int reach = std::clamp(static_cast<int>(grid.module_side(size) * 5), 8, 80);
  Relief out = relief_of(picture, grid.bounds(0.15f), reach);
  if (inverted)
    for (std::int8_t& value : out.dark) value = static_cast<std::int8_t>(-value);
  return out;
}

std::optional<Attempt> finished(const Relief& relief, const Shape& shape, const Grid& grid, bool inverted) {
  if (grid.score < kGridScore) return {};
  Attempt out{{}, grid, shape.size, trusted(shape, sampled(relief, shape, grid)), inverted};
  out.text = decode_sharpened(shape, out.dark);
  return out;
}

}  // namespace

Sight look(const GreyView& picture, Threshold threshold, bool thorough) {
  Sight out;
  const auto matrix = binary(picture, threshold);
  if (!matrix || look_in(*matrix, thorough, false, out)) return out;  // none: a picture of one grey
  ZXing::BitMatrix inverted = matrix->copy();
  inverted.flipAll();
  look_in(inverted, thorough, true, out);
  return out;
}

std::optional<std::string> decode_sharpened(const Shape& shape, const std::vector<float>& dark) {
  if (auto text = decode_soft(shape, dark)) return text;
  const int n = shape.size;
  for (const float share : {0.12f, 0.22f}) {
    std::vector<float> sharp(dark.size());
    const auto at = [&](int x, int y) {
      // Beyond the edge it is light.
      return x < 0 || y < 0 || x >= n || y >= n ? -0.7f : dark[static_cast<std::size_t>(y * n + x)];
    };
    for (int y = 0; y < n; ++y)
      for (int x = 0; x < n; ++x)
        sharp[static_cast<std::size_t>(y * n + x)] =
            (at(x, y) - share * (at(x - 1, y) + at(x + 1, y) + at(x, y - 1) + at(x, y + 1))) /
            (1 - 2 * share);
    if (auto text = decode_soft(shape, sharp)) return text;
  }
  return {};
}

std::optional<Attempt> try_candidate(const GreyView& picture, const Candidate& candidate) {
  const Finder &a = candidate.top_left, &b = candidate.top_right, &c = candidate.bottom_left;
  const float module = (a.side + b.side + c.side) / 21;
  if (module < 0.8f) return {};
  const int guess =
      nearest_size((far_from(a.centre, b.centre) + far_from(a.centre, c.centre)) / 2 / module + 7);
  std::optional<Attempt> best;
  const auto better = [&](const Relief& relief, const Shape& shape, const Grid& grid) {
    if (best && grid.score <= best->grid.score) return false;
    auto one = finished(relief, shape, grid, candidate.inverted);
    if (one) best = std::move(one);
    return best && best->text.has_value();
  };
  if (version_of(candidate.size) != 0) {
    const Shape shape = shape_of(version_of(candidate.size));
    const Grid start{candidate.corners, {}, 0};
    const Relief relief = relief_for(picture, start, shape.size, candidate.inverted);
    if (better(relief, shape, fitted(relief, shape, start, 0.8f, false))) return best;
  }
  for (const int size : {guess, guess + 4, guess - 4, guess + 8}) {
    if (version_of(size) == 0) continue;
    const Shape shape = shape_of(version_of(size));
    const Grid start = grid_by_finders(a.centre, b.centre, c.centre, size);
    const Relief relief = relief_for(picture, start, size, candidate.inverted);
    if (better(relief, shape, fitted(relief, shape, start, 1.2f, true))) return best;
    if (best && best->grid.score > 0.75f) break;  // the symbol is there, and cannot be read
  }
  return best;
}

std::optional<Attempt> try_grid(const GreyView& picture, const Grid& near, int size, bool inverted) {
  const Shape shape = shape_of(version_of(size));
  const Relief relief = relief_for(picture, near, size, inverted);
  return finished(relief, shape, fitted(relief, shape, near, 2.5f, false), inverted);
}

std::vector<Candidate> by_two(const std::vector<Finder>& finders, bool inverted) {
  std::vector<Candidate> out;
  const auto add = [&](Finder tl, Finder tr, Finder bl) { out.push_back({tl, tr, bl, 0, {}, inverted}); };
  const std::size_t count = std::min<std::size_t>(finders.size(), 4);
  for (std::size_t i = 0; i < count; ++i)
    for (std::size_t k = i + 1; k < count; ++k) {
      const Finder &a = finders[i], &b = finders[k];
      const float side = (a.side + b.side) / 2;
      if (std::max(a.side, b.side) > 1.6f * std::min(a.side, b.side) ||
          far_from(a.centre, b.centre) < 1.8f * side)
        continue;
      const Point to = b.centre - a.centre, right = {-to.y, to.x};  // right: to, turned clockwise
      const auto at = [side](Point p) { return Finder{p, side}; };
      add(a, b, at(a.centre + right));  // the upper side
      add(b, a, at(b.centre - right));  // the same, upside down
      add(a, at(a.centre - right), b);  // the left side
      add(b, at(b.centre + right), a);
      const Point middle = (a.centre + b.centre) * 0.5f;
      add(at(middle + right * 0.5f), a, b);  // the diagonal
      add(at(middle - right * 0.5f), b, a);
    }
  return out;
}

}  // namespace machi::code::qr

// What is kept between frames: the grid that fitted last, and the sum of what its modules showed, older
// frames counting less.
#include "core/code/qr_scan.h"

#include <algorithm>
#include <exception>

#include "core/code/qr_find.h"

namespace machi::code {

using base::Code;
using base::fail;
using base::Result;

namespace {

constexpr int kSideLimit = 16384;
constexpr int kForgotten = 6;        // frames without a sight after which a track is given up
constexpr float kFade = 0.9f;        // of what earlier frames showed, a frame
constexpr float kSameScore = 0.25f;  // how far what a frame shows must agree with what is kept

}  // namespace

struct QrScan::State {
  std::optional<qr::Grid> grid;
  int size = 0;
  bool inverted = false;
  int unseen = 0;
  unsigned turn = 0;
  std::vector<float> seen;  // sum of modules' values
  float weight = 0;
  int frames = 0;  // in the sum

  void forget() {
    const unsigned now = turn;
    *this = State{};
    turn = now;
  }

  void track(const qr::Grid& now, int its_size, bool its_inversion) {
    if (its_size != size || its_inversion != inverted) forget();
    grid = now;
    size = its_size;
    inverted = its_inversion;
    unseen = 0;
  }

  // How far two sights of modules are of the same symbol: 1 alike, 0 unrelated.
  static float likeness(const std::vector<float>& one, const std::vector<float>& other) {
    float both = 0.01f, weight = 0.01f;
    for (std::size_t i = 0; i < one.size(); ++i) {
      both += one[i] * other[i];
      weight += std::abs(one[i] * other[i]);
    }
    return both / weight;
  }

  std::optional<std::string> add(const qr::Attempt& attempt) {
    track(attempt.grid, attempt.size, attempt.inverted);
    if (seen.size() != attempt.dark.size() || likeness(seen, attempt.dark) < kSameScore) {
      seen.assign(attempt.dark.size(), 0.0f);
      weight = 0;
      frames = 0;
    }
    const float by = attempt.grid.score * attempt.grid.score;
    for (std::size_t i = 0; i < seen.size(); ++i) seen[i] = seen[i] * kFade + attempt.dark[i] * by;
    weight = weight * kFade + by;
    frames += 1;
    if (attempt.text) return attempt.text;
    if (frames < 2) return {};
    std::vector<float> mean(seen.size());
    std::transform(seen.begin(), seen.end(), mean.begin(), [this](float sum) { return sum / weight; });
    return qr::decode_sharpened(qr::shape_of(qr::version_of(size)), mean);
  }

  // Where it was: the quick way in the part of the frame, then the grid moved on.
  std::optional<std::string> tracked(const qr::GreyView& frame) {
    const qr::Box box = qr::within(grid->bounds(0.35f), frame);
    if (box.width() < 21 || box.height() < 21) return {};
    const qr::Grey part = qr::part_of(frame, box);
    if (auto text = qr::look(part.view(), qr::Threshold::Local, true).text) return text;
    if (const auto attempt = qr::try_grid(frame, *grid, size, inverted)) return add(*attempt);
    return {};
  }

  std::optional<std::string> candidates(const qr::GreyView& frame, const std::vector<qr::Candidate>& places,
                                        std::size_t from, std::size_t most) {
    for (std::size_t i = from; i < std::min(places.size(), from + most); ++i)
      if (const auto attempt = qr::try_candidate(frame, places[i])) return add(*attempt);
    return {};
  }

  // A symbol that shows, in this frame or in those before, and that the quick attempts and the sum left, is
  // read as hard as a picture by itself is: a scan never gives less than any of its frames.
  std::optional<std::string> look(const qr::GreyView& frame) {
    bool shows = grid.has_value();
    if (auto text = quick(frame, shows)) return text;
    return shows ? qr::read_whole(frame) : std::nullopt;
  }

  std::optional<std::string> quick(const qr::GreyView& frame, bool& shows) {
    turn += 1;
    const unsigned before = static_cast<unsigned>(frames);
    if (grid)
      if (auto text = tracked(frame)) return text;
    const bool moved_on = static_cast<unsigned>(frames) != before && grid;
    if (moved_on && turn % 3 != 0) return {};
    unseen += 1;
    if (unseen > kForgotten) forget();
    const qr::Sight sight = qr::look(frame, qr::Threshold::Local, turn % 2 == 0);
    shows = shows || !sight.candidates.empty() || sight.finders.size() >= 2;
    if (sight.text || moved_on) return sight.text;
    if (!sight.candidates.empty())
      if (auto text = candidates(frame, sight.candidates, turn % 2, 1)) return text;
    switch (turn % 4) {
      case 0:
        return qr::look(frame, qr::Threshold::Global, true).text;
      case 1: {
        const qr::Grey half = qr::halved(frame);
        return qr::look(half.view(), qr::Threshold::Local, true).text;
      }
      case 2: {
        const qr::Sight mean = qr::look(frame, qr::Threshold::Mean, true);
        shows = shows || !mean.candidates.empty();
        return mean.text ? mean.text : candidates(frame, mean.candidates, 0, 1);
      }
      default:
        return candidates(frame, qr::by_two(sight.finders, sight.inverted), turn / 4 * 2 % 12, 2);
    }
  }
};

QrScan::QrScan() : state_(std::make_unique<State>()) {}
QrScan::~QrScan() = default;
QrScan::QrScan(QrScan&&) noexcept = default;
QrScan& QrScan::operator=(QrScan&&) noexcept = default;

Result<std::string> QrScan::frame(base::ByteView pixels, int width, int height) {
  if (width <= 0 || height <= 0 || width > kSideLimit || height > kSideLimit ||
      pixels.size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height))
    return fail(Code::BadInput, "picture size");
  try {
    if (auto text = state_->look({pixels.data(), width, height, width})) {
      state_->forget();
      return *std::move(text);
    }
  } catch (const std::exception&) {
    state_->forget();
  }
  return fail(Code::NotFound, "symbol");
}

}  // namespace machi::code

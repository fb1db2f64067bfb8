// One picture, read as hard as it must be: the likely first, each harder attempt only when all before gave
// up. What ZXing-C++ throws ends here.
#include <algorithm>
#include <exception>

#include "core/code/qr_find.h"

namespace machi::code {
namespace {

using base::Code;
using base::fail;
using base::Result;

constexpr int kSideLimit = 16384;  // of a picture, in pixels
constexpr int kSmall = 500;        // from here a picture is looked at in half its size too
constexpr int kLarge = 2600;       // from here the harder attempts are made in half its size only

std::optional<std::string> by_grids(const qr::GreyView& picture, const std::vector<qr::Candidate>& candidates,
                                    std::size_t most) {
  for (std::size_t i = 0; i < std::min(most, candidates.size()); ++i)
    if (auto attempt = qr::try_candidate(picture, candidates[i]); attempt && attempt->text)
      return attempt->text;
  return {};
}

}  // namespace

std::optional<std::string> qr::read_whole(qr::GreyView picture) {
  qr::Sight first = qr::look(picture, Threshold::Local, std::min(picture.width, picture.height) <= 720);
  if (first.text) return first.text;
  qr::Grey of_large;
  while (std::max(picture.width, picture.height) > kLarge) {
    qr::Grey next = qr::halved(picture);
    of_large = std::move(next);
    picture = of_large.view();
    first = qr::look(picture, Threshold::Local, true);
    if (first.text) return first.text;
  }
  qr::Grey half;
  qr::GreyView smaller = picture;
  while (std::max(smaller.width, smaller.height) > kSmall) {
    qr::Grey next = qr::halved(smaller);
    half = std::move(next);
    smaller = half.view();
    if (auto text = qr::look(smaller, Threshold::Local, true).text) return text;
  }
  const qr::Sight global = qr::look(picture, Threshold::Global, true);
  if (global.text) return global.text;
  if (auto text = by_grids(picture, first.candidates, 3)) return text;
  const qr::Sight mean = qr::look(picture, Threshold::Mean, true);
  if (mean.text) return mean.text;
  if (auto text = by_grids(picture, mean.candidates, 3)) return text;
  if (auto text = by_grids(picture, global.candidates, 2)) return text;
  if (std::max(picture.width, picture.height) <= 2 * kSmall) {
    const qr::Grey twice = qr::doubled(picture);
    const qr::Sight large = qr::look(twice.view(), Threshold::Local, true);
    if (large.text) return large.text;
    if (auto text = by_grids(twice.view(), large.candidates, 2)) return text;
  }
  const qr::Sight& most = mean.finders.size() > first.finders.size() ? mean : first;
  return by_grids(picture, qr::by_two(most.finders, most.inverted), 12);
}

Result<std::string> read_qr(base::ByteView pixels, int width, int height) {
  if (width <= 0 || height <= 0 || width > kSideLimit || height > kSideLimit ||
      pixels.size() != static_cast<std::size_t>(width) * static_cast<std::size_t>(height))
    return fail(Code::BadInput, "picture size");
  try {
    if (auto text = qr::read_whole({pixels.data(), width, height, width})) return *std::move(text);
  } catch (const std::exception&) {
    return fail(Code::NotFound, "symbol");
  }
  return fail(Code::NotFound, "symbol");
}

}  // namespace machi::code

// Looks for QR symbols in a grey picture by one threshold: what is read at once, and the places where a
// symbol seems to be but was not read, for the grid to try. ZXing-C++ finds the patterns. Pure; owned by
// machi_qr.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/code/qr_grid.h"

namespace ZXing {
class BitMatrix;
}

namespace machi::code::qr {

// One threshold for each neighbourhood of blocks; one for the whole picture; the mean of a pixel's own
// neighbourhood.
enum class Threshold { Local, Global, Mean };

struct Finder {
  Point centre;
  float side = 0;  // pixels, of seven modules
};

struct Candidate {
  Finder top_left, top_right, bottom_left;
  int size = 0;                    // 0 when it could not be told
  std::array<Point, 4> corners{};  // when it could
  bool inverted = false;
};

struct Sight {
  std::optional<std::string> text;
  std::optional<Grid> grid;  // of the text's symbol; its corners alone
  int size = 0;
  std::vector<Candidate> candidates;  // the likeliest first
  std::vector<Finder> finders;
  bool inverted = false;  // of text and finders
};

// `thorough` looks at every third row; else rows are skipped in a tall picture. Light on dark is tried when
// dark on light gives nothing.
Sight look(const GreyView& picture, Threshold threshold, bool thorough);

// Tries a place with a grid of its own over the grey picture: the text, or the grid and what it saw.
struct Attempt {
  std::optional<std::string> text;
  Grid grid;
  int size = 0;
  std::vector<float> dark;
  bool inverted = false;
};
inline constexpr float kGridScore = 0.42f;  // a grid below this shows no symbol
std::optional<Attempt> try_candidate(const GreyView& picture, const Candidate& candidate);
// From a grid that fitted in the frame before.
std::optional<Attempt> try_grid(const GreyView& picture, const Grid& near, int size, bool inverted);
// The places that two patterns leave for a third that cannot be seen.
std::vector<Candidate> by_two(const std::vector<Finder>& finders, bool inverted);
// A picture by itself, each harder attempt only when all before gave up (qr_read.cc). May throw what ZXing
// does.
std::optional<std::string> read_whole(GreyView picture);
// As it is, then with neighbours' light taken out of each module.
std::optional<std::string> decode_sharpened(const Shape& shape, const std::vector<float>& dark);

}  // namespace machi::code::qr

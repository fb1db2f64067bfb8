// Counting zero bits, and searching for them. Pure.
#include "core/mail/puzzle.h"

#include <algorithm>
#include <bit>

#include "core/crypto/sodium.h"

namespace machi::mail {

int puzzle_bits(const Hash& envelope, ByteView answer) {
  base::Array<40> text{};
  if (answer.size() != 8) return 0;
  std::copy(envelope.begin(), envelope.end(), text.begin());
  std::copy(answer.begin(), answer.end(), text.begin() + 32);
  int bits = 0;
  for (const std::uint8_t byte : crypto::hash(text)) {
    bits += std::countl_zero(byte);
    if (byte != 0) break;
  }
  return bits;
}

PuzzleAnswer PuzzleSearch::answer() const {
  PuzzleAnswer out{};
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = static_cast<std::uint8_t>(next_ >> (56 - 8 * i));
  return out;
}

bool PuzzleSearch::solved() const { return best_ >= bits_; }

bool PuzzleSearch::search(int tries) {
  for (; !solved() && tries > 0; --tries) {
    if (best_ >= 0) ++next_;
    best_ = puzzle_bits(envelope_, answer());
  }
  return solved();
}

}  // namespace machi::mail

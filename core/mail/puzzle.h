// The puzzle that a hub asks of keys it does not know while many of them write (PROTOCOL.md, HTTP): eight
// bytes whose hash after the envelope's begins with so many zero bits. Cheap to check, dear to answer by the
// thousand. Pure.
#pragma once

#include <optional>

#include "core/mail/envelope.h"

namespace machi::mail {

using PuzzleAnswer = base::Array<8>;

// More than this no client tries: it waits instead. A million tries are a second or two on an old phone.
inline constexpr int kHardestPuzzle = 22;

// How hard a puzzle this answer solves for the envelope of this hash: the zero bits in front.
int puzzle_bits(const Hash& envelope, ByteView answer);

// A search that is done a piece at a time, so that nothing else waits for it. Counts up from zero.
class PuzzleSearch {
 public:
  PuzzleSearch(const Hash& envelope, int bits) : envelope_(envelope), bits_(bits) {}
  // Goes on where it was, for a puzzle that has become harder.
  void ask(int bits) { bits_ = bits; }
  // Tries so many answers at most; true once one is found.
  bool search(int tries);
  bool solved() const;
  PuzzleAnswer answer() const;

 private:
  Hash envelope_;
  int bits_;
  std::uint64_t next_ = 0;  // everything before it was tried
  int best_ = -1;           // of next_, once it was tried
};

}  // namespace machi::mail

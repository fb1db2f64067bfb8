// A segment: whom a notice concerns, as the editor wrote it - `child 6m..3y and district 3, 4` - read into a
// tree that each phone holds beside its own profile (profile.h, match.h). SEGMENT.md is the language.
// Values; any thread; pure. A mistake is named with its place in the text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/rules/pack.h"

namespace machi::notice {

using base::Code;
using base::Date;
using base::Result;
using rules::Ranges;
using rules::Span;

enum class Part {
  Everyone,
  All,       // of children
  Any,       // of children
  Not,       // of one child
  District,  // words: one of these
  Interest,
  Language,
  Role,
  Handbook,  // words: kinds, and with each the grades in ranges (one span a kind; endless: any)
  Age,       // ranges of years
  Child,     // ranges of months; none: any child
  Born,      // a child born on these days
  Grade,     // a child in these school years: 1 is the first of primary school, 7 of junior high school
  Day,       // today is one of these days
  Fact,      // name; words, ranges, or neither: it holds
};

struct Node {
  Part part = Part::Everyone;
  std::vector<int> children;
  std::vector<std::string> words;
  Ranges ranges;
  std::string name;
  bool operator==(const Node& other) const;
};

struct Segment {
  std::vector<Node> nodes;  // never empty once read
  int root = 0;
};

// Where a text stops being a segment: the sign (code point) from 1.
struct SegmentFault {
  std::size_t at = 0;
  std::string why;
};

inline constexpr std::size_t kSegmentSigns = 2000;
inline constexpr std::size_t kSegmentNodes = 256;
inline constexpr int kSegmentDepth = 24;

// The empty text is everyone. BadInput or TooLarge, with the place in the detail ("at 14: ...") and in
// `fault`.
Result<Segment> parse_segment(std::string_view text, SegmentFault* fault = nullptr);

// The one way in which a segment is written: read again it is the same tree.
std::string segment_text(const Segment& segment);

}  // namespace machi::notice

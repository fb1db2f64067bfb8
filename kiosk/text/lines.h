// Lines: a text of core/words - ruby between U+FFF9, U+FFFA and U+FFFB, phrase ends as U+200B - set into a
// width. A Japanese sentence breaks between its phrases; between any two characters, as the rules of kinsoku
// allow (JIS X 4051), where it says no phrases or one alone is longer than the line. Other scripts break at
// spaces. One thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "kiosk/text/typesetter.h"

namespace machi::kiosk {

struct Piece {
  std::string text;
  float x = 0;  // from the line's start
  bool shaped = false;
};

struct Line {
  std::vector<Piece> pieces;
  std::vector<Piece> readings;  // ruby, half as large, above
  float width = 0;
};

struct Lines {
  std::vector<Line> lines;
  Style style;
  float width = 0;        // of the widest
  float line_height = 0;  // with room for ruby where there is any
  float ascent = 0;       // from a line's top to its base line
  bool ruby = false;
  bool torn = false;   // a word was longer than the line
  bool split = false;  // a phrase was: it broke between two letters
  float height() const { return line_height * static_cast<float>(lines.size()); }
};

inline constexpr float kReadingShare = 0.5F;

// leading: a line's height in ems, without ruby.
Lines set_lines(Typesetter& type, std::string_view text, const Style& style, float width,
                float leading = 1.5F);

}  // namespace machi::kiosk

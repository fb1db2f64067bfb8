// Colours by meaning, from the Digital Agency's design tokens (1.1.9), and their black and white twins for
// whoever needs contrast. Text stands out at least 7 to 1 from its ground; edges of what can be touched 3
// to 1. Values; any thread.
#pragma once

#include <cstdint>

#include "core/screen/node.h"

namespace machi::kiosk {

using Colour = std::uint32_t;  // red in the lowest byte, then green, blue, opacity

constexpr Colour rgb(std::uint32_t hex) {
  return 0xff000000u | ((hex & 0xffu) << 16) | (hex & 0xff00u) | (hex >> 16);
}
constexpr Colour kClear = 0;

// Of something that informs, succeeds, warns, fails.
struct ToneColours {
  Colour strong;  // bar, icon, edge
  Colour tint;    // ground
  Colour text;
};

struct Theme {
  Colour ground, surface, text, secondary, divider, edge;
  Colour primary, on_primary, tint, disabled;
  Colour focus_outer, focus_inner;
  ToneColours neutral, info, success, warning, danger;

  const ToneColours& of(screen::Tone tone) const;
};

const Theme& theme(bool contrast);

}  // namespace machi::kiosk

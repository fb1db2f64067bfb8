// How big things are on this panel for this visitor. Screens are laid out in units of 1/540 of the panel's
// shorter side (design/UI.md): 2 pixels on 1080 x 1920. Values; any thread.
#pragma once

#include <algorithm>
#include <cmath>
#include <string>

namespace machi::kiosk {

struct Look {
  float width = 1080;
  float height = 1920;
  float mm_per_pixel = 0.248F;  // a panel of 21.5 inches
  bool large = false;           // larger letters
  bool low = false;             // everything that is touched lies in the lowest part
  bool contrast = false;        // black and white
  std::string page_back{};      // what the buttons say that turn a screen's pages
  std::string page_on{};

  bool landscape() const { return width > height; }
  float unit() const { return std::min(width, height) / 540.0F; }
  float px(float units) const { return std::round(units * unit()); }
  float letters(float units) const { return std::round(units * unit() * (large ? 1.25F : 1.0F)); }
  // No side of what is touched is smaller: 44 units (88 px), and never under 20 mm.
  float target() const { return std::max(px(44), std::ceil(kTargetMm / mm_per_pixel)); }
  static constexpr float kTargetMm = 20.0F;

  bool operator==(const Look&) const = default;
};

}  // namespace machi::kiosk

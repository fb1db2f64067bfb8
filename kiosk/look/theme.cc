// The two palettes.
#include "kiosk/look/theme.h"

namespace machi::kiosk {
namespace {

constexpr Theme kUsual = {
    .ground = rgb(0xfdfbf1),  // yellow-50 at 45 % on white
    .surface = rgb(0xffffff),
    .text = rgb(0x1a1a1a),
    .secondary = rgb(0x4d4d4d),
    .divider = rgb(0xcccccc),
    .edge = rgb(0x666666),
    .primary = rgb(0x00428c),
    .on_primary = rgb(0xffffff),
    .tint = rgb(0xf0f9ff),
    .disabled = rgb(0xe6e6e6),
    .focus_outer = rgb(0x000000),
    .focus_inner = rgb(0xffd43d),
    .neutral = {rgb(0x666666), rgb(0xf2f2f2), rgb(0x4d4d4d)},
    .info = {rgb(0x00428c), rgb(0xf0f9ff), rgb(0x00428c)},
    .success = {rgb(0x197a4b), rgb(0xe6f5ec), rgb(0x115a36)},
    .warning = {rgb(0xc74700), rgb(0xffeee2), rgb(0x8b3200)},
    .danger = {rgb(0xce0000), rgb(0xfdeeee), rgb(0xce0000)},
};

constexpr ToneColours kPlain = {rgb(0x000000), rgb(0xffffff), rgb(0x000000)};

constexpr Theme kContrast = {
    .ground = rgb(0xffffff),
    .surface = rgb(0xffffff),
    .text = rgb(0x000000),
    .secondary = rgb(0x000000),
    .divider = rgb(0x000000),
    .edge = rgb(0x000000),
    .primary = rgb(0x000000),
    .on_primary = rgb(0xffffff),
    .tint = rgb(0xffffff),
    .disabled = rgb(0xffffff),
    .focus_outer = rgb(0x000000),
    .focus_inner = rgb(0xffd43d),
    .neutral = kPlain,
    .info = kPlain,
    .success = kPlain,
    .warning = kPlain,
    .danger = kPlain,
};

}  // namespace

const ToneColours& Theme::of(screen::Tone tone) const {
  switch (tone) {
    case screen::Tone::Neutral:
      return neutral;
    case screen::Tone::Info:
      return info;
    case screen::Tone::Success:
      return success;
    case screen::Tone::Warning:
      return warning;
    case screen::Tone::Danger:
      return danger;
  }
  return neutral;
}

const Theme& theme(bool contrast) { return contrast ? kContrast : kUsual; }

}  // namespace machi::kiosk

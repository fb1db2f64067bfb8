// The few numbers of a font file that its letters' size depends on. Reads OpenType files and collections;
// pure.
#pragma once

#include "core/base/bytes.h"

namespace machi::kiosk {

struct FontMeasure {
  float line = 1.2F;    // ascender to descender, in ems: Dear ImGui's sizes mean this height
  float ascent = 0.9F;  // of it, above the base line
};

// Of the face with that number. BadInput when the bytes are no font.
base::Result<FontMeasure> measure_font(base::ByteView file, int face);

}  // namespace machi::kiosk

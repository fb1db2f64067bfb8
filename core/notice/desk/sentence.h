// A segment as a sentence for its editor, in the editor's language: "the district is 3 or 4, and there is a
// child of 6 months to 3 years". Pure; any thread.
#pragma once

#include "core/notice/segment/segment.h"
#include "core/words/words.h"

namespace machi::notice {

std::string segment_sentence(const Segment& segment, const words::Words& words);

}  // namespace machi::notice

// What the family's form and the school's telephone entry share about an illness: a temperature as people
// type it, and 出席停止 as it comes out of disease and days. Pure; any thread.
#pragma once

#include "core/absence/exclusion.h"
#include "core/absence/school_day.h"
#include "core/screen/builder.h"
#include "core/words/words.h"

namespace machi::absence {

// "38.2", "38", full-width digits, comma or point: tenths of a degree. BadInput outside 34.0 to 43.0.
base::Result<int> parse_temperature(std::string_view text);

// When the pupil may come again, what the note has to say, and by which law.
screen::Node exclusion_group(const words::Words& words, const Exclusion& exclusion, const SchoolDays& days);

}  // namespace machi::absence

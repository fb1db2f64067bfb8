// What the phone's app of parenting carries with it: the routine schedule, the growth standards of every
// seventh day, Japan's bands. Sample data of a town pack (assets/vaccination, assets/growth). Read once, by
// the pages that own it. Pure.
#pragma once

#include "core/parenting/schedule.h"

namespace machi::parenting {

struct Tables {
  Schedule schedule;
  GrowthTable who;
  JapaneseBands japan;
};

Result<Tables> read_tables();

// The texts as they were built in (tables.cmake).
std::string_view schedule_text();
std::string_view growth_text();
std::string_view bands_text();

}  // namespace machi::parenting

// Finding a pupil by what somebody types or hears: name or reading, in whichever kana and width, in any order
// of the words; "3年1組" and "3-1" narrow it to a class. And the list that pages show of what was found. Pure
// over the tables.
#pragma once

#include "core/absence/desk/scene.h"

namespace machi::absence {

inline constexpr std::size_t kFoundShown = 30;

// In the register's order; every word that was typed must be found. Nothing for an empty text. To be looked
// at before anything is written.
std::vector<const Pupil*> find_pupils(const RollBook& roll, std::string_view typed);

// The field "find" and, below it, a row "<verb>.<pupil>" for each pupil found.
void add_finder(const DeskScene& scene, std::string_view verb, const std::string& typed, screen::Nodes& main);

}  // namespace machi::absence

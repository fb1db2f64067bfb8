// Pupils who are neither reported nor present: a roll call missed them, and no report says why. Pure over the
// tables; looks only at those whom a roll call missed, so that every screen can ask.
#pragma once

#include "core/absence/desk/school.h"

namespace machi::absence {

struct MissingPupil {
  Pupil pupil;
  PresenceMark mark;
};
// In the register's order; without those who have left the roll.
std::vector<MissingPupil> missing_on(const SchoolDesk& school, Date date);

}  // namespace machi::absence

// Parts of a pupil's page that are about its guardians: who they are, a new slip, leaving the school.
#pragma once

#include "core/absence/desk/page.h"

namespace machi::absence {

void add_guardians(const DeskScene& scene, screen::Nodes& main);
void add_new_slip(const DeskScene& scene, screen::Nodes& main);
void add_leaving(const DeskScene& scene, screen::Nodes& main);
// Their presses; false: another part's.
Result<bool> act_guardians(PageTurn& turn, const screen::Action& action);

}  // namespace machi::absence

// The commands over rules: benefits, packs, vaccination, placement. What command.h is for all; these print
// long answers, whose keys stand in the order in which people read them. One thread, from start to end.
#pragma once

#include "platform/machi/command.h"

namespace machi::program {

// One JSON object with its keys in the order in which they were given, and a line's end.
void print_in_order(const nlohmann::ordered_json& object);

Action declare_benefits(CLI::App& options);
Action declare_pack_check(CLI::App& options);
Action declare_pack_sign(CLI::App& options);
Action declare_placement(CLI::App& options);
Action declare_vaccination_plan(CLI::App& options);

}  // namespace machi::program

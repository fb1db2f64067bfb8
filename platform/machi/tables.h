// The published tables and the sample town's rules that travel in the program (assets/). Texts; constants.
#pragma once

#include <string_view>

namespace machi::program {

std::string_view alert_meanings();
std::string_view alert_texts();
std::string_view who_growth_table();
std::string_view japanese_growth_table();
std::string_view japanese_schedule();
std::string_view dock_page();
std::string_view dock_script();
std::string_view dock_style();
std::string_view sample_questions();
std::string_view sample_garbage();
std::string_view sample_garbage_kinds();
std::string_view sample_menu();
std::string_view sample_rules_pack();
std::string_view sample_rules_national();
std::string_view sample_rules_local();
std::string_view sample_rules_points();
std::string_view sample_rules_tests();

}  // namespace machi::program

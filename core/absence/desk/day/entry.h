// The telephone entry's parts: the draft checked and made into a report (entry.cc), and what is asked about
// an illness, as the family's own form asks it (entry_illness.cc). Pure over the tables.
#pragma once

#include "core/absence/desk/page.h"

namespace machi::absence {

// What is wrong, by node; and the report when nothing is.
struct CheckedEntry {
  std::map<std::string, std::string> errors;
  Report report;
};
CheckedEntry check_entry(const DeskScene& scene);
// Every node carries the draft's version: what was meant for one entry never lands in the next.
screen::Node entry_node(screen::Node node, const DeskScene& scene, const CheckedEntry& checked);

void check_illness(const DeskScene& scene, Report& report, std::map<std::string, std::string>& errors);
void add_illness(const DeskScene& scene, const CheckedEntry& checked, screen::Nodes& main);
bool act_on_illness(PageTurn& turn, const screen::Action& action);

}  // namespace machi::absence

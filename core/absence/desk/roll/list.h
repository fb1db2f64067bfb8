// ListDraft: a class list that was read and not taken over yet, with what it would change.
#pragma once

#include "core/absence/desk/roll/roll_plan.h"

namespace machi::absence {

struct ListDraft {
  std::string file;
  std::string encoding;
  ClassList list;
  ListScope scope = ListScope::School;
  Date from{};  // the first day on which it holds
  RollPlan plan;
};

}  // namespace machi::absence

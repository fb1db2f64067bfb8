// RollPlan: what a class list would change about the roll - who is new, who moves, whose record changes, who
// leaves - worked out before anything is taken over. Pupils are known again by name and birth date, by
// reading and birth date, or where only one of name and birth date was corrected, by their place in the
// class. Values; pure over the tables.
#pragma once

#include "core/absence/desk/roll/class_list.h"
#include "core/absence/desk/roll/roll.h"

namespace machi::absence {

// How much of the school a list speaks for: who is not on it leaves.
enum class ListScope { School, Classes };

struct PlanLine {
  enum class What { Fresh, Moves, Changed, Leaves };
  What what = What::Fresh;
  PupilRecord record;
  std::string before;  // class and number: 2年1組 5番; "" when new
  std::string after;   // "" when leaving
  bool look = false;   // name or birth date differ: a person should look
  std::string was;     // name, or birth date, as the roll has it
};

struct RollPlan {
  std::vector<Roll> rolls;      // classes that change, whole, to be sent in this order; without revisions
  std::vector<PlanLine> lines;  // in the order of What, then of the register
  std::vector<PupilId> leaving;
  int fresh = 0, moves = 0, changed = 0, leaves = 0, same = 0;
  bool empty() const { return rolls.empty(); }
};

// School when the list has a class of every grade of the roll, else only the classes that it names.
ListScope scope_of(const RollBook& book, const ClassList& list);
// `school`: its mailbox. Ids of new pupils and classes are derived from it and from what the list says, so
// that two desks that take the same list over at once say the same.
RollPlan plan_roll(const RollBook& book, const ClassList& list, ListScope scope,
                   const mail::MailboxId& school);

struct SlipTerms {
  Instant expires;
  Relation relation = Relation::Guardian;
  std::optional<Date> until{};
  bool apart = false;
};

}  // namespace machi::absence

// Reads the grounds of a decided condition, and the next question of an undecided one. Private to core/rules.
#pragma once

#include "core/rules/answer.h"

namespace machi::rules {

class Reasoner {
 public:
  Reasoner(const Pack& pack, Evaluator& evaluator) : pack_(pack), evaluator_(evaluator) {}

  // The grounds of a node that is known.
  void grounds(int node, bool negated, std::vector<Ground>& out);
  // The first asked fact without which an unknown node stays so; -1 when there is none.
  int first_unknown(int node);

 private:
  const Pack& pack_;
  Evaluator& evaluator_;
};

// What conditions and numbers name, each fact and benefit once, in reading order. Benefits are not gone into.
struct Named {
  std::vector<int> facts, benefits;
};
void named_in_node(const Pack& pack, int node, Named& out);
void named_in_number(const Pack& pack, int number, Named& out);
// The same with all that the named facts and benefits come from.
Named all_behind(const Pack& pack, Named named);

}  // namespace machi::rules

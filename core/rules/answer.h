// What a pack says about a person: each benefit yes, no or not known yet, with the grounds, the one question
// that would decide, the amounts, and the day on which the answer changes by itself. Owned by core/rules; any
// thread; pure.
#pragma once

#include "core/rules/evaluator.h"

namespace machi::rules {

// A fact (or another benefit) that the answer stands on. Taken together the grounds are enough: whatever else
// is not known, or otherwise, the answer is the same.
struct Ground {
  int fact = -1;
  int benefit = -1;
  Value value;
  Ranges wanted;  // what the condition asks of the fact; empty when that cannot be said in a row of values
};

struct Due {
  const Amount* amount = nullptr;
  Value yen;
  Truth applies = Truth::Yes;
};

struct Change {
  Date on;
  Truth becomes = Truth::No;
};

struct Answer {
  int benefit = -1;
  Truth truth = Truth::Unknown;
  std::vector<Ground> grounds;  // of a yes or a no
  int question = -1;  // the fact to ask for: of an unknown answer, or of a yes whose amount is not known
  bool question_decides = false;  // some answer to it settles the matter at once
  std::vector<Due> due;
  std::optional<Change> next;  // when nothing but time passes
};

Answer decide(const Pack& pack, const Person& person, Date today, int benefit);
std::vector<Answer> decide_all(const Pack& pack, const Person& person, Date today);

// The asked facts that a fact comes from (itself, when it is asked for).
std::vector<int> asked_behind(const Pack& pack, int fact);
std::vector<int> asked_behind_benefit(const Pack& pack, int benefit);

// Values of an asked fact at which some condition can change its mind, both sides of each.
std::vector<std::int64_t> telling_values(const Pack& pack, int fact, Date today);

// One sentence in the language asked for, or the pack's first: why it is so, or what has to be known.
std::string explain(const Pack& pack, const Answer& answer, std::string_view language);
std::string say(const Pack& pack, const Text& text, std::string_view language);
std::string value_text(const Pack& pack, int fact, std::int64_t value, std::string_view language);

}  // namespace machi::rules

// Kleene's logic over the nodes. A fact or benefit is worked out once a round; cycles were refused when the
// pack was read.
#include "core/rules/evaluator.h"

#include <algorithm>

#include "core/rules/age.h"

namespace machi::rules {
namespace {

constexpr std::int64_t kMostYen = 1'000'000'000'000'000;

Value bounded(std::int64_t value) { return std::clamp(value, -kMostYen, kMostYen); }

// Clamped to the sides, so that no pack can make it overflow.
std::int64_t product(std::int64_t a, std::int64_t b) {
  if (a == 0 || b == 0) return 0;
  const double near = static_cast<double>(a) * static_cast<double>(b);
  if (near > static_cast<double>(kMostYen)) return kMostYen;
  if (near < -static_cast<double>(kMostYen)) return -kMostYen;
  return a * b;
}

}  // namespace

Person nobody(const Pack& pack) { return {std::vector<Value>(pack.facts.size()), {}}; }

Evaluator::Evaluator(const Pack& pack)
    : pack_(pack), facts_(pack.facts.size()), benefits_(pack.benefits.size()) {}

void Evaluator::about(const std::vector<Value>& answers, Date today) {
  answers_ = &answers;
  today_ = today;
  ++round_;
}

Value Evaluator::fact(int index) {
  const auto at = static_cast<std::size_t>(index);
  const Fact& fact = pack_.facts[at];
  if (fact.derivation == Derivation::Asked) return (*answers_)[at];
  Kept& kept = facts_[at];
  if (kept.round != round_) {
    const Value value = derived(fact);
    kept = {round_, value};
  }
  return kept.value;
}

Value Evaluator::derived(const Fact& fact) {
  if (fact.derivation == Derivation::Condition) {
    const Truth found = truth(fact.from);
    return found == Truth::Unknown ? Value() : Value(found == Truth::Yes);
  }
  if (fact.derivation == Derivation::Number) return number(fact.from);
  const Value days = this->fact(fact.from);
  if (!days) return std::nullopt;
  const Date date{static_cast<std::int32_t>(*days)};
  switch (fact.derivation) {
    case Derivation::AgeYears:
      return years_reached(date, today_);
    case Derivation::AgeMonths:
      return months_reached(date, today_);
    case Derivation::AgeAtSchoolYear: {
      // On the last day of the school year before: constant through a school year.
      const auto end = school_year_end(today_.school_year() - 1);
      return end.ok() ? Value(years_reached(date, *end)) : std::nullopt;
    }
    case Derivation::DaysUntil:
      return std::int64_t{date.days} - today_.days;
    case Derivation::Asked:
    case Derivation::Condition:
    case Derivation::Number:
      break;
  }
  return std::nullopt;
}

Truth Evaluator::truth(int index) {
  const Node& node = pack_.nodes[static_cast<std::size_t>(index)];
  switch (node.kind) {
    case NodeKind::Always:
      return Truth::Yes;
    case NodeKind::All:
    case NodeKind::Any: {
      const Truth decisive = node.kind == NodeKind::All ? Truth::No : Truth::Yes;
      Truth found = node.kind == NodeKind::All ? Truth::Yes : Truth::No;
      for (const int child : node.children) {
        const Truth one = truth(child);
        if (one == decisive) return decisive;
        if (one == Truth::Unknown) found = Truth::Unknown;
      }
      return found;
    }
    case NodeKind::Not: {
      const Truth found = truth(node.children.front());
      if (found == Truth::Unknown) return found;
      return found == Truth::Yes ? Truth::No : Truth::Yes;
    }
    case NodeKind::Within: {
      const Value value = fact(node.index);
      if (!value) return Truth::Unknown;
      return within(node.ranges, *value) ? Truth::Yes : Truth::No;
    }
    case NodeKind::Compare:
      return compare(node);
    case NodeKind::Benefit:
      return benefit(node.index);
  }
  return Truth::Unknown;
}

Truth Evaluator::compare(const Node& node) {
  const Value left = number(node.left);
  const Value right = number(node.right);
  if (!left || !right) return Truth::Unknown;
  bool holds = false;
  switch (node.order) {
    case Order::AtMost:
      holds = *left <= *right;
      break;
    case Order::Below:
      holds = *left < *right;
      break;
    case Order::AtLeast:
      holds = *left >= *right;
      break;
    case Order::Above:
      holds = *left > *right;
      break;
  }
  return holds ? Truth::Yes : Truth::No;
}

Value Evaluator::of_table(const Table& table) {
  // With something unknown the answer stands only when every row that is left says the same.
  Value found;
  for (const TableRow& row : table.rows) {
    bool possible = true, certain = true;
    for (std::size_t i = 0; possible && i < row.when.size(); ++i) {
      if (row.when[i].empty()) continue;
      const Value value = fact(table.inputs[i]);
      if (!value)
        certain = false;
      else
        possible = within(row.when[i], *value);
    }
    if (!possible) continue;
    if (certain) return row.value;  // rows do not overlap
    if (found && *found != row.value) return std::nullopt;
    found = row.value;
  }
  if (!found) return table.otherwise;
  return *found == table.otherwise ? found : std::nullopt;
}

Value Evaluator::number(int index) {
  const Number& made = pack_.numbers[static_cast<std::size_t>(index)];
  switch (made.kind) {
    case NumberKind::Constant:
      return made.constant;
    case NumberKind::OfFact:
      return fact(made.index);
    case NumberKind::OfTable:
      return of_table(pack_.tables[static_cast<std::size_t>(made.index)]);
    case NumberKind::If: {
      const Truth when = truth(made.index);
      if (when != Truth::Unknown) return number(made.children[when == Truth::Yes ? 0 : 1]);
      const Value yes = number(made.children[0]);
      return yes && yes == number(made.children[1]) ? yes : std::nullopt;
    }
    case NumberKind::Sum:
    case NumberKind::Minus:
    case NumberKind::Times:
    case NumberKind::Least:
    case NumberKind::Most:
      break;
  }
  Value total = number(made.children.front());
  for (std::size_t i = 1; total && i < made.children.size(); ++i) {
    const Value next = number(made.children[i]);
    if (!next) return std::nullopt;
    if (made.kind == NumberKind::Sum) total = bounded(*total + *next);
    if (made.kind == NumberKind::Minus) total = bounded(*total - *next);
    if (made.kind == NumberKind::Times) total = product(*total, *next);
    if (made.kind == NumberKind::Least) total = std::min(*total, *next);
    if (made.kind == NumberKind::Most) total = std::max(*total, *next);
  }
  return total;
}

Truth Evaluator::benefit(int index) {
  const auto at = static_cast<std::size_t>(index);
  const Benefit& benefit = pack_.benefits[at];
  if ((benefit.from && today_ < *benefit.from) || (benefit.to && today_ > *benefit.to)) return Truth::No;
  Kept& kept = benefits_[at];
  if (kept.round != round_) {
    const Truth found = truth(benefit.when);
    kept = {round_, static_cast<std::int64_t>(found)};
  }
  return static_cast<Truth>(*kept.value);
}

}  // namespace machi::rules

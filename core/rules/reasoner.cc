// Walks conditions: what they name, what they stand on. Pure; any thread.
#include "core/rules/reasoner.h"

#include <algorithm>

#include "core/rules/pack_reader.h"

namespace machi::rules {
namespace {

const Fact& fact_at(const Pack& pack, int index) { return pack.facts[static_cast<std::size_t>(index)]; }
const Node& node_at(const Pack& pack, int index) { return pack.nodes[static_cast<std::size_t>(index)]; }

void note(Ground ground, std::vector<Ground>& out) {
  for (const Ground& known : out)
    if (known.fact == ground.fact && known.benefit == ground.benefit) return;
  out.push_back(std::move(ground));
}

void once(std::vector<int>& all, int one) {
  if (std::find(all.begin(), all.end(), one) == all.end()) all.push_back(one);
}

}  // namespace

void named_in_node(const Pack& pack, int index, Named& out) {
  const Node& node = node_at(pack, index);
  if (node.kind == NodeKind::Within) once(out.facts, node.index);
  if (node.kind == NodeKind::Benefit) once(out.benefits, node.index);
  if (node.kind == NodeKind::Compare) {
    named_in_number(pack, node.left, out);
    named_in_number(pack, node.right, out);
  }
  for (const int child : node.children) named_in_node(pack, child, out);
}

void named_in_number(const Pack& pack, int index, Named& out) {
  const Number& number = pack.numbers[static_cast<std::size_t>(index)];
  if (number.kind == NumberKind::OfFact) once(out.facts, number.index);
  if (number.kind == NumberKind::OfTable)
    for (const int input : pack.tables[static_cast<std::size_t>(number.index)].inputs) once(out.facts, input);
  if (number.kind == NumberKind::If) named_in_node(pack, number.index, out);
  for (const int child : number.children) named_in_number(pack, child, out);
}

Named all_behind(const Pack& pack, Named named) {
  // Both lists grow while they are walked.
  std::size_t fact = 0, benefit = 0;
  while (fact < named.facts.size() || benefit < named.benefits.size()) {
    if (benefit < named.benefits.size()) {
      named_in_node(pack, pack.benefits[static_cast<std::size_t>(named.benefits[benefit++])].when, named);
      continue;
    }
    const Fact& from = fact_at(pack, named.facts[fact++]);
    if (from.derivation == Derivation::Asked) continue;
    if (from.derivation == Derivation::Condition)
      named_in_node(pack, from.from, named);
    else if (from.derivation == Derivation::Number)
      named_in_number(pack, from.from, named);
    else
      once(named.facts, from.from);
  }
  return named;
}

void Reasoner::grounds(int index, bool negated, std::vector<Ground>& out) {
  const Node& node = node_at(pack_, index);
  switch (node.kind) {
    case NodeKind::Always:
      return;
    case NodeKind::All:
    case NodeKind::Any: {
      const Truth decisive = node.kind == NodeKind::All ? Truth::No : Truth::Yes;
      for (const int child : node.children)
        if (evaluator_.truth(child) == decisive) return grounds(child, negated, out);
      for (const int child : node.children) grounds(child, negated, out);
      return;
    }
    case NodeKind::Not:
      return grounds(node.children.front(), !negated, out);
    case NodeKind::Within:
      return note({node.index, -1, evaluator_.fact(node.index), negated ? Ranges() : node.ranges}, out);
    case NodeKind::Compare: {
      Named named;
      named_in_node(pack_, index, named);
      for (const int fact : named.facts)
        if (const Value value = evaluator_.fact(fact)) note({fact, -1, value, {}}, out);
      return;
    }
    case NodeKind::Benefit:
      return note({-1, node.index, static_cast<std::int64_t>(evaluator_.benefit(node.index)), {}}, out);
  }
}

int Reasoner::first_unknown(int index) {
  if (evaluator_.truth(index) != Truth::Unknown) return -1;
  const Node& node = node_at(pack_, index);
  if (node.kind == NodeKind::Benefit)
    return first_unknown(pack_.benefits[static_cast<std::size_t>(node.index)].when);
  for (const int child : node.children)
    if (const int found = first_unknown(child); found >= 0) return found;
  Named named;
  named_in_node(pack_, index, named);
  for (const int fact : named.facts)
    for (const int asked : asked_behind(pack_, fact))
      if (!evaluator_.fact(fact) && !evaluator_.fact(asked)) return asked;
  return -1;
}

std::vector<int> asked_behind(const Pack& pack, int index) {
  std::vector<int> out;
  for (const int fact : all_behind(pack, {{index}, {}}).facts)
    if (fact_at(pack, fact).derivation == Derivation::Asked) out.push_back(fact);
  return out;
}

std::vector<int> asked_behind_benefit(const Pack& pack, int benefit) {
  std::vector<int> out;
  for (const int fact : pack.benefits[static_cast<std::size_t>(benefit)].facts)
    if (fact_at(pack, fact).derivation == Derivation::Asked) out.push_back(fact);
  return out;
}

// For each benefit, all facts its condition and amounts can look at; called once, when the pack is read.
void note_facts(Pack& pack) {
  for (Benefit& benefit : pack.benefits) {
    Named named;
    named_in_node(pack, benefit.when, named);
    for (const Amount& amount : benefit.amounts) {
      named_in_number(pack, amount.yen, named);
      if (amount.when >= 0) named_in_node(pack, amount.when, named);
    }
    benefit.facts = all_behind(pack, std::move(named)).facts;
  }
}

}  // namespace machi::rules

// What a pack must hold before anybody is told anything by it: no cycle, no two rows for one person, no fact
// of a guardian where nobody says which, and its own tests. Pure; any thread.
#include <algorithm>
#include <set>

#include "core/rules/answer.h"
#include "core/rules/pack_reader.h"
#include "core/rules/points.h"

namespace machi::rules {
namespace {

enum class Mark { New, Open, Done };

// Depth first over derived facts and benefits; an open one met again closes a circle.
class CycleSearch {
 public:
  explicit CycleSearch(const Pack& pack)
      : pack_(pack), facts_(pack.facts.size()), benefits_(pack.benefits.size()) {}

  Status all() {
    for (std::size_t i = 0; i < pack_.facts.size(); ++i) MACHI_TRY(fact(static_cast<int>(i)));
    for (std::size_t i = 0; i < pack_.benefits.size(); ++i) MACHI_TRY(benefit(static_cast<int>(i)));
    return {};
  }

 private:
  Status fact(int index) {
    const auto at = static_cast<std::size_t>(index);
    const Fact& fact = pack_.facts[at];
    if (facts_[at] == Mark::Done) return {};
    if (facts_[at] == Mark::Open)
      return base::fail(Code::BadInput, "facts: " + fact.id + " comes from itself, in a circle");
    facts_[at] = Mark::Open;
    switch (fact.derivation) {
      case Derivation::Asked:
        break;
      case Derivation::AgeYears:
      case Derivation::AgeMonths:
      case Derivation::AgeAtSchoolYear:
      case Derivation::DaysUntil:
        MACHI_TRY(this->fact(fact.from));
        break;
      case Derivation::Condition:
        MACHI_TRY(node(fact.from));
        break;
      case Derivation::Number:
        MACHI_TRY(number(fact.from));
        break;
    }
    facts_[at] = Mark::Done;
    return {};
  }

  Status benefit(int index) {
    const auto at = static_cast<std::size_t>(index);
    if (benefits_[at] == Mark::Done) return {};
    if (benefits_[at] == Mark::Open)
      return base::fail(Code::BadInput,
                        "benefits: " + pack_.benefits[at].id + " depends on itself, in a circle");
    benefits_[at] = Mark::Open;
    MACHI_TRY(node(pack_.benefits[at].when));
    benefits_[at] = Mark::Done;
    return {};
  }

  Status node(int index) {
    const Node& node = pack_.nodes[static_cast<std::size_t>(index)];
    for (const int child : node.children) MACHI_TRY(this->node(child));
    if (node.kind == NodeKind::Within) return fact(node.index);
    if (node.kind == NodeKind::Benefit) return benefit(node.index);
    if (node.kind != NodeKind::Compare) return {};
    MACHI_TRY(number(node.left));
    return number(node.right);
  }

  Status number(int index) {
    const Number& number = pack_.numbers[static_cast<std::size_t>(index)];
    for (const int child : number.children) MACHI_TRY(this->number(child));
    if (number.kind == NumberKind::OfFact) return fact(number.index);
    if (number.kind == NumberKind::If) return node(number.index);
    if (number.kind == NumberKind::OfTable)
      for (const int input : pack_.tables[static_cast<std::size_t>(number.index)].inputs)
        MACHI_TRY(fact(input));
    return {};
  }

  const Pack& pack_;
  std::vector<Mark> facts_, benefits_;
};

bool meet(const Ranges& a, const Ranges& b) {
  if (a.empty() || b.empty()) return true;
  for (const Span& one : a)
    for (const Span& other : b)
      if (one.from <= other.to && other.from <= one.to) return true;
  return false;
}

// A fact of each guardian means nothing outside a scheme's base points, nor does what comes from one.
Status check_guardians(const Pack& pack) {
  const auto of_guardian = [&](int fact) {
    for (const int asked : asked_behind(pack, fact))
      if (pack.facts[static_cast<std::size_t>(asked)].each) return true;
    return false;
  };
  for (const Benefit& benefit : pack.benefits)
    for (const int fact : benefit.facts)
      if (of_guardian(fact))
        return base::fail(Code::BadInput, "benefits: " + benefit.id + " asks for " +
                                              pack.facts[static_cast<std::size_t>(fact)].id +
                                              ", which is a fact of each guardian");
  return {};
}

base::Error broken(const PackTest& test, const std::string& what) {
  return base::fail(Code::BadInput, test.path + " (" + test.name + "): " + what);
}

std::string_view word_of(Truth truth) {
  switch (truth) {
    case Truth::No:
      return "no";
    case Truth::Unknown:
      return "unknown";
    case Truth::Yes:
      break;
  }
  return "yes";
}

// Along the telling values the answer may turn once only, and to the side that was claimed.
Status check_monotone(const Pack& pack, const PackTest& test, const Person& person) {
  for (std::size_t i = 0; i < pack.benefits.size(); ++i)
    for (const Monotone& claim : pack.benefits[i].monotone) {
      Person tried = person;
      Evaluator evaluator(pack);
      std::optional<Truth> before;
      for (const std::int64_t value : telling_values(pack, claim.fact, test.today)) {
        tried.facts[static_cast<std::size_t>(claim.fact)] = value;
        evaluator.about(tried.facts, test.today);
        const Truth now = evaluator.benefit(static_cast<int>(i));
        if (before && (claim.rising ? now < *before : now > *before))
          return broken(test, pack.benefits[i].id + " is not monotone in " +
                                  pack.facts[static_cast<std::size_t>(claim.fact)].id);
        before = now;
      }
    }
  return {};
}

}  // namespace

Status check_cycles(const Pack& pack) { return CycleSearch(pack).all(); }

Status check_tables(const Pack& pack) {
  for (const Table& table : pack.tables)
    for (std::size_t a = 0; a < table.rows.size(); ++a)
      for (std::size_t b = a + 1; b < table.rows.size(); ++b) {
        bool apart = false;
        for (std::size_t i = 0; !apart && i < table.inputs.size(); ++i)
          apart = !meet(table.rows[a].when[i], table.rows[b].when[i]);
        if (!apart)
          return base::fail(Code::BadInput, "tables: rows[" + std::to_string(a) + "] and rows[" +
                                                std::to_string(b) + "] of " + table.id + " overlap");
      }
  return {};
}

// Where a truth over a fact can turn: between bound - 1 and bound.
void note_bounds(Pack& pack) {
  std::vector<std::set<std::int64_t>> bounds(pack.facts.size());
  const auto note = [&](int fact, const Ranges& ranges) {
    for (const Span& span : ranges) {
      if (span.from != -kEndless) bounds[static_cast<std::size_t>(fact)].insert(span.from);
      if (span.to != kEndless) bounds[static_cast<std::size_t>(fact)].insert(span.to + 1);
    }
  };
  for (const Node& node : pack.nodes)
    if (node.kind == NodeKind::Within) note(node.index, node.ranges);
  for (const Table& table : pack.tables)
    for (const TableRow& row : table.rows)
      for (std::size_t i = 0; i < table.inputs.size(); ++i) note(table.inputs[i], row.when[i]);
  // A number compared turns at what it is compared with: constants, and what tables can say.
  std::set<std::int64_t> constants;
  for (const Table& table : pack.tables)
    for (const TableRow& row : table.rows) constants.insert({row.value, row.value + 1});
  for (const Number& number : pack.numbers)
    if (number.kind == NumberKind::Constant) constants.insert({number.constant, number.constant + 1});
  for (const Node& node : pack.nodes)
    if (node.kind == NodeKind::Compare)
      for (const int side : {node.left, node.right}) {
        const Number& number = pack.numbers[static_cast<std::size_t>(side)];
        if (number.kind == NumberKind::OfFact)
          bounds[static_cast<std::size_t>(number.index)].insert(constants.begin(), constants.end());
      }
  pack.bounds.clear();
  for (const auto& each : bounds) pack.bounds.emplace_back(each.begin(), each.end());
}

Status run_tests(Pack& pack, const std::vector<PackTest>& tests) {
  MACHI_TRY(check_guardians(pack));
  for (const PackTest& test : tests) {
    MACHI_TRY_SET(person, read_person(pack, *test.person, test.today, test.path + ".person"));
    for (const auto& [benefit, expected] : test.benefits) {
      const Answer answer = decide(pack, person, test.today, benefit);
      if (word_of(answer.truth) != expected)
        return broken(test, pack.benefits[static_cast<std::size_t>(benefit)].id + " is " +
                                std::string(word_of(answer.truth)) + ", expected " + expected);
    }
    for (const auto& [benefit, expected] : test.yen) {
      const Answer answer = decide(pack, person, test.today, benefit);
      const Value yen = answer.due.empty() ? Value() : answer.due.front().yen;
      if (!yen || *yen != expected)
        return broken(test, pack.benefits[static_cast<std::size_t>(benefit)].id + " is " +
                                (yen ? std::to_string(*yen) : "no amount") + ", expected " +
                                std::to_string(expected));
    }
    for (const auto& [scheme, expected] : test.points) {
      const Points points = count_points(pack, person, test.today, scheme);
      if (points.least != expected || points.most != expected)
        return broken(test, pack.schemes[static_cast<std::size_t>(scheme)].id + " is " +
                                std::to_string(points.least) + " to " + std::to_string(points.most) +
                                ", expected " + std::to_string(expected));
    }
    MACHI_TRY(check_monotone(pack, test, person));
    ++pack.tests;
  }
  return {};
}

}  // namespace machi::rules

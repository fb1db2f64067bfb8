// Deciding with grounds, the deciding question, and the day of change. Pure; any thread.
#include "core/rules/answer.h"

#include <algorithm>
#include <set>

#include "core/rules/age.h"
#include "core/rules/reasoner.h"

namespace machi::rules {
namespace {

const Fact& fact_at(const Pack& pack, int index) { return pack.facts[static_cast<std::size_t>(index)]; }
bool settled(Evaluator& evaluator, const Benefit& benefit, int index, bool amounts) {
  const Truth truth = evaluator.benefit(index);
  if (truth == Truth::Unknown) return false;
  if (truth == Truth::No || !amounts) return true;
  for (const Amount& amount : benefit.amounts) {
    const Truth applies = amount.when < 0 ? Truth::Yes : evaluator.truth(amount.when);
    if (applies == Truth::Unknown || (applies == Truth::Yes && !evaluator.number(amount.yen))) return false;
  }
  return true;
}

// Asks of each unknown fact in how many of its telling values it would settle the matter; the best one is
// asked for.
void choose_question(const Pack& pack, const Person& person, Date today, Evaluator& evaluator,
                     Answer& answer) {
  const Benefit& benefit = pack.benefits[static_cast<std::size_t>(answer.benefit)];
  const bool amounts = answer.truth == Truth::Yes;
  std::vector<Value> tried = person.facts;
  double best = 0;
  for (const int fact : benefit.facts) {
    const auto at = static_cast<std::size_t>(fact);
    if (fact_at(pack, fact).derivation != Derivation::Asked || tried[at]) continue;
    const auto values = telling_values(pack, fact, today);
    int settling = 0;
    for (const std::int64_t value : values) {
      tried[at] = value;
      evaluator.about(tried, today);
      if (settled(evaluator, benefit, answer.benefit, amounts)) ++settling;
    }
    tried[at].reset();
    const double share =
        values.empty() ? 0 : static_cast<double>(settling) / static_cast<double>(values.size());
    if (share > best) best = share, answer.question = fact, answer.question_decides = true;
  }
  evaluator.about(person.facts, today);
  if (answer.question >= 0) return;
  Reasoner reasoner(pack, evaluator);
  if (answer.truth == Truth::Unknown) answer.question = reasoner.first_unknown(benefit.when);
  for (const int fact : benefit.facts)
    if (answer.question < 0 && fact_at(pack, fact).derivation == Derivation::Asked &&
        !person.facts[static_cast<std::size_t>(fact)])
      answer.question = fact;
}

// Days after today on which an age, a school year, a count of days or a rule's dates can turn the answer.
std::set<Date> turns(const Pack& pack, Evaluator& evaluator, const Benefit& benefit, Date today) {
  std::set<Date> out;
  const auto add = [&](const Result<Date>& day) {
    if (day.ok() && *day > today) out.insert(*day);
  };
  for (const int index : benefit.facts) {
    const Fact& fact = fact_at(pack, index);
    if (fact.derivation == Derivation::Asked || fact.derivation == Derivation::Condition ||
        fact.derivation == Derivation::Number)
      continue;
    const Value days = evaluator.fact(fact.from);
    if (!days) continue;
    const Date date{static_cast<std::int32_t>(*days)};
    for (const std::int64_t bound : pack.bounds[static_cast<std::size_t>(index)]) {
      if (bound < -40000 || bound > 40000) continue;
      const int value = static_cast<int>(bound);
      if (fact.derivation == Derivation::DaysUntil) {
        add(date.plus(1 - value));
      } else if (value >= 0 && value <= 150 * 12) {
        const auto reached = fact.derivation == Derivation::AgeMonths
                                 ? reach_months(date, value)
                                 : reach_years(date, std::min(value, 150));
        if (fact.derivation != Derivation::AgeAtSchoolYear)
          add(reached);
        else if (reached.ok())
          add(school_year_begin(reached->school_year() + 1));
      }
    }
  }
  for (const Benefit& other : pack.benefits) {
    if (other.from) add(*other.from);
    if (other.to) add(other.to->plus(1));
  }
  return out;
}

}  // namespace

std::vector<std::int64_t> telling_values(const Pack& pack, int index, Date today) {
  const Fact& fact = fact_at(pack, index);
  std::set<std::int64_t> out;
  if (fact.type == FactType::Truth) return {1, 0};
  for (std::size_t i = 0; i < fact.choices.size(); ++i) out.insert(static_cast<std::int64_t>(i));
  if (fact.type == FactType::Choice) return {out.begin(), out.end()};
  const auto add = [&](std::int64_t value) {
    for (const std::int64_t near : {value - 1, value})
      if (near >= fact.least && near <= fact.most && !(fact.birth && near > today.days)) out.insert(near);
  };
  for (const std::int64_t bound : pack.bounds[static_cast<std::size_t>(index)]) add(bound);
  for (std::size_t i = 0; i < pack.facts.size(); ++i) {
    const Fact& later = pack.facts[i];
    const bool age = later.derivation == Derivation::AgeYears || later.derivation == Derivation::AgeMonths ||
                     later.derivation == Derivation::AgeAtSchoolYear;
    if (later.from != index || (!age && later.derivation != Derivation::DaysUntil)) continue;
    for (const std::int64_t bound : pack.bounds[i]) {
      if (bound < -40000 || bound > 40000) continue;
      if (!age) add(today.days + bound);
      if (!age || bound < 0 || bound > 150 * 12) continue;
      const int months = static_cast<int>(bound) * (later.derivation == Derivation::AgeMonths ? 1 : 12);
      if (months > 150 * 12) continue;
      if (const auto then = plus_months(today, -months); then.ok()) {
        add(then->days + 2);
        if (later.derivation == Derivation::AgeAtSchoolYear) add(then->days + 366), add(then->days - 366);
      }
    }
  }
  if (out.empty()) out.insert(fact.least != -kEndless ? fact.least : fact.birth ? today.days : 0);
  return {out.begin(), out.end()};
}

Answer decide(const Pack& pack, const Person& person, Date today, int index) {
  Evaluator evaluator(pack);
  evaluator.about(person.facts, today);
  const Benefit& benefit = pack.benefits[static_cast<std::size_t>(index)];
  Answer answer;
  answer.benefit = index;
  answer.truth = evaluator.benefit(index);
  const bool in_time = !(benefit.from && today < *benefit.from) && !(benefit.to && today > *benefit.to);
  if (answer.truth == Truth::Yes)
    for (const Amount& amount : benefit.amounts) {
      const Truth applies = amount.when < 0 ? Truth::Yes : evaluator.truth(amount.when);
      if (applies == Truth::No) continue;
      answer.due.push_back({&amount, evaluator.number(amount.yen), applies});
    }
  if (answer.truth != Truth::Unknown && in_time)
    Reasoner(pack, evaluator).grounds(benefit.when, false, answer.grounds);
  if (!settled(evaluator, benefit, index, true)) choose_question(pack, person, today, evaluator, answer);
  if (answer.truth == Truth::Unknown) return answer;
  for (const Date day : turns(pack, evaluator, benefit, today)) {
    evaluator.about(person.facts, day);
    const Truth then = evaluator.benefit(index);
    if (then == answer.truth) continue;
    answer.next = Change{day, then};
    break;
  }
  return answer;
}

std::vector<Answer> decide_all(const Pack& pack, const Person& person, Date today) {
  std::vector<Answer> out;
  out.reserve(pack.benefits.size());
  for (std::size_t i = 0; i < pack.benefits.size(); ++i)
    out.push_back(decide(pack, person, today, static_cast<int>(i)));
  return out;
}

}  // namespace machi::rules

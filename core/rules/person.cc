// A person's answers from CBOR (or JSON, which becomes CBOR one to one). Pure; any thread.
#include <algorithm>

#include "core/rules/date_text.h"
#include "core/rules/evaluator.h"

namespace machi::rules {
namespace {

constexpr std::size_t kMostGuardians = 2;

Result<Value> read_value(const Place& place, const Fact& fact, Date today) {
  std::int64_t out = 0;
  switch (fact.type) {
    case FactType::Truth: {
      MACHI_TRY_SET(truth, place.truth());
      out = truth;
      break;
    }
    case FactType::Number:
    case FactType::Yen: {
      MACHI_TRY_SET(number, place.integer());
      out = number;
      break;
    }
    case FactType::Date: {
      MACHI_TRY_SET(text, place.text());
      const auto date = fact.birth ? parse_birth(text, today) : parse_day(text);
      if (!date.ok()) return place.fault(date.error().detail, date.code());
      out = date->days;
      break;
    }
    case FactType::Choice: {
      MACHI_TRY_SET(text, place.text());
      const auto found = std::find_if(fact.choices.begin(), fact.choices.end(),
                                      [&](const Choice& c) { return c.id == text; });
      if (found == fact.choices.end()) return place.fault("this is none of the choices");
      out = found - fact.choices.begin();
      break;
    }
  }
  if (out < fact.least || out > fact.most)
    return place.fault("outside what is possible", Code::DateOutOfRange);
  return Value(out);
}

Status read_facts(const Pack& pack, const Place& place, bool of_guardian, Date today,
                  std::vector<Value>& out) {
  out.assign(pack.facts.size(), std::nullopt);
  if (!place.given()) return {};
  MACHI_TRY_SET(members, place.members());
  for (const auto& [id, member] : members) {
    const int index = pack.fact_of(id);
    if (index < 0) return member.fault("there is no such fact");
    const Fact& fact = pack.facts[static_cast<std::size_t>(index)];
    if (fact.derivation != Derivation::Asked)
      return member.fault("this fact comes from others and is not asked for");
    if (fact.each != of_guardian)
      return member.fault(of_guardian ? "this is no fact of a guardian" : "this is a fact of each guardian");
    if (!member.given()) continue;  // null: not known
    MACHI_TRY_SET(value, read_value(member, fact, today));
    out[static_cast<std::size_t>(index)] = value;
  }
  return {};
}

}  // namespace

Result<Person> read_person(const Pack& pack, const code::Cbor& written, Date today, std::string path) {
  const Place place(&written, std::move(path));
  MACHI_TRY(place.only({"facts", "guardians"}));
  Person person;
  MACHI_TRY(read_facts(pack, place["facts"], false, today, person.facts));
  MACHI_TRY_SET(guardians, place["guardians"].items());
  if (guardians.size() > kMostGuardians) return place["guardians"].fault("at most two guardians are counted");
  for (const Place& guardian : guardians) {
    person.guardians.emplace_back();
    MACHI_TRY(read_facts(pack, guardian, true, today, person.guardians.back()));
  }
  return person;
}

}  // namespace machi::rules

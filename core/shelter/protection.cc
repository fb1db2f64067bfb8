// Aliases and looks as deterministic CBOR, with every bound checked on the way in.
#include "core/shelter/protection.h"

#include "core/shelter/reading.h"

namespace machi::shelter {
namespace {

using namespace reading;
namespace content = code::content;

Result<TrueName> decode_person(const Cbor& map) {
  TrueName out;
  MACHI_TRY_SET(person, content::id_at<PersonId>(map, 1));
  out.person = person;
  MACHI_TRY(read(map, 2, household::kNameLimit, out.alias));
  MACHI_TRY(read(map, 3, content::kNameLimit, out.name));
  MACHI_TRY(read(map, 4, content::kNameLimit, out.kana));
  if (out.alias.empty() || (out.name.empty() && out.kana.empty())) return fail(Code::BadInput, "name");
  if (const Cbor* value = map.find(5)) {
    MACHI_TRY_SET(birth, content::date(*value, kFirstBirth));
    out.birth = birth;
  }
  MACHI_TRY(read(map, 6, household::kTextLimit, out.address));
  MACHI_TRY(read(map, 7, kTelephoneLimit, out.telephone));
  return out;
}

}  // namespace

Cbor encode(const AliasEntry& entry) {
  CborArray people;
  for (const TrueName& one : entry.people) {
    CborMap map{{1, one.person.bytes}, {2, one.alias}};
    put(map, 3, one.name);
    put(map, 4, one.kana);
    if (one.birth) map.emplace_back(5, one.birth->days);
    put(map, 6, one.address);
    put(map, 7, one.telephone);
    people.push_back(Cbor(std::move(map)));
  }
  CborMap map{{1, entry.id.bytes}, {2, entry.counter}, {3, entry.at.ms}};
  put(map, 4, entry.shelter);
  if (!people.empty()) map.emplace_back(5, std::move(people));
  return Cbor(std::move(map));
}

Result<AliasEntry> decode_alias(const Cbor& map) {
  AliasEntry out;
  MACHI_TRY_SET(id, content::id_at<AliasId>(map, 1));
  out.id = id;
  MACHI_TRY_SET(counter, counter_at(map, 2));
  out.counter = counter;
  MACHI_TRY_SET(at, content::instant_at(map, 3));
  out.at = at;
  MACHI_TRY(read(map, 4, content::kNameLimit, out.shelter));
  MACHI_TRY_SET(people, content::list_at<TrueName>(map, 5, household::kMemberLimit, decode_person));
  out.people = std::move(people);
  return out;
}

Person under_alias(const Person& person, const std::string& alias, const PersonId& id,
                   const HouseholdId& household, Date today) {
  Person out;
  out.id = id;
  out.household = household;
  out.name = alias;
  out.age = person.age;
  if (person.birth) out.age = household::age_of(*person.birth, today).years;
  out.sex = person.sex;
  out.needs = person.needs;
  out.allergens = person.allergens;
  out.pets = person.pets;
  return out;
}

Cbor encode(const ProtectionLook& look) {
  return Cbor::map({{1, look.id.bytes}, {2, look.at.ms}, {3, look.officer}, {4, look.what}});
}

Result<ProtectionLook> decode_look(const Cbor& map) {
  ProtectionLook out;
  MACHI_TRY_SET(id, content::id_at<base::Id<FactTag>>(map, 1));
  out.id = id;
  MACHI_TRY_SET(at, content::instant_at(map, 2));
  out.at = at;
  MACHI_TRY_SET(officer, content::text_at(map, 3, household::kNameLimit));
  MACHI_TRY_SET(what, content::text_at(map, 4, household::kTextLimit));
  if (officer.empty()) return fail(Code::BadInput, "officer");
  out.officer = std::move(officer);
  out.what = std::move(what);
  return out;
}

}  // namespace machi::shelter

// Facts as deterministic CBOR. An optional key is absent when there is nothing to say, so that equal facts
// are equal bytes.
#include "core/shelter/fact.h"

namespace machi::shelter {
namespace {

using code::Cbor;
using code::CborArray;
using code::CborMap;

void put(CborMap& map, int key, const std::string& text) {
  if (!text.empty()) map.emplace_back(key, text);
}

Cbor encode(const Person& person) {
  CborMap map{{1, person.id.bytes}, {2, person.household.bytes}};
  put(map, 3, person.name);
  put(map, 4, person.kana);
  if (person.birth) map.emplace_back(5, person.birth->days);
  if (person.age) map.emplace_back(6, *person.age);
  if (person.sex) map.emplace_back(7, static_cast<int>(*person.sex));
  if (!person.needs.empty()) map.emplace_back(8, person.needs.bits);
  put(map, 9, person.note);
  put(map, 10, person.telephone);
  put(map, 11, person.address);
  if (person.tell) map.emplace_back(12, true);
  if (!person.allergens.empty()) map.emplace_back(13, person.allergens.bits);
  if (!person.pets.empty()) map.emplace_back(14, person.pets.bits);
  return Cbor(std::move(map));
}

template <class Id>
void put(CborMap& map, int key, const std::vector<Id>& ids) {
  if (ids.empty()) return;
  CborArray list;
  for (const Id& id : ids) list.emplace_back(id.bytes);
  map.emplace_back(key, std::move(list));
}

struct Writer {
  CborMap& map;
  void operator()(const Enter& enter) const {
    map.emplace_back(3, enter.stay.bytes);
    map.emplace_back(4, enter.shelter.bytes);
    map.emplace_back(5, encode(enter.person));
    if (enter.counter != 0) map.emplace_back(6, enter.counter);
    if (enter.manner != Manner::Inside) map.emplace_back(7, static_cast<int>(enter.manner));
    if (enter.said) map.emplace_back(8, true);
    put(map, 9, enter.after);
    put(map, 10, enter.room);
    put(map, 11, enter.card);
  }
  void operator()(const Leave& leave) const {
    map.emplace_back(3, leave.stay.bytes);
    map.emplace_back(4, static_cast<int>(leave.away));
    if (leave.shelter) map.emplace_back(5, leave.shelter->bytes);
  }
  void operator()(const Correct& correct) const {
    map.emplace_back(3, correct.subject);
    map.emplace_back(4, static_cast<int>(correct.field));
    if (is_number(correct.field))
      map.emplace_back(5, correct.number);
    else
      map.emplace_back(5, correct.text);
    put(map, 6, correct.replaces);
  }
  void operator()(const Undo& undo) const { map.emplace_back(3, undo.fact.bytes); }
};

}  // namespace

bool is_number(Field field) {
  switch (field) {
    case Field::Age:
    case Field::Sex:
    case Field::NeedBits:
    case Field::Tell:
    case Field::Manner:
    case Field::Seen:
    case Field::Capacity:
    case Field::Standing:
    case Field::Supplied:
    case Field::Helped:
      return true;
    case Field::Name:
    case Field::Kana:
    case Field::Note:
    case Field::Telephone:
    case Field::Address:
    case Field::Room:
    case Field::Card:
    case Field::ShelterName:
    case Field::Place:
    case Field::Rooms:
    case Field::ShelterPhone:
    case Field::Spot:
    case Field::Request:
    case Field::Handover:
    case Field::Look:
      return false;
  }
  return false;
}

Cbor encode(const Fact& fact) {
  CborMap map{{0, static_cast<int>(fact.what.index()) + 1}, {1, fact.id.bytes}, {2, fact.at.ms}};
  std::visit(Writer{map}, fact.what);
  return Cbor(std::move(map));
}

Cbor encode(const Facts& facts) {
  CborArray list;
  for (const Fact& fact : facts) list.push_back(encode(fact));
  return Cbor::map({{1, std::move(list)}});
}

}  // namespace machi::shelter

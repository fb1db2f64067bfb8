// Reading facts that somebody sent: everything is bounded and checked, unknown keys are ignored, a kind or
// field that a newer program may know is Unsupported.
#include <algorithm>

#include "core/code/content.h"
#include "core/shelter/fact.h"

namespace machi::shelter {
namespace {

using base::Code;
using base::fail;
using code::Cbor;
namespace content = code::content;

constexpr std::int64_t kFirstBirth = -32873;  // 1880-01-01
constexpr std::size_t kStaysLimit = 32;
constexpr std::int64_t kCapacityLimit = 1'000'000;
constexpr std::int64_t kBits = 0xFFFF'FFFF;

template <class Id>
Result<Id> id_at(const Cbor& map, std::int64_t key) {
  MACHI_TRY_SET(raw, map.bytes_at(key));
  return Id::from(raw);
}
Result<std::string> maybe_text(const Cbor& map, std::int64_t key, std::size_t limit) {
  const Cbor* value = map.find(key);
  if (!value) return std::string();
  return content::text(*value, limit);
}
Result<std::int64_t> within(std::int64_t number, std::int64_t least, std::int64_t most) {
  if (number < least || number > most) return fail(Code::BadInput, "range");
  return number;
}
template <class Id>
Result<std::vector<Id>> ids_at(const Cbor& map, std::int64_t key, std::size_t limit) {
  return content::list_at<Id>(map, key, limit, [](const Cbor& one) -> Result<Id> {
    MACHI_TRY_SET(raw, one.bytes());
    return Id::from(raw);
  });
}

Result<std::uint32_t> bits_at(const Cbor& map, std::int64_t key) {
  const Cbor* value = map.find(key);
  if (!value) return std::uint32_t{0};
  MACHI_TRY_SET(raw, value->integer());
  MACHI_TRY_SET(bits, within(raw, 0, kBits));
  return static_cast<std::uint32_t>(bits);
}

Result<Person> decode_person(const Cbor& map) {
  Person person;
  MACHI_TRY_SET(id, id_at<PersonId>(map, 1));
  MACHI_TRY_SET(household, id_at<HouseholdId>(map, 2));
  person.id = id;
  person.household = household;
  MACHI_TRY_SET(name, maybe_text(map, 3, content::kNameLimit));
  MACHI_TRY_SET(kana, maybe_text(map, 4, content::kNameLimit));
  person.name = std::move(name);
  person.kana = std::move(kana);
  if (person.name.empty() && person.kana.empty()) return fail(Code::BadInput, "nobody's name");
  if (const Cbor* value = map.find(5)) {
    MACHI_TRY_SET(birth, content::date(*value, kFirstBirth));
    person.birth = birth;
  }
  if (const Cbor* value = map.find(6)) {
    MACHI_TRY_SET(raw, value->integer());
    MACHI_TRY_SET(age, within(raw, 0, 150));
    person.age = static_cast<int>(age);
  }
  if (const Cbor* value = map.find(7)) {
    MACHI_TRY_SET(sex, content::member(*value, Sex::Other));
    person.sex = sex;
  }
  // Bits that this program does not know are kept: a newer phone set them.
  MACHI_TRY_SET(needs, bits_at(map, 8));
  MACHI_TRY_SET(allergens, bits_at(map, 13));
  MACHI_TRY_SET(pets, bits_at(map, 14));
  person.needs = {needs};
  person.allergens = {allergens};
  person.pets = {pets};
  MACHI_TRY_SET(note, maybe_text(map, 9, kNoteLimit));
  MACHI_TRY_SET(telephone, maybe_text(map, 10, 20));
  MACHI_TRY_SET(address, maybe_text(map, 11, 200));
  person.note = std::move(note);
  person.telephone = std::move(telephone);
  person.address = std::move(address);
  if (const Cbor* value = map.find(12)) {
    MACHI_TRY_SET(tell, value->boolean());
    person.tell = tell;
  }
  return person;
}

Result<Enter> decode_enter(const Cbor& map) {
  Enter enter;
  MACHI_TRY_SET(stay, id_at<StayId>(map, 3));
  MACHI_TRY_SET(shelter, id_at<ShelterId>(map, 4));
  enter.stay = stay;
  enter.shelter = shelter;
  if (shelter.is_zero()) return fail(Code::BadInput, "no shelter");
  MACHI_TRY_SET(of, map.at(5));
  MACHI_TRY_SET(person, decode_person(*of));
  enter.person = std::move(person);
  if (const Cbor* value = map.find(6)) {
    MACHI_TRY_SET(raw, value->integer());
    if (raw < 0) return fail(Code::BadInput, "counter");
    enter.counter = static_cast<std::uint64_t>(raw);
  }
  if (const Cbor* value = map.find(7)) {
    MACHI_TRY_SET(manner, content::member(*value, Manner::Home));
    enter.manner = manner;
  }
  if (const Cbor* value = map.find(8)) {
    MACHI_TRY_SET(said, value->boolean());
    enter.said = said;
  }
  MACHI_TRY_SET(after, ids_at<StayId>(map, 9, kStaysLimit));
  MACHI_TRY_SET(room, maybe_text(map, 10, content::kNameLimit));
  MACHI_TRY_SET(card, maybe_text(map, 11, 20));
  enter.after = std::move(after);
  enter.room = std::move(room);
  enter.card = std::move(card);
  return enter;
}

Result<Leave> decode_leave(const Cbor& map) {
  Leave leave;
  MACHI_TRY_SET(stay, id_at<StayId>(map, 3));
  leave.stay = stay;
  MACHI_TRY_SET(value, map.at(4));
  MACHI_TRY_SET(away, content::member(*value, Away::Mistake));
  leave.away = away;
  if (map.find(5)) {
    MACHI_TRY_SET(shelter, id_at<ShelterId>(map, 5));
    leave.shelter = shelter;
  }
  return leave;
}

Result<Field> decode_field(const Cbor& map) {
  MACHI_TRY_SET(number, map.integer_at(4));
  for (const Field field :
       {Field::Name,     Field::Kana,      Field::Age,     Field::Sex,          Field::NeedBits,
        Field::Note,     Field::Telephone, Field::Address, Field::Tell,         Field::Room,
        Field::Manner,   Field::Seen,      Field::Card,    Field::ShelterName,  Field::Place,
        Field::Capacity, Field::Standing,  Field::Rooms,   Field::ShelterPhone, Field::Request,
        Field::Supplied, Field::Handover,  Field::Helped,  Field::Look,         Field::Spot})
    if (static_cast<std::int64_t>(field) == number) return field;
  return fail(Code::Unsupported, "field");
}

std::int64_t most_of(Field field) {
  if (field == Field::Age) return 150;
  if (field == Field::Sex) return static_cast<std::int64_t>(Sex::Other);
  if (field == Field::NeedBits) return kBits;
  if (field == Field::Manner) return static_cast<std::int64_t>(Manner::Home);
  if (field == Field::Standing) return static_cast<std::int64_t>(Standing::Open);
  if (field == Field::Supplied) return static_cast<std::int64_t>(Supply::Arrived);
  if (field == Field::Capacity) return kCapacityLimit;
  return 1;
}
std::int64_t least_of(Field field) {
  const bool counted =
      field == Field::Age || field == Field::NeedBits || field == Field::Tell || field == Field::Capacity;
  return counted ? 0 : 1;
}

Result<Correct> decode_correct(const Cbor& map) {
  Correct correct;
  MACHI_TRY_SET(subject, map.fixed_at<16>(3));
  correct.subject = subject;
  MACHI_TRY_SET(field, decode_field(map));
  correct.field = field;
  MACHI_TRY_SET(value, map.at(5));
  if (is_number(field)) {
    MACHI_TRY_SET(raw, value->integer());
    MACHI_TRY_SET(number, within(raw, least_of(field), most_of(field)));
    correct.number = number;
  } else {
    MACHI_TRY_SET(text, content::text(*value, field == Field::Rooms ? 2000 : kNoteLimit + 33));
    correct.text = std::move(text);
  }
  MACHI_TRY_SET(replaces, ids_at<FactId>(map, 6, kStaysLimit));
  correct.replaces = std::move(replaces);
  return correct;
}

}  // namespace

Result<Fact> decode_fact(const Cbor& item) {
  Fact fact;
  MACHI_TRY_SET(kind, item.integer_at(0));
  MACHI_TRY_SET(id, id_at<FactId>(item, 1));
  fact.id = id;
  MACHI_TRY_SET(value, item.at(2));
  MACHI_TRY_SET(at, content::instant(*value));
  fact.at = at;
  if (kind == 1) {
    MACHI_TRY_SET(enter, decode_enter(item));
    fact.what = std::move(enter);
  } else if (kind == 2) {
    MACHI_TRY_SET(leave, decode_leave(item));
    fact.what = leave;
  } else if (kind == 3) {
    MACHI_TRY_SET(correct, decode_correct(item));
    fact.what = std::move(correct);
  } else if (kind == 4) {
    MACHI_TRY_SET(undone, id_at<FactId>(item, 3));
    fact.what = Undo{undone};
  } else {
    return fail(kind < 1 ? Code::BadInput : Code::Unsupported, "kind");
  }
  return fact;
}

Result<Facts> decode_facts(const Cbor& map) {
  MACHI_TRY_SET(present, map.at(1));
  if (!present->array() || present->array()->empty()) return fail(Code::BadInput, "list");
  return content::list_at<Fact>(map, 1, kFactsLimit, decode_fact);
}

Status check_self(const Facts& facts) {
  for (const Fact& fact : facts) {
    const auto* enter = std::get_if<Enter>(&fact.what);
    if (!enter || !enter->said) return fail(Code::NotAllowed, "not an arrival");
  }
  return {};
}

}  // namespace machi::shelter

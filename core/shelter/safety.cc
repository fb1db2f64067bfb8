// Safety reports as deterministic CBOR, with every bound checked on the way in.
#include "core/shelter/safety.h"

#include "core/base/text.h"
#include "core/shelter/reading.h"

namespace machi::shelter {
namespace {

using namespace reading;

Result<SafetyPerson> decode_person(const Cbor& map) {
  SafetyPerson out;
  MACHI_TRY_SET(id, map.fixed_at<16>(1));
  out.id = PersonId{id};
  MACHI_TRY(read(map, 2, household::kNameLimit, out.name));
  if (out.name.empty()) return fail(Code::BadInput, "name");
  if (map.find(3) != nullptr) {
    MACHI_TRY_SET(days, map.integer_at(3));
    if (days < -40'000 || days > 90'000) return fail(Code::BadInput, "birth");
    out.birth = Date{static_cast<std::int32_t>(days)};
  }
  return out;
}

}  // namespace

Cbor encode(const SafetyReport& report) {
  CborArray people;
  for (const SafetyPerson& one : report.people) {
    CborMap map{{1, one.id.bytes}, {2, one.name}};
    if (one.birth) map.emplace_back(3, one.birth->days);
    people.push_back(Cbor(std::move(map)));
  }
  CborMap map{{1, report.household.bytes},
              {2, report.number},
              {3, report.at.ms},
              {4, static_cast<int>(report.safety)},
              {5, std::move(people)}};
  put(map, 6, report.where);
  put(map, 7, report.note);
  put(map, 8, report.telephone);
  if (report.tell) map.emplace_back(9, true);
  return Cbor(std::move(map));
}

Result<SafetyReport> decode_safety(const Cbor& map) {
  SafetyReport out;
  MACHI_TRY_SET(household, map.fixed_at<16>(1));
  out.household = HouseholdId{household};
  MACHI_TRY_SET(number, counter_at(map, 2));
  out.number = number;
  MACHI_TRY_SET(at, map.at(3));
  MACHI_TRY_SET(instant, code::content::instant(*at));
  out.at = instant;
  MACHI_TRY_SET(safety, map.integer_at(4));
  if (safety < 1 || safety > 2) return fail(Code::Unsupported, "safety");
  out.safety = static_cast<Safety>(safety);
  MACHI_TRY_SET(people, map.at(5));
  if (!people->array() || people->array()->empty() || people->array()->size() > household::kMemberLimit)
    return fail(Code::BadInput, "people");
  for (const Cbor& one : *people->array()) {
    MACHI_TRY_SET(person, decode_person(one));
    out.people.push_back(std::move(person));
  }
  MACHI_TRY(read(map, 6, kWhereLimit, out.where));
  MACHI_TRY(read(map, 7, kWhereLimit, out.note));
  MACHI_TRY(read(map, 8, kTelephoneLimit, out.telephone));
  MACHI_TRY(read(map, 9, out.tell));
  return out;
}

std::string name_key(std::string_view name) {
  std::string out;
  for (const char sign : base::search_form(name))
    if (sign != ' ') out += sign;
  return out;
}

}  // namespace machi::shelter

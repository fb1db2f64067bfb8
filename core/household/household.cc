// The record of a household as CBOR, with every bound checked on the way in. Pure.
#include "core/household/household.h"

#include <algorithm>
#include <array>
#include <set>

#include "core/base/text.h"
#include "core/crypto/sodium.h"

namespace machi::household {
namespace {

using base::Bytes;
using base::Code;
using base::fail;
using code::Cbor;
using code::CborArray;
using code::CborMap;

constexpr std::array<std::string_view, 3> kSexes = {"male", "female", "other"};
constexpr std::array<std::string_view, 3> kPlaces = {"shelter", "car", "home"};
constexpr std::int32_t kFirstBirth = -36524;  // 1870-01-01
constexpr std::int32_t kLastBirth = 84005;    // 2199-12-31

// Signs that would change how what stands beside them is read.
bool is_sign(char32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || (point >= 0x200B && point <= 0x200F) ||
         (point >= 0x2028 && point <= 0x202E) || (point >= 0x2060 && point <= 0x2069) || point == 0xFEFF ||
         (point >= 0xFFF9 && point <= 0xFFFB);
}

Status text(const std::string& value, std::size_t limit) {
  if (!base::is_utf8(value)) return fail(Code::BadInput, "text");
  for (const char32_t point : base::to_code_points(value))
    if (is_sign(point)) return fail(Code::BadInput, "text");
  if (base::count_code_points(value) > limit) return fail(Code::TooLarge, "text");
  return {};
}

Status digits(const std::string& value) {
  if (value.empty()) return {};
  const auto same = base::phone_digits(value);
  return same.ok() && *same == value ? Status() : fail(Code::BadInput, "telephone");
}

// A text that may be missing.
Status read(const Cbor& map, std::int64_t key, std::string& out) {
  if (map.find(key) == nullptr) return {};
  MACHI_TRY_SET(value, map.text_at(key));
  out = std::move(value);
  return {};
}

template <class Bit>
Status read(const Cbor& map, std::int64_t key, Set<Bit>& out) {
  if (map.find(key) == nullptr) return {};
  MACHI_TRY_SET(bits, map.integer_at(key));
  if (bits < 0 || bits > 0xFFFFFFFF) return fail(Code::BadInput, "bits");
  out.bits = static_cast<std::uint32_t>(bits);
  return {};
}

Result<std::int64_t> ranged(const Cbor& map, std::int64_t key, std::int64_t low, std::int64_t high) {
  MACHI_TRY_SET(value, map.integer_at(key));
  if (value < low || value > high) return fail(Code::BadInput, "range");
  return value;
}

Cbor encode_member(const Member& member) {
  CborMap map{{1, member.number}, {2, member.kana}, {3, member.birth.days}};
  if (member.sex) map.emplace_back(4, static_cast<int>(*member.sex));
  if (!member.needs.empty()) map.emplace_back(5, member.needs.bits);
  if (!member.allergens.empty()) map.emplace_back(6, member.allergens.bits);
  if (!member.name.empty()) map.emplace_back(7, member.name);
  if (!member.note.empty()) map.emplace_back(8, member.note);
  return Cbor(std::move(map));
}

Result<Member> decode_member(const Cbor& map) {
  Member out;
  MACHI_TRY_SET(number, ranged(map, 1, 1, kNumberLimit));
  MACHI_TRY_SET(birth, ranged(map, 3, kFirstBirth, kLastBirth));
  out.number = static_cast<int>(number);
  out.birth = Date{static_cast<std::int32_t>(birth)};
  MACHI_TRY(read(map, 2, out.kana));
  if (map.find(4) != nullptr) {
    MACHI_TRY_SET(sex, ranged(map, 4, 1, 3));
    out.sex = static_cast<Sex>(sex);
  }
  MACHI_TRY(read(map, 5, out.needs));
  MACHI_TRY(read(map, 6, out.allergens));
  MACHI_TRY(read(map, 7, out.name));
  MACHI_TRY(read(map, 8, out.note));
  return out;
}

template <class Read>
Status each(const Cbor& map, std::int64_t key, Read read_one) {
  const Cbor* list = map.find(key);
  if (list == nullptr) return {};
  if (list->array() == nullptr) return fail(Code::BadInput, "list");
  for (const Cbor& one : *list->array()) MACHI_TRY(read_one(one));
  return {};
}

}  // namespace

std::string_view name_of(Sex sex) { return kSexes[static_cast<std::size_t>(sex) - 1]; }
std::string_view name_of(Place place) { return kPlaces[static_cast<std::size_t>(place)]; }

std::string words_of(Sex sex) { return "sex." + std::string(name_of(sex)); }
std::string words_of(Place place) { return "place." + std::string(name_of(place)); }

std::optional<Sex> sex_named(std::string_view name) {
  for (std::size_t i = 0; i < kSexes.size(); ++i)
    if (kSexes[i] == name) return static_cast<Sex>(i + 1);
  return std::nullopt;
}

std::optional<Place> place_named(std::string_view name) {
  for (std::size_t i = 0; i < kPlaces.size(); ++i)
    if (kPlaces[i] == name) return static_cast<Place>(i);
  return std::nullopt;
}

PersonId person_id(const HouseholdId& household, int number) {
  Bytes named = base::copy(base::view("machi-person"));
  named.insert(named.end(), household.bytes.begin(), household.bytes.end());
  named.push_back(static_cast<std::uint8_t>(number));
  const auto hash = crypto::hash(named);
  PersonId out;
  std::copy_n(hash.begin(), out.bytes.size(), out.bytes.begin());
  return out;
}

std::string cleaned(std::string_view typed, std::size_t limit) {
  std::u32string points = base::to_code_points(typed);
  for (char32_t& point : points)
    if (point == U'\n' || point == U'\t' || point == U'\u3000') point = U' ';
  std::erase_if(points, is_sign);
  const std::string trimmed = base::trimmed(base::from_code_points(points));
  return base::from_code_points(base::to_code_points(trimmed).substr(0, limit));
}

Status check(const Household& household) {
  if (household.id.is_zero() || household.counter > 0xFFFFFFFF) return fail(Code::BadInput, "household");
  if (household.members.size() > kMemberLimit || household.supporters.size() > kSupporterLimit)
    return fail(Code::TooLarge, "household");
  std::set<int> numbers;
  for (const Member& member : household.members) {
    if (member.number < 1 || member.number > household.last_number || household.last_number > kNumberLimit ||
        !numbers.insert(member.number).second)
      return fail(Code::BadInput, "number");
    if (member.kana.empty()) return fail(Code::Missing, "kana");
    if (member.birth.days < kFirstBirth || member.birth.days > kLastBirth)
      return fail(Code::DateOutOfRange, "birth");
    MACHI_TRY(text(member.kana, kNameLimit));
    MACHI_TRY(text(member.name, kNameLimit));
    MACHI_TRY(text(member.note, kTextLimit));
  }
  for (const Supporter& one : household.supporters) {
    if (one.name.empty()) return fail(Code::Missing, "supporter");
    MACHI_TRY(text(one.name, kNameLimit));
    MACHI_TRY(digits(one.telephone));
  }
  MACHI_TRY(digits(household.telephone));
  MACHI_TRY(text(household.language, kNameLimit));
  return text(household.address, kTextLimit);
}

Cbor encode_household(const Household& household) {
  CborArray members, supporters;
  for (const Member& member : household.members) members.push_back(encode_member(member));
  for (const Supporter& one : household.supporters)
    supporters.push_back(Cbor::map({{1, one.name}, {2, one.telephone}}));
  CborMap map{{1, household.id.view()},
              {2, household.counter},
              {3, household.changed.ms},
              {4, household.confirmed.ms},
              {5, std::move(members)},
              {6, household.telephone},
              {7, household.address},
              {8, household.pets.bits},
              {9, std::move(supporters)},
              {10, household.consent},
              {11, static_cast<int>(household.place)},
              {12, household.language},
              {13, household.last_number}};
  return Cbor(std::move(map));
}

Result<Household> decode_household(const Cbor& map) {
  Household out;
  MACHI_TRY_SET(raw, map.bytes_at(1));
  MACHI_TRY_SET(id, HouseholdId::from(raw));
  out.id = id;
  MACHI_TRY_SET(counter, ranged(map, 2, 0, 0xFFFFFFFF));
  out.counter = static_cast<std::uint64_t>(counter);
  MACHI_TRY_SET(changed, map.integer_at(3));
  MACHI_TRY_SET(confirmed, map.integer_at(4));
  out.changed = Instant{changed};
  out.confirmed = Instant{confirmed};
  const auto take_member = [&out](const Cbor& one) -> Status {
    MACHI_TRY_SET(member, decode_member(one));
    out.members.push_back(std::move(member));
    return {};
  };
  MACHI_TRY(each(map, 5, take_member));
  MACHI_TRY(read(map, 6, out.telephone));
  MACHI_TRY(read(map, 7, out.address));
  MACHI_TRY(read(map, 8, out.pets));
  const auto take_supporter = [&out](const Cbor& one) -> Status {
    Supporter supporter;
    MACHI_TRY(read(one, 1, supporter.name));
    MACHI_TRY(read(one, 2, supporter.telephone));
    out.supporters.push_back(std::move(supporter));
    return {};
  };
  MACHI_TRY(each(map, 9, take_supporter));
  MACHI_TRY_SET(consent, map.at(10));
  MACHI_TRY_SET(agreed, consent->boolean());
  out.consent = agreed;
  MACHI_TRY_SET(place, ranged(map, 11, 0, 2));
  out.place = static_cast<Place>(place);
  MACHI_TRY(read(map, 12, out.language));
  MACHI_TRY_SET(last, ranged(map, 13, 0, kNumberLimit));
  out.last_number = static_cast<int>(last);
  MACHI_TRY(check(out));
  return out;
}

Age age_of(Date birth, Date today) {
  int months = (today.year() - birth.year()) * 12 + today.month() - birth.month();
  if (today.day() < birth.day()) --months;
  months = std::max(months, 0);
  return {months / 12, months % 12};
}

}  // namespace machi::household

// A household as its family writes it down in peacetime: members, address, contact, needs, supporters,
// consent. The whole record travels as mail (PASS.md, The record); the pass carries its least part (pass.h).
// Values; any thread; pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/code/cbor.h"
#include "core/household/needs.h"

namespace machi::household {

using base::Date;
using base::Instant;
using base::Result;
using base::Status;

struct HouseholdTag {};
struct PersonTag {};
using HouseholdId = base::Id<HouseholdTag>;
using PersonId = base::Id<PersonTag>;

enum class Sex { Male = 1, Female = 2, Other = 3 };
// Where a household that is in trouble stays: all count for supplies.
enum class Place { Shelter = 0, Car = 1, Home = 2 };

std::string_view name_of(Sex sex);      // "male", "female", "other"
std::string_view name_of(Place place);  // "shelter", "car", "home"
std::string words_of(Sex sex);          // keys of the words
std::string words_of(Place place);
std::optional<Sex> sex_named(std::string_view name);
std::optional<Place> place_named(std::string_view name);

inline constexpr std::size_t kMemberLimit = 16;
inline constexpr std::size_t kNameLimit = 40;   // characters
inline constexpr std::size_t kTextLimit = 200;  // characters: address, notes
inline constexpr std::size_t kSupporterLimit = 5;
inline constexpr int kNumberLimit = 255;

struct Member {
  int number = 0;    // 1..255, unique in the household and never given again
  std::string name;  // as written; may be empty
  std::string kana;  // its reading, or the name in Roman letters; never empty
  Date birth;
  std::optional<Sex> sex;
  Needs needs;
  Allergens allergens;
  std::string note;  // which medicine, what else; by mail only
  bool operator==(const Member&) const = default;
};

struct Supporter {
  std::string name;
  std::string telephone;  // digits
  bool operator==(const Supporter&) const = default;
};

struct Household {
  HouseholdId id;
  std::uint64_t counter = 0;  // grows with every change: the higher one supersedes
  Instant changed;
  Instant confirmed;  // when the family last said that it holds
  std::vector<Member> members;
  int last_number = 0;    // the highest that a member ever had
  std::string telephone;  // digits; may be empty
  std::string address;    // or district
  Pets pets;
  std::vector<Supporter> supporters;
  bool consent = false;  // relatives who ask may be told where it is
  Place place = Place::Shelter;
  std::string language;  // BCP 47 of the phone
  bool operator==(const Household&) const = default;
};

// The same person for every desk that reads the same household: the key of its stays.
PersonId person_id(const HouseholdId& household, int number);

// What was typed, without control signs, marks of direction and of ruby, and spaces at its ends; at most
// `limit` characters. A record that holds such signs is refused.
std::string cleaned(std::string_view typed, std::size_t limit);
// BadInput, TooLarge for what a form must not let through: names, dates, counts.
Status check(const Household& household);
code::Cbor encode_household(const Household& household);
Result<Household> decode_household(const code::Cbor& content);

// The kind of the message from a family to the shelter desk that carries it.
inline constexpr std::string_view kKindHousehold = "household.record";

// Full years and, for the youngest, months: what a person at a reception wants to read.
struct Age {
  int years = 0;
  int months = 0;  // past the last birthday
};
Age age_of(Date birth, Date today);

}  // namespace machi::household

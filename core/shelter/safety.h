// "We are safe", "we need help", and where: what a family says of itself from wherever it is. Not a stay and
// never counted as one. The highest number of a household holds; of two with one number the smaller content:
// any order, any repetition, same result. Values; any thread; pure. Layout: MESSAGES.md.
#pragma once

#include "core/shelter/fact.h"

namespace machi::shelter {

inline constexpr std::string_view kKindSafety = "shelter.safety";  // a phone -> the office
inline constexpr std::size_t kWhereLimit = 100;                    // characters

enum class Safety { Safe = 1, Help = 2 };

struct SafetyPerson {
  PersonId id;
  std::string name;
  std::optional<Date> birth;
  bool operator==(const SafetyPerson&) const = default;
};

struct SafetyReport {
  HouseholdId household;
  std::uint64_t number = 0;  // grows with each report of the household
  Instant at;
  Safety safety = Safety::Safe;
  std::string where, note;  // in their words; may be empty
  std::string telephone;
  bool tell = false;  // relatives who ask may be told
  std::vector<SafetyPerson> people;
  bool operator==(const SafetyReport&) const = default;
};

code::Cbor encode(const SafetyReport& report);
// BadInput, TooLarge.
Result<SafetyReport> decode_safety(const code::Cbor& content);

// A name as two people write it alike: for the exact comparison of a question.
std::string name_key(std::string_view name);

}  // namespace machi::shelter

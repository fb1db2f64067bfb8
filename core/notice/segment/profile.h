// What a person has told their own phone, for segments alone: it is kept there and never sent. Everything may
// be not known; an empty list is known to be empty. Values; any thread; pure.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/time.h"
#include "core/code/cbor.h"

namespace machi::notice {

// A day, or all days of a month or a year when no more was told.
struct Birth {
  base::Date first, last;
};

struct Handbook {
  std::string kind;          // "physical", "intellectual", "mental"
  std::optional<int> grade;  // 1 is the gravest; A is 1, B is 2
};

using FactValue = std::variant<bool, std::int64_t, std::string>;

struct Profile {
  template <class T>
  using Known = std::optional<std::vector<T>>;
  Known<std::string> districts, interests, languages, roles;
  std::optional<Birth> birth;
  Known<Birth> children;
  Known<Handbook> handbooks;
  std::map<std::string, FactValue> facts;  // the town's further questions, by name
};

// {"districts": ["3"], "birth": "1985-04", "children": [{"birth": "2024-05"}], "handbooks": [{"kind":
// "physical", "grade": 2}], "interests": [], "languages": ["ja"], "roles": ["carer"], "facts": {...}}: every
// field may be missing or null. BadInput, Missing or DateOutOfRange with the place; a birth after `today` is
// refused.
base::Result<Profile> read_profile(const code::Cbor& written, base::Date today);

}  // namespace machi::notice

// What a family's record is made of: facts that never change - a child is, a dose was given, a child was
// measured, was looked at, something was noted - each named by the hash of its content (with random bits in
// it) and by the facts that it replaces. Two phones that have the same facts show the same record, in
// whatever order they came. RECORD.md has the form on the wire. Values; any thread; pure.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/entropy.h"
#include "core/code/cbor.h"
#include "core/parenting/growth.h"

namespace machi::parenting {

struct FactTag {};
using FactId = base::Id<FactTag>;
using base::Instant;
using base::Status;

inline constexpr std::size_t kNameSigns = 40;
inline constexpr std::size_t kLotSigns = 30;
inline constexpr std::size_t kPlaceSigns = 60;
inline constexpr std::size_t kNoteSigns = 1000;
inline constexpr std::size_t kReplaced = 64;
inline constexpr std::int64_t kFirstBirth = -25567;  // 1900-01-01

// A child that is born, or awaited (no birth yet). `due`: the day on which it was expected.
struct ChildSaid {
  std::string name;  // may be empty before the birth
  std::optional<Date> birth, due;
  std::optional<Sex> sex;
  bool operator==(const ChildSaid&) const = default;
};
struct DoseGiven {
  std::string vaccine;  // of the schedule, or as written on the paper
  Date on;
  std::string lot, place;
  bool operator==(const DoseGiven&) const = default;
};
struct Measured {
  Date on;
  int grams = 0, length_mm = 0, head_mm = 0;  // 0: not measured
  std::optional<Posture> posture;
  bool operator==(const Measured&) const = default;
};
// A check-up, of the mother before the birth or of the child.
struct CheckUp {
  std::string form;  // "p1" ... "m1", "m4", "m10", "m18", "y3", "y5", "dental", "other"
  Date on;
  std::string place, note;
  bool operator==(const CheckUp&) const = default;
};
struct Noted {
  Date on;
  std::string text;
  bool operator==(const Noted&) const = default;
};
struct Erased {
  bool operator==(const Erased&) const = default;
};
using Said = std::variant<ChildSaid, DoseGiven, Measured, CheckUp, Noted, Erased>;  // kinds 1 to 6

struct Fact {
  FactId id;  // named() sets it
  base::Array<16> salt{};
  FactId child;  // the id of the fact that first said the child; its own id for that
  Instant at;    // when it was written; decides nothing but which of two is shown first
  std::vector<FactId> replaces;
  Said said;
  bool operator==(const Fact&) const = default;
};

// The fact with its id; one without a child is the first about a new one.
Fact named(Fact fact);
code::Cbor encode_fact(const Fact& fact);
// BadInput, TooLarge; Unsupported for a kind or a form that a newer program wrote.
Result<Fact> decode_fact(const code::Cbor& value);

// What no form lets through, on the day on which it is written: a birth in the future or before 1900, a due
// date that no pregnancy has, a dose, measurement or check-up in the future or before the birth, an empty
// one. Missing | DateOutOfRange | BadInput.
Status check_child(const ChildSaid& said, Date today);
Status check_day(Date on, const ChildSaid& child, Date today);

}  // namespace machi::parenting

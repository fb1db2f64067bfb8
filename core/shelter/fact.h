// What happens at shelters, as facts: who came in, who left, what was put right, what was taken back. Every
// fact has a random id and names what it speaks of, so that any order and any repetition of the same facts
// come to the same (DESIGN.md, Merging without clocks); clocks are for display. Values; any thread; pure.
// Layouts are in MESSAGES.md.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/base/id.h"
#include "core/base/time.h"
#include "core/code/cbor.h"
#include "core/household/household.h"

namespace machi::shelter {

using base::Date;
using base::Instant;
using base::Result;
using base::Status;
using household::Allergens;
using household::HouseholdId;
using household::Needs;
using household::PersonId;
using household::Pets;
using household::Sex;

struct FactTag {};
struct StayTag {};
struct ShelterTag {};
using FactId = base::Id<FactTag>;
using StayId = base::Id<StayTag>;
using ShelterId = base::Id<ShelterTag>;
using SubjectId = base::Array<16>;  // of a stay, a person, a shelter, a request or a note

inline constexpr std::string_view kKindFacts = "shelter.facts";  // desk -> its office: Facts
inline constexpr std::string_view kKindHere =
    "shelter.here";  // desk -> its office: this shelter is connected
inline constexpr std::string_view kKindSelf =
    "shelter.self";  // phone -> office: Facts, none but its own arrival

// One person as a pass, a form or a phone told of them.
struct Person {
  PersonId id;
  HouseholdId household;
  std::string name;
  std::string kana;
  std::optional<Date> birth;
  std::optional<int> age;  // when no birth date is known
  std::optional<Sex> sex;
  Needs needs;
  Allergens allergens;
  Pets pets;         // of the household
  std::string note;  // そばもだめ
  std::string telephone;
  std::string address;
  bool tell = false;  // relatives may be told; no unless it was said

  bool operator==(const Person&) const = default;
};

// Inside; or near it in a car or at home, and counted for supplies.
enum class Manner { Inside = 1, Car = 2, Home = 3 };

struct Enter {
  StayId stay;
  ShelterId shelter;
  Person person;
  std::uint64_t counter = 0;  // of the pass: what a newer one says of the person holds
  Manner manner = Manner::Inside;
  bool said = false;          // by the person's own phone: counted apart until staff have seen them
  std::vector<StayId> after;  // stays of this person that the writer knew of
  std::string room, card;     // 体育館A, number of a paper card; may be empty
  bool operator==(const Enter&) const = default;
};

enum class Away { Home = 1, Shelter = 2, Hospital = 3, Elsewhere = 4, Mistake = 5 };
struct Leave {
  StayId stay;
  Away away = Away::Home;
  std::optional<ShelterId> shelter;  // where to, when known
  bool operator==(const Leave&) const = default;
};

// What may be put right, or told in the first place, of a subject. Texts unless a comment says otherwise.
enum class Field {
  // of a person
  Name = 1,
  Kana = 2,
  Age = 3,       // number
  Sex = 4,       // number: household::Sex
  NeedBits = 5,  // number: bits
  Note = 6,
  Telephone = 7,
  Address = 8,
  Tell = 9,  // number: 0 or 1
  // of a stay
  Room = 20,
  Manner = 21,  // number: enum Manner
  Seen = 22,    // number 1: staff have seen who said to be here
  Card = 23,
  // of a shelter
  ShelterName = 40,
  Place = 41,     // its address
  Capacity = 42,  // number
  Standing = 43,  // number: enum Standing
  Rooms = 44,     // one a line
  ShelterPhone = 45,
  Spot = 46,  // where it stands (spot.h)
  // of a request for supplies: "<shelter in hex> <what>"; number: enum Supply
  Request = 60,
  Supplied = 61,
  // of a note for the next shift: "<shelter in hex> <text>"
  Handover = 70,
  // of a household that said it needs help: number 1, somebody sees to it
  Helped = 75,
  // of a look into the whole town's roster: what was looked for
  Look = 80,
};
enum class Standing { Closed = 1, Open = 2 };
enum class Supply { Wanted = 1, OnTheWay = 2, Arrived = 3 };
bool is_number(Field field);

// Says what a field of a subject is. It takes the place of the facts that it names; those that two people
// wrote without knowing of each other both stay.
struct Correct {
  SubjectId subject{};
  Field field = Field::Name;
  std::string text;
  std::int64_t number = 0;
  std::vector<FactId> replaces;
  bool operator==(const Correct&) const = default;
};

// Takes a fact back, as if it had never been.
struct Undo {
  FactId fact;
  bool operator==(const Undo&) const = default;
};

struct Fact {
  FactId id;
  Instant at;  // by the writer's clock
  std::variant<Enter, Leave, Correct, Undo> what;
  bool operator==(const Fact&) const = default;
};
using Facts = std::vector<Fact>;

inline constexpr std::size_t kFactsLimit = 200;  // of one message
inline constexpr std::size_t kNoteLimit = 300;   // characters

code::Cbor encode(const Fact& fact);
code::Cbor encode(const Facts& facts);
Result<Fact> decode_fact(const code::Cbor& item);
Result<Facts> decode_facts(const code::Cbor& content);
// What a person's phone may say of itself: somebody's own arrival, and nothing else. NotAllowed.
Status check_self(const Facts& facts);

}  // namespace machi::shelter

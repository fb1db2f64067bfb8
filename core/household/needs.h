// What the people of a household need where they shelter, as bits whose numbers are part of the pass and of
// every message: a bit is never given another meaning. Values; any thread; pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace machi::household {

// Of one person.
enum class Need {
  Infant,     // milk, nappies
  Pregnancy,  // or shortly after a birth
  Wheelchair,
  Dialysis,
  Oxygen,    // oxygen, respirator, suction: needs power
  Allergy,   // which: Allergen, or in words
  Medicine,  // that must not stop
  Dementia,
  Language,  // needs an interpreter or easy Japanese
  Walking,   // walks with difficulty
  Sight,
  Hearing,
  Quiet,  // a quiet place: autism, mental illness, learning disability
  Ostomy,
  Care,  // help with meals, toilet, turning
};
inline constexpr int kNeeds = 15;

// The eight foods that Japanese law wants named (食品表示基準, 特定原材料).
enum class Allergen { Egg, Milk, Wheat, Buckwheat, Peanut, Shrimp, Crab, Walnut };
inline constexpr int kAllergens = 8;

// Of the whole household.
enum class Pet { Dog, Cat, Other };
inline constexpr int kPets = 3;

// A set of one of the enums above. Bits that this program does not know are kept: a newer phone set them.
template <class Bit>
struct Set {
  std::uint32_t bits = 0;
  bool has(Bit bit) const { return (bits >> static_cast<unsigned>(bit) & 1u) != 0; }
  Set with(Bit bit, bool on = true) const {
    const std::uint32_t mask = std::uint32_t{1} << static_cast<unsigned>(bit);
    return {on ? bits | mask : bits & ~mask};
  }
  bool empty() const { return bits == 0; }
  bool operator==(const Set&) const = default;
};
using Needs = Set<Need>;
using Allergens = Set<Allergen>;
using Pets = Set<Pet>;

// Stable names, lower case, for JSON and CSV.
std::string_view name_of(Need need);
std::string_view name_of(Allergen allergen);
std::string_view name_of(Pet pet);
// Keys of the words.
std::string words_of(Need need);
std::string words_of(Allergen allergen);
std::string words_of(Pet pet);
std::optional<Need> need_named(std::string_view name);
std::optional<Allergen> allergen_named(std::string_view name);
std::optional<Pet> pet_named(std::string_view name);

// Every one that is set, in the order of the enum.
std::vector<Need> list(Needs set);
std::vector<Allergen> list(Allergens set);
std::vector<Pet> list(Pets set);

}  // namespace machi::household

// Names of needs, allergens and pets. Pure.
#include "core/household/needs.h"

#include <array>

namespace machi::household {
namespace {

constexpr std::array<std::string_view, kNeeds> kNeedNames = {
    "infant",   "pregnancy", "wheelchair", "dialysis", "oxygen", "allergy", "medicine", "dementia",
    "language", "walking",   "sight",      "hearing",  "quiet",  "ostomy",  "care"};
constexpr std::array<std::string_view, kAllergens> kAllergenNames = {"egg",    "milk",   "wheat", "buckwheat",
                                                                     "peanut", "shrimp", "crab",  "walnut"};
constexpr std::array<std::string_view, kPets> kPetNames = {"dog", "cat", "other"};

template <class Bit, std::size_t N>
std::optional<Bit> named(const std::array<std::string_view, N>& names, std::string_view name) {
  for (std::size_t i = 0; i < N; ++i)
    if (names[i] == name) return static_cast<Bit>(i);
  return std::nullopt;
}

template <class Bit>
std::vector<Bit> listed(Set<Bit> set, int count) {
  std::vector<Bit> out;
  for (int i = 0; i < count; ++i)
    if (set.has(static_cast<Bit>(i))) out.push_back(static_cast<Bit>(i));
  return out;
}

}  // namespace

std::string_view name_of(Need need) { return kNeedNames[static_cast<std::size_t>(need)]; }
std::string_view name_of(Allergen allergen) { return kAllergenNames[static_cast<std::size_t>(allergen)]; }
std::string_view name_of(Pet pet) { return kPetNames[static_cast<std::size_t>(pet)]; }

std::string words_of(Need need) { return "need." + std::string(name_of(need)); }
std::string words_of(Allergen allergen) { return "allergen." + std::string(name_of(allergen)); }
std::string words_of(Pet pet) { return "pet." + std::string(name_of(pet)); }

std::optional<Need> need_named(std::string_view name) { return named<Need>(kNeedNames, name); }
std::optional<Allergen> allergen_named(std::string_view name) {
  return named<Allergen>(kAllergenNames, name);
}
std::optional<Pet> pet_named(std::string_view name) { return named<Pet>(kPetNames, name); }

std::vector<Need> list(Needs set) { return listed(set, kNeeds); }
std::vector<Allergen> list(Allergens set) { return listed(set, kAllergens); }
std::vector<Pet> list(Pets set) { return listed(set, kPets); }

}  // namespace machi::household

// The record of a household: what is refused, what is kept, and ages.
#include <gtest/gtest.h>

#include "tests/unit/household/family.h"

namespace machi::household::test {
namespace {

TEST(HouseholdRecord, IsReadAsItWasWritten) {
  const Household household = eight();
  const auto bytes = code::encode(encode_household(household));
  const auto again = decode_household(*code::decode(bytes));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(*again, household);
}

TEST(HouseholdRecord, SaysNoToRelativesUntilAskedOtherwise) {
  EXPECT_FALSE(Household().consent);
  Household household = eight();
  household.consent = false;
  EXPECT_FALSE(decode_household(encode_household(household))->consent);
}

TEST(HouseholdRecord, PassesOverWhatItDoesNotKnow) {
  const code::Cbor sound = encode_household(eight());
  code::CborMap map = *sound.map();
  map.emplace_back(99, "of tomorrow");
  EXPECT_EQ(*decode_household(code::Cbor(map)), eight());
}

TEST(HouseholdRecord, IsRefusedWhenAMemberIsMissingOrOfAnotherForm) {
  const code::Cbor sound = encode_household(eight());
  for (const auto& [key, value] : *sound.map()) {
    code::CborMap map;
    for (const auto& pair : *sound.map())
      map.push_back(pair.first == key ? code::CborPair{pair.first, code::Cbor(-1.5)} : pair);
    EXPECT_FALSE(decode_household(code::Cbor(map)).ok());
  }
}

TEST(HouseholdRecord, KeepsNeedsThatANewerPhoneNames) {
  Household household = eight();
  household.members[0].needs.bits |= 1u << 30;
  const auto again = decode_household(encode_household(household));
  ASSERT_TRUE(again.ok());
  EXPECT_EQ(again->members[0].needs.bits, household.members[0].needs.bits);
  EXPECT_EQ(list(again->members[0].needs).size(), 2u);
}

TEST(HouseholdRecord, RefusesWhatAFormMustNotLetThrough) {
  const auto refused = [](auto change) {
    Household household = eight();
    change(household);
    return !check(household).ok();
  };
  EXPECT_FALSE(refused([](Household&) {}));
  EXPECT_TRUE(refused([](Household& h) { h.members[0].number = 0; }));
  EXPECT_TRUE(refused([](Household& h) { h.members[0].number = h.last_number + 1; }));
  EXPECT_TRUE(refused([](Household& h) { h.members[0].kana.clear(); }));
  EXPECT_TRUE(refused([](Household& h) { h.members[0].birth = Date{-60000}; }));
  EXPECT_TRUE(refused([](Household& h) { h.members[0].note = std::string(601, 'a'); }));
  EXPECT_TRUE(refused([](Household& h) { h.address = "\xFF"; }));
  EXPECT_TRUE(refused([](Household& h) { h.address = "a\xEF\xBF\xB9zzz"; }));  // a mark of ruby
  EXPECT_TRUE(refused([](Household& h) { h.telephone = "090-1234-5678"; }));
  EXPECT_TRUE(refused([](Household& h) { h.supporters[0].name.clear(); }));
  EXPECT_TRUE(refused([](Household& h) { h.id = {}; }));
}

TEST(HouseholdText, IsCleanedOfSignsThatChangeItsNeighbours) {
  EXPECT_EQ(cleaned(" さくら　みお\n", 40), "さくら みお");
  EXPECT_EQ(cleaned("a\xE2\x80\xAE"
                    "b\xEF\xBF\xB9"
                    "c\x07",
                    40),
            "abc");
  EXPECT_EQ(cleaned("あいうえお", 3), "あいう");
}

TEST(PersonId, IsTheSameForEveryDeskAndAnotherForEveryPerson) {
  EXPECT_EQ(person_id(eight().id, 1), person_id(eight().id, 1));
  EXPECT_NE(person_id(eight().id, 1), person_id(eight().id, 2));
  EXPECT_NE(person_id(eight().id, 1), person_id(HouseholdId{}, 1));
}

TEST(HouseholdNames, AreFoundAgain) {
  for (int i = 0; i < kNeeds; ++i) EXPECT_EQ(need_named(name_of(static_cast<Need>(i))), static_cast<Need>(i));
  for (int i = 0; i < kAllergens; ++i)
    EXPECT_EQ(allergen_named(name_of(static_cast<Allergen>(i))), static_cast<Allergen>(i));
  for (int i = 0; i < kPets; ++i) EXPECT_EQ(pet_named(name_of(static_cast<Pet>(i))), static_cast<Pet>(i));
  for (const Sex sex : {Sex::Male, Sex::Female, Sex::Other}) EXPECT_EQ(sex_named(name_of(sex)), sex);
  for (const Place place : {Place::Shelter, Place::Car, Place::Home})
    EXPECT_EQ(place_named(name_of(place)), place);
  EXPECT_FALSE(need_named("Infant").has_value());
}

TEST(HouseholdAge, CountsFullYearsAndMonths) {
  const auto age = [](Date birth, Date today) {
    const Age is = age_of(birth, today);
    return std::pair{is.years, is.months};
  };
  EXPECT_EQ(age(day(2017, 6, 3), day(2026, 11, 24)), (std::pair{9, 5}));
  EXPECT_EQ(age(day(2026, 7, 25), day(2026, 11, 24)), (std::pair{0, 3}));
  EXPECT_EQ(age(day(2026, 7, 24), day(2026, 11, 24)), (std::pair{0, 4}));
  EXPECT_EQ(age(day(2024, 2, 29), day(2025, 2, 28)), (std::pair{0, 11}));
  EXPECT_EQ(age(day(2026, 11, 25), day(2026, 11, 24)), (std::pair{0, 0}));
}

}  // namespace
}  // namespace machi::household::test

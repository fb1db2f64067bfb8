// The phone's own household in its tables.
#include "core/household/book.h"

#include <gtest/gtest.h>

#include "tests/unit/household/family.h"

namespace machi::household::test {
namespace {

struct Phone {
  std::unique_ptr<store::Database> database = *store::Database::open({});
  HouseholdBook book{*database};
  crypto::Drbg random = crypto::Drbg::of_number(3);
  Phone() { EXPECT_TRUE(database->migrate(HouseholdBook::migrations()).ok()); }
};

TEST(HouseholdBook, HasNoneUntilOneIsSaved) {
  Phone phone;
  EXPECT_FALSE(phone.book.load()->has_value());
}

TEST(HouseholdBook, CountsEveryChangeAndKeepsTheId) {
  Phone phone;
  Household household = eight();
  household.id = {};
  household.counter = 0;
  ASSERT_TRUE(phone.book.save(household, phone.random, kNow).ok());
  const auto first = *phone.book.load();
  EXPECT_FALSE(first->id.is_zero());
  EXPECT_EQ(first->counter, 1u);
  EXPECT_EQ(first->members, household.members);
  ASSERT_TRUE(phone.book.save(*first, phone.random, kNow.plus_seconds(60)).ok());
  const auto second = *phone.book.load();
  EXPECT_EQ(second->id, first->id);
  EXPECT_EQ(second->counter, 2u);
  EXPECT_EQ(second->changed, kNow.plus_seconds(60));
}

TEST(HouseholdBook, SavesNothingThatNoReaderWouldTake) {
  Phone phone;
  Household household = eight();
  household.members[0].kana.clear();
  EXPECT_EQ(phone.book.save(household, phone.random, kNow).code(), base::Code::Missing);
  EXPECT_FALSE(phone.book.load()->has_value());
}

TEST(HouseholdBook, SaysWhenItsRowIsBroken) {
  Phone phone;
  ASSERT_TRUE(phone.book.save(eight(), phone.random, kNow).ok());
  ASSERT_TRUE(phone.database->execute("UPDATE household_row SET content = x'00'").ok());
  EXPECT_FALSE(phone.book.load().ok());
}

TEST(HouseholdBook, ForgetsAllOnRequest) {
  Phone phone;
  ASSERT_TRUE(phone.book.save(eight(), phone.random, kNow).ok());
  ASSERT_TRUE(phone.book.save_draft("member", base::view("x")).ok());
  ASSERT_TRUE(phone.book.forget().ok());
  EXPECT_FALSE(phone.book.load()->has_value());
  EXPECT_TRUE(phone.book.draft("member").empty());
}

}  // namespace
}  // namespace machi::household::test

// What people type, as it is kept and as the pack reads it.
#include "core/support/citizen/person_book.h"

#include "tests/unit/rules/json_pack.h"

namespace machi::support {
namespace {

using rules::day;

struct TypedAnswer : testing::Test {
  rules::Pack pack = *rules::read_json_pack(rules::small_json());
  base::Date today = day("2026-11-24");
  base::Result<std::string> typed(const char* fact, const char* text) const {
    return answer_of(pack.facts[static_cast<std::size_t>(pack.fact_of(fact))], text, today);
  }
};

TEST_F(TypedAnswer, OfAMoneyTakesTheSignsThatPeopleWrite) {
  EXPECT_EQ(*typed("income", "1,200,000"), "1200000");
  EXPECT_EQ(*typed("income", "１２００円"), "1200");
  EXPECT_EQ(typed("income", "12万").code(), base::Code::BadInput);
  EXPECT_EQ(typed("income", "-1").code(), base::Code::TooLarge);
  EXPECT_EQ(typed("income", "99999999999999999999").code(), base::Code::BadInput);
  EXPECT_EQ(typed("income", "").code(), base::Code::BadInput);
}

TEST_F(TypedAnswer, OfABirthKnowsErasAndWhatIsNoDay) {
  EXPECT_EQ(*typed("birth", "平成2年4月1日"), "1990-04-01");
  EXPECT_EQ(*typed("birth", "R2.4.1"), "2020-04-01");
  EXPECT_EQ(*typed("birth", "2024-02-29"), "2024-02-29");
  for (const char* wrong : {"2023-02-29", "平成31年5月1日", "きのう", "R8", ""})
    EXPECT_FALSE(typed("birth", wrong).ok()) << wrong;
  EXPECT_EQ(typed("birth", "1899-12-31").code(), base::Code::DateOutOfRange);
  EXPECT_EQ(typed("birth", "2026-11-25").code(), base::Code::DateOutOfRange);
}

TEST_F(TypedAnswer, OfAChoiceIsOneOfThem) {
  EXPECT_EQ(*typed("grade", "2"), "2");
  EXPECT_FALSE(typed("grade", "7").ok());
  EXPECT_FALSE(typed("home", "true").ok());
}

TEST_F(TypedAnswer, ThatNoLongerFitsThePackIsNotKnown) {
  const auto person = machi::support::person_of(pack,
                                                {{"grade", "7"},
                                                 {"gone", "x"},
                                                 {"income", "many"},
                                                 {"home", std::string(kNotKnown)},
                                                 {"birth", "1990-04-01"}},
                                                today);
  for (std::size_t i = 0; i < pack.facts.size(); ++i)
    EXPECT_EQ(person.facts[i].has_value(), pack.facts[i].id == "birth") << pack.facts[i].id;
}

TEST(PersonBook, KeepsPeopleApartAndItsLastOneStays) {
  auto database = store::Database::open({":memory:", "", false});
  ASSERT_TRUE(database.ok());
  ASSERT_TRUE((*database)->migrate(PersonBook::migrations()).ok());
  PersonBook book(**database);
  ASSERT_EQ(book.people().size(), 1u);
  const auto own = book.current().id;
  ASSERT_TRUE(book.tell(own, "grade", "2").ok());
  ASSERT_TRUE(book.add("母").ok());
  EXPECT_EQ(book.current().name, "母");
  EXPECT_TRUE(book.answers(book.current().id).empty());
  for (std::size_t i = 2; i < kPeopleLimit; ++i) EXPECT_TRUE(book.add("x").ok());
  EXPECT_EQ(book.add("x").code(), base::Code::TooMany);
  while (book.people().size() > 1) ASSERT_TRUE(book.erase(book.people().back().id).ok());
  EXPECT_EQ(book.answers(own).at("grade"), "2");
  ASSERT_TRUE(book.erase(own).ok());
  EXPECT_EQ(book.people().size(), 1u);
  EXPECT_TRUE(book.answers(own).empty());
}

}  // namespace
}  // namespace machi::support

// What the chatbot was asked, as counts on the phone.
#include "core/notice/citizen/asked_book.h"

#include <gtest/gtest.h>

namespace machi::notice {
namespace {

struct Asked : ::testing::Test {
  std::unique_ptr<store::Database> database = *store::Database::open({});
  Asked() { EXPECT_TRUE(database->migrate(AskedBook::migrations()).ok()); }
  AskedBook book{*database};
  base::Date day = *base::Date::of(2026, 11, 24);
  base::Instant now = base::instant_of(day, {9 * 60 + 30});
};

TEST_F(Asked, IsCountedByHourAnswerAndWhetherItHelped) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(book.count("ごみ", "鍋", AskedOutcome::Shown, now).ok());
  ASSERT_TRUE(book.count("ごみ", "鍋", AskedOutcome::Helped, now).ok());
  EXPECT_TRUE(book.sums(day)->empty());  // a day that is not over is nobody's business yet
  const std::vector<AskedSum> expected = {{day, 9, "ごみ", "鍋", AskedOutcome::Shown, 3},
                                          {day, 9, "ごみ", "鍋", AskedOutcome::Helped, 1}};
  EXPECT_EQ(*book.sums(day.plus(1)), expected);
  ASSERT_TRUE(book.forget(day.plus(1)).ok());
  EXPECT_TRUE(book.sums(day.plus(1))->empty());
}

TEST_F(Asked, KeepsOfAnUnknownQuestionItsWordsAndNoFigure) {
  ASSERT_TRUE(
      book.count_unknown({"宇宙人", "0901234", "番地12", "あ", "とてもながくてだれかのことばらしいもの"}, now)
          .ok());
  const std::vector<AskedSum> expected = {{day, 9, "", "宇宙人", AskedOutcome::Unknown, 1}};
  EXPECT_EQ(*book.sums(day.plus(1)), expected);
}

TEST_F(Asked, IsForgottenAfterTwoMonths) {
  ASSERT_TRUE(book.count("ごみ", "鍋", AskedOutcome::Shown, now).ok());
  const base::Instant later = base::instant_of(day.plus(AskedBook::kKeptDays + 1), {60});
  ASSERT_TRUE(book.count("ごみ", "傘", AskedOutcome::Shown, later).ok());
  EXPECT_EQ(book.sums(day.plus(100))->size(), 1u);
}

}  // namespace
}  // namespace machi::notice

// The figures of use: folded alike in any order, believed of the press alone, and shown from ten on.
#include <gtest/gtest.h>

#include "core/notice/office/sums_book.h"

using namespace machi;
using notice::Sums;

namespace {

crypto::SignPublic device(std::uint8_t number) {
  crypto::SignPublic out;
  out.bytes.fill(number);
  return out;
}

struct Book {
  std::unique_ptr<store::Database> database = store::Database::open({}).value();
  notice::SumsBook book{*database};
  Book() { EXPECT_TRUE(database->migrate(notice::SumsBook::migrations()).ok()); }
};

TEST(Sums, AreTheSameInWhateverOrderTheyCome) {
  const Sums early{"2026-11", {{"use.notice.opened", 10}, {"link.opened", 20}}},
      late{"2026-11", {{"use.notice.opened", 40}}}, other{"2026-10", {{"use.notice.opened", 90}}};
  Book one, two;
  for (const Sums& sums : {early, late, other}) ASSERT_TRUE(one.book.fold(encode(sums), device(1)).ok());
  for (const Sums& sums : {other, late, late, early})
    ASSERT_TRUE(two.book.fold(encode(sums), device(1)).ok());
  const auto a = one.book.months(device(1)).value(), b = two.book.months(device(1)).value();
  ASSERT_EQ(a.size(), 2u);
  ASSERT_EQ(b.size(), 2u);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(a[i].month, b[i].month);
    EXPECT_EQ(a[i].counts, b[i].counts);
  }
  EXPECT_EQ(a[0].month, "2026-11");
  EXPECT_EQ(a[0].counts.at("use.notice.opened"), 40);
}

TEST(Sums, AreBelievedOfThePressAlone) {
  Book one;
  ASSERT_TRUE(one.book.fold(encode(Sums{"2026-11", {{"use.notice.opened", 1'000'000}}}), device(9)).ok());
  EXPECT_TRUE(one.book.months(device(1)).value().empty());
}

TEST(Sums, AreRefusedWhereNoProgramOfOursWroteThem) {
  Book one;
  using code::Cbor;
  const code::Cbor bad[] = {Cbor::map({}), Cbor::map({{1, "2026-13"}, {2, Cbor(code::CborMap{})}}),
                            Cbor::map({{1, "2026-11"}, {2, 5}}),
                            Cbor::map({{1, "2026-11"}, {2, Cbor::map({{"a", -1}})}}),
                            Cbor::map({{1, "2026-11"}, {2, Cbor::map({{std::string(65, 'a'), 1}})}})};
  for (const Cbor& content : bad) EXPECT_FALSE(one.book.fold(content, device(1)).ok());
}

TEST(Figures, AreSharesOfWhatWasUsedAndOfWhatWasJudged) {
  const auto figures = notice::figures_of({"2026-11",
                                           {{"use.notice.opened", 60},
                                            {"link.opened", 20},
                                            {"use.ask.asked", 20},
                                            {"use.notice.useful.yes", 30},
                                            {"use.notice.useful.no", 10},
                                            {"push.disaster.sent", 100},
                                            {"push.all.sent", 50},
                                            {"push.all.gone", 10}}});
  std::map<std::string_view, notice::Figure> by_name;
  for (const auto& one : figures) by_name[one.name] = one;
  EXPECT_EQ(by_name["opened"].share, 600);
  EXPECT_EQ(by_name["useful"].share, 750);
  EXPECT_EQ(by_name["useful"].count, 40);
  EXPECT_EQ(by_name["push"].count, 150);
  EXPECT_EQ(by_name["solved"].share, std::nullopt);
}

}  // namespace

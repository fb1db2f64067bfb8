// Lists as schools keep them: which columns are known, which dates are read, and how every mistake is named.
#include "core/absence/desk/roll/class_list.h"

#include <gtest/gtest.h>

#include <chrono>

#include "core/base/csv_reader.h"

namespace machi::absence {
namespace {

using base::CsvReader;
using base::CsvRecord;

using What = ListMistake::What;

const std::string kHead = "学年,組,出席番号,氏名,ふりがな,生年月日,電話番号１,電話番号２\n";

bool has(const ClassList& list, int line, std::optional<ListColumn> column, What what, int other = 0) {
  for (const ListMistake& one : list.mistakes)
    if (one.line == line && one.column == column && one.what == what && one.other == other) return true;
  return false;
}

TEST(CsvReader, KeepsQuotesCommasAndLineEndsInsideOfQuotes) {
  CsvReader csv("a,\"b,\"\"c\"\"\"\r\n\"two\r\nlines\",d\r\n,\n");
  CsvRecord one;
  ASSERT_TRUE(csv.next(one));
  EXPECT_EQ(one.fields, (std::vector<std::string>{"a", "b,\"c\""}));
  ASSERT_TRUE(csv.next(one));
  EXPECT_EQ(one.line, 2);
  EXPECT_EQ(one.fields, (std::vector<std::string>{"two\nlines", "d"}));
  ASSERT_TRUE(csv.next(one));
  EXPECT_EQ(one.line, 4);
  EXPECT_TRUE(one.blank());
  EXPECT_FALSE(csv.next(one));
}

TEST(CsvReader, SaysThatAQuoteWasNeverClosed) {
  CsvReader csv("a,\"b\nc");
  CsvRecord one;
  ASSERT_TRUE(csv.next(one));
  EXPECT_TRUE(one.open_quote);
  EXPECT_FALSE(csv.next(one));
}

TEST(ClassList, IsReadByTheNamesOfItsColumns) {
  const ClassList list =
      read_class_list("\xEF\xBB\xBF" + kHead +
                      "3,1,2,佐倉　みお,サクラ　ミオ,平成29年6月3日,0000-12-0420,090 0000 0001\r\n"
                      "３年,１組,３番,野々宮 りく,ﾉﾉﾐﾔ ﾘｸ,H29.11.18,,\r\n");
  ASSERT_TRUE(list.mistakes.empty()) << static_cast<int>(list.mistakes[0].what);
  ASSERT_EQ(list.pupils.size(), 2u);
  const ListedPupil& first = list.pupils[0];
  EXPECT_EQ(first.grade, 3);
  EXPECT_EQ(first.class_name, "1組");
  EXPECT_EQ(first.number, 2);
  EXPECT_EQ(first.name, "佐倉 みお");
  EXPECT_EQ(first.reading, "さくら みお");
  EXPECT_EQ(first.birth, *base::Date::of(2017, 6, 3));
  EXPECT_EQ(first.telephones, (std::vector<std::string>{"0000120420", "09000000001"}));
  EXPECT_EQ(list.pupils[1].line, 3);
  EXPECT_EQ(list.pupils[1].class_name, "1組");
  EXPECT_EQ(list.pupils[1].reading, "ののみや りく");
}

TEST(ClassList, KnowsEnglishNamesOrderAsidesAndTabs) {
  const ClassList list = read_class_list(
      "Name\tClass\tGrade\tNo.\tDate of birth\tShoe size\tTelephone (home)\nMaria "
      "Santos\tたけのこ\t1\t7\t2019-12-25\t19\t+81 90 0000 0001\n");
  ASSERT_TRUE(list.mistakes.empty());
  ASSERT_EQ(list.pupils.size(), 1u);
  EXPECT_EQ(list.pupils[0].class_name, "たけのこ");
  EXPECT_EQ(list.pupils[0].telephones.front(), "09000000001");
}

TEST(ClassList, ReadsEveryWayOfWritingABirthDate) {
  const base::Date day = *base::Date::of(2016, 4, 2);
  for (const char* text :
       {"2016/4/2", "2016-04-02", "2016.4.2", "20160402", "2016年4月2日", "平成28年4月2日",
        "平成２８年４月２日", "H28.4.2", "h28/04/02", "2016/04/02 0:00:00", "平成 28年 4月 2日"})
    EXPECT_EQ(birth_date(text), day) << text;
  EXPECT_EQ(birth_date("令和元年5月1日"), *base::Date::of(2019, 5, 1));
  EXPECT_EQ(birth_date("R2.1.31"), *base::Date::of(2020, 1, 31));
  for (const char* text : {"", "2016/2/30", "2016/13/1", "16/4/2", "4/2", "平成0年4月2日", "20164",
                           "2016年4月", "1899/1/1", "2016/4/2 later", "平成28年4月2日生", "2016//4//"})
    EXPECT_FALSE(birth_date(text)) << text;
}

TEST(ClassList, NamesAColumnThatIsMissingOrThereTwice) {
  const ClassList missing = read_class_list("学年,組,番号,氏名\n3,1,1,佐倉 みお\n");
  EXPECT_TRUE(has(missing, 1, ListColumn::Birth, What::ColumnMissing));
  EXPECT_EQ(missing.mistakes.size(), 1u);
  EXPECT_TRUE(missing.pupils.empty());
  const ClassList twice = read_class_list("学年,組,番号,氏名,名前,生年月日\n");
  EXPECT_TRUE(has(twice, 1, ListColumn::Name, What::ColumnTwice));
}

TEST(ClassList, NamesEveryMistakeByLineAndColumn) {
  const ClassList list = read_class_list(kHead +
                                         "三,1,1,佐倉 みお,,2017/6/3,,\n"
                                         "3,1,0,野々宮 りく,,2017/11/18,,\n"
                                         "3,1,3,,,2017/11/18,,\n"
                                         "3,1,4,藤代 ひなた,,2018/2/29,12-34,\n"
                                         "3,1,5,榎並 \xEF\xBF\xBD,,2018/2/9,,\n"
                                         "3,1,6,長峰 ゆうと,,2018/2/9,,\n"
                                         "3,1,6,上原 あん,,2018/2/9,,\n"
                                         "3,1,7,長峰　ゆうと,,H30.2.9,,\n"
                                         "3,1,8,\"開いた まま,,2018/2/9,,\n");
  EXPECT_TRUE(has(list, 2, ListColumn::Grade, What::NotGrade));
  EXPECT_TRUE(has(list, 3, ListColumn::Number, What::NotNumber));
  EXPECT_TRUE(has(list, 4, ListColumn::Name, What::Empty));
  EXPECT_TRUE(has(list, 5, ListColumn::Birth, What::NotDate));
  EXPECT_TRUE(has(list, 5, ListColumn::Telephone, What::NotTelephone));
  EXPECT_TRUE(has(list, 6, ListColumn::Name, What::Unreadable));
  EXPECT_TRUE(has(list, 8, ListColumn::Number, What::NumberTwice, 7));
  EXPECT_TRUE(has(list, 9, ListColumn::Name, What::PupilTwice, 7));
  EXPECT_TRUE(has(list, 10, std::nullopt, What::OpenQuote));
  ASSERT_EQ(list.pupils.size(), 1u);
  EXPECT_EQ(list.pupils[0].line, 7);
}

TEST(ClassList, SaysThatThereIsNobodyOnIt) {
  EXPECT_TRUE(has(read_class_list(""), 0, std::nullopt, What::NoLines));
  EXPECT_TRUE(has(read_class_list("\r\n,,\r\n"), 0, std::nullopt, What::NoLines));
  EXPECT_TRUE(has(read_class_list(kHead + "\n ,,,\n"), 0, std::nullopt, What::NoLines));
}

TEST(ClassList, TakesTenThousandLinesAndStopsAtTooManyMistakes) {
  std::string text = kHead, wrong = kHead;
  for (int i = 0; i < 10'000; ++i) {
    const std::string n = std::to_string(i);
    text += std::to_string(1 + i % 6) + "," + std::to_string(1 + i / 6 % 60) + "," +
            std::to_string(1 + i / 360) + ",児童 " + n + ",じどう " + n + ",2016/4/2,0000120420,\n";
    wrong += "x,1,1,児童 " + n + ",,2016/4/2,,\n";
  }
  const auto begin = std::chrono::steady_clock::now();
  const ClassList list = read_class_list(text);
  EXPECT_LT(std::chrono::steady_clock::now() - begin,
            std::chrono::seconds(10));  // 0.1 s where nothing else runs
  EXPECT_TRUE(list.mistakes.empty());
  EXPECT_EQ(list.pupils.size(), 10'000u);
  const ClassList refused = read_class_list(wrong);
  EXPECT_EQ(refused.mistakes.back().what, What::TooMany);
  EXPECT_LE(refused.mistakes.size(), kListMistakes + 1);
}

}  // namespace
}  // namespace machi::absence

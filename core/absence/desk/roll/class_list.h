// ClassList: a school's list of pupils as it comes out of a spreadsheet, read from CSV text. Columns are
// recognised by their names in the first line (学年, 組, 出席番号, 氏名, ふりがな, 生年月日, 電話番号, or
// English); every mistake is named by line and column, and a list with mistakes is not taken over. The text
// is UTF-8: whoever opened the file found out how it was written, and puts U+FFFD where that could not be
// read. Values; any thread; pure; bounded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/time.h"

namespace machi::absence {

enum class ListColumn { Grade, Class, Number, Name, Reading, Birth, Telephone, Teacher };
inline constexpr int kListColumns = 8;

struct ListMistake {
  enum class What {
    NoLines,        // nothing under the names of the columns
    ColumnMissing,  // no column of this name
    ColumnTwice,    // two columns of one name (but telephones)
    Unreadable,     // signs that the file's encoding does not have
    OpenQuote,      // a quotation mark that is not closed
    Empty,          // a field that is needed
    NotGrade,       // 1 to 9
    NotNumber,      // 1 to 999
    NotDate,        // no day of the calendar, or none that a pupil is born on
    NotTelephone,
    TooLong,
    NumberTwice,    // the class has this number already, on line `other`
    PupilTwice,     // the same name and birth date stand on line `other`
    ClassTooLarge,  // more than 200 pupils in one class
    TooMany         // more mistakes or more lines than are read
  };
  int line = 0;  // from 1, as a spreadsheet numbers rows; 0 = the whole list
  std::optional<ListColumn> column;
  What what = What::Empty;
  std::string value;  // as it stands there, shortened
  int other = 0;
};

struct ListedPupil {
  int line = 0;
  int grade = 0;
  std::string class_name;  // 1組
  int number = 0;
  std::string name;
  std::string reading;
  base::Date birth;
  std::vector<std::string> telephones;  // digits
  std::string teacher;                  // of the class; "" when the list does not say
};

struct ClassList {
  std::vector<ListedPupil> pupils;  // in the list's order; what has mistakes is left out
  std::vector<ListMistake> mistakes;
};

inline constexpr std::size_t kListLines = 20'000;
inline constexpr std::size_t kListMistakes = 100;

ClassList read_class_list(std::string_view text);

// The column that a name means: any width, any kana, spaces and brackets aside. Nothing for another name.
std::optional<ListColumn> column_of(std::string_view name);
// 2016/4/2, 2016-04-02, 2016.4.2, 20160402, 2016年4月2日, 平成28年4月2日, H28.4.2, 令和元年5月1日.
std::optional<base::Date> birth_date(std::string_view text);

}  // namespace machi::absence

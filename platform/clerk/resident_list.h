// A list of residents out of CSV: columns recognised by their names, each mistake named by line and column
// and never by what stands there. The text is UTF-8 already (platform/host/text_file.h). Also the way back,
// for lists that are made here. Pure; any thread; never fails.
#pragma once

#include <span>

#include "platform/clerk/registry.h"

namespace machi::clerk {

struct ListMistake {
  enum class What {
    NoLines,
    ColumnMissing,
    ColumnTwice,
    Unreadable,  // signs that the encoding does not have
    OpenQuote,
    Empty,
    TooLong,
    NotSpelled,  // control signs, a variation selector without its character
    NotADate,
    NotAChoice,    // 性別, 異動, 支援措置
    NotANumber,    // yen; or a card's number, which is hexadecimal
    NotMyNumber,   // 12 digits whose last one checks the others
    NotAnImprint,  // "48:" and 48 * 48 bits in hexadecimal
    NotALine,      // of 附票 or 戸籍事項
    NumberTwice,   // stands on line `other` already
    CardTwice,
    NoHead,  // a household without 世帯主
    TooMany,
  };
  int line = 0;        // 0: of the file
  std::string column;  // its name as this program knows it; "" = of the line
  What what = What::NoLines;
  int other = 0;
};
std::string_view mistake_word(ListMistake::What what);  // "column-missing", ...

inline constexpr std::size_t kListMistakes = 100;
inline constexpr std::size_t kListResidents = 4'000'000;

struct ResidentList {
  std::vector<Resident> residents;
  std::vector<ListMistake> mistakes;  // none, or nothing is to be taken over
  std::size_t rows = 0;
  std::vector<std::string> columns;   // recognised, as this program names them
  std::size_t unknown = 0;            // columns that it does not know, which are left alone
  std::size_t guarded = 0, away = 0;  // counts for whoever imports: 支援措置; moved out or dead
  std::size_t cards = 0, seals = 0;
};
ResidentList read_residents(std::string_view text);

// The same list back, with a mark at its head; tax columns for these fiscal years.
base::Bytes residents_csv(std::span<const Resident> residents, std::span<const int> years);

}  // namespace machi::clerk

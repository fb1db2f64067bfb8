// CsvReader: records and fields of a comma-separated file, each with the line that it begins on (RFC 4180:
// quotes, doubled quotes, line ends inside of quotes; CRLF, LF and CR; a tab or a semicolon when the first
// line has no comma). Our own, because a list's mistakes are named by line and column: the small C readers
// that the distribution keeps (libcsv) tell no line, and stop at what they cannot read. Borrows the text; any
// thread; pure; never fails.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace machi::base {

struct CsvRecord {
  int line = 0;                     // from 1; the one on which the record begins
  std::vector<std::string> fields;  // never empty
  bool open_quote = false;          // the text ended inside of quotes
  bool blank() const;               // a line without anything on it
};

class CsvReader {
 public:
  explicit CsvReader(std::string_view text);
  // False at the end.
  bool next(CsvRecord& record);

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take_line_end();

  std::string_view text_;
  std::size_t at_ = 0;
  int line_ = 1;
  char separator_ = ',';
};

}  // namespace machi::base

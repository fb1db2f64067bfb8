// Writing CSV (RFC 4180). Every text is quoted when it needs it; line ends inside a cell stay.
#include "core/base/csv.h"

#include <array>

namespace machi::base {

std::string csv_cell(std::string_view text) {
  constexpr std::array<std::string_view, 10> kBegins = {"=",  "+",  "-",  "@",  "\t",
                                                        "\r", "＝", "＋", "－", "＠"};
  std::string safe;
  for (const std::string_view begin : kBegins)
    if (text.starts_with(begin)) safe = "'";
  safe += text;
  if (safe.find_first_of(",\"\r\n\t;'") == std::string::npos) return safe;
  std::string out = "\"";
  for (const char sign : safe) {
    if (sign == '"') out += '"';
    out += sign;
  }
  return out + '"';
}

Bytes csv_file(const std::vector<CsvRow>& rows) {
  std::string out = "\xEF\xBB\xBF";
  for (const CsvRow& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (i > 0) out += ',';
      out += csv_cell(row[i]);
    }
    out += "\r\n";
  }
  return copy(view(out));
}

}  // namespace machi::base

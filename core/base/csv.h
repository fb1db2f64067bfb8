// CSV for the spreadsheets of Japanese offices: UTF-8 with BOM, lines of RFC 4180 with CRLF, and no cell that
// a spreadsheet would take for a formula. Any thread; pure; cannot fail.
#pragma once

#include <string>
#include <vector>

#include "core/base/bytes.h"

namespace machi::base {

using CsvRow = std::vector<std::string>;

// A cell that begins like a formula ('=', '+', '-', '@', also full-width, a tab or a line's end) gets an
// apostrophe before it: a spreadsheet then shows the text as it was written.
std::string csv_cell(std::string_view text);
Bytes csv_file(const std::vector<CsvRow>& rows);

}  // namespace machi::base

// Paper: a document as data - a title, lines, tables, notes - as Screen is for screens. No font, size or
// place: whoever draws it (the browser's PDF worker; wasm/src/paper) decides these. Values only; any thread;
// pure. Texts are plain.
#pragma once

#include <string>
#include <vector>

#include "core/screen/fields.h"

namespace machi::screen {

struct PaperRow {
  std::vector<std::string> cells;
};
struct PaperTable {
  std::string name;
  std::vector<PaperRow> rows;        // the first is the heading row, repeated on every page
  std::vector<std::int32_t> widths;  // a share for each column; 0 = as wide as what it holds
};
struct Paper {
  std::string title;
  std::string language;  // BCP 47
  bool landscape = false;
  std::vector<std::string> lines;  // below the title
  std::vector<PaperTable> tables;
  std::vector<std::string> notes;  // below the tables
  std::string foot;                // on every page, before its number
};

template <>
struct Description<PaperRow> {
  static constexpr std::string_view kName = "PaperRow";
  static constexpr auto kFields = std::tuple{required("cells", &PaperRow::cells)};
};
template <>
struct Description<PaperTable> {
  static constexpr std::string_view kName = "PaperTable";
  static constexpr auto kFields =
      std::tuple{required("name", &PaperTable::name), required("rows", &PaperTable::rows),
                 required("widths", &PaperTable::widths)};
};
template <>
struct Description<Paper> {
  static constexpr std::string_view kName = "Paper";
  static constexpr auto kFields = std::tuple{required("title", &Paper::title),
                                             required("language", &Paper::language),
                                             required("landscape", &Paper::landscape),
                                             required("lines", &Paper::lines),
                                             required("tables", &Paper::tables),
                                             required("notes", &Paper::notes),
                                             required("foot", &Paper::foot)};
};

}  // namespace machi::screen

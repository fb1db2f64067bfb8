// A certificate as a document: sheets of blocks of rows, in the words and order of the paper, without a
// coordinate. Where it breaks is decided here, so that the number of sheets is known before anything is
// drawn and stands in every seal. Values; any thread; pure.
#pragma once

#include "core/certificate/certificate.h"

namespace machi::certificate {

// One cell of the form; two of them stand side by side unless `wide`.
struct Cell {
  std::string label;
  std::string text;
  std::string reading;  // small, above: the kana of a name
  bool wide = false;
  int lines = 1;  // of its text at the form's width
  bool operator==(const Cell&) const = default;
};

struct Block {
  std::string heading;  // "", or what stands above its table
  std::vector<Cell> cells;
  bool imprint = false;  // the picture of the registered seal stands here
  bool operator==(const Block&) const = default;
};

struct Sheet {
  std::vector<Block> blocks;
  std::vector<std::size_t> people;  // indices of those whom its seal names
};

struct Document {
  std::string title;  // 住民票の写し
  std::string number;
  std::string statement;  // 認証文
  std::string issued;     // 令和8年11月22日
  std::string mayor;
  std::vector<Sheet> sheets;
};

inline constexpr int kSheetLines = 39;  // of table rows, headings included
inline constexpr std::string_view kOmitted = "【省略】";
inline constexpr std::string_view kEmpty = "【空欄】";

// Of checked facts; else what check() says. TooLarge when it takes more sheets than a seal can count.
Result<Document> document_of(const Facts& facts);

}  // namespace machi::certificate

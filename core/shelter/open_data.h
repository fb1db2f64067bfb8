// A town's shelters out of open data: 指定緊急避難場所一覧 and 指定避難所 as towns publish them, in the
// columns of the recommended data set (推奨データセット), of the standard that followed it
// (自治体標準オープンデータセット), and in those that towns made up beside them. The text is UTF-8 already
// (platform/host/text_file.h, the browser's worker). Every row that is not taken, and every value that is
// not, is named by line and reason. Pure; any thread; never fails.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace machi::shelter {

// 災害種別, in the law's order.
enum class Hazard { Flood, Landslide, StormSurge, Earthquake, Tsunami, Fire, InlandFlood, Volcano };
inline constexpr int kHazards = 8;

struct OpenShelter {
  int line = 0;
  std::string code;  // of the town or of the place's town, digits
  std::string id, name, kana, place, telephone, note;
  std::optional<double> latitude, longitude;
  std::optional<std::int64_t> capacity;  // persons; the first number that is written, indoors before outdoors
  std::optional<double> area;            // square metres
  unsigned hazards = 0;                  // bits by Hazard
  bool stays = false;                    // also a 指定避難所 (指定避難所との重複)
};

enum class OpenColumn {
  Code,
  Id,
  Name,
  Kana,
  Place,
  Prefecture,
  City,
  District,
  Lot,
  Building,
  Telephone,
  Latitude,
  Longitude,
  Capacity,
  Area,
  Hazard,
  Stays,
  Note
};
std::string_view column_word(OpenColumn column);  // "name", "latitude", ...

struct OpenTrouble {
  enum class What {
    NoLines,
    NoNameColumn,
    Unreadable,  // signs that the encoding does not have
    OpenQuote,
    NoName,
    TooLong,
    Twice,    // the same name at the same place stands on line `other`
    TooMany,  // rows; the rest was not read
    // The row is taken; this value is not.
    NoPlace,
    NoCoordinates,
    NotNumber,
    OutsideJapan,  // coordinates
    NotFlag,       // neither 1, ○ nor empty
    SameName,      // another place on line `other` has this name
  };
  int line = 0;
  std::optional<OpenColumn> column;
  What what = What::NoLines;
  std::string value;  // the first signs of it
  int other = 0;
  bool taken() const { return what >= What::NoPlace; }
};
std::string_view trouble_word(OpenTrouble::What what);  // "no-name", ...

struct OpenList {
  struct Recognised {
    std::string name;  // as the file calls it
    OpenColumn column;
  };
  std::vector<Recognised> columns;
  std::vector<std::string> unknown;  // columns that say nothing to us
  std::vector<OpenShelter> shelters;
  std::vector<OpenTrouble> troubles;
  int rows = 0;
};

inline constexpr int kOpenRows = 20'000;
inline constexpr std::size_t kOpenTroubles = 500;
OpenList read_open_data(std::string_view text);

}  // namespace machi::shelter

// Columns by a table of names in their bare form, then row by row. Names that are known in one town only are
// here too: a list that cannot be read is worth nothing on the day.
#include "core/shelter/open_data.h"

#include <array>
#include <cstdlib>
#include <map>

#include "core/base/csv_reader.h"
#include "core/base/text.h"
#include "core/code/content.h"

namespace machi::shelter {
namespace {

using Column = OpenColumn;
using What = OpenTrouble::What;

constexpr std::size_t kTextLimit = 300;
constexpr std::size_t kValueShown = 30;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct Alias {
  std::string_view name;
  Column column;
  unsigned hazards = 0;
};
constexpr unsigned of(Hazard hazard) { return 1u << static_cast<unsigned>(hazard); }
constexpr Alias kAliases[] = {
    {"名称", Column::Name},
    {"施設名", Column::Name},
    {"施設名称", Column::Name},
    {"施設・場所名", Column::Name},
    {"避難所名", Column::Name},
    {"避難場所名", Column::Name},
    {"避難所名称", Column::Name},
    {"名称_カナ", Column::Kana},
    {"名称_フリガナ", Column::Kana},
    {"フリガナ", Column::Kana},
    {"施設名_カナ", Column::Kana},
    {"ID", Column::Id},
    {"NO", Column::Id},
    {"NO.", Column::Id},
    {"№", Column::Id},
    {"番号", Column::Id},
    {"共通ID", Column::Id},
    {"所在地_全国地方公共団体コード", Column::Code},
    {"全国地方公共団体コード", Column::Code},
    {"都道府県コード又は市区町村コード", Column::Code},
    {"市区町村コード", Column::Code},
    {"所在地_連結表記", Column::Place},
    {"所在地_連結標記", Column::Place},
    {"住所", Column::Place},
    {"所在地", Column::Place},
    {"所在地_都道府県", Column::Prefecture},
    {"都道府県名", Column::Prefecture},
    {"所在地_市区町村", Column::City},
    {"市区町村名", Column::City},
    {"所在地_町字", Column::District},
    {"所在地_番地以下", Column::Lot},
    {"方書", Column::Building},
    {"建物名等(方書)", Column::Building},
    {"電話番号", Column::Telephone},
    {"電話", Column::Telephone},
    {"緯度", Column::Latitude},
    {"経度", Column::Longitude},
    {"想定収容人数", Column::Capacity},
    {"収容人数", Column::Capacity},
    {"収容可能人数", Column::Capacity},
    {"最大収容人数", Column::Capacity},
    {"避難所面積平方メートル", Column::Area},
    {"避難所面積", Column::Area},
    {"災害種別_洪水", Column::Hazard, of(Hazard::Flood)},
    {"洪水", Column::Hazard, of(Hazard::Flood)},
    {"災害種別_崖崩れ、土石流及び地滑り", Column::Hazard, of(Hazard::Landslide)},
    {"崖崩れ、土石流及び地滑り", Column::Hazard, of(Hazard::Landslide)},
    {"災害種別_高潮", Column::Hazard, of(Hazard::StormSurge)},
    {"高潮", Column::Hazard, of(Hazard::StormSurge)},
    {"災害種別_地震", Column::Hazard, of(Hazard::Earthquake)},
    {"地震", Column::Hazard, of(Hazard::Earthquake)},
    {"災害種別_津波", Column::Hazard, of(Hazard::Tsunami)},
    {"津波", Column::Hazard, of(Hazard::Tsunami)},
    {"災害種別_大規模な火事", Column::Hazard, of(Hazard::Fire)},
    {"大規模な火事", Column::Hazard, of(Hazard::Fire)},
    {"災害種別_内水氾濫", Column::Hazard, of(Hazard::InlandFlood)},
    {"内水氾濫", Column::Hazard, of(Hazard::InlandFlood)},
    {"災害種別_火山現象", Column::Hazard, of(Hazard::Volcano)},
    {"火山現象", Column::Hazard, of(Hazard::Volcano)},
    {"開設される災害の種類（地震・津波）", Column::Hazard, of(Hazard::Earthquake) | of(Hazard::Tsunami)},
    {"開設される災害の種類（風水害）", Column::Hazard, of(Hazard::Flood) | of(Hazard::StormSurge)},
    {"開設される災害の種類（土砂災害）", Column::Hazard, of(Hazard::Landslide)},
    {"指定避難所との重複", Column::Stays},
    {"指定避難所との住所同一", Column::Stays},
    {"備考", Column::Note},
};

// Letters and kana of a column's name alone: wrong dashes, brackets and widths are all about in real files.
std::string bare(std::string_view name) {
  constexpr std::u32string_view kMarks = U"_-ー―‐−–—・、,.()（）[]【】「」:：/\uFEFF";
  std::u32string out;
  for (const char32_t sign : base::to_code_points(base::search_form(name)))
    if (kMarks.find(sign) == std::u32string_view::npos) out.push_back(sign);
  return base::from_code_points(out);
}

const Alias* alias_of(std::string_view name) {
  static const auto table = [] {
    std::map<std::string, const Alias*, std::less<>> out;
    for (const Alias& alias : kAliases) out.emplace(bare(alias.name), &alias);
    return out;
  }();
  const auto found = table.find(bare(name));
  return found == table.end() ? nullptr : found->second;
}

std::optional<double> number(std::string_view text) {
  if (text.empty() || text.size() > 30 || text.find_first_not_of("0123456789.-+") != std::string_view::npos)
    return std::nullopt;
  const std::string whole(text);
  char* end = nullptr;
  const double out =
      std::strtod(whole.c_str(), &end);  // libc++ of the browser's build has no from_chars for it
  if (end != whole.c_str() + whole.size()) return std::nullopt;
  return out;
}

// "屋内1,371人／屋外5,470人（面積の1/2）" is 1371.
std::optional<std::int64_t> first_number(std::string_view text) {
  std::optional<std::int64_t> out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char sign = text[i];
    if (sign >= '0' && sign <= '9') {
      out = out.value_or(0) * 10 + (sign - '0');
      if (*out > 10'000'000) return std::nullopt;
    } else if (sign == ',' && out && i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9') {
      continue;
    } else if (out) {
      return out;
    }
  }
  return out;
}

std::optional<bool> flag(std::string_view narrow) {
  for (const std::string_view yes :
       {"1", "1.0", "○", "〇", "◯", "◎", "●", "有", "あり", "はい", "true", "TRUE"})
    if (narrow == yes) return true;
  for (const std::string_view no :
       {"", "0", "0.0", "×", "✕", "-", "ー", "－", "無", "なし", "いいえ", "false", "FALSE"})
    if (narrow == no) return false;
  return std::nullopt;
}

class Reading {
 public:
  explicit Reading(std::string_view text) : csv_(text) {}

  OpenList run() {
    base::CsvRecord record;
    do {
      if (!csv_.next(record)) {
        tell(0, std::nullopt, What::NoLines);
        return std::move(list_);
      }
    } while (record.blank());
    if (!head(record)) return std::move(list_);
    while (csv_.next(record)) {
      if (record.blank()) continue;
      if (++list_.rows > kOpenRows) {
        tell(record.line, std::nullopt, What::TooMany);
        break;
      }
      row(record);
    }
    if (list_.rows == 0) tell(0, std::nullopt, What::NoLines);
    return std::move(list_);
  }

 private:
  void tell(int line, std::optional<Column> column, What what, std::string_view value = {}, int other = 0) {
    if (list_.troubles.size() >= kOpenTroubles) return;
    std::u32string shown = base::to_code_points(code::content::cleaned(value));
    if (shown.size() > kValueShown) shown.resize(kValueShown);
    list_.troubles.push_back({line, column, what, base::from_code_points(shown), other});
  }

  bool head(const base::CsvRecord& record) {
    bool named = false;
    for (const std::string& name : record.fields) {
      const Alias* alias = alias_of(name);
      columns_.push_back(alias);
      if (alias) {
        list_.columns.push_back({code::content::cleaned(name), alias->column});
        named |= alias->column == Column::Name;
      } else if (!base::trimmed(name).empty()) {
        list_.unknown.push_back(code::content::cleaned(name));
      }
    }
    if (!named) tell(record.line, Column::Name, What::NoNameColumn);
    return named;
  }

  void row(const base::CsvRecord& record) {
    OpenShelter out;
    out.line = record.line;
    std::map<Column, std::string> parts;
    bool good = !record.open_quote;
    if (record.open_quote) tell(record.line, std::nullopt, What::OpenQuote);
    for (std::size_t i = 0; i < columns_.size() && good; ++i) {
      if (!columns_[i]) continue;
      const std::string& raw = i < record.fields.size() ? record.fields[i] : empty_;
      good = field(out, *columns_[i], raw, parts);
    }
    if (!good) return;
    if (out.place.empty())
      out.place =
          parts[Column::Prefecture] + parts[Column::City] + parts[Column::District] + parts[Column::Lot];
    if (!parts[Column::Building].empty()) out.place += " " + parts[Column::Building];
    if (out.name.empty()) return tell(out.line, Column::Name, What::NoName);
    const std::string name = base::search_form(out.name);
    const auto [same, fresh] = places_.emplace(std::pair(name, base::search_form(out.place)), out.line);
    if (!fresh) return tell(out.line, Column::Name, What::Twice, out.name, same->second);
    if (const auto [known, first] = names_.emplace(name, out.line); !first)
      tell(out.line, Column::Name, What::SameName, out.name, known->second);
    if (out.place.empty()) tell(out.line, Column::Place, What::NoPlace);
    coordinates(out);
    list_.shelters.push_back(std::move(out));
  }

  void coordinates(OpenShelter& out) {
    if (out.latitude && out.longitude &&
        (*out.latitude < 20 || *out.latitude > 46 || *out.longitude < 122 || *out.longitude > 154)) {
      tell(out.line, Column::Latitude, What::OutsideJapan, std::to_string(*out.latitude));
      out.latitude.reset();
      out.longitude.reset();
    } else if (!out.latitude || !out.longitude) {
      tell(out.line, out.latitude ? Column::Longitude : Column::Latitude, What::NoCoordinates);
      out.latitude.reset();
      out.longitude.reset();
    }
  }

  // False: the row cannot be taken.
  bool field(OpenShelter& out, const Alias& alias, const std::string& raw,
             std::map<Column, std::string>& parts) {
    const auto wrong = [&](What what) { tell(out.line, alias.column, what, raw); };
    if (raw.find(kReplacement) != std::string::npos || !base::is_utf8(raw))
      return wrong(What::Unreadable), false;
    std::string text = base::trimmed(code::content::cleaned(raw));
    for (char& sign : text)
      if (sign == '\n') sign = ' ';
    const std::string narrow = base::trimmed(base::fold_width(text));
    if (base::count_code_points(text) > kTextLimit) return wrong(What::TooLong), alias.column != Column::Name;
    switch (alias.column) {
      case Column::Code:
        if (out.code.empty()) out.code = narrow;
        return true;
      case Column::Id:
        if (out.id.empty()) out.id = narrow;
        return true;
      case Column::Name:
        if (out.name.empty()) out.name = std::move(text);
        return true;
      case Column::Kana:
        out.kana = base::to_hiragana(narrow);
        return true;
      case Column::Place:
        if (out.place.empty()) out.place = std::move(text);
        return true;
      case Column::Prefecture:
      case Column::City:
      case Column::District:
      case Column::Lot:
      case Column::Building:
        parts[alias.column] = std::move(text);
        return true;
      case Column::Telephone:
        if (narrow.find_first_of("0123456789") != std::string::npos) out.telephone = narrow;
        return true;
      case Column::Latitude:
      case Column::Longitude: {
        if (narrow.empty()) return true;
        const auto value = number(narrow);
        if (!value) wrong(What::NotNumber);
        (alias.column == Column::Latitude ? out.latitude : out.longitude) = value;
        return true;
      }
      case Column::Capacity:
        if (!narrow.empty() && !(out.capacity = first_number(narrow))) wrong(What::NotNumber);
        return true;
      case Column::Area:
        if (!narrow.empty() && !(out.area = number(narrow))) wrong(What::NotNumber);
        return true;
      case Column::Hazard: {
        const auto set = flag(narrow);
        if (!set) wrong(What::NotFlag);
        if (set.value_or(false)) out.hazards |= alias.hazards;
        return true;
      }
      case Column::Stays: {
        const auto set = flag(narrow);
        if (!set) wrong(What::NotFlag);
        out.stays = set.value_or(false);
        return true;
      }
      case Column::Note:
        out.note = std::move(text);
        return true;
    }
    return true;
  }

  base::CsvReader csv_;
  OpenList list_;
  std::vector<const Alias*> columns_;
  std::map<std::pair<std::string, std::string>, int> places_;
  std::map<std::string, int> names_;
  const std::string empty_;
};

}  // namespace

std::string_view column_word(OpenColumn column) {
  constexpr std::array<std::string_view, 18> kWords = {
      "code",      "id",       "name", "kana",     "place",     "prefecture",
      "city",      "district", "lot",  "building", "telephone", "latitude",
      "longitude", "capacity", "area", "hazard",   "stays",     "note"};
  return kWords[static_cast<std::size_t>(column)];
}

std::string_view trouble_word(OpenTrouble::What what) {
  constexpr std::array<std::string_view, 14> kWords = {
      "no-lines",     "no-name-column", "unreadable", "open-quote", "no-name",
      "too-long",     "twice",          "too-many",   "no-place",   "no-coordinates",
      "not-a-number", "outside-japan",  "not-a-flag", "same-name"};
  return kWords[static_cast<std::size_t>(what)];
}

OpenList read_open_data(std::string_view text) { return Reading(text).run(); }

}  // namespace machi::shelter

// Reading a list: the first line with something on it names the columns, each further one is a pupil. Names
// of eras: dates before an era began or after it ended are taken as they are counted (昭和64年 is no other
// day than 平成元年).
#include "core/absence/desk/roll/class_list.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/absence/content.h"
#include "core/base/csv_reader.h"

namespace machi::absence {
namespace {

using base::CsvReader;
using base::CsvRecord;
using base::Date;
using What = ListMistake::What;

constexpr int kOldestYear = 1990;
constexpr int kClassLimit = 200;
constexpr std::size_t kTelephones = 8;
constexpr std::size_t kValueShown = 20;
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

struct ColumnName {
  std::string_view name;
  ListColumn column;
};
constexpr ColumnName kNames[] = {
    {"学年", ListColumn::Grade},
    {"年", ListColumn::Grade},
    {"grade", ListColumn::Grade},
    {"year", ListColumn::Grade},
    {"組", ListColumn::Class},
    {"くらす", ListColumn::Class},
    {"学級", ListColumn::Class},
    {"class", ListColumn::Class},
    {"出席番号", ListColumn::Number},
    {"番号", ListColumn::Number},
    {"番", ListColumn::Number},
    {"number", ListColumn::Number},
    {"no", ListColumn::Number},
    {"氏名", ListColumn::Name},
    {"名前", ListColumn::Name},
    {"児童氏名", ListColumn::Name},
    {"生徒氏名", ListColumn::Name},
    {"児童名", ListColumn::Name},
    {"生徒名", ListColumn::Name},
    {"name", ListColumn::Name},
    {"ふりがな", ListColumn::Reading},
    {"よみ", ListColumn::Reading},
    {"よみがな", ListColumn::Reading},
    {"読み", ListColumn::Reading},
    {"氏名かな", ListColumn::Reading},
    {"かな", ListColumn::Reading},
    {"reading", ListColumn::Reading},
    {"kana", ListColumn::Reading},
    {"生年月日", ListColumn::Birth},
    {"誕生日", ListColumn::Birth},
    {"birth", ListColumn::Birth},
    {"birthdate", ListColumn::Birth},
    {"dateofbirth", ListColumn::Birth},
    {"birthday", ListColumn::Birth},
    {"電話", ListColumn::Telephone},
    {"電話番号", ListColumn::Telephone},
    {"緊急連絡先", ListColumn::Telephone},
    {"連絡先", ListColumn::Telephone},
    {"telephone", ListColumn::Telephone},
    {"phone", ListColumn::Telephone},
    {"tel", ListColumn::Telephone},
    {"担任", ListColumn::Teacher},
    {"担任名", ListColumn::Teacher},
    {"teacher", ListColumn::Teacher},
};

// Letters and kana of a column's name: "電話番号１（自宅）" and "電話番号" are one.
std::string bare(std::string_view name) {
  std::string out;
  bool inside = false;
  for (char32_t sign : base::to_code_points(base::search_form(name))) {
    if (sign == U'(' || sign == U'（' || sign == U'【' || sign == U'[') inside = true;
    const bool counted = sign >= U'0' && sign <= U'9';
    const bool mark = sign == U'_' || sign == U'-' || sign == U'.' || sign == U'・' || sign == 0xFEFF ||
                      (sign >= U'①' && sign <= U'⑨');
    if (!inside && !counted && !mark) out += base::from_code_points(std::u32string(1, sign));
    if (sign == U')' || sign == U'）' || sign == U'】' || sign == U']') inside = false;
  }
  return out;
}

std::optional<int> whole_number(std::string_view text) {
  if (text.empty() || text.size() > 6) return std::nullopt;
  int out = 0;
  for (char sign : text) {
    if (sign < '0' || sign > '9') return std::nullopt;
    out = out * 10 + (sign - '0');
  }
  return out;
}

// "3年" is 3.
std::optional<int> number_before(std::string text, std::string_view unit) {
  if (text.ends_with(unit)) text.resize(text.size() - unit.size());
  return whole_number(base::trimmed(text));
}

struct Era {
  std::string_view sign;
  std::string_view name;
  int before;  // the year before its first
};
constexpr Era kEras[] = {{"r", "令和", 2018}, {"h", "平成", 1988}, {"s", "昭和", 1925}};

// Three numbers out of a date, whatever stands between them; 元 is 1.
std::optional<std::array<int, 3>> three_numbers(std::string_view text) {
  std::array<int, 3> out{};
  std::size_t at = 0;
  for (int part = 0; part < 3; ++part) {
    if (text.substr(at).starts_with("元")) {
      out[static_cast<std::size_t>(part)] = 1;
      at += std::string_view("元").size();
    } else {
      const std::size_t from = at;
      while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
      const auto number = whole_number(text.substr(from, at - from));
      if (!number || at - from > 4) return std::nullopt;
      out[static_cast<std::size_t>(part)] = *number;
    }
    bool between = false;
    for (std::string_view mark : {"年", "月", "日", "/", "-", ".", " "})
      while (text.substr(at).starts_with(mark)) {
        at += mark.size();
        between = true;
      }
    if (part < 2 && !between) return std::nullopt;
  }
  // A time of day that a spreadsheet wrote behind the date says nothing; anything else is no date.
  const std::string_view rest = text.substr(at);
  if (!rest.empty() && rest.find_first_not_of("0:") != std::string_view::npos) return std::nullopt;
  return out;
}

class Reading {
 public:
  explicit Reading(std::string_view text) : csv_(text) {}

  ClassList run() {
    CsvRecord record;
    if (!header(record)) return std::move(list_);
    std::size_t lines = 0;
    while (csv_.next(record)) {
      if (record.blank()) continue;
      if (++lines > kListLines) {
        tell(record.line, std::nullopt, What::TooMany);
        break;
      }
      pupil(record);
      if (list_.mistakes.size() >= kListMistakes) {
        tell(record.line, std::nullopt, What::TooMany);
        break;
      }
    }
    if (lines == 0) tell(0, std::nullopt, What::NoLines);
    return std::move(list_);
  }

 private:
  void tell(int line, std::optional<ListColumn> column, What what, std::string_view value = {},
            int other = 0) {
    if (list_.mistakes.size() >= kListMistakes + 8) return;  // a first line of a thousand columns
    std::u32string shown = base::to_code_points(content::cleaned(value));
    if (shown.size() > kValueShown) shown.resize(kValueShown);
    list_.mistakes.push_back({line, column, what, base::from_code_points(shown), other});
  }

  bool header(CsvRecord& record) {
    do {
      if (!csv_.next(record)) {
        tell(0, std::nullopt, What::NoLines);
        return false;
      }
    } while (record.blank());
    std::array<bool, kListColumns> there{};
    for (const std::string& name : record.fields) {
      if (name.find(kReplacement) != std::string::npos)
        tell(record.line, std::nullopt, What::Unreadable, name);
      const auto column = column_of(name);
      columns_.push_back(column);
      if (!column) continue;
      bool& seen = there[static_cast<std::size_t>(*column)];
      if (seen && *column != ListColumn::Telephone) tell(record.line, *column, What::ColumnTwice, name);
      seen = true;
    }
    for (ListColumn needed :
         {ListColumn::Grade, ListColumn::Class, ListColumn::Number, ListColumn::Name, ListColumn::Birth})
      if (!there[static_cast<std::size_t>(needed)]) tell(record.line, needed, What::ColumnMissing);
    return list_.mistakes.empty();
  }

  void pupil(const CsvRecord& record) {
    const std::size_t before = list_.mistakes.size();
    ListedPupil pupil;
    pupil.line = record.line;
    if (record.open_quote) tell(record.line, std::nullopt, What::OpenQuote);
    for (std::size_t i = 0; i < columns_.size(); ++i)
      if (columns_[i]) field(pupil, *columns_[i], i < record.fields.size() ? record.fields[i] : "");
    if (list_.mistakes.size() != before) return;
    const auto place = std::tuple(pupil.grade, pupil.class_name, pupil.number);
    if (const auto [known, fresh] = numbers_.emplace(place, pupil.line); !fresh)
      tell(pupil.line, ListColumn::Number, What::NumberTwice, std::to_string(pupil.number), known->second);
    const auto who = std::pair(base::search_form(pupil.name), pupil.birth);
    if (const auto [known, fresh] = people_.emplace(who, pupil.line); !fresh)
      tell(pupil.line, ListColumn::Name, What::PupilTwice, pupil.name, known->second);
    if (++sizes_[{pupil.grade, pupil.class_name}] == kClassLimit + 1)
      tell(pupil.line, ListColumn::Class, What::ClassTooLarge, pupil.class_name);
    if (list_.mistakes.size() == before) list_.pupils.push_back(std::move(pupil));
  }

  void field(ListedPupil& pupil, ListColumn column, const std::string& raw) {
    const auto wrong = [&](What what) { tell(pupil.line, column, what, raw); };
    if (raw.find(kReplacement) != std::string::npos || !base::is_utf8(raw)) return wrong(What::Unreadable);
    const std::string text = base::trimmed(content::cleaned(raw));
    const std::string narrow = base::trimmed(base::fold_width(text));
    const bool optional =
        column == ListColumn::Reading || column == ListColumn::Telephone || column == ListColumn::Teacher;
    if (text.empty()) return optional ? void() : wrong(What::Empty);
    if (base::count_code_points(text) > content::kNameLimit) return wrong(What::TooLong);
    switch (column) {
      case ListColumn::Grade: {
        const auto grade = number_before(narrow, "年");
        if (!grade || *grade < 1 || *grade > 9) return wrong(What::NotGrade);
        pupil.grade = *grade;
        return;
      }
      case ListColumn::Class:
        pupil.class_name = whole_number(narrow) ? std::to_string(*whole_number(narrow)) + "組" : narrow;
        return;
      case ListColumn::Number: {
        const auto number = number_before(narrow, "番");
        if (!number || *number < 1 || *number > 999) return wrong(What::NotNumber);
        pupil.number = *number;
        return;
      }
      case ListColumn::Name:
        pupil.name = spaced(text);
        return;
      case ListColumn::Reading:
        pupil.reading = spaced(base::to_hiragana(base::fold_width(text)));
        return;
      case ListColumn::Birth: {
        const auto birth = birth_date(narrow);
        if (!birth) return wrong(What::NotDate);
        pupil.birth = *birth;
        return;
      }
      case ListColumn::Telephone: {
        const auto digits = base::phone_digits(narrow);
        if (!digits.ok()) return wrong(What::NotTelephone);
        auto& all = pupil.telephones;
        if (all.size() < kTelephones && std::find(all.begin(), all.end(), *digits) == all.end())
          all.push_back(*digits);
        return;
      }
      case ListColumn::Teacher:
        pupil.teacher = text;
        return;
    }
  }

  // Family and given name with one space between, as screens split them; line ends inside of a field are
  // spaces.
  static std::string spaced(const std::string& text) {
    std::string out;
    for (char32_t sign : base::to_code_points(text)) {
      const bool space = sign == U' ' || sign == U'\u3000' || sign == U'\n';
      if (space && out.ends_with(' ')) continue;
      out += space ? " " : base::from_code_points(std::u32string(1, sign));
    }
    return out;
  }

  CsvReader csv_;
  ClassList list_;
  std::vector<std::optional<ListColumn>> columns_;
  std::map<std::tuple<int, std::string, int>, int> numbers_;
  std::map<std::pair<std::string, Date>, int> people_;
  std::map<std::pair<int, std::string>, int> sizes_;
};

}  // namespace

ClassList read_class_list(std::string_view text) { return Reading(text).run(); }

std::optional<ListColumn> column_of(std::string_view name) {
  const std::string wanted = bare(name);
  for (const ColumnName& one : kNames)
    if (one.name == wanted) return one.column;
  return std::nullopt;
}

std::optional<Date> birth_date(std::string_view typed) {
  std::string text = base::fold_width(base::trimmed(typed));
  for (char& sign : text)
    if (sign >= 'A' && sign <= 'Z') sign = static_cast<char>(sign - 'A' + 'a');
  if (text.size() == 8 && whole_number(std::string_view(text).substr(0, 4)) &&
      text.find_first_not_of("0123456789") == std::string::npos)
    text = text.substr(0, 4) + "/" + text.substr(4, 2) + "/" + text.substr(6);
  int before = 0;
  for (const Era& era : kEras)
    for (std::string_view begin : {era.name, era.sign})
      if (before == 0 && text.starts_with(begin)) {
        before = era.before;
        text = base::trimmed(text.substr(begin.size()));
        if (text.starts_with('.')) text.erase(0, 1);
      }
  const auto parts = three_numbers(text);
  if (!parts || (before != 0 && (*parts)[0] < 1)) return std::nullopt;
  const auto date = Date::of((*parts)[0] + before, (*parts)[1], (*parts)[2]);
  if (!date.ok() || date->year() < kOldestYear || date->year() > 2100) return std::nullopt;
  return *date;
}

}  // namespace machi::absence

// Reading a list: the first line with something on it names the columns, each further one is a resident.
#include "platform/clerk/resident_list.h"

#include <array>
#include <map>
#include <unordered_map>

#include "core/base/csv.h"
#include "core/base/csv_reader.h"
#include "core/base/text.h"
#include "core/certificate/spelling.h"
#include "core/rules/date_text.h"
#include "platform/clerk/resident_columns.h"

namespace machi::clerk {
namespace {

using base::CsvReader;
using base::CsvRecord;
using What = ListMistake::What;

constexpr std::size_t kCellSigns = 200;
constexpr std::size_t kCellBytes = 200'000;  // an imprint's digits, the lines of a register
constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
constexpr std::int64_t kMostYen = 9'999'999'999'999;

constexpr std::array<std::string_view, 18> kWords = {
    "no-lines",       "column-missing", "column-twice", "unreadable",   "open-quote",   "empty",
    "too-long",       "not-spelled",    "not-a-date",   "not-a-choice", "not-a-number", "not-my-number",
    "not-an-imprint", "not-a-line",     "number-twice", "card-twice",   "no-head",      "too-many"};
static_assert(kWords.size() == static_cast<std::size_t>(What::TooMany) + 1);

std::vector<std::string_view> lines_of(std::string_view cell) {
  std::vector<std::string_view> out;
  while (!cell.empty()) {
    const auto end = cell.find_first_of("\r\n");
    const auto line = cell.substr(0, end);
    if (!line.empty()) out.push_back(line);
    if (end == std::string_view::npos) break;
    cell.remove_prefix(end + 1);
  }
  return out;
}

std::optional<std::int64_t> yen_of(std::string_view text) {
  std::int64_t out = 0;
  bool minus = false, any = false;
  for (const char sign : base::fold_width(text)) {
    if (sign == ',') continue;
    if (sign == '-' && !any && !minus) {
      minus = true;
      continue;
    }
    if (sign < '0' || sign > '9') return std::nullopt;
    out = out * 10 + (sign - '0');
    any = true;
    if (out > kMostYen) return std::nullopt;
  }
  if (!any) return std::nullopt;
  return minus ? -out : out;
}

// One line of a list, cell by cell; what is wrong goes into `mistakes`.
class Row {
 public:
  Row(const CsvRecord& record, const std::vector<std::optional<Column>>& columns,
      std::vector<ListMistake>& mistakes)
      : record_(record), mistakes_(mistakes) {
    for (std::size_t i = 0; i < columns.size() && i < record.fields.size(); ++i)
      if (columns[i]) cells_[static_cast<std::size_t>(*columns[i])] = base::trimmed(record.fields[i]);
  }

  std::string_view cell(Column column) const { return cells_[static_cast<std::size_t>(column)]; }
  void mistake(What what, std::string_view column, int other = 0) {
    mistakes_.push_back({record_.line, std::string(column), what, other});
  }
  void mistake(What what, Column column, int other = 0) { mistake(what, name_of(column), other); }

  std::string text(Column column, bool wanted = false) {
    const std::string_view value = cell(column);
    if (value.empty() && wanted) mistake(What::Empty, column);
    check(value, column);
    return std::string(value);
  }
  std::optional<Date> day(Column column, bool wanted = false) {
    const std::string_view value = cell(column);
    if (value.empty()) {
      if (wanted) mistake(What::Empty, column);
      return std::nullopt;
    }
    const auto day = rules::parse_day(value);
    if (!day.ok()) {
      mistake(What::NotADate, column);
      return std::nullopt;
    }
    return *day;
  }
  bool check(std::string_view value, Column column) {
    if (value.find(kReplacement) != std::string_view::npos) {
      mistake(What::Unreadable, column);
      return false;
    }
    const auto signs = certificate::signs_of(value);
    // Signs of private use stay as they are: such a name cannot be printed here, and the counter writes it.
    if (!signs.ok() && signs.code() != base::Code::Unsupported) {
      mistake(What::NotSpelled, column);
      return false;
    }
    if (signs.ok() ? signs->size() > kCellSigns : base::count_code_points(value) > kCellSigns) {
      mistake(What::TooLong, column);
      return false;
    }
    return true;
  }

 private:
  const CsvRecord& record_;
  std::vector<ListMistake>& mistakes_;
  std::array<std::string, kColumns> cells_;
};

template <class T, std::size_t N>
T choice(Row& row, Column column, const std::pair<std::string_view, T> (&choices)[N], T none) {
  const std::string value = base::search_form(row.cell(column));
  if (value.empty()) return none;
  for (const auto& [word, meaning] : choices)
    if (base::search_form(word) == value) return meaning;
  row.mistake(What::NotAChoice, column);
  return none;
}

constexpr std::pair<std::string_view, Standing> kStandings[] = {
    {"住民", Standing::Resident}, {"現存", Standing::Resident}, {"転出", Standing::MovedOut},
    {"死亡", Standing::Dead},     {"1", Standing::Resident},    {"2", Standing::MovedOut},
    {"3", Standing::Dead}};
constexpr std::pair<std::string_view, int> kSexes[] = {{"男", 1}, {"女", 2}, {"1", 1}, {"2", 2}};
constexpr std::pair<std::string_view, bool> kFlags[] = {
    {"1", true}, {"○", true}, {"有", true}, {"対象", true}, {"0", false}, {"無", false}, {"×", false}};

void read_person(Row& row, Resident& out) {
  certificate::Person& person = out.person;
  person.name = row.text(Column::Name, true);
  person.kana = row.text(Column::Kana);
  person.alias = row.text(Column::Alias);
  if (const auto birth = row.day(Column::Birth, true)) person.birth = *birth;
  if (const int sex = choice(row, Column::Sex, kSexes, 0); sex != 0)
    person.sex = static_cast<certificate::Sex>(sex);
  person.resident_since = row.day(Column::ResidentSince);
  person.address_since = row.day(Column::AddressSince);
  person.notified = row.day(Column::Notified);
  person.previous_address = row.text(Column::PreviousAddress);
  person.relationship = row.text(Column::Relationship, true);
  person.domicile = row.text(Column::Domicile);
  person.register_head = row.text(Column::RegisterHead);
  person.my_number = base::fold_width(row.text(Column::MyNumber));
  if (!person.my_number.empty() && !certificate::is_my_number(person.my_number))
    row.mistake(What::NotMyNumber, Column::MyNumber);
  person.nationality = row.text(Column::Nationality);
  person.status = row.text(Column::Status);
  person.period = row.text(Column::Period);
  person.stay_until = row.day(Column::StayUntil);
  person.card_number = row.text(Column::ResidenceCard);
}

void read_seal(Row& row, Resident& out) {
  const std::string registration = row.text(Column::SealNumber);
  if (registration.empty()) return;
  const auto registered = row.day(Column::SealDay, true);
  const std::string_view cell = row.cell(Column::Imprint);
  const auto colon = cell.find(':');
  const auto side = yen_of(cell.substr(0, colon));
  const auto bits = colon == std::string_view::npos ? base::Result<base::Bytes>(base::Bytes())
                                                    : base::from_hex(cell.substr(colon + 1));
  const bool whole = side && *side >= 16 && *side <= 512 && bits.ok() &&
                     bits->size() == static_cast<std::size_t>((*side * *side + 7) / 8);
  if (!whole) {
    row.mistake(cell.empty() ? What::Empty : What::NotAnImprint, Column::Imprint);
    return;
  }
  out.seal = certificate::Imprint{registration, registered.value_or(Date{}), static_cast<int>(*side), *bits};
}

// "2015-04-01 address" or "不詳 address", one a line, the newest first; "出生：text" likewise.
void read_histories(Row& row, Resident& out) {
  for (const std::string_view line : lines_of(row.cell(Column::Addresses))) {
    const auto space = line.find(' ');
    const auto head = line.substr(0, space);
    const auto day = rules::parse_day(head);
    if (space == std::string_view::npos || (!day.ok() && head != "不詳"))
      return row.mistake(What::NotALine, Column::Addresses);
    const std::string address = base::trimmed(line.substr(space + 1));
    if (!row.check(address, Column::Addresses)) return;
    out.addresses.push_back({address, day.ok() ? std::optional(*day) : std::nullopt});
  }
  for (const std::string_view line : lines_of(row.cell(Column::Entries))) {
    constexpr std::string_view kColon = "：";
    const auto colon = line.find(kColon);
    if (colon == std::string_view::npos || colon == 0) return row.mistake(What::NotALine, Column::Entries);
    const std::string label = base::trimmed(line.substr(0, colon));
    const std::string text = base::trimmed(line.substr(colon + kColon.size()));
    if (!row.check(label, Column::Entries) || !row.check(text, Column::Entries)) return;
    out.entries.push_back({label, text});
  }
}

class Reading {
 public:
  explicit Reading(std::string_view text) : csv_(text) {}

  ResidentList run() {
    CsvRecord record;
    do {
      if (!csv_.next(record)) {
        mistake(0, What::NoLines);
        return std::move(out_);
      }
    } while (record.blank());
    read_head(record);
    while (out_.mistakes.size() < kListMistakes && csv_.next(record)) {
      if (record.blank()) continue;
      if (++out_.rows > kListResidents) {
        mistake(record.line, What::TooMany);
        break;
      }
      if (record.open_quote) {
        mistake(record.line, What::OpenQuote);
        break;
      }
      read_row(record);
    }
    for (const auto& [number, household] : households_)
      if (!household.head && household.living && out_.mistakes.size() < kListMistakes)
        out_.mistakes.push_back(
            {household.line, std::string(name_of(Column::Relationship)), What::NoHead, 0});
    if (out_.mistakes.size() > kListMistakes) out_.mistakes.resize(kListMistakes);
    return std::move(out_);
  }

 private:
  struct Household {
    int line = 0;
    bool head = false, living = false;
  };

  void mistake(int line, What what, std::string_view column = {}, int other = 0) {
    out_.mistakes.push_back({line, std::string(column), what, other});
  }

  void read_head(const CsvRecord& record) {
    std::array<bool, kColumns> seen{};
    for (const std::string& heading : record.fields) {
      auto tax = tax_column(heading);
      const auto column = tax ? std::nullopt : column_named(heading);
      columns_.push_back(column);
      taxes_.push_back(tax);
      if (!column && !tax) {
        ++out_.unknown;
        continue;
      }
      if (tax)
        out_.columns.push_back(std::to_string(tax->year) + "年度" + tax->label);
      else
        out_.columns.emplace_back(name_of(*column));
      if (column && std::exchange(seen[static_cast<std::size_t>(*column)], true))
        mistake(record.line, What::ColumnTwice, name_of(*column));
    }
    for (std::size_t i = 0; i < taxes_.size(); ++i)
      for (std::size_t j = 0; taxes_[i] && j < i; ++j)
        if (taxes_[i] == taxes_[j]) mistake(record.line, What::ColumnTwice, taxes_[i]->label);
    for (std::size_t i = 0; i < kColumns; ++i)
      if (!seen[i] && needed(static_cast<Column>(i)))
        mistake(record.line, What::ColumnMissing, name_of(static_cast<Column>(i)));
  }

  void read_row(const CsvRecord& record) {
    for (const std::string& field : record.fields)
      if (field.size() > kCellBytes) return mistake(record.line, What::TooLong);
    Row row(record, columns_, out_.mistakes);
    Resident one;
    one.number = row.text(Column::Number, true);
    one.household = row.text(Column::Household, true);
    one.standing = choice(row, Column::Standing, kStandings, Standing::Resident);
    one.left = row.day(Column::Left);
    one.guarded = choice(row, Column::Guarded, kFlags, false);
    one.address = row.text(Column::Address, true);
    one.head = row.text(Column::Head);
    read_person(row, one);
    if (const auto cell = row.cell(Column::Card); !cell.empty()) {
      auto card = card_number(base::fold_width(cell));
      if (!card.ok()) row.mistake(What::NotANumber, Column::Card);
      if (card.ok()) one.card = std::move(*card);
    }
    read_seal(row, one);
    read_histories(row, one);
    read_taxes(record, row, one);
    twice(row, numbers_, one.number, record.line, What::NumberTwice, Column::Number);
    twice(row, cards_, one.card, record.line, What::CardTwice, Column::Card);
    Household& household = households_[one.household];
    if (household.line == 0) household.line = record.line;
    household.living = household.living || one.standing == Standing::Resident;
    household.head =
        household.head || (one.standing == Standing::Resident && one.person.relationship == "世帯主");
    if (!out_.mistakes.empty()) return;
    out_.guarded += one.guarded ? 1 : 0;
    out_.away += one.standing == Standing::Resident ? 0 : 1;
    out_.cards += one.card.empty() ? 0 : 1;
    out_.seals += one.seal ? 1 : 0;
    out_.residents.push_back(std::move(one));
  }

  void twice(Row& row, std::unordered_map<std::string, int>& seen, const std::string& value, int line,
             What what, Column column) {
    if (value.empty()) return;
    const auto [at, fresh] = seen.emplace(value, line);
    if (!fresh) row.mistake(what, column, at->second);
  }

  void read_taxes(const CsvRecord& record, Row& row, Resident& one) {
    std::map<int, TaxYear> years;
    for (std::size_t i = 0; i < taxes_.size() && i < record.fields.size(); ++i) {
      if (!taxes_[i]) continue;
      const std::string cell = base::trimmed(record.fields[i]);
      if (cell.empty()) continue;
      const auto yen = yen_of(cell);
      if (!yen || (*yen < 0 && (taxes_[i]->label == kTaxAmount || taxes_[i]->label == kTaxPaid))) {
        row.mistake(What::NotANumber, taxes_[i]->label);
        continue;
      }
      TaxYear& year = years[taxes_[i]->year];
      year.year = taxes_[i]->year;
      if (taxes_[i]->label == kTaxAmount)
        year.amount = *yen;
      else if (taxes_[i]->label == kTaxPaid)
        year.paid = *yen;
      else
        year.lines.push_back({taxes_[i]->label, *yen});
    }
    for (auto& [number, year] : years) one.taxes.push_back(std::move(year));
  }

  CsvReader csv_;
  ResidentList out_;
  std::vector<std::optional<Column>> columns_;
  std::vector<std::optional<TaxColumn>> taxes_;
  std::unordered_map<std::string, int> numbers_, cards_;
  std::map<std::string, Household> households_;
};

}  // namespace

std::string_view mistake_word(What what) { return kWords[static_cast<std::size_t>(what)]; }

ResidentList read_residents(std::string_view text) { return Reading(text).run(); }

}  // namespace machi::clerk

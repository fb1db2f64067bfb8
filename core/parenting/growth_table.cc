// The two growth tables from their texts. WHO: "[weight M days 0]" and then a row "L M S" for each next day
// or millimetre; # begins a remark. Japan: a CSV with a header. Every number is checked; errors carry the
// line. Pure; any thread.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>

#include "core/parenting/growth.h"

namespace machi::parenting {
namespace {

using base::Code;

constexpr std::size_t kMostRows = 20000;
constexpr Measure kAll[kMeasures] = {Measure::Weight, Measure::Length,          Measure::Head,
                                     Measure::Bmi,    Measure::WeightForLength, Measure::WeightForHeight};

base::Error fault(int line, std::string_view what) {
  return base::fail(Code::BadInput, "line " + std::to_string(line) + ": " + std::string(what));
}

class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}
  bool next(std::string_view& line) {
    if (rest_.empty()) return false;
    const std::size_t end = rest_.find('\n');
    line = rest_.substr(0, end);
    rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    ++number;
    return true;
  }
  int number = 0;

 private:
  std::string_view rest_;
};

std::vector<std::string_view> split(std::string_view line, char sign) {
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t end = line.find(sign);
    out.push_back(line.substr(0, end));
    if (end == std::string_view::npos) return out;
    line.remove_prefix(end + 1);
  }
}

bool number_in(std::string_view text, int& out) {
  const auto found = std::from_chars(text.data(), text.data() + text.size(), out);
  return found.ec == std::errc() && found.ptr == text.data() + text.size() && !text.empty();
}

// libc++ of the browser's build has no from_chars for it; nothing that strtod takes besides digits is a
// number here.
bool number_in(std::string_view text, double& out) {
  if (text.empty() || text.find_first_not_of("-.0123456789") != std::string_view::npos) return false;
  const std::string whole(text);
  char* end = nullptr;
  out = std::strtod(whole.c_str(), &end);
  return *end == '\0';
}

Lms mixed(const Lms& low, const Lms& high, double part) {
  return {low.l + part * (high.l - low.l), low.m + part * (high.m - low.m), low.s + part * (high.s - low.s)};
}

bool sex_in(std::string_view text, Sex& out) {
  out = text == "F" ? Sex::Female : Sex::Male;
  return text == "M" || text == "F";
}

}  // namespace

Result<GrowthTable> GrowthTable::read(std::string_view text) {
  GrowthTable table;
  Column* column = nullptr;
  Lines lines(text);
  for (std::string_view line; lines.next(line);) {
    if (line.empty() || line[0] == '#') continue;
    if (line[0] == '[') {
      if (line.back() != ']') return fault(lines.number, "a head ends with ]");
      const auto words = split(line.substr(1, line.size() - 2), ' ');
      Sex sex{};
      int first = 0;
      int every = 1;
      if ((words.size() != 4 && (words.size() != 6 || words[4] != "every" || !number_in(words[5], every))) ||
          !sex_in(words[1], sex) || !number_in(words[3], first) || first < 0 || first > 5000 || every < 1 ||
          every > 100)
        return fault(lines.number, "a head is [measure M|F days|mm first], or with \"every N\" behind it");
      column = nullptr;
      for (const Measure measure : kAll)
        if (measure_name(measure) == words[0])
          column = &table.columns_[static_cast<int>(measure)][static_cast<int>(sex)];
      if (column == nullptr) return fault(lines.number, "no such measure");
      const bool by_length = words[0].substr(0, 10) == "weight-for";
      if (words[2] != (by_length ? "mm" : "days"))
        return fault(lines.number, "the unit is not the measure's");
      if (!column->rows.empty()) return fault(lines.number, "a second table of one measure");
      column->first = first, column->every = every;
      continue;
    }
    if (column == nullptr) return fault(lines.number, "a row before any head");
    const auto words = split(line, ' ');
    Lms lms;
    if (words.size() != 3 || !number_in(words[0], lms.l) || !number_in(words[1], lms.m) ||
        !number_in(words[2], lms.s))
      return fault(lines.number, "a row is three numbers");
    if (!(std::abs(lms.l) <= 5) || !(lms.m > 0 && lms.m < 1000) || !(lms.s > 0 && lms.s < 1))
      return fault(lines.number, "L, M or S out of range");
    if (column->rows.size() == kMostRows) return fault(lines.number, "too many rows");
    column->rows.push_back(lms);
  }
  return table;
}

std::optional<Lms> GrowthTable::at(Measure measure, Sex sex, int index) const {
  const Column& column = columns_[static_cast<int>(measure)][static_cast<int>(sex)];
  const std::int64_t past = std::int64_t{index} - column.first;
  if (past < 0 || column.rows.empty()) return std::nullopt;
  const std::int64_t row = past / column.every, rest = past % column.every;
  const auto rows = static_cast<std::int64_t>(column.rows.size());
  if (row + (rest > 0 ? 1 : 0) >= rows) return std::nullopt;
  const Lms& low = column.rows[static_cast<std::size_t>(row)];
  if (rest == 0) return low;
  return mixed(low, column.rows[static_cast<std::size_t>(row) + 1], static_cast<double>(rest) / column.every);
}

std::optional<Lms> GrowthTable::between(Measure measure, Sex sex, double index) const {
  if (!(index >= 0 && index < 10000)) return std::nullopt;
  const int below = static_cast<int>(std::floor(index + 1e-9));
  const double part = std::max(0.0, index - below);
  const auto low = at(measure, sex, below);
  if (!low || part < 1e-9) return low;
  const auto high = at(measure, sex, below + 1);
  if (!high) return std::nullopt;
  return mixed(*low, *high, part);
}

Result<JapaneseBands> JapaneseBands::read(std::string_view csv) {
  JapaneseBands bands;
  Lines lines(csv);
  for (std::string_view line; lines.next(line);) {
    if (lines.number == 1 || line.empty() || line[0] == '#') continue;
    const auto cells = split(line, ',');
    JapaneseRow row;
    bool good = cells.size() == 8 && sex_in(cells[0], row.sex) && number_in(cells[1], row.from_months) &&
                row.from_months >= 0 && row.from_months < 240;
    for (std::size_t i = 0; good && i < 3; ++i)
      good = number_in(cells[2 + i], row.length[i]) && number_in(cells[5 + i], row.weight[i]) &&
             row.length[i] > 0 && row.weight[i] > 0 &&
             (i == 0 || (row.length[i] > row.length[i - 1] && row.weight[i] > row.weight[i - 1]));
    if (!good) return fault(lines.number, "a row is sex, months, three heights and three weights, rising");
    const JapaneseRow* last = bands.rows_.empty() ? nullptr : &bands.rows_.back();
    if (last != nullptr && last->sex == row.sex && last->from_months >= row.from_months)
      return fault(lines.number, "months do not rise");
    if (bands.rows_.size() == kMostRows) return fault(lines.number, "too many rows");
    bands.rows_.push_back(row);
  }
  return bands;
}

const JapaneseRow* JapaneseBands::row(Sex sex, int months) const {
  const JapaneseRow* found = nullptr;
  for (const JapaneseRow& row : rows_)
    if (row.sex == sex && row.from_months <= months &&
        (found == nullptr || row.from_months > found->from_months))
      found = &row;
  // The survey ends with the half year that begins at six years.
  return months < 78 ? found : nullptr;
}

}  // namespace machi::parenting

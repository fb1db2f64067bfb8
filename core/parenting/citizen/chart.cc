// Growth as a table that is drawn: along it the age in months, a point for each measurement, and the third,
// fiftieth and ninety-seventh of a hundred children. Japan's survey where it has the measure and the age, the
// WHO standards otherwise.
#include <algorithm>
#include <cmath>

#include "core/parenting/citizen/care.h"
#include "core/rules/age.h"

namespace machi::parenting {
namespace {

constexpr double kMonth = 30.4375;
constexpr double kP97 = 1.880794;  // of the normal distribution

struct Bands {
  double p[3] = {};
  bool japanese = false;
};

std::optional<Bands> bands_at(const Tables& tables, Measure measure, Sex sex, double months, bool japanese) {
  Bands out;
  const int whole = static_cast<int>(std::floor(months));
  const JapaneseRow* row = japanese ? tables.japan.row(sex, whole) : nullptr;
  if (row != nullptr) {
    const auto& p = measure == Measure::Weight ? row->weight : row->length;
    std::copy(std::begin(p), std::end(p), out.p);
    out.japanese = true;
    return out;
  }
  if (japanese) return std::nullopt;
  const auto lms = tables.who.at(measure, sex, static_cast<int>(std::lround(months * kMonth)));
  if (!lms) return std::nullopt;
  for (int i = 0; i < 3; ++i) out.p[i] = lms_value((i - 1) * kP97, *lms);
  return out;
}

std::string number(double value) {
  const auto tenths = static_cast<std::int64_t>(std::lround(value * 10));
  return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

struct Row {
  double months = 0;
  std::string age;
  std::optional<std::int64_t> value;  // thousandths of a kilogram, tenths of a centimetre
  std::string id;
};

}  // namespace

std::optional<Growth> growth_chart(const Record& record, const KnownChild& child, Measure measure,
                                   const Tables& tables, const words::Words& words, Date today) {
  if (!child.said.birth) return std::nullopt;
  const Date birth = *child.said.birth;
  const int decimals = measure == Measure::Weight ? 3 : 1;
  const int now = std::max(0, rules::months_reached(birth, today));
  const int last = now < 12 ? 12 : now < 24 ? 24 : now < 36 ? 36 : 78;
  const int step = last <= 12 ? 1 : last <= 24 ? 2 : last <= 36 ? 3 : 6;
  std::vector<Row> rows;
  for (int months = 0; months <= last; months += step) {
    Row row;
    row.months = months, row.age = age_text(words, months), row.id = "age." + std::to_string(months);
    rows.push_back(std::move(row));
  }
  int count = 0;
  std::optional<Row> newest;
  for (const auto& known : record.measurements(child.id)) {
    const int value = measure == Measure::Weight   ? known.said.grams
                      : measure == Measure::Length ? known.said.length_mm
                                                   : known.said.head_mm;
    const auto age = corrected_age(birth, known.said.on, gestation_days(child.said));
    if (value == 0 || !age.ok() || age->days < 0) continue;
    Row row;
    row.months = age->days / kMonth;
    row.age = words.birth(known.said.on);
    row.value = value;
    row.id = "at." + std::to_string(++count);
    newest = row;
    rows.push_back(std::move(row));
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.months < b.months; });
  const bool japanese = measure != Measure::Head;
  Growth out;
  const char* const name = measure == Measure::Weight   ? "parenting.growth.weight"
                           : measure == Measure::Length ? "parenting.growth.length"
                                                        : "parenting.growth.head";
  screen::Nodes lines;
  for (const Row& row : rows) {
    screen::Nodes cells;
    cells.push_back(screen::cell(row.id + ".age", row.age));
    cells.back().value = number(row.months);
    cells.push_back(
        screen::cell(row.id + ".own", row.value ? decimal_text(words, *row.value, decimals) : ""));
    if (row.value) {
      const std::int64_t scale = decimals == 3 ? 1000 : 10;
      const std::string behind = std::to_string(scale + *row.value % scale).substr(1);
      cells.back().value = std::to_string(*row.value / scale) + "." + behind;
    }
    if (child.said.sex) {
      const auto bands = bands_at(tables, measure, *child.said.sex, row.months, japanese);
      for (int i = 0; i < 3; ++i) {
        const std::string id = row.id + ".p" + std::to_string(i);
        cells.push_back(screen::cell(
            id, bands ? words.decimal(static_cast<std::int64_t>(std::lround(bands->p[i] * 10))) : ""));
        if (bands && !row.value) cells.back().value = number(bands->p[i]);
      }
    }
    lines.push_back(screen::table_row(row.id, std::move(cells)));
  }
  std::vector<screen::Column> columns{{"age", words("parenting.growth.age")}, {"own", words(name)}};
  if (child.said.sex)
    for (const char* of : {"3", "50", "97"})
      columns.push_back({std::string("p") + of, words("parenting.growth.of-hundred", {{"n", of}})});
  out.chart = screen::table("chart", words(name), std::move(columns), std::move(lines));
  out.chart.kind = screen::Kind::Chart;
  out.chart.hint = words("parenting.growth.table");
  if (!child.said.sex) return out;
  out.source = words(japanese ? "parenting.growth.japan" : "parenting.growth.who");
  if (!newest) return out;
  if (const auto bands = bands_at(tables, measure, *child.said.sex, newest->months, japanese)) {
    const double value = static_cast<double>(*newest->value) / (measure == Measure::Weight ? 1000 : 10);
    const Band band = band_of(bands->p, value);
    out.standing = words(band == Band::BelowP3    ? "parenting.growth.below"
                         : band == Band::P3ToP50  ? "parenting.growth.low"
                         : band == Band::P50ToP97 ? "parenting.growth.high"
                                                  : "parenting.growth.above");
  }
  return out;
}

}  // namespace machi::parenting

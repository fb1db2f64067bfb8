// Growth: a child's measurement beside the WHO Child Growth Standards (z-score and percentile by L, M and S)
// and the percentile bands of Japan's survey of infants. Owned by core/parenting; any thread; pure. Values
// are kilograms and centimetres; ages are days and months. The tables come as text (growth_table.cc reads
// it), so that a town may renew them.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/base/time.h"

namespace machi::parenting {

using base::Date;
using base::Result;

enum class Sex { Male, Female };
enum class Measure { Weight, Length, Head, Bmi, WeightForLength, WeightForHeight };
inline constexpr int kMeasures = 6;
std::string_view measure_name(
    Measure measure);  // "weight", "length", "head", "bmi", "weight-for-length", ...
// How a length was taken. The standards change from lying to standing at 24 months; standing measures 0.7 cm
// less.
enum class Posture { Lying, Standing };

struct Lms {
  double l = 0, m = 0, s = 0;
};

class GrowthTable {
 public:
  // BadInput with the number of the line.
  static Result<GrowthTable> read(std::string_view text);
  // By day of age, or by millimetre of length for the last two measures; nothing outside the table. A table
  // of every seventh day (what a phone carries) is read in proportion between two rows.
  std::optional<Lms> at(Measure measure, Sex sex, int index) const;
  // Between two millimetres in proportion.
  std::optional<Lms> between(Measure measure, Sex sex, double index) const;

 private:
  struct Column {
    int first = 0, every = 1;
    std::vector<Lms> rows;
  };
  Column columns_[kMeasures][2];
};

// (x/M)^L - 1 over L S (Cole's method).
double lms_z(double value, const Lms& lms);
// As WHO reports weights and BMI: beyond 3 SD by the distance between the second and the third, since their
// tail is skewed.
double who_z(double value, const Lms& lms);
double lms_value(double z, const Lms& lms);  // the measurement at a z-score: the lines of a chart
double percentile_of(double z);              // 0..100, of the normal distribution

// Age in days, less the weeks that a birth before 37 weeks came too early (40 weeks are full), until two
// years of age by the birth. `gestation_days` 0: not known, taken as full term. Negative when the due date
// has not come.
struct CorrectedAge {
  int days = 0;
  bool corrected = false;
};
Result<CorrectedAge> corrected_age(Date birth, Date on, int gestation_days);

struct Measurement {
  Measure measure = Measure::Weight;  // one of the first three
  double value = 0;
  Posture posture = Posture::Lying;
};
// Whether a human child can have the value at all. `factor`: 10, 100 or 1000 when the value divided by it
// would be usual.
struct Plausibility {
  bool possible = true;
  int factor = 1;
};
Plausibility plausibility(const GrowthTable& who, Measure measure, Sex sex, int age_days, double value);

struct Standing {
  Measure measure = Measure::Weight;
  double value = 0;  // as compared: a length after the change of posture
  Lms lms;
  double z = 0;
  double percentile = 0;
};
// DateOutOfRange when the table has no such age or length.
Result<Standing> standing_of(const GrowthTable& who, Measure measure, Sex sex, int age_days, double value,
                             Posture posture);

// The bands of Japan's survey: third, fiftieth and ninety-seventh percentile by month of age.
enum class Band { BelowP3, P3ToP50, P50ToP97, AboveP97 };
struct JapaneseRow {
  Sex sex = Sex::Male;
  int from_months = 0;
  double length[3] = {};
  double weight[3] = {};
};
class JapaneseBands {
 public:
  static Result<JapaneseBands> read(std::string_view csv);
  const JapaneseRow* row(Sex sex, int months) const;  // nullptr past the table: 78 months, and before birth
 private:
  std::vector<JapaneseRow> rows_;
};
Band band_of(const double (&p)[3], double value);

}  // namespace machi::parenting

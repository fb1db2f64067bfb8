// The arithmetic of growth. Pure; any thread.
#include "core/parenting/growth.h"

#include <cmath>

#include "core/rules/age.h"

namespace machi::parenting {
namespace {

using base::Code;
using base::fail;

constexpr int kTermDays = 280;     // 40 weeks
constexpr int kPretermDays = 259;  // 37 weeks
constexpr int kCorrectedMonths = 24;
constexpr int kStandingFromDay = 731;  // WHO: from here the tables hold standing heights
constexpr double kPostureCm = 0.7;

bool skewed(Measure measure) { return measure != Measure::Length && measure != Measure::Head; }

bool usual(const GrowthTable& who, Measure measure, Sex sex, int age_days, double value) {
  const auto lms = who.at(measure, sex, age_days);
  if (!lms) return false;
  return std::abs(who_z(value, *lms)) <= 5;
}

}  // namespace

std::string_view measure_name(Measure measure) {
  switch (measure) {
    case Measure::Weight:
      return "weight";
    case Measure::Length:
      return "length";
    case Measure::Head:
      return "head";
    case Measure::Bmi:
      return "bmi";
    case Measure::WeightForLength:
      return "weight-for-length";
    case Measure::WeightForHeight:
      return "weight-for-height";
  }
  return "";
}

double lms_z(double value, const Lms& lms) {
  if (std::abs(lms.l) < 1e-9) return std::log(value / lms.m) / lms.s;
  return (std::pow(value / lms.m, lms.l) - 1) / (lms.l * lms.s);
}

double lms_value(double z, const Lms& lms) {
  if (std::abs(lms.l) < 1e-9) return lms.m * std::exp(lms.s * z);
  return lms.m * std::pow(1 + lms.l * lms.s * z, 1 / lms.l);
}

double who_z(double value, const Lms& lms) {
  const double z = lms_z(value, lms);
  if (z > 3) {
    const double three = lms_value(3, lms);
    return 3 + (value - three) / (three - lms_value(2, lms));
  }
  if (z < -3) {
    const double three = lms_value(-3, lms);
    return -3 + (value - three) / (lms_value(-2, lms) - three);
  }
  return z;
}

double percentile_of(double z) { return 50 * std::erfc(-z / std::sqrt(2.0)); }

Result<CorrectedAge> corrected_age(Date birth, Date on, int gestation_days) {
  if (on < birth) return fail(Code::DateOutOfRange, "measured before the birth");
  if (gestation_days != 0 && (gestation_days < 20 * 7 || gestation_days > 45 * 7))
    return fail(Code::BadInput, "a birth is at 20 to 45 weeks");
  CorrectedAge age{on.days - birth.days, false};
  if (gestation_days == 0 || gestation_days >= kPretermDays) return age;
  if (rules::months_reached(birth, on) >= kCorrectedMonths) return age;
  return CorrectedAge{age.days - (kTermDays - gestation_days), true};
}

Plausibility plausibility(const GrowthTable& who, Measure measure, Sex sex, int age_days, double value) {
  // Generous: what no child between birth and twelve years has. A newborn may be far below any table.
  double least = 0.2, most = 120;
  if (measure == Measure::Length) least = 20, most = 200;
  if (measure == Measure::Head) least = 15, most = 70;
  Plausibility found;
  found.possible = std::isfinite(value) && value >= least && value <= most;
  // Inside the table the age says more: eight standard deviations are a slip of the pen, not a child.
  if (const auto lms = who.at(measure, sex, age_days); found.possible && lms)
    found.possible = std::abs(who_z(value, *lms)) <= 8 || (age_days < 120 && value < lms->m);
  if (found.possible || !std::isfinite(value)) return found;
  for (const int factor : {10, 100, 1000})
    if (usual(who, measure, sex, age_days, value / factor)) {
      found.factor = factor;
      break;
    }
  return found;
}

Result<Standing> standing_of(const GrowthTable& who, Measure measure, Sex sex, int age_days, double value,
                             Posture posture) {
  if (!(value > 0) || !std::isfinite(value)) return fail(Code::BadInput, "a measurement is above zero");
  Standing out{measure, value, {}, 0, 0};
  if (measure == Measure::Length) {
    if (age_days < kStandingFromDay && posture == Posture::Standing) out.value += kPostureCm;
    if (age_days >= kStandingFromDay && posture == Posture::Lying) out.value -= kPostureCm;
  }
  const auto lms = who.at(measure, sex, age_days);
  if (!lms) return fail(Code::DateOutOfRange, "the table has no such age");
  out.lms = *lms;
  out.z = skewed(measure) ? who_z(out.value, *lms) : lms_z(out.value, *lms);
  out.percentile = percentile_of(out.z);
  return out;
}

Band band_of(const double (&p)[3], double value) {
  if (value < p[0]) return Band::BelowP3;
  if (value < p[1]) return Band::P3ToP50;
  return value <= p[2] ? Band::P50ToP97 : Band::AboveP97;
}

}  // namespace machi::parenting

// machi growth: a child's measurements beside the WHO standards and Japan's bands (core/parenting/growth.h).
#include <cmath>

#include "core/parenting/growth.h"
#include "core/rules/age.h"
#include "platform/host/file.h"
#include "platform/machi/command.h"
#include "platform/machi/json_input.h"
#include "platform/machi/tables.h"

namespace machi::program {
namespace {

using parenting::Measure;
using parenting::Sex;

struct Growth {
  std::string file;
  std::string today;
};

struct Child {
  base::Date birth;
  Sex sex = Sex::Female;
  int gestation_days = 0;
};

struct Tables {
  parenting::GrowthTable who;
  parenting::JapaneseBands japan;
};

double rounded(double value) { return std::round(value * 1000) / 1000; }

const char* band_word(parenting::Band band) {
  switch (band) {
    case parenting::Band::BelowP3:
      return "below 3";
    case parenting::Band::P3ToP50:
      return "3 to 50";
    case parenting::Band::P50ToP97:
      return "50 to 97";
    case parenting::Band::AboveP97:
      return "above 97";
  }
  return "";
}

nlohmann::json shown(const parenting::Standing& found) {
  return {{"compared", rounded(found.value)},
          {"median", rounded(found.lms.m)},
          {"z", rounded(found.z)},
          {"percentile", rounded(found.percentile)}};
}

// The value, or a clear word about why it cannot be one.
base::Result<double> value_of(const Field& field, const Tables& tables, Measure measure, Sex sex,
                              int age_days) {
  MACHI_TRY_SET(value, field.number());
  if (!(value > 0)) return field.fault(base::Code::BadInput, "a measurement is above zero");
  const auto found = parenting::plausibility(tables.who, measure, sex, age_days, value);
  if (found.possible) return value;
  if (found.factor == 1) return field.fault(base::Code::BadInput, "no child measures this");
  return field.fault(base::Code::BadInput, "no child of this age measures this; is it " +
                                               std::to_string(found.factor) +
                                               " times too large (kilograms and centimetres are meant)?");
}

nlohmann::json japanese(const Tables& tables, Measure measure, Sex sex, int months, double value) {
  const parenting::JapaneseRow* row = tables.japan.row(sex, months);
  if (row == nullptr || measure == Measure::Head) return nullptr;
  const auto& p = measure == Measure::Weight ? row->weight : row->length;
  return {{"p3", p[0]},
          {"p50", p[1]},
          {"p97", p[2]},
          {"band", band_word(parenting::band_of(p, value))},
          {"fromMonths", row->from_months}};
}

base::Result<nlohmann::json> one(const Field& entry, const Child& child, base::Date today,
                                 const Tables& tables) {
  MACHI_TRY(entry.only({"date", "weight", "length", "head", "posture"}));
  MACHI_TRY_SET(on, entry["date"].day());
  if (on > today) return entry["date"].fault(base::Code::DateOutOfRange, "a measurement in the future");
  auto age = parenting::corrected_age(child.birth, on, child.gestation_days);
  if (!age.ok()) return entry["date"].fault(age.error());
  const int days = on.days - child.birth.days;
  auto posture = days < 731 ? parenting::Posture::Lying : parenting::Posture::Standing;
  if (entry["posture"].given()) {
    MACHI_TRY_SET(word, entry["posture"].text());
    if (word != "lying" && word != "standing")
      return entry["posture"].fault(base::Code::BadInput, "\"lying\" or \"standing\" is expected");
    posture = word == "lying" ? parenting::Posture::Lying : parenting::Posture::Standing;
  }
  const int months = rules::months_reached(child.birth, on);
  nlohmann::json out = {{"date", on.iso()}, {"ageDays", days}, {"ageMonths", months}};
  if (age->corrected) out["correctedDays"] = age->days;
  // Before the due date there is no corrected age to compare with.
  const auto row_months = [&](int plain) {
    return age->corrected ? static_cast<int>(std::floor(age->days / 30.4375)) : plain;
  };
  const std::pair<const char*, Measure> measures[] = {
      {"weight", Measure::Weight}, {"length", Measure::Length}, {"head", Measure::Head}};
  double weight = 0, length = 0;
  for (const auto& [name, measure] : measures) {
    if (!entry[name].given()) continue;
    MACHI_TRY_SET(value, value_of(entry[name], tables, measure, child.sex, days));
    nlohmann::json about = {{"value", value}};
    const auto found = parenting::standing_of(tables.who, measure, child.sex, age->days, value, posture);
    about["who"] = found.ok() ? shown(*found) : nlohmann::json(nullptr);
    about["japan"] = japanese(tables, measure, child.sex, row_months(months), value);
    out[name] = about;
    if (measure == Measure::Weight) weight = value;
    if (measure == Measure::Length) length = found.ok() ? found->value : value;
  }
  if (weight > 0 && length > 0) {
    const double metres = length / 100;
    const auto bmi = parenting::standing_of(tables.who, Measure::Bmi, child.sex, age->days,
                                            weight / (metres * metres), posture);
    out["bmi"] = {{"value", rounded(weight / (metres * metres))},
                  {"who", bmi.ok() ? shown(*bmi) : nlohmann::json(nullptr)}};
    const Measure by = age->days < 731 ? Measure::WeightForLength : Measure::WeightForHeight;
    if (const auto lms = tables.who.between(by, child.sex, length * 10)) {
      const double z = parenting::who_z(weight, *lms);
      out["weightByLength"] = {{"median", rounded(lms->m)},
                               {"z", rounded(z)},
                               {"percentile", rounded(parenting::percentile_of(z))}};
    }
  }
  return out;
}

base::Result<nlohmann::json> curve(const nlohmann::json& input, base::Date today) {
  const Field root(input);
  MACHI_TRY(root.only({"birth", "sex", "gestation", "measurements"}));
  MACHI_TRY_SET(who, parenting::GrowthTable::read(who_growth_table()));
  MACHI_TRY_SET(japan, parenting::JapaneseBands::read(japanese_growth_table()));
  const Tables tables{std::move(who), std::move(japan)};
  Child child;
  MACHI_TRY_SET(birth, root["birth"].birth(today));
  child.birth = birth;
  MACHI_TRY_SET(sex, root["sex"].text());
  if (sex != "male" && sex != "female")
    return root["sex"].fault(base::Code::BadInput, "\"male\" or \"female\" is expected");
  child.sex = sex == "male" ? Sex::Male : Sex::Female;
  if (const Field gestation = root["gestation"]; gestation.given()) {
    MACHI_TRY(gestation.only({"weeks", "days"}));
    MACHI_TRY_SET(weeks, gestation["weeks"].integer(20, 44));
    MACHI_TRY_SET(
        days, gestation["days"].given() ? gestation["days"].integer(0, 6) : base::Result<std::int64_t>(0));
    child.gestation_days = static_cast<int>(weeks * 7 + days);
  }
  MACHI_TRY_SET(entries, root["measurements"].items());
  nlohmann::json out = nlohmann::json::array();
  for (const Field& entry : entries) {
    MACHI_TRY_SET(found, one(entry, child, today, tables));
    out.push_back(found);
  }
  return nlohmann::json{{"measurements", out}};
}

int grow(const Growth& options) {
  const auto today = day_asked(options.today);
  if (!today.ok()) return complain("--today is no day", today.error());
  const auto input = read_json(options.file);
  if (!input.ok()) return complain("The child's file cannot be read", input.error());
  const auto found = curve(*input, *today);
  if (!found.ok()) return complain("These measurements cannot be compared", found.error());
  print(*found);
  return kDone;
}

}  // namespace

Action declare_growth(CLI::App& app) {
  auto options = std::make_shared<Growth>();
  app.add_option("CHILD.json", options->file, "The child and its measurements, or - for standard input")
      ->required();
  app.add_option("--today", options->today, "Taken as today; by default the day in Japan");
  app.footer(
      "Reads {\"birth\": \"2026-05-10\", \"sex\": \"female\", \"gestation\": {\"weeks\": 34, \"days\": 2}, "
      "\"measurements\": [{\"date\": "
      "..., \"weight\": 6.4 (kg), \"length\": 62.0 (cm), \"head\": 40.1 (cm), \"posture\": \"lying\"}]}; "
      "gestation and each measure may "
      "be left out. One JSON object: for each measurement the z-score and percentile of the WHO standards "
      "(three decimals; null "
      "past their ages) and the percentile band of the Japanese survey of 2023. A child born before 37 weeks "
      "is compared at its "
      "corrected age until two years. Dates may be written in eras.");
  return [options] { return grow(*options); };
}

}  // namespace machi::program

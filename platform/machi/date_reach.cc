// machi date reach: the day on which an age is reached by Japanese law (core/rules/age.h).
#include "core/base/era.h"
#include "core/rules/age.h"
#include "core/rules/date_text.h"
#include "platform/machi/command.h"
#include "platform/machi/json_input.h"

namespace machi::program {
namespace {

struct DateReach {
  std::string birth;
  std::string age;
  std::string today;
};

// "18" and "18m" are months, "6y" years.
base::Result<int> months_of(std::string text) {
  int each = 1;
  if (!text.empty() && (text.back() == 'y' || text.back() == 'm')) {
    each = text.back() == 'y' ? 12 : 1;
    text.pop_back();
  }
  if (text.empty() || text.size() > 4 || text.find_first_not_of("0123456789") != std::string::npos)
    return base::fail(base::Code::BadInput, "an age is 18 or 18m (months) or 6y (years)");
  const int months = std::stoi(text) * each;
  if (months > 150 * 12) return base::fail(base::Code::DateOutOfRange, "more than 150 years");
  return months;
}

std::string in_eras(base::Date date) {
  const auto year = base::era_year_of(date);
  if (!year) return "";
  return std::string(base::era_name(year->era)) + (year->year == 1 ? "元" : std::to_string(year->year)) +
         "年" + std::to_string(date.month()) + "月" + std::to_string(date.day()) + "日";
}

int reach(const DateReach& options) {
  const auto today = day_asked(options.today);
  if (!today.ok()) return complain("--today is no day", today.error());
  const auto birth = rules::parse_birth(options.birth, *today);
  if (!birth.ok()) return complain("This is no birth date", birth.error());
  const auto months = months_of(options.age);
  if (!months.ok()) return complain("This is no age", months.error());
  const auto reached = rules::reach_months(*birth, *months);
  const auto school = rules::school_start(*birth);
  if (!reached.ok()) return complain("This age cannot be reached", reached.error());
  if (!school.ok()) return complain("This age cannot be reached", school.error());
  print({{"birth", birth->iso()},
         {"months", *months},
         {"reached", reached->iso()},
         {"reachedInEras", in_eras(*reached)},
         {"schoolYear", reached->school_year()},
         {"schoolStart", school->iso()},
         {"reachedBy", *reached <= *today}});
  return kDone;
}

}  // namespace

Action declare_date_reach(CLI::App& app) {
  auto options = std::make_shared<DateReach>();
  app.add_option("BIRTH", options->birth,
                 "The birth date: 2026-05-10, 2026年5月10日, 令和8年5月10日 or R8.5.10")
      ->required();
  app.add_option("MONTHS", options->age, "The age: 18 or 18m for months, 6y for years")->required();
  app.add_option("--today", options->today, "Taken as today; by default the day in Japan");
  app.footer(
      "One JSON object: \"reached\" is the day at whose end the age is reached, which is the day before the "
      "birthday, or the "
      "month's last day where the month lacks it; \"schoolStart\" is the first day of primary school; "
      "\"reachedBy\" says "
      "whether it is so today.");
  return [options] { return reach(*options); };
}

}  // namespace machi::program

// The table of eras. Pure; any thread.
#include "core/base/era.h"

#include <array>
#include <cstdint>

namespace machi::base {
namespace {

struct EraRow {
  Era era;
  int first_year;
  int first_month;
  int first_day;
  std::string_view name;
  char letter;
};

constexpr std::array kEras = {
    EraRow{Era::Meiji, 1868, 1, 25, "明治", 'M'},  EraRow{Era::Taisho, 1912, 7, 30, "大正", 'T'},
    EraRow{Era::Showa, 1926, 12, 25, "昭和", 'S'}, EraRow{Era::Heisei, 1989, 1, 8, "平成", 'H'},
    EraRow{Era::Reiwa, 2019, 5, 1, "令和", 'R'},
};

constexpr int order(int year, int month, int day) { return year * 10000 + month * 100 + day; }

const EraRow& row_of(Era era) { return kEras[static_cast<std::size_t>(era)]; }

}  // namespace

std::optional<EraYear> era_year_of(Date date) {
  const int year = date.year();
  if (year < 1873) return std::nullopt;
  const int asked = order(year, date.month(), date.day());
  for (std::size_t i = kEras.size(); i-- > 0;) {
    const EraRow& row = kEras[i];
    if (asked >= order(row.first_year, row.first_month, row.first_day))
      return EraYear{row.era, year - row.first_year + 1};
  }
  return std::nullopt;
}

Date era_begin(Era era) {
  const EraRow& row = row_of(era);
  return *Date::of(row.first_year, row.first_month, row.first_day);
}

std::optional<Date> era_end(Era era) {
  const auto next = static_cast<std::size_t>(era) + 1;
  if (next == kEras.size()) return std::nullopt;
  return era_begin(static_cast<Era>(next)).plus(-1);
}

std::string_view era_name(Era era) { return row_of(era).name; }
char era_letter(Era era) { return row_of(era).letter; }

}  // namespace machi::base

// Japanese eras for display: the era and its year of a civil date. Owned by core/base; any thread; pure.
// First days from the era laws and orders; dates before 1873 (the Gregorian calendar's first year in Japan)
// have none.
#pragma once

#include <optional>
#include <string_view>

#include "core/base/time.h"

namespace machi::base {

enum class Era { Meiji, Taisho, Showa, Heisei, Reiwa };

struct EraYear {
  Era era = Era::Reiwa;
  int year = 1;  // 1 is written 元 in Japanese
  bool operator==(const EraYear&) const = default;
};

std::optional<EraYear> era_year_of(Date date);
// The first day of an era; the last one, unless it still runs. Where one day belongs to two eras it counts to
// the later.
Date era_begin(Era era);
std::optional<Date> era_end(Era era);
// "令和", and its letter in forms and data, "R".
std::string_view era_name(Era era);
char era_letter(Era era);

}  // namespace machi::base

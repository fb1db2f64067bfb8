// The names of kinds and options, and dates as certificates write them. Pure.
#include "core/certificate/certificate.h"

#include <array>

#include "core/base/era.h"

namespace machi::certificate {
namespace {

struct KindRow {
  std::string_view name;
  std::string_view title;
};
constexpr std::array kKinds = {
    KindRow{"resident-record", "住民票の写し"},
    KindRow{"resident-entries", "住民票記載事項証明書"},
    KindRow{"seal-registration", "印鑑登録証明書"},
    KindRow{"address-history", "戸籍の附票の写し"},
    KindRow{"register-all", "戸籍全部事項証明書"},
    KindRow{"register-person", "戸籍個人事項証明書"},
    KindRow{"taxation", "課税証明書"},
    KindRow{"non-taxation", "非課税証明書"},
    KindRow{"tax-payment", "納税証明書"},
};
static_assert(kKinds.size() == static_cast<std::size_t>(kLastKind));
constexpr std::array<std::string_view, 4> kOptions = {"relationship", "domicile", "my-number", "residence"};

const KindRow& row(Kind kind) { return kKinds[static_cast<std::size_t>(kind) - 1]; }

std::string year_words(const base::EraYear& era) {
  return std::string(base::era_name(era.era)) + (era.year == 1 ? "元" : std::to_string(era.year));
}

}  // namespace

std::string_view name_of(Kind kind) { return row(kind).name; }
std::string_view title_of(Kind kind) { return row(kind).title; }

std::optional<Kind> kind_named(std::string_view name) {
  for (std::size_t i = 0; i < kKinds.size(); ++i)
    if (kKinds[i].name == name) return static_cast<Kind>(i + 1);
  return std::nullopt;
}

bool is_resident(Kind kind) { return kind == Kind::ResidentRecord || kind == Kind::ResidentEntries; }
bool is_register(Kind kind) {
  return kind == Kind::AddressHistory || kind == Kind::RegisterAll || kind == Kind::RegisterPerson;
}
bool is_tax(Kind kind) {
  return kind == Kind::Taxation || kind == Kind::NonTaxation || kind == Kind::TaxPayment;
}

std::string_view name_of(Option option) { return kOptions[static_cast<std::size_t>(option)]; }

std::optional<Option> option_named(std::string_view name) {
  for (std::size_t i = 0; i < kOptions.size(); ++i)
    if (kOptions[i] == name) return static_cast<Option>(i);
  return std::nullopt;
}

std::string era_date(Date date) {
  const auto era = base::era_year_of(date);
  return (era ? year_words(*era) : std::to_string(date.year())) + "年" + std::to_string(date.month()) + "月" +
         std::to_string(date.day()) + "日";
}

std::string era_year(int year) {
  // A fiscal year is called after the era of its 1 April, except 2019: 令和元年度 by the government's word.
  if (year == 2019) return "令和元年度";
  const auto first = Date::of(year, 4, 1);
  const auto era = first.ok() ? base::era_year_of(*first) : std::nullopt;
  return (era ? year_words(*era) : std::to_string(year)) + "年度";
}

}  // namespace machi::certificate

// The columns of a list of residents: names as the resident record's items are called in law and in the
// printed form, and other names by which systems write them. Pure; any thread.
#pragma once

#include <optional>

#include "platform/clerk/registry.h"

namespace machi::clerk {

enum class Column {
  Number,
  Household,
  Standing,
  Left,
  Guarded,
  Name,
  Kana,
  Alias,
  Birth,
  Sex,
  Relationship,
  Head,
  Address,
  ResidentSince,
  AddressSince,
  Notified,
  PreviousAddress,
  Domicile,
  RegisterHead,
  MyNumber,
  Nationality,
  Status,
  Period,
  StayUntil,
  ResidenceCard,
  Card,
  SealNumber,
  SealDay,
  Imprint,
  Addresses,
  Entries,
};
inline constexpr std::size_t kColumns = static_cast<std::size_t>(Column::Entries) + 1;

std::string_view name_of(Column column);  // "宛名番号"
bool needed(Column column);               // a list without it is none
std::optional<Column> column_named(std::string_view heading);

// "令和7年度年税額", "2025年度給与収入"
struct TaxColumn {
  int year = 0;
  std::string label;
  bool operator==(const TaxColumn&) const = default;
};
inline constexpr std::string_view kTaxAmount = "年税額";
inline constexpr std::string_view kTaxPaid = "納付済額";
std::optional<TaxColumn> tax_column(std::string_view heading);

}  // namespace machi::clerk

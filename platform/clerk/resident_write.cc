// A list of residents as CSV, in the columns that read_residents knows.
#include <algorithm>
#include <set>

#include "core/base/csv.h"
#include "platform/clerk/resident_columns.h"
#include "platform/clerk/resident_list.h"

namespace machi::clerk {
namespace {

std::string iso(const std::optional<Date>& day) { return day ? day->iso() : ""; }

std::string_view word(Standing standing) {
  switch (standing) {
    case Standing::Resident:
      return "住民";
    case Standing::MovedOut:
      return "転出";
    case Standing::Dead:
      return "死亡";
  }
  return "";
}

std::string cell(const Resident& one, Column column) {
  const certificate::Person& person = one.person;
  std::string out;
  switch (column) {
    case Column::Number:
      return one.number;
    case Column::Household:
      return one.household;
    case Column::Standing:
      return std::string(word(one.standing));
    case Column::Left:
      return iso(one.left);
    case Column::Guarded:
      return one.guarded ? "1" : "";
    case Column::Name:
      return person.name;
    case Column::Kana:
      return person.kana;
    case Column::Alias:
      return person.alias;
    case Column::Birth:
      return person.birth.iso();
    case Column::Sex:
      return !person.sex ? "" : *person.sex == certificate::Sex::Male ? "男" : "女";
    case Column::Relationship:
      return person.relationship;
    case Column::Head:
      return one.head;
    case Column::Address:
      return one.address;
    case Column::ResidentSince:
      return iso(person.resident_since);
    case Column::AddressSince:
      return iso(person.address_since);
    case Column::Notified:
      return iso(person.notified);
    case Column::PreviousAddress:
      return person.previous_address;
    case Column::Domicile:
      return person.domicile;
    case Column::RegisterHead:
      return person.register_head;
    case Column::MyNumber:
      return person.my_number;
    case Column::Nationality:
      return person.nationality;
    case Column::Status:
      return person.status;
    case Column::Period:
      return person.period;
    case Column::StayUntil:
      return iso(person.stay_until);
    case Column::ResidenceCard:
      return person.card_number;
    case Column::Card:
      return one.card;
    case Column::SealNumber:
      return one.seal ? one.seal->registration : "";
    case Column::SealDay:
      return one.seal ? one.seal->registered.iso() : "";
    case Column::Imprint:
      return one.seal ? std::to_string(one.seal->side) + ":" + base::to_hex(one.seal->bits) : "";
    case Column::Addresses:
      for (const auto& entry : one.addresses)
        out += (out.empty() ? "" : "\n") + (entry.since ? entry.since->iso() : "不詳") + " " + entry.address;
      return out;
    case Column::Entries:
      for (const FamilyEntry& entry : one.entries)
        out += (out.empty() ? "" : "\n") + entry.label + "：" + entry.text;
      return out;
  }
  return out;
}

std::string yen(const Resident& one, int year, const std::string& label) {
  for (const TaxYear& tax : one.taxes) {
    if (tax.year != year) continue;
    if (label == kTaxAmount) return std::to_string(tax.amount);
    if (label == kTaxPaid) return std::to_string(tax.paid);
    for (const auto& line : tax.lines)
      if (line.label == label) return std::to_string(line.yen);
  }
  return "";
}

}  // namespace

base::Bytes residents_csv(std::span<const Resident> residents, std::span<const int> years) {
  std::vector<std::string> labels = {std::string(kTaxAmount), std::string(kTaxPaid)};
  for (const Resident& one : residents)
    for (const TaxYear& tax : one.taxes)
      for (const auto& line : tax.lines)
        if (std::find(labels.begin(), labels.end(), line.label) == labels.end()) labels.push_back(line.label);
  std::vector<base::CsvRow> rows(1);
  for (std::size_t i = 0; i < kColumns; ++i) rows[0].emplace_back(name_of(static_cast<Column>(i)));
  for (const int year : years)
    for (const std::string& label : labels) rows[0].push_back(certificate::era_year(year) + label);
  for (const Resident& one : residents) {
    base::CsvRow& row = rows.emplace_back();
    for (std::size_t i = 0; i < kColumns; ++i) row.push_back(cell(one, static_cast<Column>(i)));
    for (const int year : years)
      for (const std::string& label : labels) row.push_back(yen(one, year, label));
  }
  return base::csv_file(rows);
}

}  // namespace machi::clerk

// The clerk's questions to the registry in SQLite. Each SELECT names the columns that the certificate shows:
// an option that was not chosen is not even read.
#include <algorithm>

#include "platform/clerk/sqlite_registry.h"

namespace machi::clerk {
namespace {

using base::Code;
using base::fail;
using base::Result;
using base::Status;
using certificate::Kind;
using certificate::Option;
using certificate::Person;

std::optional<Date> day_of(const store::Statement& row, int column) {
  if (row.is_null(column)) return std::nullopt;
  return Date{static_cast<std::int32_t>(row.integer(column))};
}

bool several(const IssuePlan& plan) {
  return (certificate::is_resident(plan.item.kind) && plan.item.household) ||
         plan.item.kind == Kind::RegisterAll;
}

// A question without an answer is told like one that may not be answered.
base::Error nothing() { return fail(Code::NotFound, "nothing to certify"); }
base::Error refused() { return fail(Code::NotAllowed, "counter"); }

}  // namespace

Result<Holder> SqliteRegistry::holder(std::string_view card) const {
  auto row = database_->prepare(
      "SELECT r.number, r.name, r.address, r.birth, r.sex, r.standing, r.guarded FROM resident_card c JOIN "
      "resident r ON r.number = c.number WHERE c.card = ?");
  MACHI_TRY_SET(there, row.bind(card).step());
  if (!there) return nothing();
  if (row.integer(5) != static_cast<int>(Standing::Resident) || row.integer(6) != 0) return refused();
  Holder out{row.text(0), row.text(1), row.text(2), *day_of(row, 3), std::nullopt};
  if (!row.is_null(4)) out.sex = static_cast<certificate::Sex>(row.integer(4));
  return out;
}

// The numbers of those who stand on the paper, in its order; refused when one of them is guarded, and when
// the one who asks is no resident any more.
Result<std::vector<std::string>> SqliteRegistry::people(std::string_view number,
                                                        const IssuePlan& plan) const {
  {
    auto row = database_->prepare("SELECT standing, guarded FROM resident WHERE number = ?");
    MACHI_TRY_SET(there, row.bind(number).step());
    if (!there) return nothing();
    if (row.integer(0) != static_cast<int>(Standing::Resident) || row.integer(1) != 0) return refused();
  }
  if (!several(plan)) return std::vector<std::string>{std::string(number)};
  const bool all = plan.item.kind == Kind::RegisterAll;
  auto rows = database_->prepare(
      all ? std::string_view(
                "SELECT b.number, b.guarded FROM resident a JOIN resident b ON b.domicile = "
                "a.domicile AND b.register_head = a.register_head WHERE a.number = ? AND a.domicile "
                "<> '' ORDER BY b.name <> b.register_head, b.birth, b.number")
          : std::string_view("SELECT b.number, b.guarded FROM resident a JOIN resident b ON b.household = "
                             "a.household AND b.standing = 1 WHERE a.number = ? ORDER BY b.relationship <> "
                             "'世帯主', b.number"));
  rows.bind(number);
  std::vector<std::string> out;
  for (;;) {
    MACHI_TRY_SET(there, rows.step());
    if (!there) break;
    if (rows.integer(1) != 0) return refused();
    out.push_back(rows.text(0));
  }
  if (out.empty()) return nothing();
  return out;
}

Result<Person> SqliteRegistry::person(std::string_view number, const IssuePlan& plan, Facts& out) const {
  auto row = database_->prepare("SELECT name, kana, birth, sex, address FROM resident WHERE number = ?");
  MACHI_TRY_SET(there, row.bind(number).step());
  if (!there) return nothing();
  Person person;
  person.name = row.text(0);
  person.kana = row.text(1);
  person.birth = *day_of(row, 2);
  if (!row.is_null(3)) person.sex = static_cast<certificate::Sex>(row.integer(3));
  if (out.address.empty()) out.address = row.text(4);
  MACHI_TRY(add_options(number, plan, person, out));
  return person;
}

Status SqliteRegistry::add_options(std::string_view number, const IssuePlan& plan, Person& person,
                                   Facts& out) const {
  const certificate::Options& options = plan.item.options;
  const auto read = [&](std::string_view sql, const auto& take) -> Status {
    auto row = database_->prepare(sql);
    MACHI_TRY_SET(there, row.bind(number).step());
    if (!there) return nothing();
    take(row);
    return {};
  };
  using Row = store::Statement;
  if (certificate::is_resident(plan.item.kind))
    MACHI_TRY(
        read("SELECT alias, resident_since, address_since, notified, previous_address FROM resident WHERE "
             "number = ?",
             [&](const Row& row) {
               person.alias = row.text(0);
               person.resident_since = day_of(row, 1);
               person.address_since = day_of(row, 2);
               person.notified = day_of(row, 3);
               person.previous_address = row.text(4);
             }));
  if (options.has(Option::Relationship))
    MACHI_TRY(read("SELECT relationship, head FROM resident WHERE number = ?", [&](const Row& row) {
      person.relationship = row.text(0);
      out.head = row.text(1);
    }));
  if (options.has(Option::Domicile) || certificate::is_register(plan.item.kind))
    MACHI_TRY(read("SELECT domicile, register_head FROM resident WHERE number = ?", [&](const Row& row) {
      person.domicile = row.text(0);
      person.register_head = row.text(1);
    }));
  if (options.has(Option::MyNumber))
    MACHI_TRY(read("SELECT my_number FROM resident WHERE number = ?",
                   [&](const Row& row) { person.my_number = row.text(0); }));
  if (options.has(Option::Residence))
    MACHI_TRY(
        read("SELECT nationality, status, period, stay_until, residence_card FROM resident WHERE number = ?",
             [&](const Row& row) {
               person.nationality = row.text(0);
               person.status = row.text(1);
               person.period = row.text(2);
               person.stay_until = day_of(row, 3);
               person.card_number = row.text(4);
             }));
  return {};
}

Status SqliteRegistry::add_seal(std::string_view number, Facts& out) const {
  auto row =
      database_->prepare("SELECT registration, registered, side, bits FROM resident_seal WHERE number = ?");
  MACHI_TRY_SET(there, row.bind(number).step());
  if (!there) return nothing();
  out.imprint =
      certificate::Imprint{row.text(0), *day_of(row, 1), static_cast<int>(row.integer(2)), row.blob(3)};
  return {};
}

Status SqliteRegistry::add_addresses(std::string_view number, Facts& out) const {
  auto rows =
      database_->prepare("SELECT address, since FROM resident_address WHERE number = ? ORDER BY place");
  rows.bind(number);
  for (;;) {
    MACHI_TRY_SET(there, rows.step());
    if (!there) break;
    out.addresses.push_back({rows.text(0), day_of(rows, 1)});
  }
  return out.addresses.empty() ? Status(nothing()) : Status();
}

Status SqliteRegistry::add_entries(std::string_view number, std::size_t index, Facts& out) const {
  auto rows = database_->prepare("SELECT label, text FROM resident_entry WHERE number = ? ORDER BY place");
  rows.bind(number);
  for (;;) {
    MACHI_TRY_SET(there, rows.step());
    if (!there) return {};
    out.entries.push_back({index, rows.text(0), rows.text(1)});
  }
}

Status SqliteRegistry::add_tax(std::string_view number, const IssuePlan& plan, Facts& out) const {
  certificate::Tax tax{plan.item.year, 0, {}};
  const bool payment = plan.item.kind == Kind::TaxPayment;
  {
    auto row = database_->prepare(
        payment ? std::string_view("SELECT paid FROM resident_tax WHERE number = ? AND year = ?")
                : std::string_view("SELECT amount FROM resident_tax WHERE number = ? AND year = ?"));
    MACHI_TRY_SET(there, row.bind(number).bind(plan.item.year).step());
    if (!there) return nothing();
    tax.amount = row.integer(0);
  }
  if (!payment) {
    auto rows = database_->prepare(
        "SELECT label, yen FROM resident_tax_line WHERE number = ? AND year = ? ORDER BY place");
    rows.bind(number).bind(plan.item.year);
    for (;;) {
      MACHI_TRY_SET(there, rows.step());
      if (!there) break;
      tax.lines.push_back({rows.text(0), rows.integer(1)});
    }
    // Whether it is taxed, nobody knows before: one button asks for both, and the paper says which it is.
    out.kind = tax.amount == 0 ? Kind::NonTaxation : Kind::Taxation;
    if (plan.item.kind == Kind::NonTaxation && out.kind != plan.item.kind) return nothing();
  }
  out.tax = std::move(tax);
  return {};
}

Result<Facts> SqliteRegistry::facts(std::string_view number, const IssuePlan& plan) const {
  MACHI_TRY_SET(numbers, people(number, plan));
  Facts out;
  out.kind = plan.item.kind;
  out.number = plan.number;
  out.issued = plan.today;
  out.municipality = plan.municipality;
  out.mayor = plan.mayor;
  out.options = plan.item.options;
  out.household = plan.item.household;
  if (certificate::is_tax(out.kind)) MACHI_TRY(add_tax(number, plan, out));
  // The address above is the one of who asks; others of the register may live elsewhere.
  {
    auto row = database_->prepare("SELECT address FROM resident WHERE number = ?");
    MACHI_TRY_SET(there, row.bind(number).step());
    if (!there) return nothing();
    out.address = row.text(0);
  }
  const bool entries = out.kind == Kind::RegisterAll || out.kind == Kind::RegisterPerson;
  for (const std::string& one : numbers) {
    MACHI_TRY_SET(person, this->person(one, plan, out));
    // A family register lies at the town of its domicile, nowhere else.
    if (certificate::is_register(out.kind) && !person.domicile.starts_with(plan.municipality))
      return refused();
    out.people.push_back(std::move(person));
    if (entries) MACHI_TRY(add_entries(one, out.people.size() - 1, out));
  }
  if (out.kind == Kind::SealRegistration) MACHI_TRY(add_seal(number, out));
  if (out.kind == Kind::AddressHistory) MACHI_TRY(add_addresses(number, out));
  MACHI_TRY(certificate::check(out));
  return out;
}

}  // namespace machi::clerk

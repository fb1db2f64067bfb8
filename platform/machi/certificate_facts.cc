// Reading facts member by member: a misspelt one is refused, as it would be missing on the paper.
#include "platform/machi/certificate_facts.h"

namespace machi::program {
namespace {

using base::Code;
using base::Result;
using base::Status;
using certificate::Facts;
using certificate::Person;

Status take(const Field& json, std::string& out) {
  if (!json.given()) return {};
  MACHI_TRY_SET(text, json.text());
  out = std::move(text);
  return {};
}

Status take(const Field& json, std::optional<base::Date>& out) {
  if (!json.given()) return {};
  MACHI_TRY_SET(day, json.day());
  out = day;
  return {};
}

Result<Person> person_of(const Field& json) {
  MACHI_TRY(json.only({"name", "kana", "alias", "birth", "sex", "residentSince", "addressSince", "notified",
                       "previousAddress", "relationship", "domicile", "registerHead", "myNumber",
                       "nationality", "status", "period", "stayUntil", "cardNumber"}));
  Person out;
  for (const auto& [name, text] : {std::pair{"name", &out.name},
                                   {"kana", &out.kana},
                                   {"alias", &out.alias},
                                   {"previousAddress", &out.previous_address},
                                   {"relationship", &out.relationship},
                                   {"domicile", &out.domicile},
                                   {"registerHead", &out.register_head},
                                   {"myNumber", &out.my_number},
                                   {"nationality", &out.nationality},
                                   {"status", &out.status},
                                   {"period", &out.period},
                                   {"cardNumber", &out.card_number}})
    MACHI_TRY(take(json[name], *text));
  for (const auto& [name, day] : {std::pair{"residentSince", &out.resident_since},
                                  {"addressSince", &out.address_since},
                                  {"notified", &out.notified},
                                  {"stayUntil", &out.stay_until}})
    MACHI_TRY(take(json[name], *day));
  MACHI_TRY_SET(birth, json["birth"].day());
  out.birth = birth;
  if (json["sex"].given()) {
    MACHI_TRY_SET(sex, json["sex"].text());
    if (sex != "male" && sex != "female") return json["sex"].fault(Code::BadInput, "male or female");
    out.sex = sex == "male" ? certificate::Sex::Male : certificate::Sex::Female;
  }
  return out;
}

Result<certificate::Imprint> imprint_of(const Field& json) {
  MACHI_TRY(json.only({"registration", "registered", "side", "bits"}));
  certificate::Imprint out;
  MACHI_TRY(take(json["registration"], out.registration));
  MACHI_TRY_SET(registered, json["registered"].day());
  MACHI_TRY_SET(side, json["side"].integer(16, 512));
  MACHI_TRY_SET(hex, json["bits"].text());
  auto bits = base::from_hex(hex);
  if (!bits.ok()) return json["bits"].fault(Code::BadInput, "hexadecimal signs are expected");
  out.registered = registered;
  out.side = static_cast<int>(side);
  out.bits = std::move(*bits);
  return out;
}

Result<certificate::Tax> tax_of(const Field& json) {
  MACHI_TRY(json.only({"year", "amount", "lines"}));
  constexpr std::int64_t kMost = 9'999'999'999'999;
  certificate::Tax out;
  MACHI_TRY_SET(year, json["year"].integer(1950, 2200));
  MACHI_TRY_SET(amount, json["amount"].integer(0, kMost));
  out.year = static_cast<int>(year);
  out.amount = amount;
  MACHI_TRY_SET(lines, json["lines"].items());
  for (const Field& line : lines) {
    MACHI_TRY(line.only({"label", "yen"}));
    MACHI_TRY_SET(label, line["label"].text());
    MACHI_TRY_SET(yen, line["yen"].integer(-kMost, kMost));
    out.lines.push_back({std::move(label), yen});
  }
  return out;
}

Status take_lists(const Field& json, Facts& out) {
  MACHI_TRY_SET(people, json["people"].items());
  for (const Field& one : people) {
    MACHI_TRY_SET(person, person_of(one));
    out.people.push_back(std::move(person));
  }
  MACHI_TRY_SET(addresses, json["addresses"].items());
  for (const Field& one : addresses) {
    MACHI_TRY(one.only({"address", "since"}));
    certificate::AddressEntry entry;
    MACHI_TRY(take(one["address"], entry.address));
    MACHI_TRY(take(one["since"], entry.since));
    out.addresses.push_back(std::move(entry));
  }
  MACHI_TRY_SET(entries, json["entries"].items());
  for (const Field& one : entries) {
    MACHI_TRY(one.only({"person", "label", "text"}));
    certificate::RegisterEntry entry;
    MACHI_TRY_SET(person, one["person"].integer(0, certificate::kPeople));
    entry.person = static_cast<std::size_t>(person);
    MACHI_TRY(take(one["label"], entry.label));
    MACHI_TRY(take(one["text"], entry.text));
    out.entries.push_back(std::move(entry));
  }
  return {};
}

}  // namespace

Result<Facts> facts_of(const Field& json) {
  MACHI_TRY(json.only({"kind", "number", "issued", "municipality", "mayor", "options", "household", "address",
                       "head", "people", "imprint", "addresses", "entries", "tax"}));
  Facts out;
  MACHI_TRY_SET(kind_name, json["kind"].text());
  const auto kind = certificate::kind_named(kind_name);
  if (!kind) return json["kind"].fault(Code::BadInput, "no kind of certificate is called so");
  out.kind = *kind;
  for (const auto& [name, text] : {std::pair{"number", &out.number},
                                   {"municipality", &out.municipality},
                                   {"mayor", &out.mayor},
                                   {"address", &out.address},
                                   {"head", &out.head}})
    MACHI_TRY(take(json[name], *text));
  MACHI_TRY_SET(issued, json["issued"].day());
  out.issued = issued;
  MACHI_TRY_SET(options, json["options"].items());
  for (const Field& one : options) {
    MACHI_TRY_SET(name, one.text());
    const auto option = certificate::option_named(name);
    if (!option) return one.fault(Code::BadInput, "relationship, domicile, my-number or residence");
    out.options = out.options.with(*option);
  }
  if (json["household"].given()) {
    MACHI_TRY_SET(household, json["household"].truth());
    out.household = household;
  }
  MACHI_TRY(take_lists(json, out));
  if (json["imprint"].given()) {
    MACHI_TRY_SET(imprint, imprint_of(json["imprint"]));
    out.imprint = std::move(imprint);
  }
  if (json["tax"].given()) {
    MACHI_TRY_SET(tax, tax_of(json["tax"]));
    out.tax = std::move(tax);
  }
  MACHI_TRY(certificate::check(out));
  return out;
}

}  // namespace machi::program

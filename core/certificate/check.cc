// What facts must say and must not, by kind and option. Pure.
#include <algorithm>

#include "core/base/text.h"
#include "core/certificate/certificate.h"
#include "core/certificate/spelling.h"

namespace machi::certificate {
namespace {

using base::Code;
using base::fail;

constexpr std::size_t kNameSigns = 80;
constexpr std::size_t kEntries = 400;
constexpr std::size_t kLines = 30;
constexpr int kImprintSide = 512;
constexpr std::int64_t kMostYen = 9'999'999'999'999;

struct Place {
  std::string path;
  base::Error error(Code code, std::string_view why) const {
    return fail(code, path + ": " + std::string(why));
  }

  Status text(std::string_view value, std::size_t limit, bool needed) const {
    if (needed && base::trimmed(value).empty()) return error(Code::Missing, "missing");
    const auto signs = signs_of(value);
    if (!signs.ok()) return error(signs.code(), signs.error().detail);
    if (signs->size() > limit) return error(Code::TooLarge, "too long");
    return {};
  }
  // Facts of an option stand there exactly when it was chosen.
  Status optional_text(std::string_view value, std::size_t limit, bool asked, bool needed = true) const {
    if (!asked && !value.empty()) return error(Code::BadInput, "was not asked for");
    return text(value, limit, asked && needed);
  }
};

Status check_number(const std::string& number) {
  const Place place{"number"};
  if (number.empty()) return place.error(Code::Missing, "missing");
  if (number.size() > kNumberLimit) return place.error(Code::TooLarge, "too long");
  const bool plain = std::all_of(number.begin(), number.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-';
  });
  return plain ? Status{} : place.error(Code::BadInput, "letters, digits and hyphens only");
}

int age_on(Date birth, Date day) {
  const bool before = std::pair(day.month(), day.day()) < std::pair(birth.month(), birth.day());
  return day.year() - birth.year() - (before ? 1 : 0);
}

Status check_options_of(const Person& person, const Facts& facts, const std::string& at) {
  const bool domicile = is_register(facts.kind) || facts.options.has(Option::Domicile);
  const bool residence = facts.options.has(Option::Residence) && !person.nationality.empty();
  MACHI_TRY(Place{at + ".relationship"}.optional_text(person.relationship, 20,
                                                      facts.options.has(Option::Relationship)));
  // People of another nationality have no family register.
  const bool needed = person.nationality.empty();
  MACHI_TRY(Place{at + ".domicile"}.optional_text(person.domicile, kTextLimit, domicile, needed));
  MACHI_TRY(Place{at + ".registerHead"}.optional_text(person.register_head, kNameSigns, domicile, needed));
  MACHI_TRY(Place{at + ".nationality"}.optional_text(person.nationality, 40,
                                                     facts.options.has(Option::Residence), false));
  MACHI_TRY(Place{at + ".status"}.optional_text(person.status, 40, residence));
  MACHI_TRY(Place{at + ".period"}.optional_text(person.period, 40, residence, false));
  MACHI_TRY(Place{at + ".cardNumber"}.optional_text(person.card_number, 20, residence, false));
  if (person.stay_until && !residence) return fail(Code::BadInput, at + ".stayUntil: was not asked for");
  const bool number = facts.options.has(Option::MyNumber);
  MACHI_TRY(Place{at + ".myNumber"}.optional_text(person.my_number, 12, number));
  if (number && !is_my_number(person.my_number))
    return fail(Code::BadInput, at + ".myNumber: its check digit does not hold");
  return {};
}

Status check_person(const Person& person, const Facts& facts, const std::string& at) {
  MACHI_TRY(Place{at + ".name"}.text(person.name, kNameSigns, true));
  MACHI_TRY(Place{at + ".kana"}.text(person.kana, kNameSigns, false));
  MACHI_TRY(Place{at + ".alias"}.text(person.alias, kNameSigns, false));
  MACHI_TRY(Place{at + ".previousAddress"}.text(person.previous_address, kTextLimit, false));
  if (person.birth > facts.issued) return fail(Code::DateOutOfRange, at + ".birth: after the day of issue");
  if (person.birth.year() < 1850) return fail(Code::DateOutOfRange, at + ".birth: nobody is so old");
  for (const auto* day : {&person.resident_since, &person.address_since, &person.notified})
    if (*day && **day > facts.issued)
      return fail(Code::DateOutOfRange, at + ": a day after the day of issue");
  if (facts.kind == Kind::SealRegistration && age_on(person.birth, facts.issued) < kYoungestSealHolder)
    return fail(Code::NotAllowed, at + ".birth: too young for a registered seal");
  return check_options_of(person, facts, at);
}

Status check_imprint(const Facts& facts) {
  const bool needed = facts.kind == Kind::SealRegistration;
  if (needed != facts.imprint.has_value())
    return fail(needed ? Code::Missing : Code::BadInput, "imprint: belongs to a seal registration");
  if (!facts.imprint) return {};
  const Imprint& imprint = *facts.imprint;
  MACHI_TRY(Place{"imprint.registration"}.text(imprint.registration, kNumberLimit, true));
  if (imprint.side < 16 || imprint.side > kImprintSide)
    return fail(Code::BadInput, "imprint.side: 16 to 512 dots");
  const auto dots = static_cast<std::size_t>(imprint.side) * static_cast<std::size_t>(imprint.side);
  if (imprint.bits.size() != (dots + 7) / 8) return fail(Code::BadInput, "imprint.bits: side * side bits");
  return {};
}

Status check_lists(const Facts& facts) {
  const bool addresses = facts.kind == Kind::AddressHistory;
  const bool entries = facts.kind == Kind::RegisterAll || facts.kind == Kind::RegisterPerson;
  if (addresses == facts.addresses.empty())
    return fail(addresses ? Code::Missing : Code::BadInput, "addresses: belong to an address history");
  if (entries == facts.entries.empty())
    return fail(entries ? Code::Missing : Code::BadInput, "entries: belong to the family register");
  if (facts.addresses.size() > kEntries || facts.entries.size() > kEntries)
    return fail(Code::TooLarge, "entries: too many");
  for (std::size_t i = 0; i < facts.addresses.size(); ++i) {
    const std::string at = "addresses[" + std::to_string(i) + "]";
    MACHI_TRY(Place{at + ".address"}.text(facts.addresses[i].address, kTextLimit, true));
  }
  for (std::size_t i = 0; i < facts.entries.size(); ++i) {
    const RegisterEntry& entry = facts.entries[i];
    const std::string at = "entries[" + std::to_string(i) + "]";
    if (entry.person >= facts.people.size()) return fail(Code::BadInput, at + ".person: there is none");
    // Their order is the paper's: everything about one person stands together.
    if (i > 0 && entry.person < facts.entries[i - 1].person)
      return fail(Code::BadInput, at + ".person: in the order of the people");
    MACHI_TRY(Place{at + ".label"}.text(entry.label, 20, true));
    MACHI_TRY(Place{at + ".text"}.text(entry.text, kTextLimit, true));
  }
  return {};
}

Status check_tax(const Facts& facts) {
  if (is_tax(facts.kind) != facts.tax.has_value())
    return fail(facts.tax ? Code::BadInput : Code::Missing, "tax: belongs to a tax certificate");
  if (!facts.tax) return {};
  const Tax& tax = *facts.tax;
  if (tax.year < 1950 || tax.year > facts.issued.year()) return fail(Code::DateOutOfRange, "tax.year");
  if (tax.amount < 0 || tax.amount > kMostYen) return fail(Code::BadInput, "tax.amount");
  if (facts.kind == Kind::NonTaxation && tax.amount != 0)
    return fail(Code::BadInput, "tax.amount: is not 0, so it is no certificate of non-taxation");
  if (facts.kind == Kind::Taxation && tax.amount == 0)
    return fail(Code::BadInput, "tax.amount: is 0, so it is a certificate of non-taxation");
  if (tax.lines.size() > kLines) return fail(Code::TooLarge, "tax.lines: too many");
  for (std::size_t i = 0; i < tax.lines.size(); ++i) {
    const std::string at = "tax.lines[" + std::to_string(i) + "]";
    MACHI_TRY(Place{at + ".label"}.text(tax.lines[i].label, 20, true));
    if (tax.lines[i].yen < -kMostYen || tax.lines[i].yen > kMostYen) return fail(Code::BadInput, at + ".yen");
  }
  return {};
}

}  // namespace

bool is_my_number(std::string_view digits) {
  if (digits.size() != 12 ||
      !std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return false;
  int sum = 0;
  for (int n = 1; n <= 11; ++n)
    sum += (digits[static_cast<std::size_t>(11 - n)] - '0') * (n <= 6 ? n + 1 : n - 5);
  const int rest = sum % 11;
  return digits[11] - '0' == (rest <= 1 ? 0 : 11 - rest);
}

Status check(const Facts& facts) {
  MACHI_TRY(check_number(facts.number));
  MACHI_TRY(Place{"municipality"}.text(facts.municipality, 20, true));
  MACHI_TRY(Place{"mayor"}.text(facts.mayor, 40, true));
  MACHI_TRY(Place{"address"}.text(facts.address, kTextLimit, true));
  if (facts.options.bits >> (static_cast<unsigned>(kLastOption) + 1) != 0)
    return fail(Code::Unsupported, "options");
  if (!is_resident(facts.kind) && facts.options.bits != 0)
    return fail(Code::BadInput, "options: belong to the resident record");
  MACHI_TRY(Place{"head"}.optional_text(facts.head, kNameSigns, facts.options.has(Option::Relationship)));
  if (facts.people.empty()) return fail(Code::Missing, "people: at least one");
  if (facts.people.size() > kPeople) return fail(Code::TooLarge, "people: too many");
  const bool several = (is_resident(facts.kind) && facts.household) || facts.kind == Kind::RegisterAll ||
                       facts.kind == Kind::AddressHistory;
  if (!several && facts.people.size() != 1) return fail(Code::BadInput, "people: exactly one");
  if (facts.household && !is_resident(facts.kind))
    return fail(Code::BadInput, "household: belongs to the resident record");
  for (std::size_t i = 0; i < facts.people.size(); ++i)
    MACHI_TRY(check_person(facts.people[i], facts, "people[" + std::to_string(i) + "]"));
  MACHI_TRY(check_imprint(facts));
  MACHI_TRY(check_lists(facts));
  return check_tax(facts);
}

}  // namespace machi::certificate

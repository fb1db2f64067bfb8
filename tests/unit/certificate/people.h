// Invented residents and certificates for the tests.
#pragma once

#include "core/certificate/certificate.h"
#include "core/crypto/sodium.h"

namespace machi::certificate::test {

inline Date day(int year, int month, int number) { return *Date::of(year, month, number); }
inline const Date kToday = day(2026, 11, 22);

inline crypto::SignKey key(std::uint8_t number) {
  return crypto::sign_key(crypto::Secret<32>(base::Array<32>{number}));
}

inline Person person(std::string name, Date birth) {
  Person out;
  out.name = std::move(name);
  out.kana = "ヒヨリ";
  out.birth = birth;
  out.sex = Sex::Female;
  out.resident_since = day(2015, 4, 1);
  out.notified = day(2015, 4, 3);
  out.previous_address = "東京都千代田区永田町一丁目7番1号";
  return out;
}

inline Facts facts(Kind kind = Kind::ResidentRecord) {
  Facts out;
  out.kind = kind;
  out.number = "26-000123";
  out.issued = kToday;
  out.municipality = "日和町";
  out.mayor = "日和町長　日和 花子";
  out.address = "日和町大字日和一丁目2番3号";
  out.people = {person("渡邉󠄏 𠮷子", day(1985, 4, 1))};
  if (is_register(kind)) {
    out.people[0].domicile = "日和町大字日和10番地";
    out.people[0].register_head = "渡邉󠄏 太郎";
  }
  if (kind == Kind::SealRegistration) out.imprint = Imprint{"1234", day(2020, 2, 3), 16, Bytes(32, 0xAA)};
  if (kind == Kind::AddressHistory) out.addresses = {{"日和町大字日和一丁目2番3号", day(2015, 4, 1)}};
  if (kind == Kind::RegisterAll || kind == Kind::RegisterPerson)
    out.entries = {{0, "出生", "昭和60年4月1日 日和町で出生"}};
  if (is_tax(kind)) out.tax = Tax{2025, kind == Kind::NonTaxation ? 0 : 123400, {{"給与収入", 4200000}}};
  return out;
}

inline Facts household(std::size_t people, std::string_view name = "渡邉󠄏 𠮷子") {
  Facts out = facts();
  out.household = true;
  out.people.clear();
  for (std::size_t i = 0; i < people; ++i)
    out.people.push_back(
        person(std::string(name) + std::to_string(i), day(1980 + static_cast<int>(i), 1, 2)));
  return out;
}

}  // namespace machi::certificate::test

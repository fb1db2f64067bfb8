// The facts of a certificate: what stands on the paper and nothing else. The registry fills them in, the
// clerk sets them, the seal repeats the decisive ones. An option that was not chosen leaves its facts out
// altogether: check() refuses facts that nobody asked for. Values; any thread; pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/time.h"

namespace machi::certificate {

using base::Bytes;
using base::ByteView;
using base::Date;
using base::Result;
using base::Status;

enum class Kind {
  ResidentRecord = 1,    // 住民票の写し
  ResidentEntries = 2,   // 住民票記載事項証明書
  SealRegistration = 3,  // 印鑑登録証明書
  AddressHistory = 4,    // 戸籍の附票の写し
  RegisterAll = 5,       // 戸籍全部事項証明書
  RegisterPerson = 6,    // 戸籍個人事項証明書
  Taxation = 7,          // 課税証明書
  NonTaxation = 8,       // 非課税証明書
  TaxPayment = 9,        // 納税証明書
};
inline constexpr Kind kLastKind = Kind::TaxPayment;
std::string_view name_of(Kind kind);   // "resident-record"
std::string_view title_of(Kind kind);  // "住民票の写し"
std::optional<Kind> kind_named(std::string_view name);
bool is_resident(Kind kind);  // of the resident record: takes options and a whole household
bool is_register(Kind kind);  // of the family register
bool is_tax(Kind kind);

// What a resident certificate leaves out unless asked (Basic Resident Registration Act, article 12).
enum class Option {
  Relationship = 0,  // 世帯主・続柄
  Domicile = 1,      // 本籍・筆頭者
  MyNumber = 2,      // 個人番号
  Residence = 3,     // 国籍・地域, 在留資格 ...
};
inline constexpr Option kLastOption = Option::Residence;
std::string_view name_of(Option option);  // "relationship"
std::optional<Option> option_named(std::string_view name);

struct Options {
  std::uint32_t bits = 0;
  bool has(Option option) const { return ((bits >> static_cast<unsigned>(option)) & 1u) != 0; }
  Options with(Option option) const { return {bits | (1u << static_cast<unsigned>(option))}; }
  bool operator==(const Options&) const = default;
};

enum class Sex { Male = 1, Female = 2 };

struct Person {
  std::string name;  // as registered, variation selectors kept
  std::string kana;
  std::string alias;  // 通称; "" = none
  Date birth;
  std::optional<Sex> sex;
  std::optional<Date> resident_since;  // 住民となった年月日
  std::optional<Date> address_since;  // 住所を定めた年月日; none since the last move is 【空欄】
  std::optional<Date> notified;       // 届出年月日
  std::string previous_address;       // 転入前住所
  std::string relationship;           // with Option::Relationship
  std::string domicile, register_head;  // with Option::Domicile, and on the family register's certificates
  std::string my_number;                // with Option::MyNumber; 12 digits
  std::string nationality, status, period, card_number;  // with Option::Residence
  std::optional<Date> stay_until;
  bool operator==(const Person&) const = default;
};

// The registered seal as a square picture: side*side bits, row by row, the first at the top bit; 1 is ink.
struct Imprint {
  std::string registration;
  Date registered;
  int side = 0;
  Bytes bits;
  bool operator==(const Imprint&) const = default;
};

struct AddressEntry {  // of the address history, the newest first
  std::string address;
  std::optional<Date> since;
  bool operator==(const AddressEntry&) const = default;
};

struct RegisterEntry {     // one item of the family register about one person
  std::size_t person = 0;  // index into people
  std::string label;       // 出生, 婚姻 ...
  std::string text;
  bool operator==(const RegisterEntry&) const = default;
};

struct TaxLine {
  std::string label;
  std::int64_t yen = 0;
  bool operator==(const TaxLine&) const = default;
};
struct Tax {
  int year = 0;             // fiscal year, Gregorian
  std::int64_t amount = 0;  // the decisive one: 年税額 or 納付済額, yen
  std::vector<TaxLine> lines;
  bool operator==(const Tax&) const = default;
};

struct Facts {
  Kind kind = Kind::ResidentRecord;
  std::string number;  // of this certificate: ASCII letters, digits, hyphens; at most 20
  Date issued;
  std::string municipality;  // 日和町
  std::string mayor;         // 日和町長　日和 花子
  Options options;
  bool household = false;  // everybody in it; else one person
  std::string address;
  std::string head;  // 世帯主, with Option::Relationship
  std::vector<Person> people;
  std::optional<Imprint> imprint;
  std::vector<AddressEntry> addresses;
  std::vector<RegisterEntry> entries;
  std::optional<Tax> tax;
  bool operator==(const Facts&) const = default;
};

inline constexpr std::size_t kPeople = 30;
inline constexpr std::size_t kNumberLimit = 20;
inline constexpr std::size_t kTextLimit = 200;  // signs of an address or an entry
inline constexpr int kYoungestSealHolder = 15;  // by the model ordinance on seal registration

// BadInput, Missing, TooLarge or Unsupported; the detail names the member ("people[1].name"), never what
// stands there.
Status check(const Facts& facts);
// Whether the last of 12 digits checks the others (order of the Ministry of Internal Affairs 85/2014, art.
// 5).
bool is_my_number(std::string_view digits);
// 令和8年11月22日; the first year is 元年; before 1873 the Gregorian date.
std::string era_date(Date date);
std::string era_year(int year);  // of a fiscal year: 令和8年度

}  // namespace machi::certificate

// The resident registry behind a port: what the clerk may ask of it, and what a resident's record holds. The
// items are those of a resident record by law (Basic Resident Registration Act, article 7) with what a
// kiosk's other certificates need: registered seals, address history, entries of the family register, tax by
// year. Values; the port's adapters say their thread.
#pragma once

#include "core/certificate/kiosk/journal.h"

namespace machi::clerk {

using base::Date;
using certificate::Facts;

enum class Standing {
  Resident = 1,  // 住民
  MovedOut = 2,  // 転出
  Dead = 3,      // 死亡
};

struct TaxYear {
  int year = 0;             // fiscal year, Gregorian
  std::int64_t amount = 0;  // 年税額
  std::int64_t paid = 0;    // 納付済額
  std::vector<certificate::TaxLine> lines;
  bool operator==(const TaxYear&) const = default;
};

struct FamilyEntry {  // of the family register, about this person
  std::string label, text;
  bool operator==(const FamilyEntry&) const = default;
};

struct Resident {
  std::string number;     // 宛名番号
  std::string household;  // 世帯番号
  Standing standing = Standing::Resident;
  std::optional<Date> left;  // 異動年月日: moved out or died
  bool guarded = false;  // 支援措置: nothing about this person, and no paper that names them, leaves here
  certificate::Person person;
  std::string address;
  std::string head;  // 世帯主の氏名
  std::string card;  // number of the certificate for user authentication; "" = none (see card_number)
  std::optional<certificate::Imprint> seal;
  std::vector<certificate::AddressEntry> addresses;
  std::vector<FamilyEntry> entries;
  std::vector<TaxYear> taxes;
  bool operator==(const Resident&) const = default;
};

// A certificate's serial number as the registry writes it: upper-case hexadecimal digits without zeros in
// front. BadInput for other signs, none, or more than 40.
base::Result<std::string> card_number(std::string_view text);

// Who a card belongs to: what is compared with the card, nothing else.
struct Holder {
  std::string number;
  std::string name, address;
  Date birth;
  std::optional<certificate::Sex> sex;
};

// What a certificate says beside the registry's facts.
struct IssuePlan {
  certificate::kiosk::OrderItem item;
  std::string number;  // of the certificate
  Date today;
  std::string municipality;  // 日和町: family registers are kept where 本籍 is
  std::string mayor;
};

// Answers about one person a call, with the columns of that certificate only. NotFound and NotAllowed mean
// the same to whoever asked: ask at the counter.
class Registry {
 public:
  virtual ~Registry() = default;
  // NotFound; NotAllowed for somebody who moved out, died or is guarded.
  virtual base::Result<Holder> holder(std::string_view card) const = 0;
  // Of the resident of this number. NotFound when there is nothing to certify; NotAllowed when somebody on
  // the paper is guarded, or it is no business of this town; else what certificate::check says.
  virtual base::Result<Facts> facts(std::string_view number, const IssuePlan& plan) const = 0;
};

}  // namespace machi::clerk

// Rolls and issued slips, which a school sends to its own desks. Pure; any thread. Layouts are in
// MESSAGES.md. A roll is one class a message, so that it stays far below the size of an envelope.
#include "core/absence/content.h"
#include "core/absence/message.h"

namespace machi::absence {
namespace {

using base::Code;
using base::fail;
using code::Cbor;
using code::CborArray;
using code::CborMap;

constexpr std::size_t kPupilsOfClass = 200;
constexpr std::size_t kTelephones = 8;
constexpr std::size_t kSlipsLimit = 1200;     // of one message
constexpr std::int64_t kFirstBirth = -25567;  // 1900-01-01

Result<PupilRecord> decode_pupil(const Cbor& item) {
  PupilRecord pupil;
  MACHI_TRY_SET(id, item.bytes_at(1));
  MACHI_TRY_SET(pupil_id, PupilId::from(id));
  pupil.pupil = pupil_id;
  MACHI_TRY_SET(number, item.integer_at(2));
  if (number < 0 || number > 999) return fail(Code::BadInput, "number");
  pupil.number = static_cast<int>(number);
  MACHI_TRY_SET(name, content::text_at(item, 3, content::kNameLimit));
  pupil.name = std::move(name);
  MACHI_TRY_SET(reading, content::text_at(item, 4, content::kNameLimit));
  pupil.reading = std::move(reading);
  MACHI_TRY_SET(birth_value, item.at(5));
  MACHI_TRY_SET(birth, content::date(*birth_value, kFirstBirth));
  pupil.birth = birth;
  MACHI_TRY_SET(telephones, content::list_at<std::string>(item, 6, kTelephones,
                                                          [](const Cbor& one) -> Result<std::string> {
                                                            MACHI_TRY_SET(digits, content::text(one, 15));
                                                            for (char digit : digits) {
                                                              if (digit < '0' || digit > '9')
                                                                return fail(Code::BadInput, "telephone");
                                                            }
                                                            if (digits.size() < 4)
                                                              return fail(Code::BadInput, "telephone");
                                                            return digits;
                                                          }));
  pupil.telephones = std::move(telephones);
  if (pupil.name.empty()) return fail(Code::BadInput, "a pupil without a name");
  return pupil;
}

}  // namespace

Cbor encode(const Roll& roll) {
  CborArray pupils;
  for (const PupilRecord& pupil : roll.pupils) {
    CborMap map{{1, pupil.pupil.bytes},
                {2, pupil.number},
                {3, pupil.name},
                {4, pupil.reading},
                {5, pupil.birth.days}};
    if (!pupil.telephones.empty()) {
      CborArray telephones;
      for (const std::string& digits : pupil.telephones) telephones.emplace_back(digits);
      map.emplace_back(6, std::move(telephones));
    }
    pupils.emplace_back(std::move(map));
  }
  CborMap map{{1, roll.id.bytes}, {2, roll.grade}, {3, roll.name}, {4, roll.teacher}, {5, std::move(pupils)}};
  if (roll.revision != 0) map.emplace_back(6, roll.revision);
  return Cbor(std::move(map));
}

Result<Roll> decode_roll(const Cbor& item) {
  Roll roll;
  MACHI_TRY_SET(raw, item.bytes_at(1));
  MACHI_TRY_SET(id, ClassId::from(raw));
  roll.id = id;
  MACHI_TRY_SET(grade, item.integer_at(2));
  if (grade < 0 || grade > 12) return fail(Code::BadInput, "grade");
  roll.grade = static_cast<int>(grade);
  MACHI_TRY_SET(name, content::text_at(item, 3, content::kNameLimit));
  roll.name = std::move(name);
  MACHI_TRY_SET(teacher, content::text_at(item, 4, content::kNameLimit));
  roll.teacher = std::move(teacher);
  MACHI_TRY_SET(pupils, content::list_at<PupilRecord>(item, 5, kPupilsOfClass, decode_pupil));
  roll.pupils = std::move(pupils);
  if (const Cbor* value = item.find(6)) {
    MACHI_TRY_SET(revision, value->integer());
    if (revision < 0) return fail(Code::BadInput, "revision");
    roll.revision = static_cast<std::uint64_t>(revision);
  }
  std::vector<PupilId> ids;
  for (const PupilRecord& pupil : roll.pupils) ids.push_back(pupil.pupil);
  if (content::repeats(std::move(ids))) return fail(Code::BadInput, "pupil twice");
  return roll;
}

Cbor encode(const std::vector<IssuedSlip>& slips) {
  CborArray list;
  for (const IssuedSlip& slip : slips) {
    CborMap map{{1, slip.code}, {2, slip.pupil.bytes}, {3, slip.expires.ms}};
    if (slip.revoked) map.emplace_back(4, true);
    if (slip.relation != Relation::Guardian) map.emplace_back(5, static_cast<int>(slip.relation));
    if (slip.until) map.emplace_back(6, slip.until->days);
    if (slip.apart) map.emplace_back(7, true);
    if (slip.person) map.emplace_back(8, slip.person->bytes);
    list.emplace_back(std::move(map));
  }
  return Cbor::map({{1, std::move(list)}});
}

Result<std::vector<IssuedSlip>> decode_slips(const Cbor& item) {
  MACHI_TRY_SET(present, item.at(1));
  if (!present->array()) return fail(Code::BadInput, "list");
  return content::list_at<IssuedSlip>(item, 1, kSlipsLimit, [](const Cbor& one) -> Result<IssuedSlip> {
    IssuedSlip slip;
    MACHI_TRY_SET(code, one.fixed_at<10>(1));
    slip.code = code;
    MACHI_TRY_SET(raw, one.bytes_at(2));
    MACHI_TRY_SET(pupil, PupilId::from(raw));
    slip.pupil = pupil;
    MACHI_TRY_SET(expires_value, one.at(3));
    MACHI_TRY_SET(expires, content::instant(*expires_value));
    slip.expires = expires;
    if (const Cbor* value = one.find(4)) {
      MACHI_TRY_SET(revoked, value->boolean());
      slip.revoked = revoked;
    }
    if (const Cbor* value = one.find(5)) {
      MACHI_TRY_SET(relation, content::member(*value, Relation::Delegate));
      slip.relation = relation;
    }
    if (const Cbor* value = one.find(6)) {
      MACHI_TRY_SET(until, content::date(*value));
      slip.until = until;
    }
    if (const Cbor* value = one.find(7)) {
      MACHI_TRY_SET(apart, value->boolean());
      slip.apart = apart;
    }
    if (one.find(8)) {
      MACHI_TRY_SET(raw_person, one.bytes_at(8));
      MACHI_TRY_SET(person, base::MailboxId::from(raw_person));
      slip.person = person;
    }
    if ((slip.relation == Relation::Delegate) != slip.until.has_value()) return fail(Code::BadInput, "until");
    return slip;
  });
}

}  // namespace machi::absence

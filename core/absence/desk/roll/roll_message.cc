// Links, pens and names on the wire. Pure; any thread. Layouts are in MESSAGES.md.
#include "core/absence/desk/roll/roll_message.h"

#include "core/absence/content.h"
#include "core/crypto/sodium.h"

namespace machi::absence {

using base::Code;
using base::fail;
using code::Cbor;
using code::CborMap;

Cbor encode(const GuardianLink& link) {
  CborMap map{{1, link.slip}, {2, link.phone}, {3, link.pupil.bytes}, {4, link.revision}};
  if (link.parting != Parting::None) map.emplace_back(5, static_cast<int>(link.parting));
  if (link.apart) map.emplace_back(6, true);
  if (link.relation != Relation::Guardian) map.emplace_back(7, static_cast<int>(link.relation));
  if (link.until) map.emplace_back(8, link.until->days);
  return Cbor(std::move(map));
}

Result<GuardianLink> decode_link(const Cbor& item) {
  GuardianLink link;
  MACHI_TRY_SET(slip, item.fixed_at<16>(1));
  link.slip = slip;
  MACHI_TRY_SET(phone, item.fixed_at<32>(2));
  link.phone = phone;
  MACHI_TRY_SET(raw, item.bytes_at(3));
  MACHI_TRY_SET(pupil, PupilId::from(raw));
  link.pupil = pupil;
  MACHI_TRY_SET(revision, item.integer_at(4));
  if (revision < 0) return fail(Code::BadInput, "revision");
  link.revision = static_cast<std::uint64_t>(revision);
  if (const Cbor* value = item.find(5)) {
    MACHI_TRY_SET(parting, content::member(*value, Parting::Silent));
    link.parting = parting;
  }
  if (const Cbor* value = item.find(6)) {
    MACHI_TRY_SET(apart, value->boolean());
    link.apart = apart;
  }
  if (const Cbor* value = item.find(7)) {
    MACHI_TRY_SET(relation, content::member(*value, Relation::Delegate));
    link.relation = relation;
  }
  if (const Cbor* value = item.find(8)) {
    MACHI_TRY_SET(until, content::date(*value));
    link.until = until;
  }
  if ((link.relation == Relation::Delegate) != link.until.has_value()) return fail(Code::BadInput, "until");
  return link;
}

Cbor encode(const std::vector<Stay>& stays) {
  code::CborArray list;
  for (const Stay& stay : stays) {
    CborMap map{{1, stay.pupil.bytes}, {2, stay.class_id.bytes}};
    if (stay.from) map.emplace_back(3, stay.from->days);
    if (stay.last) map.emplace_back(4, stay.last->days);
    map.emplace_back(5, stay.number);
    map.emplace_back(6, stay.revision);
    list.emplace_back(std::move(map));
  }
  return Cbor::map({{1, std::move(list)}});
}

Result<std::vector<Stay>> decode_stays(const Cbor& content) {
  return content::list_at<Stay>(content, 1, kStaysOfAMessage, [](const Cbor& item) -> Result<Stay> {
    Stay stay;
    MACHI_TRY_SET(raw, item.bytes_at(1));
    MACHI_TRY_SET(pupil, PupilId::from(raw));
    stay.pupil = pupil;
    MACHI_TRY_SET(raw_class, item.bytes_at(2));
    MACHI_TRY_SET(class_id, ClassId::from(raw_class));
    stay.class_id = class_id;
    if (const Cbor* value = item.find(3)) {
      MACHI_TRY_SET(from, content::date(*value));
      stay.from = from;
    }
    if (const Cbor* value = item.find(4)) {
      MACHI_TRY_SET(last, content::date(*value));
      stay.last = last;
    }
    MACHI_TRY_SET(number, item.integer_at(5));
    MACHI_TRY_SET(revision, item.integer_at(6));
    if (number < 0 || number > 999 || revision < 0) return fail(Code::BadInput, "stay");
    stay.number = static_cast<int>(number);
    stay.revision = static_cast<std::uint64_t>(revision);
    return stay;
  });
}

Cbor encode(const SlipPen& pen) { return Cbor::map({{1, pen.seed.bytes()}, {2, pen.until.ms}}); }

Result<SlipPen> decode_pen(const Cbor& item) {
  MACHI_TRY_SET(seed, item.fixed_at<32>(1));
  MACHI_TRY_SET(ms, item.at(2));
  MACHI_TRY_SET(until, content::instant(*ms));
  return SlipPen{crypto::Secret<32>(seed), until};
}

Cbor encode(const Transfer& transfer) {
  code::CborArray guardians;
  for (const Transfer::Contact& one : transfer.guardians) {
    CborMap map{{1, one.name}, {2, static_cast<int>(one.relation)}};
    if (one.until) map.emplace_back(3, one.until->days);
    if (one.apart) map.emplace_back(4, true);
    if (one.person) {
      map.emplace_back(5, one.person->mailbox.bytes);
      map.emplace_back(6, one.person->epoch);
      map.emplace_back(7, one.person->epoch_key.bytes);
    }
    guardians.emplace_back(std::move(map));
  }
  CborMap map{{1, encode(transfer.left)}, {3, transfer.school}};
  if (!guardians.empty()) map.emplace_back(2, std::move(guardians));
  return Cbor(std::move(map));
}

Result<Transfer> decode_transfer(const Cbor& item) {
  Transfer transfer;
  MACHI_TRY_SET(left, item.at(1));
  MACHI_TRY_SET(roll, decode_roll(*left));
  if (roll.pupils.size() != 1) return fail(Code::BadInput, "one pupil");
  transfer.left = std::move(roll);
  MACHI_TRY_SET(guardians, content::list_at<Transfer::Contact>(
                               item, 2, 20, [](const Cbor& one) -> Result<Transfer::Contact> {
                                 Transfer::Contact contact;
                                 MACHI_TRY_SET(name, content::text_at(one, 1, content::kNameLimit));
                                 contact.name = std::move(name);
                                 MACHI_TRY_SET(value, one.at(2));
                                 MACHI_TRY_SET(relation, content::member(*value, Relation::Delegate));
                                 contact.relation = relation;
                                 if (const Cbor* day = one.find(3)) {
                                   MACHI_TRY_SET(until, content::date(*day));
                                   contact.until = until;
                                 }
                                 if (const Cbor* flag = one.find(4)) {
                                   MACHI_TRY_SET(apart, flag->boolean());
                                   contact.apart = apart;
                                 }
                                 if (one.find(5)) {
                                   MACHI_TRY_SET(raw, one.bytes_at(5));
                                   MACHI_TRY_SET(mailbox, mail::MailboxId::from(raw));
                                   MACHI_TRY_SET(epoch, one.integer_at(6));
                                   MACHI_TRY_SET(key, one.fixed_at<32>(7));
                                   if (epoch < 1 || !crypto::is_sound(crypto::SealPublic{key}))
                                     return fail(Code::BadInput, "person");
                                   contact.person = mail::Recipient{
                                       mailbox, static_cast<std::uint64_t>(epoch), crypto::SealPublic{key}};
                                 }
                                 return contact;
                               }));
  transfer.guardians = std::move(guardians);
  MACHI_TRY_SET(school, content::text_at(item, 3, content::kNameLimit));
  transfer.school = std::move(school);
  return transfer;
}

Cbor encode_desk_name(std::string_view name) { return Cbor::map({{1, std::string(name)}}); }

Result<std::string> decode_desk_name(const Cbor& item) {
  return content::text_at(item, 1, content::kNameLimit);
}

}  // namespace machi::absence

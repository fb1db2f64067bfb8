// Slip records in and out. decode_* on any thread, the rest on the store's.
#include "platform/hub/slip_counter.h"

#include "core/code/cbor.h"
#include "platform/hub/routes.h"

namespace machi::hub {

using base::Code;
using base::fail;

namespace {
constexpr std::size_t kSlipLimit = 8192;
constexpr std::int64_t kGraceSeconds = 48 * 3600;  // as for every date that is checked offline
}  // namespace

Result<SlipRecordWork> decode_slip_record(const Request& request) {
  if (request.body.size() > kSlipLimit) return fail(Code::TooLarge, "slip record");
  MACHI_TRY_SET(record, mail::read_slip_record(request.body));
  return SlipRecordWork{std::move(record), request.body};
}

Result<Answer> post_slip_record(OfficeState& office, const SlipRecordWork& work, Instant now) {
  const mail::SlipRecord& record = work.record;
  MACHI_TRY_SET(mailbox, office.mailboxes.at(record.office));
  MACHI_TRY_SET(member, member_of(*mailbox, record.author, now));
  // An office's slips, and a person's invitation of a second device.
  if (!member.rights.read || mailbox->log.nature() == mail::Nature::Broadcast)
    return fail(Code::NotAllowed, "no reader of an office or a person");
  MACHI_TRY_SET(stored, office.store.slip(record.id));
  if (stored) {
    if (stored->record != work.bytes) return fail(Code::Conflict, "another slip has this id");
    return empty_answer();
  }
  if (record.to <= now) return fail(Code::Expired, "slip");
  if (const std::uint32_t wait = office.rates.take_slip(record.office, record.author, now); wait != 0)
    return too_many(wait);
  MACHI_TRY(office.store.put_slip(record.id, record.office, record.to, work.bytes));
  return empty_answer();
}

Result<SlipWork> decode_slip(const Request& request) {
  MACHI_TRY_SET(raw, hex_in_query(request.target, "id"));
  MACHI_TRY_SET(id, mail::SlipId::from(raw));
  return SlipWork{id};
}

Result<Answer> read_slip_record(OfficeState& office, const SlipWork& work, Instant now) {
  MACHI_TRY_SET(stored, office.store.slip(work.id));
  if (!stored || stored->to.plus_seconds(kGraceSeconds) < now) return fail(Code::NotFound, "slip");
  MACHI_TRY_SET(record, mail::read_slip_record(stored->record));
  return answer(code::encode(code::Cbor::map({{1, ByteView(record.locked)}})));
}

Result<SlotPostWork> decode_slot_post(const Request& request) {
  if (request.body.size() > mail::kSlotLimit) return fail(Code::TooLarge, "slot");
  MACHI_TRY_SET(record, mail::read_slot(request.body));
  return SlotPostWork{std::move(record), request.body};
}

Result<Answer> post_slot(OfficeState& office, const SlotPostWork& work, Instant now) {
  const mail::SlotRecord& record = work.record;
  MACHI_TRY_SET(mailbox, office.mailboxes.at(record.mailbox));
  MACHI_TRY_SET(member, member_of(*mailbox, record.author, now));
  if (!member.rights.read || mailbox->log.nature() != mail::Nature::Person)
    return fail(Code::NotAllowed, "no reader of a person's mailbox");
  MACHI_TRY_SET(stored, office.store.slot(record.id));
  if (stored) {
    MACHI_TRY_SET(other, mail::read_slot(*stored));
    if (other.mailbox != record.mailbox) return fail(Code::Conflict, "another mailbox has this slot");
    if (*stored == work.bytes) return empty_answer();
  }
  if (const std::uint32_t wait = office.rates.take_change(record.mailbox, record.author, now); wait != 0)
    return too_many(wait);
  MACHI_TRY(office.store.put_slot(record.mailbox, record.id, work.bytes));
  return empty_answer();
}

Result<SlotReadWork> decode_slot_read(const Request& request) {
  MACHI_TRY_SET(raw, hex_in_query(request.target, "id"));
  MACHI_TRY_SET(id, mail::SlotId::from(raw));
  return SlotReadWork{id};
}

Result<Answer> read_slot(OfficeState& office, const SlotReadWork& work, Instant) {
  MACHI_TRY_SET(stored, office.store.slot(work.id));
  if (!stored) return fail(Code::NotFound, "slot");
  MACHI_TRY_SET(record, mail::read_slot(*stored));
  return answer(code::encode(code::Cbor::map({{1, ByteView(record.locked)}})));
}

}  // namespace machi::hub

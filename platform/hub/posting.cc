// Posting: idempotency first, then rights, then rates, then the number. On the store's thread.
#include "platform/hub/posting.h"

#include "core/mail/puzzle.h"
#include "platform/hub/routes.h"

namespace machi::hub {

using base::Code;
using base::fail;

namespace {

Result<Admission> admit(OfficeState& office, const Mailbox& mailbox, const PostWork& work, Instant now) {
  const mail::Envelope& envelope = work.envelope;
  auto member = member_of(mailbox, envelope.from, now);
  if (member.ok()) {
    if (!member->rights.post) return fail(Code::NotAllowed, "right to post");
    return Admission{office.rates.take_post(envelope.to, envelope.from, now), 0};
  }
  if (member.code() != Code::UnknownKey || mailbox.log.nature() == mail::Nature::Broadcast)
    return fail(Code::NotAllowed, "key");
  return office.rates.take_stranger(envelope.to, work.puzzle, now);
}

}  // namespace

Result<PostWork> decode_post(const Request& request) {
  if (request.body.size() > mail::kEnvelopeLimit) return fail(Code::TooLarge, "envelope");
  MACHI_TRY_SET(envelope, mail::read_envelope(request.body));
  PostWork work{std::move(envelope), mail::envelope_hash(request.body), request.body};
  if (auto answer = hex_in_query(request.target, "puzzle"); answer.ok() && answer->size() == 8)
    work.puzzle = mail::puzzle_bits(work.hash, *answer);
  else if (answer.ok() || answer.code() != Code::Missing)
    return fail(Code::BadInput, "puzzle");
  return work;
}

Result<Answer> post(OfficeState& office, const PostWork& work, Instant now) {
  const mail::Envelope& envelope = work.envelope;
  MACHI_TRY_SET(mailbox, office.mailboxes.at(envelope.to));
  mail::Receipt receipt{work.hash, envelope.to, 0, office.incarnation, now};

  MACHI_TRY_SET(earlier, office.store.find_message(envelope.to, envelope.from, envelope.id));
  if (earlier) {
    if (earlier->hash != work.hash) return fail(Code::Conflict, "same id, other envelope");
    receipt.number = earlier->number;
    receipt.at = earlier->at;
    return Answer{{}, receipt};
  }
  // After a restore, what listed keys write to tells whether the log is the newest.
  if (mailbox->confirmed != office.incarnation && mailbox->log.find(envelope.from, now) != nullptr)
    office.restored.witness(envelope.to, *mailbox, envelope.from, envelope.epoch, now);
  MACHI_TRY_SET(admission, admit(office, *mailbox, work, now));
  if (admission.wait != 0) return too_many(admission.wait, admission.puzzle);
  MACHI_TRY_SET(number, office.store.append_message(envelope.to, envelope.from, envelope.id, work.hash, now,
                                                    work.bytes));
  receipt.number = number;
  office.news.push_back(envelope.to);
  return Answer{{}, receipt};
}

}  // namespace machi::hub

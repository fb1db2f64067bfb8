// What a person at a desk does about a day: the roll call, a report that came by telephone, the close of the
// day; and the fold of the same when another desk did it. Each is folded here at once, noted for the other
// desks, and told to the families whom it concerns - in one transaction.
#include <algorithm>

#include "core/absence/desk/school.h"
#include "core/absence/message_day.h"

namespace machi::absence {

using base::Code;
using base::fail;

Status SchoolDesk::fold_day(const mail::Received& mail) {
  if (mail.kind == kKindPresent) {
    MACHI_TRY_SET(call, decode_roll_call(mail.content));
    return book_.fold(call);
  }
  if (mail.kind == kKindClosing) {
    MACHI_TRY_SET(closed, decode_day_closing(mail.content));
    return book_.fold(closed);
  }
  if (mail.kind == kKindReopened) {
    MACHI_TRY_SET(reopened, decode_reopened(mail.content));
    return book_.fold(reopened);
  }
  if (mail.kind == kKindSuspension) {
    MACHI_TRY_SET(suspension, decode_suspension(mail.content));
    return suspensions_.fold(suspension);
  }
  if (mail.kind == kKindResumed) {
    MACHI_TRY_SET(resumed, decode_resumed(mail.content));
    return suspensions_.fold(resumed);
  }
  MACHI_TRY_SET(entered, decode_entered(mail.content));
  return fold_entered(entered, mail);
}

Status SchoolDesk::fold_entered(const Entered& entered, const mail::Received& mail) {
  const Report& report = entered.report;
  MACHI_TRY_SET(known, reports_.find(report.report));
  if (known && known->shown().report.pupil != report.pupil)
    return fail(Code::BadInput, "another pupil's report");
  MACHI_TRY(reports_.add({report, mail.id, mail.from.bytes, mail.written, mail.at}));
  MACHI_TRY(reports_.mark({report.report, report.version, entered.at, entered.by}));
  return book_.fold(entered);
}

Status SchoolDesk::tell_guardians(const PupilId& pupil, std::string_view kind, const code::Cbor& content,
                                  Instant now) {
  for (const Guardian& guardian : roll_.hearers(pupil, {}))
    MACHI_TRY(post_.tell(guardian.person, kind, content, now));
  return {};
}

// Who reports about a day that is closed already hears of it together with the confirmation.
Status SchoolDesk::tell_closed(const ReportVersion& version, Instant now) {
  const Report& report = version.report;
  const Date last = std::min(report.end(), base::date_of(now));
  for (Date day = report.date; day <= last; day = day.plus(1))
    if (const auto closed = book_.closed(day))
      for (const Guardian& guardian : roll_.hearers(report.pupil, crypto::SignPublic{version.from}))
        MACHI_TRY(post_.tell(guardian.person, kKindClosed,
                             encode(DayClosed{day, closed->at, closed->by, false}), now));
  return {};
}

// Where a guardian lives apart from the others, all guardians of the pupil hear of every closing, whether
// anybody reported or not: that they hear of it says nothing of what another one did.
Status SchoolDesk::tell_closing(const DayClosed& closed, Instant now) {
  std::map<mail::MailboxId, mail::Recipient> people;
  for (const DayLine& line : day(closed.day))
    for (const Guardian& one :
         roll_.hearers(line.version.report.pupil, crypto::SignPublic{line.version.from}))
      people.emplace(one.person.mailbox, one.person);
  for (const SchoolClass& one : roll_.classes())
    for (const Pupil& pupil : roll_.pupils(one.id)) {
      const auto guardians = roll_.guardians(pupil.record.pupil);
      if (std::none_of(guardians.begin(), guardians.end(), [](const Guardian& each) { return each.apart; }))
        continue;
      for (const Guardian& guardian : guardians) people.emplace(guardian.person.mailbox, guardian.person);
    }
  const code::Cbor content = encode(closed);
  for (const auto& [mailbox, person] : people) MACHI_TRY(post_.tell(person, kKindClosed, content, now));
  return {};
}

Status SchoolDesk::call_roll(RollCallId id, Date date, std::vector<PupilId> here,
                             std::vector<PupilId> missing, Instant now) {
  if (here.empty() && missing.empty()) return fail(Code::BadInput, "a roll call of nobody");
  std::vector<PupilId> about = here;
  about.insert(about.end(), missing.begin(), missing.end());
  const RollCall call{id, date, book_.calls(date, about), std::move(here), std::move(missing), now, name()};
  store::Transaction transaction(database_);
  MACHI_TRY(book_.fold(call));
  MACHI_TRY(post_.note(kKindPresent, encode(call), now));
  return transaction.commit();
}

Status SchoolDesk::enter(Report report, Channel channel, std::string caller, Instant now) {
  if (!roll_.pupil(report.pupil)) return fail(Code::NotFound, "pupil");
  const Entered entered{std::move(report), channel, now, name(), std::move(caller)};
  mail::Received own;
  own.written = own.at = now;
  store::Transaction transaction(database_);
  MACHI_TRY(fold_entered(entered, own));
  MACHI_TRY(post_.note(kKindEntered, encode(entered), now));
  const Report& written = entered.report;
  MACHI_TRY(tell_guardians(written.pupil, kKindTold, encode(ToldReport{written, now}), now));
  MACHI_TRY(tell_guardians(written.pupil, kKindRead,
                           encode(ReadMark{written.report, written.version, now, entered.by}), now));
  MACHI_TRY(tell_closed({written, {}, {}, now, now}, now));
  return transaction.commit();
}

Status SchoolDesk::close_day(ClosingId id, Date date, Instant now) {
  if (narrowed()) return base::fail(base::Code::NotAllowed, "a guest of some classes");
  if (book_.closed(date)) return {};
  DayClosing closed{id, date, {}, now, name()};
  for (const DayLine& line : day(date)) closed.seen.push_back(line.version.report.version);
  store::Transaction transaction(database_);
  MACHI_TRY(book_.fold(closed));
  MACHI_TRY(post_.note(kKindClosing, encode(closed), now));
  MACHI_TRY(tell_closing({date, now, closed.by, false}, now));
  MACHI_TRY(tell_sums(closed, now));
  MACHI_TRY(photos_.drop_old(now));
  return transaction.commit();
}

Status SchoolDesk::reopen_day(Date date, Instant now) {
  if (narrowed()) return base::fail(base::Code::NotAllowed, "a guest of some classes");
  Reopened reopened{{}, date, now, name()};
  for (const DayClosing& closing : book_.closings(date)) reopened.closings.push_back(closing.id);
  if (reopened.closings.empty()) return {};
  store::Transaction transaction(database_);
  MACHI_TRY(book_.fold(reopened));
  MACHI_TRY(post_.note(kKindReopened, encode(reopened), now));
  MACHI_TRY(tell_closing({date, now, reopened.by, true}, now));
  return transaction.commit();
}

}  // namespace machi::absence

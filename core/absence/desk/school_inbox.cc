// The fold of a school's mail at one desk. What is sent because of a fold is sent later, in settle: a message
// is folded once, a settlement may be tried again. What a desk wrote that this one does not know yet is held.
#include <algorithm>

#include "core/absence/desk/school.h"

namespace machi::absence {
namespace {

using base::Code;
using base::fail;

bool is_own_kind(std::string_view kind) {
  return kind == kKindRoll || kind == kKindSlips || kind == kKindDecision || kind == kKindConfirmed ||
         kind == kKindCalled || kind == kKindTelling || kind == kKindPresent || kind == kKindEntered ||
         kind == kKindClosing || kind == kKindReopened || kind == kKindNoted || kind == kKindNoteRead ||
         kind == kKindLink || kind == kKindStays || kind == kKindSuspension || kind == kKindResumed ||
         kind == kKindPen || kind == kKindDeskName || kind == kKindGuestView;
}

// What changes who belongs to the school: a guest's device cannot.
bool is_register_kind(std::string_view kind) {
  return kind == kKindRoll || kind == kKindLink || kind == kKindPen || kind == kKindSlips ||
         kind == kKindDecision || kind == kKindStays || kind == kKindSuspension || kind == kKindResumed ||
         kind == kKindGuestView;
}

}  // namespace

Status SchoolDesk::on_message(const mail::Received& mail) {
  if (mail.kind == "slip.application") {
    MACHI_TRY_SET(application, mail::decode_application(mail.content));
    if (application.slip != mail::slip_id(application.code)) return fail(Code::BadInput, "slip and code");
    MACHI_TRY(roll_.fold(application, mail));
    unsettled_ = true;
    return {};
  }
  if (mail.kind == kKindReport) {
    MACHI_TRY_SET(report, decode_report(mail.content));
    MACHI_TRY(photos_.add(mail.id.view(), mail.attachments, std::min(mail.written, mail.at)));
    MACHI_TRY(note_epoch(report.version.view(), report.pupil, mail.epoch));
    return take_report(report, mail);
  }
  if (mail.kind == kKindNote) {
    MACHI_TRY_SET(note, decode_pupil_note(mail.content));
    MACHI_TRY(
        photos_.add(photo_name(note.note, mail.from), mail.attachments, std::min(mail.written, mail.at)));
    news_ = true;
    return notes_.fold(note, mail.from, mail.written);
  }
  if (mail.kind == kKindTransfer) {
    // Schools of the town's directory only, and only with their proof.
    if (!mail.office) return fail(Code::NotAllowed, "no school behind it");
    MACHI_TRY_SET(transfer, decode_transfer(mail.content));
    return roll_.fold(transfer, mail);
  }
  if (mail.kind == mail::kKindGuest) {
    MACHI_TRY_SET(seal, mail::decode_guest(mail.content));
    return guests_.fold({mail.from, seal}, mail.at);
  }
  if (!is_own_kind(mail.kind)) return {};
  unsettled_ = true;
  return post_.colleague(mail.from) ? fold_own(mail) : hold(mail);
}

Status SchoolDesk::fold_own(const mail::Received& mail) {
  if (is_register_kind(mail.kind) && !post_.registrar(mail.from))
    return fail(Code::NotAllowed, "a guest's desk");
  MACHI_TRY(roll_.fold_desk(mail.from, "", mail));
  if (mail.kind == kKindRoll) {
    MACHI_TRY_SET(roll, decode_roll(mail.content));
    for (const PupilRecord& pupil : roll.pupils)
      MACHI_TRY(note_epoch(pupil.pupil.view(), pupil.pupil, mail.epoch));
    MACHI_TRY(roll_.begin(base::date_of(mail.written)));
    return roll_.fold(roll, mail.id);
  }
  if (mail.kind == kKindLink) {
    MACHI_TRY_SET(link, decode_link(mail.content));
    return roll_.fold(link, mail.id);
  }
  if (mail.kind == kKindStays) {
    MACHI_TRY_SET(stays, decode_stays(mail.content));
    return roll_.fold(stays, mail.id);
  }
  if (mail.kind == kKindPen) {
    MACHI_TRY_SET(pen, decode_pen(mail.content));
    return roll_.fold(pen);
  }
  if (mail.kind == kKindGuestView) {
    MACHI_TRY_SET(view, decode_guest_view(mail.content));
    return guests_.fold(view);
  }
  if (mail.kind == kKindDeskName) {
    MACHI_TRY_SET(name, decode_desk_name(mail.content));
    return roll_.fold_desk(mail.from, name, mail);
  }
  if (mail.kind == kKindSlips) {
    MACHI_TRY_SET(slips, decode_slips(mail.content));
    return roll_.fold(slips);
  }
  if (mail.kind == kKindDecision) {
    MACHI_TRY_SET(decision, decode_decision(mail.content));
    MACHI_TRY(roll_.fold(decision, mail));
    return take_up(crypto::SignPublic{decision.phone}, decision.pupil);
  }
  if (mail.kind == kKindNoted || mail.kind == kKindNoteRead) return fold_note(mail);
  if (mail.kind == kKindTelling) {
    MACHI_TRY_SET(claim, decode_telling_claim(mail.content));
    return telling_.fold(claim, mail);
  }
  if (mail.kind != kKindConfirmed && mail.kind != kKindCalled) return fold_day(mail);
  MACHI_TRY_SET(mark, decode_read_mark(mail.content));
  if (mail.kind == kKindConfirmed) return reports_.mark(mark);
  return database_
      .prepare(
          "INSERT INTO desk_called(version, at, by) VALUES(?, ?, ?) ON CONFLICT(version) DO UPDATE SET "
          "at = excluded.at, by = excluded.by WHERE (excluded.at, excluded.by) < (desk_called.at, "
          "desk_called.by)")
      .bind(mark.version)
      .bind(mark.at)
      .bind(mark.by)
      .run();
}

// A confirmed guardian of this pupil, about a report that is not already another pupil's.
// On the day it was written: a delegate's report counts until the last day, whenever a desk reads it.
bool SchoolDesk::may_report(const Report& report, const crypto::SignPublic& phone, Instant written) const {
  if (!roll_.is_guardian(phone, report.pupil, base::date_of(written))) return false;
  const auto known = reports_.find(report.report);
  return known.ok() && (!*known || (*known)->shown().report.pupil == report.pupil);
}

Status SchoolDesk::take_report(const Report& report, const mail::Received& mail) {
  news_ = true;
  if (may_report(report, mail.from, mail.written)) {
    unsettled_ = true;
    MACHI_TRY(telling_.reported(report, mail.from));
    return reports_.add({report, mail.id, mail.from.bytes, mail.written, mail.at});
  }
  return database_
      .prepare(
          "INSERT OR IGNORE INTO desk_apart(version, report, pupil, day, last, content, message, sender, "
          "written, "
          "taken) "
          "VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .bind(report.version)
      .bind(report.report)
      .bind(report.pupil)
      .bind(static_cast<std::int64_t>(report.date.days))
      .bind(static_cast<std::int64_t>(report.end().days))
      .bind(code::encode(encode(report)))
      .bind(mail.id)
      .bind(mail.from.bytes)
      .bind(mail.written)
      .bind(mail.at)
      .run();
}

// What a phone wrote before it was confirmed counts from now on.
Status SchoolDesk::take_up(const crypto::SignPublic& phone, const PupilId& pupil) {
  std::vector<ReportVersion> waiting;
  {
    auto row = database_.prepare(
        "SELECT content, message, written, taken FROM desk_apart WHERE sender = ? AND pupil = ?");
    row.bind(phone.bytes).bind(pupil);
    while (true) {
      MACHI_TRY_SET(more, row.step());
      if (!more) break;
      MACHI_TRY_SET(content, code::decode(row.blob(0)));
      MACHI_TRY_SET(report, decode_report(content));
      waiting.push_back(
          {std::move(report), row.id<base::MessageId>(1), phone.bytes, row.instant(2), row.instant(3)});
    }
  }
  for (const ReportVersion& version : waiting) {
    if (!may_report(version.report, phone, version.written)) continue;
    MACHI_TRY(telling_.reported(version.report, phone));
    MACHI_TRY(reports_.add(version));
    MACHI_TRY(
        database_.prepare("DELETE FROM desk_apart WHERE version = ?").bind(version.report.version).run());
  }
  return {};
}

Status SchoolDesk::hold(const mail::Received& mail) {
  post_.meet();
  return database_
      .prepare(
          "INSERT OR IGNORE INTO desk_held(message, number, sender, kind, content, written, at) "
          "VALUES(?, ?, ?, ?, ?, ?, ?)")
      .bind(mail.id)
      .bind(static_cast<std::int64_t>(mail.number))
      .bind(mail.from.bytes)
      .bind(mail.kind)
      .bind(code::encode(mail.content))
      .bind(mail.written)
      .bind(mail.at)
      .run();
}

bool SchoolDesk::holds() const {
  auto row = database_.prepare("SELECT 1 FROM desk_held LIMIT 1");
  const auto there = row.step();
  return there.ok() && *there;
}

Status SchoolDesk::take_held() {
  std::vector<mail::Received> held;
  {
    auto row = database_.prepare(
        "SELECT message, number, sender, kind, content, written, at FROM desk_held ORDER BY number");
    while (true) {
      MACHI_TRY_SET(more, row.step());
      if (!more) break;
      mail::Received mail;
      mail.id = row.id<base::MessageId>(0);
      mail.number = static_cast<std::uint64_t>(row.integer(1));
      mail.from.bytes = row.fixed<32>(2);
      mail.kind = row.text(3);
      MACHI_TRY_SET(content, code::decode(row.blob(4)));
      mail.content = std::move(content);
      mail.written = row.instant(5);
      mail.at = row.instant(6);
      held.push_back(std::move(mail));
    }
  }
  for (const mail::Received& mail : held) {
    if (!post_.colleague(mail.from)) continue;
    const Status folded = fold_own(mail);
    if (!folded.ok() && (folded.code() == Code::Storage || folded.code() == Code::StorageFull)) return folded;
    MACHI_TRY(database_.prepare("DELETE FROM desk_held WHERE message = ?").bind(mail.id).run());
  }
  return {};
}

}  // namespace machi::absence

// The fold of a school's mail at one desk. What is sent because of a fold is sent later, in settle: a message
// is folded once, a settlement may be tried again.
#include "core/absence/desk/school.h"

#include <algorithm>

namespace machi::absence {
namespace {

using base::Code;
using base::fail;

constexpr std::string_view kTables = R"sql(
CREATE TABLE desk_setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE desk_apart(version BLOB PRIMARY KEY, report BLOB NOT NULL, pupil BLOB NOT NULL, day INTEGER NOT NULL,
  last INTEGER NOT NULL, content BLOB NOT NULL, message BLOB NOT NULL, sender BLOB NOT NULL, written INTEGER NOT NULL, taken INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX desk_apart_day ON desk_apart(day);
CREATE INDEX desk_apart_sender ON desk_apart(sender, pupil);
CREATE TABLE desk_called(version BLOB PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE desk_epoch(id BLOB PRIMARY KEY, pupil BLOB NOT NULL, epoch INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE desk_held(message BLOB PRIMARY KEY, number INTEGER NOT NULL, sender BLOB NOT NULL, kind TEXT NOT NULL,
  content BLOB NOT NULL, written INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
)sql";

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

bool in_register_order(const DayLine& a, const DayLine& b) {
  if (!a.pupil || !b.pupil) return a.pupil.has_value() && !b.pupil;
  return std::tie(a.pupil->grade, a.pupil->class_name, a.pupil->record.number) <
         std::tie(b.pupil->grade, b.pupil->class_name, b.pupil->record.number);
}

}  // namespace

std::vector<store::Migration> SchoolDesk::migrations() {
  std::vector<store::Migration> all = RollBook::migrations();
  for (const auto& more : {ReportBook::migrations(), DayBook::migrations(), SuspensionBook::migrations(),
                           ThreadBook::migrations(), PhotoBook::migrations(), Enrolment::migrations(),
                           Telling::migrations(), GuestBook::migrations()})
    all.insert(all.end(), more.begin(), more.end());
  all.push_back({"absence.desk.1", kTables});
  return all;
}

SchoolDesk::SchoolDesk(store::Database& database, SchoolPost& post)
    : database_(database),
      post_(post),
      roll_(database),
      reports_(database),
      book_(database),
      suspensions_(database),
      notes_(database),
      photos_(database),
      guests_(database),
      enrolment_(database, roll_, post),
      telling_(database, roll_, reports_, post) {
  enrolment_.greet([this](const mail::Recipient& person, const PupilId& pupil, Instant now) {
    return tell_suspensions(person, pupil, now);
  });
}

void SchoolDesk::closed_days(std::vector<Date> days) {
  days_ = SchoolDays(std::set<Date>(days.begin(), days.end()));
  seen_.drop();
  enrolment_.closed_days(std::move(days));
}

// Since which epoch the school's mail holds something: a pupil, a version of a report. What was sealed later
// than a device could read, it never held.
Status SchoolDesk::note_epoch(base::ByteView id, const PupilId& pupil, std::uint64_t epoch) {
  return database_
      .prepare(
          "INSERT INTO desk_epoch(id, pupil, epoch) VALUES(?, ?, ?) ON CONFLICT(id) DO UPDATE SET epoch = "
          "min(epoch, excluded.epoch)")
      .bind(id)
      .bind(pupil)
      .bind(static_cast<std::int64_t>(epoch))
      .run();
}

std::vector<HeldPupil> SchoolDesk::held(std::uint64_t epoch) const {
  std::vector<HeldPupil> out;
  auto row = database_.prepare(
      "SELECT e.pupil, p.name, p.number, count(*) - 1, c.grade, c.name, c.message = p.message FROM "
      "desk_epoch e "
      "JOIN roll_pupil p ON p.id = e.pupil LEFT JOIN roll_class c ON c.id = p.class "
      "WHERE e.epoch <= ?1 AND EXISTS(SELECT 1 FROM desk_epoch f WHERE f.id = e.pupil AND f.epoch <= ?1) "
      "GROUP BY e.pupil ORDER BY c.grade, c.name, p.number, p.id");
  row.bind(static_cast<std::int64_t>(epoch));
  for (auto more = row.step(); more.ok() && *more; more = row.step())
    out.push_back({row.id<PupilId>(0), row.text(1), static_cast<int>(row.integer(2)),
                   static_cast<int>(row.integer(3)), std::to_string(row.integer(4)) + "年" + row.text(5),
                   row.integer(6) != 0});
  return out;
}

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

// Nothing is shown before whoever let it in has said what.
void SchoolDesk::as_guest() {
  guest_ = true;
  shown_ = std::make_unique<RollBook>(database_);
  shown_->only({});
}

void SchoolDesk::look_for_view() {
  if (!shown_ || view_) return;
  for (GuestView& view : guests_.views()) {
    if (!post_.mine(view.key)) continue;
    shown_ = std::make_unique<RollBook>(database_);
    if (!view.only.empty()) shown_->only(view.only);
    view_ = std::move(view);
    lines_.drop();
    seen_.drop();
    return;
  }
}

Status SchoolDesk::show_guest(const GuestView& view, Instant now) {
  store::Transaction transaction(database_);
  MACHI_TRY(guests_.fold(view));
  MACHI_TRY(post_.note(kKindGuestView, encode(view), now));
  return transaction.commit();
}

Status SchoolDesk::settle(Instant now) {
  roll_.today(base::date_of(now));
  look_for_view();
  if (shown_) shown_->today(base::date_of(now));
  const bool held = holds();
  if (!unsettled_ && !held && !telling_.due(now)) return {};
  store::Transaction transaction(database_);
  if (held) MACHI_TRY(take_held());
  // What desks do by themselves is not a guest's: it could not let a phone in, and may be gone at any moment.
  if (!guest_) {
    MACHI_TRY(enrolment_.settle(now, [this] { return !roll_.empty() && post_.opened_all(); }));
    MACHI_TRY(telling_.settle(now));
  }
  MACHI_TRY(transaction.commit());
  unsettled_ = enrolment_.waits();
  return {};
}

Result<std::vector<DayLine>> SchoolDesk::read_lines(Date date) const {
  MACHI_TRY_SET(entries, reports_.on(date));
  MACHI_TRY_SET(entered, book_.entered_on(date));
  const auto closings = book_.closings(date);
  std::set<VersionId> seen;
  for (const DayClosing& closing : closings) seen.insert(closing.seen.begin(), closing.seen.end());
  std::vector<DayLine> out;
  for (const Entry& entry : entries)
    for (const ReportVersion& head : entry.heads) {
      if (!head.report.covers(date) || hides(head.report.pupil)) continue;
      const auto note = entered.find(head.report.version);
      out.push_back({roll_.pupil(head.report.pupil), entry, head,
                     note == entered.end() ? std::nullopt : std::optional(note->second),
                     !closings.empty() && !seen.contains(head.report.version)});
    }
  std::stable_sort(out.begin(), out.end(), in_register_order);
  return out;
}

// Never null: where the tables cannot be read there is nothing to see.
std::shared_ptr<const std::vector<DayLine>> SchoolDesk::lines(Date date) const {
  using Lines = std::shared_ptr<const std::vector<DayLine>>;
  const Lines& kept = lines_.get(database_, date, [&]() -> std::optional<Lines> {
    auto read = read_lines(date);
    if (!read.ok()) return std::nullopt;
    return std::make_shared<const std::vector<DayLine>>(std::move(*read));
  });
  return kept ? kept : std::make_shared<const std::vector<DayLine>>();
}

std::optional<ReportVersion> SchoolDesk::report_of(const base::MessageId& message) const {
  auto row = database_.prepare(
      "SELECT content, message, sender, written, taken FROM absence_version WHERE message = ?1 UNION ALL "
      "SELECT content, message, sender, written, taken FROM desk_apart WHERE message = ?1");
  const auto there = row.bind(message).step();
  if (!there.ok() || !*there) return std::nullopt;
  const auto content = code::decode(row.blob(0));
  auto report = content.ok() ? decode_report(*content) : Result<Report>(content.error());
  if (!report.ok()) return std::nullopt;
  return ReportVersion{std::move(*report), row.id<base::MessageId>(1), row.fixed<32>(2), row.instant(3),
                       row.instant(4)};
}

std::vector<ApartReport> SchoolDesk::apart(Date date) const {
  std::vector<ApartReport> out;
  auto row = database_.prepare(
      "SELECT a.content, a.message, a.sender, a.written, a.taken, c.at, c.by FROM desk_apart a "
      "LEFT JOIN desk_called c ON c.version = a.version WHERE a.day <= ? AND a.last >= ? ORDER BY a.written, "
      "a.version");
  row.bind(static_cast<std::int64_t>(date.days)).bind(static_cast<std::int64_t>(date.days));
  for (auto more = row.step(); more.ok() && *more; more = row.step()) {
    const auto content = code::decode(row.blob(0));
    if (!content.ok()) continue;
    auto report = decode_report(*content);
    if (!report.ok()) continue;
    if (hides(report->pupil)) continue;
    ApartReport one;
    one.version = {std::move(*report), row.id<base::MessageId>(1), row.fixed<32>(2), row.instant(3),
                   row.instant(4)};
    if (!row.is_null(5)) one.called = row.instant(5);
    one.by = row.text(6);
    out.push_back(std::move(one));
  }
  return out;
}

std::vector<Entry> SchoolDesk::reports(const PupilId& pupil) const {
  auto all = reports_.since(Date{}, pupil);
  if (!all.ok()) return {};
  std::reverse(all->begin(), all->end());
  return std::move(*all);
}

Status SchoolDesk::confirm(const ReportId& report, const VersionId& version, Instant now) {
  MACHI_TRY_SET(entry, reports_.find(report));
  if (!entry) return fail(Code::NotFound, "report");
  const auto head = std::find_if(entry->heads.begin(), entry->heads.end(),
                                 [&](const ReportVersion& one) { return one.report.version == version; });
  if (head == entry->heads.end()) return fail(Code::NotFound, "version");
  if (entry->read(version)) return {};
  const ReadMark mark{report, version, now, name()};
  store::Transaction transaction(database_);
  MACHI_TRY(reports_.mark(mark));
  MACHI_TRY(post_.note(kKindConfirmed, encode(mark), now));
  for (const Guardian& guardian : roll_.hearers(head->report.pupil, crypto::SignPublic{head->from}))
    MACHI_TRY(post_.tell(guardian.person, kKindRead, encode(mark), now));
  MACHI_TRY(tell_closed(*head, now));
  return transaction.commit();
}

Status SchoolDesk::called(const VersionId& version, Instant now) {
  ReadMark mark;
  {
    auto row = database_.prepare("SELECT report FROM desk_apart WHERE version = ?");
    row.bind(version);
    MACHI_TRY_SET(there, row.step());
    if (!there) return fail(Code::NotFound, "version");
    mark = {row.id<ReportId>(0), version, now, name()};
  }
  store::Transaction transaction(database_);
  MACHI_TRY(database_.prepare("INSERT OR IGNORE INTO desk_called(version, at, by) VALUES(?, ?, ?)")
                .bind(version)
                .bind(now)
                .bind(mark.by)
                .run());
  MACHI_TRY(post_.note(kKindCalled, encode(mark), now));
  return transaction.commit();
}

Status SchoolDesk::decide(const mail::SlipId& slip, const crypto::SignPublic& phone, Standing standing,
                          Instant now) {
  store::Transaction transaction(database_);
  MACHI_TRY(enrolment_.decide(slip, phone, standing, now));
  return transaction.commit();
}

Status SchoolDesk::revoke(IssuedSlip slip, Instant now) {
  slip.revoked = true;
  store::Transaction transaction(database_);
  MACHI_TRY(roll_.fold(std::vector{slip}));
  MACHI_TRY(post_.note(kKindSlips, encode(std::vector{slip}), now));
  return transaction.commit();
}

std::string SchoolDesk::setting(std::string_view name) const {
  auto row = database_.prepare("SELECT value FROM desk_setting WHERE name = ?");
  row.bind(name);
  const auto there = row.step();
  return there.ok() && *there ? row.text(0) : std::string();
}

Status SchoolDesk::set(std::string_view name, std::string_view value) {
  return database_.prepare("INSERT OR REPLACE INTO desk_setting(name, value) VALUES(?, ?)")
      .bind(name)
      .bind(value)
      .run();
}

}  // namespace machi::absence

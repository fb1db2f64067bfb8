// A school at one desk: its tables, what follows from what came (settle: may be tried again), a day's lines,
// and what a person decides. The fold of its mail is school_inbox.cc.
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

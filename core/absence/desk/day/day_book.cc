// The fold of a day over sets: calls, "replaces" pairs per pupil, closings, undone closings, and a minimum
// per version for what was entered. Sets and minima come out the same in any order. Two contents under one id
// are nobody's honest work: the smaller holds.
#include "core/absence/desk/day/day_book.h"

#include <algorithm>

namespace machi::absence {
namespace {

// A call's content stands whole, so that of two under one id every desk keeps the same. desk_presence is what
// all calls come to: made anew, whenever a call is folded, for those whom it names.
constexpr std::string_view kTables = R"sql(
CREATE TABLE desk_call(id BLOB PRIMARY KEY, day INTEGER NOT NULL, content BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX desk_call_day ON desk_call(day);
CREATE TABLE desk_presence(day INTEGER NOT NULL, pupil BLOB NOT NULL, presence INTEGER NOT NULL, at INTEGER NOT NULL,
  by TEXT NOT NULL, PRIMARY KEY(pupil, day)) WITHOUT ROWID;
CREATE INDEX desk_presence_day ON desk_presence(day, presence);
CREATE TABLE desk_closing(id BLOB PRIMARY KEY, day INTEGER NOT NULL, content BLOB NOT NULL) WITHOUT ROWID;
CREATE INDEX desk_closing_day ON desk_closing(day);
CREATE TABLE desk_reopened(closing BLOB PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE desk_entered(version BLOB PRIMARY KEY, channel INTEGER NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
  caller TEXT NOT NULL) WITHOUT ROWID;
)sql";

template <class T, class Decode>
std::vector<T> all_of_day(store::Statement& rows, Decode decode) {
  std::vector<T> out;
  for (auto more = rows.step(); more.ok() && *more; more = rows.step()) {
    const auto content = code::decode(rows.blob(0));
    if (!content.ok()) continue;
    auto one = decode(*content);
    if (one.ok()) out.push_back(std::move(*one));
  }
  return out;
}

std::vector<RollCall> calls_of(store::Database& database, Date day) {
  auto rows = database.prepare("SELECT content FROM desk_call WHERE day = ? ORDER BY id");
  rows.bind(day.days);
  return all_of_day<RollCall>(rows, decode_roll_call);
}

bool names(const RollCall& call, const PupilId& pupil) {
  return std::find(call.here.begin(), call.here.end(), pupil) != call.here.end() ||
         std::find(call.missing.begin(), call.missing.end(), pupil) != call.missing.end();
}

// The calls that say something about a pupil and that no other call about the pupil replaced. A circle hides
// nothing.
struct Heads {
  std::vector<std::pair<const RollCall*, bool>> all;  // call, is it here
  std::set<RollCallId> replaced;
};

PresenceMark mark_of(const Heads& heads) {
  PresenceMark here, missing;
  const auto take = [](PresenceMark& mark, Presence presence, const RollCall& call) {
    if (mark.presence != Presence::Unknown && std::pair(call.at, call.by) <= std::pair(mark.at, mark.by))
      return;
    mark = {presence, call.at, call.by};
  };
  const bool circle = std::all_of(heads.all.begin(), heads.all.end(),
                                  [&](const auto& one) { return heads.replaced.contains(one.first->id); });
  for (const auto& [call, is_here] : heads.all) {
    if (!circle && heads.replaced.contains(call->id)) continue;
    if (is_here)
      take(here, Presence::Here, *call);
    else
      take(missing, Presence::Missing, *call);
  }
  return missing.presence == Presence::Missing ? missing : here;
}

// The stronger of two absences decides.
int weight(const Report& report) {
  if (report.reason == Reason::Infectious) return 3;
  if (report.reason == Reason::Bereavement) return 2;
  return 1;
}

DayStatus absence_of(const Report& report) {
  if (report.reason == Reason::Infectious) return DayStatus::Excluded;
  if (report.reason == Reason::Bereavement) return DayStatus::Bereaved;
  return DayStatus::Absent;
}

struct Told {
  const Report* report = nullptr;
  bool read = false;
};

}  // namespace

PupilDay day_status(const std::vector<Entry>& entries, Presence presence, Date day) {
  std::vector<Told> absences;
  Told late, early;
  std::optional<Date> back;
  for (const Entry& entry : entries)
    for (const ReportVersion& head : entry.heads) {
      const Report& report = head.report;
      if (!report.covers(day)) continue;
      const Told told{&report, entry.read(report.version) != nullptr};
      switch (report.kind) {
        case ReportKind::Absent:
          absences.push_back(told);
          break;
        case ReportKind::Late:
          late = told;
          break;
        case ReportKind::LeavingEarly:
          early = told;
          break;
        case ReportKind::Back:
          back = report.date;
          break;
        case ReportKind::Cancelled:
          break;
      }
    }
  if (back) std::erase_if(absences, [&](const Told& one) { return one.report->date < *back; });
  PupilDay out;
  out.presence = presence;
  const auto decide = [&out](DayStatus status, const Told& told) {
    out.status = status;
    out.report = *told.report;
    out.read = told.read;
  };
  if (presence != Presence::Here && !absences.empty()) {
    const auto strongest =
        std::max_element(absences.begin(), absences.end(), [](const Told& a, const Told& b) {
          return std::pair(weight(*a.report), a.report->version) <
                 std::pair(weight(*b.report), b.report->version);
        });
    decide(absence_of(*strongest->report), *strongest);
  } else if (presence == Presence::Missing && !early.report) {
    out.status = DayStatus::Missing;
  } else if (late.report && early.report) {
    decide(DayStatus::LateAndLeftEarly, late);
  } else if (late.report) {
    decide(DayStatus::Late, late);
  } else if (early.report) {
    decide(DayStatus::LeftEarly, early);
  } else if (presence == Presence::Here) {
    out.status = DayStatus::Present;
  }
  return out;
}

std::vector<store::Migration> DayBook::migrations() { return {{"absence.day.1", kTables}}; }

Status DayBook::fold(const RollCall& call) {
  std::optional<RollCall> before;  // another content under this id
  {
    auto row = database_.prepare("SELECT content FROM desk_call WHERE id = ?");
    row.bind(call.id);
    const auto all = all_of_day<RollCall>(row, decode_roll_call);
    if (!all.empty()) before = all.front();
  }
  MACHI_TRY(
      database_
          .prepare(
              "INSERT INTO desk_call(id, day, content) VALUES(?, ?, ?) ON CONFLICT(id) DO UPDATE SET "
              "day = excluded.day, content = excluded.content WHERE excluded.content < desk_call.content")
          .bind(call.id)
          .bind(call.day.days)
          .bind(code::encode(encode(call)))
          .run());
  if (before) MACHI_TRY(count(*before));
  return count(call);
}

Status DayBook::count(const RollCall& about) {
  const std::vector<RollCall> calls = calls_of(database_, about.day);
  for (const auto* pupils : {&about.here, &about.missing})
    for (const PupilId& pupil : *pupils) {
      Heads heads;
      for (const RollCall& call : calls) {
        if (!names(call, pupil)) continue;
        heads.all.emplace_back(&call,
                               std::find(call.here.begin(), call.here.end(), pupil) != call.here.end());
        heads.replaced.insert(call.replaces.begin(), call.replaces.end());
      }
      const PresenceMark mark = mark_of(heads);
      MACHI_TRY(database_.prepare("DELETE FROM desk_presence WHERE pupil = ? AND day = ?")
                    .bind(pupil)
                    .bind(about.day.days)
                    .run());
      if (mark.presence == Presence::Unknown) continue;
      MACHI_TRY(
          database_.prepare("INSERT INTO desk_presence(day, pupil, presence, at, by) VALUES(?, ?, ?, ?, ?)")
              .bind(about.day.days)
              .bind(pupil)
              .bind(static_cast<int>(mark.presence))
              .bind(mark.at)
              .bind(mark.by)
              .run());
    }
  return {};
}

Status DayBook::fold(const Entered& entered) {
  return database_
      .prepare(
          "INSERT INTO desk_entered(version, channel, at, by, caller) VALUES(?, ?, ?, ?, ?) ON "
          "CONFLICT(version) "
          "DO UPDATE SET channel = excluded.channel, at = excluded.at, by = excluded.by, caller = "
          "excluded.caller "
          "WHERE (excluded.at, excluded.by, excluded.channel, excluded.caller) < "
          "(desk_entered.at, desk_entered.by, desk_entered.channel, desk_entered.caller)")
      .bind(entered.report.version)
      .bind(static_cast<int>(entered.channel))
      .bind(entered.at)
      .bind(entered.by)
      .bind(entered.caller)
      .run();
}

Status DayBook::fold(const DayClosing& closed) {
  return database_
      .prepare(
          "INSERT INTO desk_closing(id, day, content) VALUES(?, ?, ?) ON CONFLICT(id) DO UPDATE SET "
          "day = excluded.day, content = excluded.content WHERE excluded.content < desk_closing.content")
      .bind(closed.id)
      .bind(closed.day.days)
      .bind(code::encode(encode(closed)))
      .run();
}

Status DayBook::fold(const Reopened& reopened) {
  for (const ClosingId& closing : reopened.closings)
    MACHI_TRY(
        database_.prepare("INSERT OR IGNORE INTO desk_reopened(closing) VALUES(?)").bind(closing).run());
  return {};
}

std::map<PupilId, PresenceMark> DayBook::presence(Date day) const {
  std::map<PupilId, PresenceMark> out;
  auto row = database_.prepare("SELECT pupil, presence, at, by FROM desk_presence WHERE day = ?");
  row.bind(day.days);
  for (auto more = row.step(); more.ok() && *more; more = row.step())
    out[row.id<PupilId>(0)] = {static_cast<Presence>(row.integer(1)), row.instant(2), row.text(3)};
  return out;
}

Result<DayBook::Presences> DayBook::presences(Date day) const {
  Presences out;
  auto row = database_.prepare("SELECT pupil, presence FROM desk_presence WHERE day = ?");
  row.bind(day.days);
  while (true) {
    MACHI_TRY_SET(more, row.step());
    if (!more) break;
    out.emplace_back(row.id<PupilId>(0), static_cast<Presence>(row.integer(1)));
  }
  std::sort(out.begin(), out.end());
  return out;
}

Result<std::vector<DayBook::OnDay>> DayBook::presences(const std::vector<PupilId>& about, Date first,
                                                       Date last) const {
  std::vector<OnDay> out;
  auto row = database_.prepare(
      "SELECT day, presence FROM desk_presence WHERE pupil = ? AND day BETWEEN ? AND ? ORDER BY day");
  for (const PupilId& pupil : about) {
    row.bind(pupil).bind(first.days).bind(last.days);
    while (true) {
      MACHI_TRY_SET(more, row.step());
      if (!more) break;
      out.push_back(
          {pupil, Date{static_cast<std::int32_t>(row.integer(0))}, static_cast<Presence>(row.integer(1))});
    }
  }
  return out;
}

std::map<PupilId, PresenceMark> DayBook::missing(Date day) const {
  std::map<PupilId, PresenceMark> out;
  auto row = database_.prepare("SELECT pupil, at, by FROM desk_presence WHERE day = ? AND presence = ?");
  row.bind(day.days).bind(static_cast<int>(Presence::Missing));
  for (auto more = row.step(); more.ok() && *more; more = row.step())
    out[row.id<PupilId>(0)] = {Presence::Missing, row.instant(1), row.text(2)};
  return out;
}

Presence DayBook::presence(const PupilId& pupil, Date day) const {
  const auto days = presence(pupil, day, day);
  return days.empty() ? Presence::Unknown : days.begin()->second;
}

std::map<Date, Presence> DayBook::presence(const PupilId& pupil, Date first, Date last) const {
  std::map<Date, Presence> out;
  auto row =
      database_.prepare("SELECT day, presence FROM desk_presence WHERE pupil = ? AND day BETWEEN ? AND ?");
  row.bind(pupil).bind(first.days).bind(last.days);
  for (auto more = row.step(); more.ok() && *more; more = row.step())
    out[Date{static_cast<std::int32_t>(row.integer(0))}] = static_cast<Presence>(row.integer(1));
  return out;
}

std::vector<RollCallId> DayBook::calls(Date day, const std::vector<PupilId>& about) const {
  std::vector<RollCallId> out;
  const std::vector<RollCall> calls = calls_of(database_, day);
  const auto in_force = [&](const RollCall& call) {
    return std::any_of(about.begin(), about.end(), [&](const PupilId& pupil) {
      return names(call, pupil) && std::none_of(calls.begin(), calls.end(), [&](const RollCall& other) {
               return names(other, pupil) && std::find(other.replaces.begin(), other.replaces.end(),
                                                       call.id) != other.replaces.end();
             });
    });
  };
  for (const RollCall& call : calls)
    if (in_force(call)) out.push_back(call.id);
  return out;
}

std::vector<DayClosing> DayBook::closings(Date day) const {
  auto rows = database_.prepare(
      "SELECT content FROM desk_closing WHERE day = ? AND id NOT IN (SELECT closing FROM desk_reopened)");
  rows.bind(day.days);
  auto out = all_of_day<DayClosing>(rows, decode_day_closing);
  std::sort(out.begin(), out.end(), [](const DayClosing& a, const DayClosing& b) {
    return std::pair(a.at, a.id) < std::pair(b.at, b.id);
  });
  return out;
}

std::vector<ClosingId> DayBook::all_closings(Date day) const {
  std::vector<ClosingId> out;
  auto rows = database_.prepare("SELECT id FROM desk_closing WHERE day = ? ORDER BY id");
  rows.bind(day.days);
  for (auto more = rows.step(); more.ok() && *more; more = rows.step()) out.push_back(rows.id<ClosingId>(0));
  return out;
}

std::optional<DayClosing> DayBook::closed(Date day) const {
  auto all = closings(day);
  if (all.empty()) return std::nullopt;
  return std::move(all.front());
}

std::set<Date> DayBook::closed_days(Date first, Date last) const {
  std::set<Date> out;
  auto row = database_.prepare(
      "SELECT DISTINCT day FROM desk_closing WHERE day BETWEEN ? AND ? AND id NOT IN "
      "(SELECT closing FROM desk_reopened)");
  row.bind(first.days).bind(last.days);
  for (auto more = row.step(); more.ok() && *more; more = row.step())
    out.insert(Date{static_cast<std::int32_t>(row.integer(0))});
  return out;
}

std::set<VersionId> DayBook::seen_at_close(Date day) const {
  std::set<VersionId> out;
  for (const DayClosing& closing : closings(day)) out.insert(closing.seen.begin(), closing.seen.end());
  return out;
}

Result<std::map<VersionId, EntryNote>> DayBook::entered_on(Date day) const {
  std::map<VersionId, EntryNote> out;
  auto row = database_.prepare(
      "SELECT e.version, e.channel, e.at, e.by, e.caller FROM absence_version v "
      "JOIN desk_entered e ON e.version = v.version WHERE v.last >= ? AND v.day <= ?");
  row.bind(day.days).bind(day.days);
  while (true) {
    MACHI_TRY_SET(more, row.step());
    if (!more) break;
    out.emplace(row.id<VersionId>(0),
                EntryNote{static_cast<Channel>(row.integer(1)), row.instant(2), row.text(3), row.text(4)});
  }
  return out;
}

std::optional<EntryNote> DayBook::entered(const VersionId& version) const {
  auto row = database_.prepare("SELECT channel, at, by, caller FROM desk_entered WHERE version = ?");
  row.bind(version);
  const auto there = row.step();
  if (!there.ok() || !*there) return std::nullopt;
  return EntryNote{static_cast<Channel>(row.integer(0)), row.instant(1), row.text(2), row.text(3)};
}

}  // namespace machi::absence

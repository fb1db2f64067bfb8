// The fold of report versions over three tables. What is stored is a set of versions, a set of "replaces"
// pairs and a minimum per version (the earliest confirmation): all three come out the same in any order and
// after any repetition.
#include "core/absence/report_book.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace machi::absence {
namespace {

// First and last day stand beside the content because screens ask by day.
constexpr std::string_view kTables = R"sql(
  CREATE TABLE absence_version (
    report BLOB NOT NULL, version BLOB NOT NULL, pupil BLOB NOT NULL, day INTEGER NOT NULL, last INTEGER NOT NULL, content BLOB NOT NULL,
    message BLOB NOT NULL, sender BLOB NOT NULL, written INTEGER NOT NULL, taken INTEGER NOT NULL,
    PRIMARY KEY (report, version)) WITHOUT ROWID;
  CREATE INDEX absence_version_day ON absence_version (last, day, report);
  CREATE INDEX absence_version_pupil ON absence_version (pupil, last, report);
  CREATE TABLE absence_replaced (
    report BLOB NOT NULL, version BLOB NOT NULL, PRIMARY KEY (report, version)) WITHOUT ROWID;
  CREATE TABLE absence_read (
    report BLOB NOT NULL, version BLOB NOT NULL, at INTEGER NOT NULL, by TEXT NOT NULL,
    PRIMARY KEY (report, version)) WITHOUT ROWID;
)sql";

bool shown_before(const ReportVersion& a, const ReportVersion& b) {
  return std::tie(b.written, b.report.version) < std::tie(a.written, a.report.version);
}

// The first head's day decides where an entry stands in a list.
bool earlier_day(const Entry& a, const Entry& b) {
  return std::tie(a.shown().report.date, a.shown().written, a.report) <
         std::tie(b.shown().report.date, b.shown().written, b.report);
}

// What was told of one report.
struct Told {
  ReportId id;
  std::vector<ReportVersion> versions;  // by version
  std::set<VersionId> replaced;
  std::vector<ReadMark> reads;  // the earliest first
};

Entry entry_of(Told told) {
  Entry entry;
  entry.report = told.id;
  for (const ReportVersion& version : told.versions)
    if (!told.replaced.contains(version.report.version)) entry.heads.push_back(version);
  if (entry.heads.empty()) entry.heads = told.versions;  // a circle: nothing is hidden
  std::sort(entry.heads.begin(), entry.heads.end(), shown_before);
  for (ReadMark& mark : told.reads) {
    const auto names = [&mark](const ReportVersion& version) {
      return version.report.version == mark.version;
    };
    if (std::any_of(entry.heads.begin(), entry.heads.end(), names))
      entry.reads.push_back(std::move(mark));
    else if (std::any_of(told.versions.begin(), told.versions.end(), names))
      entry.earlier_reads.push_back(std::move(mark));
  }
  return entry;
}

}  // namespace

std::vector<store::Migration> ReportBook::migrations() { return {{"absence.reports.1", kTables}}; }

const ReadMark* Entry::read(const VersionId& version) const {
  for (const ReadMark& mark : reads) {
    if (mark.version == version) return &mark;
  }
  return nullptr;
}

bool Entry::all_read() const {
  return std::all_of(heads.begin(), heads.end(),
                     [this](const ReportVersion& head) { return read(head.report.version); });
}

Status ReportBook::add(const ReportVersion& version) {
  const Report& report = version.report;
  const base::Bytes content = code::encode(encode(report));
  {
    // Two contents under one id are nobody's honest work; the smaller holds, so that every reader sees the
    // same.
    auto statement = database_.prepare(
        "INSERT INTO absence_version (report, version, pupil, day, last, content, message, sender, written, "
        "taken)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (report, version) DO UPDATE SET"
        " pupil = excluded.pupil, day = excluded.day, last = excluded.last, content = excluded.content, "
        "message = excluded.message, "
        "sender = excluded.sender,"
        " written = excluded.written, taken = excluded.taken"
        " WHERE (excluded.content, excluded.message) < (absence_version.content, absence_version.message)");
    statement.bind(report.report)
        .bind(report.version)
        .bind(report.pupil)
        .bind(report.date.days)
        .bind(report.end().days)
        .bind(content);
    statement.bind(version.message).bind(version.from).bind(version.written).bind(version.taken);
    MACHI_TRY(statement.run());
  }
  for (const VersionId& replaced : report.replaces) {
    auto statement =
        database_.prepare("INSERT OR IGNORE INTO absence_replaced (report, version) VALUES (?, ?)");
    MACHI_TRY(statement.bind(report.report).bind(replaced).run());
  }
  return {};
}

Status ReportBook::mark(const ReadMark& mark) {
  auto statement = database_.prepare(
      "INSERT INTO absence_read (report, version, at, by) VALUES (?, ?, ?, ?) ON CONFLICT (report, version) "
      "DO UPDATE"
      " SET at = excluded.at, by = excluded.by WHERE (excluded.at, excluded.by) < (absence_read.at, "
      "absence_read.by)");
  return statement.bind(mark.report).bind(mark.version).bind(mark.at).bind(mark.by).run();
}

Result<bool> ReportBook::has_from_a_writer(const ReportId& report, const VersionId& version) const {
  auto row = database_.prepare("SELECT sender FROM absence_version WHERE report = ? AND version = ?");
  row.bind(report).bind(version);
  MACHI_TRY_SET(there, row.step());
  return there && row.fixed<32>(0) != base::Array<32>{};
}

Result<std::vector<Entry>> ReportBook::fold(std::string_view which,
                                            const std::function<void(store::Statement&)>& bind) const {
  const std::string of(" WHERE report IN (" + std::string(which) + ") ORDER BY report, ");
  std::vector<Told> all;  // by report
  const auto find = [&all](const ReportId& id) -> Told* {
    const auto found = std::lower_bound(
        all.begin(), all.end(), id, [](const Told& one, const ReportId& wanted) { return one.id < wanted; });
    return found != all.end() && found->id == id ? &*found : nullptr;
  };
  {
    auto rows = database_.prepare(
        "SELECT report, content, message, sender, written, taken FROM absence_version" + of + "version");
    bind(rows);
    while (true) {
      MACHI_TRY_SET(more, rows.step());
      if (!more) break;
      const auto id = rows.id<ReportId>(0);
      if (all.empty() || all.back().id != id) all.push_back({id, {}, {}, {}});
      MACHI_TRY_SET(content, code::decode(rows.blob(1)));
      MACHI_TRY_SET(report, decode_report(content));
      all.back().versions.push_back(
          {std::move(report), rows.id<MessageId>(2), rows.fixed<32>(3), rows.instant(4), rows.instant(5)});
    }
  }
  {
    auto rows = database_.prepare("SELECT report, version FROM absence_replaced" + of + "version");
    bind(rows);
    while (true) {
      MACHI_TRY_SET(more, rows.step());
      if (!more) break;
      if (Told* told = find(rows.id<ReportId>(0))) told->replaced.insert(rows.id<VersionId>(1));
    }
  }
  {
    auto rows = database_.prepare("SELECT report, version, at, by FROM absence_read" + of + "at, version");
    bind(rows);
    while (true) {
      MACHI_TRY_SET(more, rows.step());
      if (!more) break;
      const auto id = rows.id<ReportId>(0);
      if (Told* told = find(id))
        told->reads.push_back({id, rows.id<VersionId>(1), rows.instant(2), rows.text(3)});
    }
  }
  std::vector<Entry> entries;
  for (Told& told : all) entries.push_back(entry_of(std::move(told)));
  return entries;
}

Result<std::optional<Entry>> ReportBook::find(const ReportId& report) const {
  MACHI_TRY_SET(entries, fold("SELECT ?", [&](store::Statement& rows) { rows.bind(report); }));
  if (entries.empty()) return std::optional<Entry>();
  return std::optional<Entry>(std::move(entries.front()));
}

Result<std::vector<Entry>> ReportBook::on(Date date) const {
  MACHI_TRY_SET(entries, fold("SELECT report FROM absence_version WHERE last >= ? AND day <= ?",
                              [&](store::Statement& rows) { rows.bind(date.days).bind(date.days); }));
  std::erase_if(entries, [date](const Entry& entry) {
    return std::none_of(entry.heads.begin(), entry.heads.end(),
                        [date](const ReportVersion& head) { return head.report.covers(date); });
  });
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tie(a.shown().written, a.report) < std::tie(b.shown().written, b.report);
  });
  return entries;
}

Result<std::vector<Entry>> ReportBook::since(Date date) const {
  MACHI_TRY_SET(entries, fold("SELECT report FROM absence_version WHERE last >= ?",
                              [&](store::Statement& rows) { rows.bind(date.days); }));
  std::erase_if(entries, [date](const Entry& entry) {
    return std::none_of(entry.heads.begin(), entry.heads.end(),
                        [date](const ReportVersion& head) { return head.report.end() >= date; });
  });
  std::sort(entries.begin(), entries.end(), earlier_day);
  return entries;
}

Result<std::vector<Entry>> ReportBook::since(Date date, const PupilId& pupil) const {
  MACHI_TRY_SET(entries, fold("SELECT report FROM absence_version WHERE pupil = ? AND last >= ?",
                              [&](store::Statement& rows) { rows.bind(pupil).bind(date.days); }));
  // Another head of such a report may be about another day, and is its entry's too.
  std::erase_if(entries, [&](const Entry& entry) {
    return std::none_of(entry.heads.begin(), entry.heads.end(), [&](const ReportVersion& head) {
      return head.report.pupil == pupil && head.report.end() >= date;
    });
  });
  std::sort(entries.begin(), entries.end(), earlier_day);
  return entries;
}

Result<ReportBook::OfPupils> ReportBook::since(Date date, const std::vector<PupilId>& pupils) const {
  std::string marks;
  for (std::size_t i = 0; i < pupils.size(); ++i) marks += i == 0 ? "?" : ", ?";
  MACHI_TRY_SET(entries,
                fold("SELECT report FROM absence_version WHERE pupil IN (" + marks + ") AND last >= ?",
                     [&](store::Statement& rows) {
                       for (const PupilId& pupil : pupils) rows.bind(pupil);
                       rows.bind(date.days);
                     }));
  OfPupils out;
  for (Entry& entry : entries) {
    std::set<PupilId> about;
    for (const ReportVersion& head : entry.heads)
      if (head.report.end() >= date) about.insert(head.report.pupil);
    for (const PupilId& pupil : about)
      if (std::find(pupils.begin(), pupils.end(), pupil) != pupils.end()) out[pupil].push_back(entry);
  }
  return out;
}

Result<std::vector<Entry>> ReportBook::all(std::size_t limit) const {
  MACHI_TRY_SET(entries,
                fold("SELECT report FROM (SELECT report FROM absence_version GROUP BY report ORDER BY "
                     "max(day) DESC, report LIMIT ?)",
                     [&](store::Statement& rows) { rows.bind(static_cast<std::int64_t>(limit)); }));
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) { return earlier_day(b, a); });
  return entries;
}

}  // namespace machi::absence

// Notes in one table, each as the bytes that went over the wire.
#include "core/absence/citizen/note_book.h"

namespace machi::absence {
namespace {

constexpr std::string_view kTables = R"sql(
  CREATE TABLE absence_note (
    note BLOB PRIMARY KEY, pupil BLOB NOT NULL, content BLOB NOT NULL, mine INTEGER NOT NULL, seen INTEGER NOT NULL,
    message BLOB NOT NULL, written INTEGER NOT NULL) WITHOUT ROWID;
  CREATE TABLE absence_note_read (note BLOB PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX absence_note_pupil ON absence_note (pupil, written);
)sql";

constexpr std::string_view kColumns =
    "SELECT content, mine, seen, message, written, at, by FROM absence_note LEFT JOIN absence_note_read USING (note)";

}  // namespace

std::vector<store::Migration> NoteBook::migrations() { return {{"absence.notes.1", kTables}}; }

Status NoteBook::add(const KeptNote& note) {
  auto row = database_.prepare(
      "INSERT OR IGNORE INTO absence_note (note, pupil, content, mine, seen, message, written) VALUES (?, ?, ?, ?, ?, ?, ?)");
  row.bind(note.note.note).bind(note.note.pupil).bind(code::encode(encode(note.note))).bind(note.mine ? 1 : 0);
  return row.bind(note.seen ? 1 : 0).bind(note.message).bind(note.written).run();
}

Result<std::vector<KeptNote>> NoteBook::read(store::Statement& rows) const {
  std::vector<KeptNote> out;
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return out;
    MACHI_TRY_SET(content, code::decode(rows.blob(0)));
    MACHI_TRY_SET(note, decode_pupil_note(content));
    out.push_back({std::move(note), rows.integer(1) != 0, rows.integer(2) != 0, rows.id<MessageId>(3), rows.instant(4), {}});
    if (!rows.is_null(5)) out.back().read = NoteRead{out.back().note.note, rows.instant(5), rows.text(6)};
  }
}

Result<std::vector<KeptNote>> NoteBook::about(const PupilId& pupil) const {
  auto rows = database_.prepare(std::string(kColumns) + " WHERE pupil = ? ORDER BY written, note");
  rows.bind(pupil);
  return read(rows);
}

std::optional<KeptNote> NoteBook::find(const NoteId& note) const {
  auto rows = database_.prepare(std::string(kColumns) + " WHERE note = ?");
  rows.bind(note);
  auto found = read(rows);
  if (!found.ok() || found->empty()) return std::nullopt;
  return std::move(found->front());
}

Status NoteBook::mark(const NoteRead& read) {
  auto row = database_.prepare(
      "INSERT INTO absence_note_read (note, at, by) VALUES (?, ?, ?) ON CONFLICT (note) DO UPDATE SET at = excluded.at,"
      " by = excluded.by WHERE (excluded.at, excluded.by) < (absence_note_read.at, absence_note_read.by)");
  return row.bind(read.note).bind(read.at).bind(read.by).run();
}

Result<std::vector<KeptNote>> NoteBook::unseen() const {
  auto rows = database_.prepare(std::string(kColumns) + " WHERE seen = 0 ORDER BY written, note");
  return read(rows);
}

Status NoteBook::seen(const PupilId& pupil) {
  auto row = database_.prepare("UPDATE absence_note SET seen = 1 WHERE pupil = ? AND seen = 0");
  return row.bind(pupil).run();
}

}  // namespace machi::absence

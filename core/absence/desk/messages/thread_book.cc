// Notes are a set by id, reads a minimum by id. Of two contents under one id the smaller holds.
#include "core/absence/desk/messages/thread_book.h"

#include <algorithm>

#include "core/absence/content.h"

namespace machi::absence {
namespace {

using code::Cbor;
using code::CborMap;

constexpr std::string_view kTables = R"sql(
CREATE TABLE desk_note(id BLOB PRIMARY KEY, pupil BLOB NOT NULL, phone BLOB NOT NULL, ours INTEGER NOT NULL,
  content BLOB NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX desk_note_pupil ON desk_note(pupil, at);
CREATE TABLE desk_note_read(id BLOB PRIMARY KEY, at INTEGER NOT NULL, by TEXT NOT NULL) WITHOUT ROWID;
)sql";

constexpr std::string_view kColumns =
    "SELECT n.content, n.phone, n.ours, n.at, r.at, r.by FROM desk_note n LEFT JOIN desk_note_read r ON r.id "
    "= n.id ";

}  // namespace

Cbor encode(const Noted& noted) {
  return Cbor::map({{1, encode(noted.note)}, {2, noted.phone.bytes}, {3, noted.at.ms}});
}

Result<Noted> decode_noted(const Cbor& item) {
  MACHI_TRY_SET(content, item.at(1));
  MACHI_TRY_SET(note, decode_pupil_note(*content));
  MACHI_TRY_SET(phone, item.fixed_at<32>(2));
  MACHI_TRY_SET(value, item.at(3));
  MACHI_TRY_SET(at, content::instant(*value));
  return Noted{std::move(note), crypto::SignPublic{phone}, at};
}

base::Bytes photo_name(const NoteId& note, const crypto::SignPublic& phone) {
  const base::ByteView name = note.view();
  base::Bytes out(name.size() + phone.bytes.size());
  std::ranges::copy(name, out.begin());
  std::ranges::copy(phone.bytes, out.end() - static_cast<std::ptrdiff_t>(phone.bytes.size()));
  return out;
}

std::vector<store::Migration> ThreadBook::migrations() { return {{"absence.notes.1", kTables}}; }

Status ThreadBook::put(const PupilNote& note, const crypto::SignPublic& phone, bool ours, Instant at) {
  return database_
      .prepare(
          "INSERT INTO desk_note(id, pupil, phone, ours, content, at) VALUES(?, ?, ?, ?, ?, ?) ON "
          "CONFLICT(id) DO "
          "UPDATE SET pupil = excluded.pupil, phone = excluded.phone, ours = excluded.ours, content = "
          "excluded.content, at = excluded.at WHERE (excluded.content, excluded.phone, excluded.ours, "
          "excluded.at) < "
          "(desk_note.content, desk_note.phone, desk_note.ours, desk_note.at)")
      .bind(note.note)
      .bind(note.pupil)
      .bind(phone.bytes)
      .bind(ours)
      .bind(code::encode(encode(note)))
      .bind(at)
      .run();
}

Status ThreadBook::fold(const PupilNote& note, const crypto::SignPublic& from, Instant written) {
  return put(note, from, false, written);
}

Status ThreadBook::fold(const Noted& noted) { return put(noted.note, noted.phone, true, noted.at); }

Status ThreadBook::fold(const NoteRead& read) {
  return database_
      .prepare(
          "INSERT INTO desk_note_read(id, at, by) VALUES(?, ?, ?) ON CONFLICT(id) DO UPDATE SET at = "
          "excluded.at, "
          "by = excluded.by WHERE (excluded.at, excluded.by) < (desk_note_read.at, desk_note_read.by)")
      .bind(read.note)
      .bind(read.at)
      .bind(read.by)
      .run();
}

std::vector<NoteLine> ThreadBook::lines(store::Statement& rows) const {
  std::vector<NoteLine> out;
  for (auto more = rows.step(); more.ok() && *more; more = rows.step()) {
    const auto content = code::decode(rows.blob(0));
    if (!content.ok()) continue;
    auto note = decode_pupil_note(*content);
    if (!note.ok()) continue;
    NoteLine line;
    line.note = std::move(*note);
    line.phone.bytes = rows.fixed<32>(1);
    line.ours = rows.integer(2) != 0;
    line.at = rows.instant(3);
    if (!rows.is_null(4)) line.read = NoteRead{line.note.note, rows.instant(4), rows.text(5)};
    out.push_back(std::move(line));
  }
  return out;
}

std::optional<NoteLine> ThreadBook::find(const NoteId& note) const {
  auto rows = database_.prepare(std::string(kColumns) + "WHERE n.id = ?");
  rows.bind(note);
  auto found = lines(rows);
  if (found.empty()) return std::nullopt;
  return std::move(found.front());
}

std::vector<NoteLine> ThreadBook::about(const PupilId& pupil) const {
  auto rows = database_.prepare(std::string(kColumns) + "WHERE n.pupil = ? ORDER BY n.at, n.id");
  rows.bind(pupil);
  return lines(rows);
}

std::vector<NoteLine> ThreadBook::unread() const {
  auto rows =
      database_.prepare(std::string(kColumns) + "WHERE n.ours = 0 AND r.id IS NULL ORDER BY n.at, n.id");
  return lines(rows);
}

std::vector<PupilId> ThreadBook::pupils() const {
  std::vector<PupilId> out;
  auto rows = database_.prepare("SELECT pupil FROM desk_note GROUP BY pupil ORDER BY max(at) DESC, pupil");
  for (auto more = rows.step(); more.ok() && *more; more = rows.step()) out.push_back(rows.id<PupilId>(0));
  return out;
}

}  // namespace machi::absence

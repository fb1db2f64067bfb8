// Closed days, notes about a pupil, and what other guardians are told, on the wire. Pure; any thread.
#include "core/absence/message_day.h"

#include "core/absence/content.h"

namespace machi::absence {
namespace {

using base::Code;
using base::fail;
using code::Cbor;
using code::CborMap;
using content::id_at;
using content::instant_at;
using content::kLanguageLimit;

}  // namespace

Cbor encode(const DayClosed& closed) {
  CborMap map{{1, closed.day.days}, {2, closed.at.ms}};
  if (!closed.by.empty()) map.emplace_back(3, closed.by);
  if (closed.reopened) map.emplace_back(4, true);
  return Cbor(std::move(map));
}

Result<DayClosed> decode_day_closed(const Cbor& item) {
  DayClosed closed;
  MACHI_TRY_SET(day_value, item.at(1));
  MACHI_TRY_SET(day, content::date(*day_value));
  closed.day = day;
  MACHI_TRY_SET(at, instant_at(item, 2));
  closed.at = at;
  if (item.find(3)) {
    MACHI_TRY_SET(by, content::text_at(item, 3, content::kNameLimit));
    closed.by = std::move(by);
  }
  if (const Cbor* value = item.find(4)) {
    MACHI_TRY_SET(reopened, value->boolean());
    closed.reopened = reopened;
  }
  return closed;
}

Cbor encode(const NoLessons& told) {
  CborMap map{{1, told.id.bytes},
              {2, told.pupil.bytes},
              {3, told.first.days},
              {4, told.last.days},
              {5, static_cast<int>(told.breadth)},
              {6, told.at.ms}};
  if (told.lifted) map.emplace_back(7, true);
  return Cbor(std::move(map));
}

Result<NoLessons> decode_no_lessons(const Cbor& item) {
  NoLessons told;
  MACHI_TRY_SET(id, id_at<SuspensionId>(item, 1));
  told.id = id;
  MACHI_TRY_SET(pupil, id_at<PupilId>(item, 2));
  told.pupil = pupil;
  MACHI_TRY_SET(first, item.at(3));
  MACHI_TRY_SET(first_day, content::date(*first));
  told.first = first_day;
  MACHI_TRY_SET(last, item.at(4));
  MACHI_TRY_SET(last_day, content::date(*last));
  told.last = last_day;
  if (told.last < told.first || told.last > told.first.plus(kRangeLimit)) return fail(Code::BadInput, "days");
  MACHI_TRY_SET(breadth, item.at(5));
  MACHI_TRY_SET(wide, content::member(*breadth, Breadth::Class));
  told.breadth = wide;
  MACHI_TRY_SET(at, instant_at(item, 6));
  told.at = at;
  if (const Cbor* value = item.find(7)) {
    MACHI_TRY_SET(lifted, value->boolean());
    told.lifted = lifted;
  }
  return told;
}

Cbor encode(const PupilNote& note) {
  CborMap map{{1, note.note.bytes}, {2, note.pupil.bytes}, {3, note.text}};
  if (!note.language.empty()) map.emplace_back(4, note.language);
  if (note.report) map.emplace_back(5, note.report->bytes);
  if (note.answers) map.emplace_back(6, note.answers->bytes);
  if (!note.by.empty()) map.emplace_back(7, note.by);
  return Cbor(std::move(map));
}

Result<PupilNote> decode_pupil_note(const Cbor& item) {
  PupilNote note;
  MACHI_TRY_SET(id, id_at<NoteId>(item, 1));
  note.note = id;
  MACHI_TRY_SET(pupil, id_at<PupilId>(item, 2));
  note.pupil = pupil;
  MACHI_TRY_SET(text, content::text_at(item, 3, kNoteLimit));
  note.text = std::move(text);
  if (base::trimmed(note.text).empty()) return fail(Code::BadInput, "a note without words");
  if (item.find(4)) {
    MACHI_TRY_SET(language, content::text_at(item, 4, kLanguageLimit));
    note.language = std::move(language);
  }
  if (item.find(5)) {
    MACHI_TRY_SET(report, id_at<ReportId>(item, 5));
    note.report = report;
  }
  if (item.find(6)) {
    MACHI_TRY_SET(answers, id_at<NoteId>(item, 6));
    if (answers == note.note) return fail(Code::BadInput, "answers itself");
    note.answers = answers;
  }
  if (item.find(7)) {
    MACHI_TRY_SET(by, content::text_at(item, 7, content::kNameLimit));
    note.by = std::move(by);
  }
  return note;
}

Cbor encode(const NoteRead& read) {
  CborMap map{{1, read.note.bytes}, {2, read.at.ms}};
  if (!read.by.empty()) map.emplace_back(3, read.by);
  return Cbor(std::move(map));
}

Result<NoteRead> decode_note_read(const Cbor& item) {
  NoteRead read;
  MACHI_TRY_SET(id, id_at<NoteId>(item, 1));
  read.note = id;
  MACHI_TRY_SET(at, instant_at(item, 2));
  read.at = at;
  if (item.find(3)) {
    MACHI_TRY_SET(by, content::text_at(item, 3, content::kNameLimit));
    read.by = std::move(by);
  }
  return read;
}

Cbor encode(const ToldReport& told) { return Cbor::map({{1, encode(told.report)}, {2, told.written.ms}}); }

Result<ToldReport> decode_told_report(const Cbor& item) {
  ToldReport told;
  MACHI_TRY_SET(content, item.at(1));
  MACHI_TRY_SET(report, decode_report(*content));
  told.report = std::move(report);
  MACHI_TRY_SET(written, instant_at(item, 2));
  told.written = written;
  return told;
}

}  // namespace machi::absence

// Notes at a desk: folded from families and colleagues, written to one guardian at a time, and marked as read
// by a person.
#include <algorithm>

#include "core/absence/desk/school.h"

namespace machi::absence {

using base::Code;
using base::fail;

Status SchoolDesk::fold_note(const mail::Received& mail) {
  if (mail.kind == kKindNoted) {
    MACHI_TRY_SET(noted, decode_noted(mail.content));
    return notes_.fold(noted);
  }
  MACHI_TRY_SET(read, decode_note_read(mail.content));
  return notes_.fold(read);
}

bool SchoolDesk::is_shown(const NoteLine& line) const {
  return !hides(line.note.pupil) && (line.ours || roll_.is_guardian(line.phone, line.note.pupil));
}

int SchoolDesk::notes_unread() const {
  int out = 0;
  for (const NoteLine& line : notes_.unread()) out += is_shown(line) ? 1 : 0;
  return out;
}

Status SchoolDesk::write_note(PupilNote note, const crypto::SignPublic& phone, Instant now) {
  const auto guardians = roll_.guardians(note.pupil);
  const auto to = std::find_if(guardians.begin(), guardians.end(),
                               [&](const Guardian& one) { return one.phone == phone; });
  if (to == guardians.end()) return fail(Code::NotFound, "guardian");
  note.by = name();
  store::Transaction transaction(database_);
  // Who answers has read what is answered.
  for (const NoteLine& line : notes_.about(note.pupil)) {
    if (line.ours || line.phone != phone) continue;
    note.answers = line.note.note;
    if (!line.read) MACHI_TRY(read_note(line.note.note, now));
  }
  const Noted noted{note, phone, now};
  MACHI_TRY(notes_.fold(noted));
  MACHI_TRY(post_.note(kKindNoted, encode(noted), now));
  MACHI_TRY(post_.tell(to->person, kKindNote, encode(note), now));
  return transaction.commit();
}

Status SchoolDesk::read_note(const NoteId& note, Instant now) {
  const auto line = notes_.find(note);
  if (!line || line->ours) return fail(Code::NotFound, "note");
  if (line->read) return {};
  const NoteRead read{note, now, name()};
  store::Transaction transaction(database_);
  MACHI_TRY(notes_.fold(read));
  MACHI_TRY(post_.note(kKindNoteRead, encode(read), now));
  // Whoever wrote it hears of it; whom the school has let go meanwhile hears nothing.
  for (const Guardian& one : roll_.guardians(line->note.pupil))
    if (one.phone == line->phone) MACHI_TRY(post_.tell(one.person, kKindNoteRead, encode(read), now));
  return transaction.commit();
}

}  // namespace machi::absence

// A phone believes a school only: every message here needs the office's proof, and speaks for that office's
// children alone.
#include "core/absence/citizen/mail.h"

#include <algorithm>

namespace machi::absence {
namespace {

using base::Code;
using base::fail;

constexpr std::string_view kKindSlipRefused = "slip.refused";

Status fold_read(ReportBook& reports, ChildBook& children, const MailboxId& office,
                 const code::Cbor& content) {
  MACHI_TRY_SET(mark, decode_read_mark(content));
  MACHI_TRY_SET(entry, reports.find(mark.report));
  // Another guardian's report: nothing to show it at, and kept in case the report is still on its way.
  MACHI_TRY_SET(all, children.children());
  bool ours = false;
  for (const Child& child : all) {
    ours = ours || (child.office == office && (!entry || child.card.pupil == entry->shown().report.pupil));
  }
  if (!ours) return fail(Code::NotAllowed, "read by another office");
  return reports.mark(mark);
}

// Another guardian's report, about a child of this phone. What this phone wrote itself it knows better.
Status fold_told(ReportBook& reports, ChildBook& children, const MailboxId& office,
                 const mail::Received& mail) {
  MACHI_TRY_SET(told, decode_told_report(mail.content));
  MACHI_TRY_SET(child, children.child(told.report.pupil));
  if (!child || child->office != office) return fail(Code::NotAllowed, "told of another child");
  MACHI_TRY_SET(known, reports.find(told.report.report));
  if (known && known->shown().report.pupil != told.report.pupil)
    return fail(Code::NotAllowed, "told of another report");
  MACHI_TRY_SET(own, reports.has_from_a_writer(told.report.report, told.report.version));
  if (own) return {};
  ReportVersion version;
  version.report = std::move(told.report);
  version.written = told.written;
  version.taken = mail.at;
  return reports.add(version);
}

Status fold_note(NoteBook& notes, ChildBook& children, const MailboxId& office, const mail::Received& mail) {
  MACHI_TRY_SET(note, decode_pupil_note(mail.content));
  MACHI_TRY_SET(child, children.child(note.pupil));
  if (!child || child->office != office) return fail(Code::NotAllowed, "note about another child");
  return notes.add({std::move(note), false, false, mail.id, mail.written, {}});
}

// Only of what this phone wrote to that school.
Status fold_note_read(NoteBook& notes, ChildBook& children, const MailboxId& office, const code::Cbor& content) {
  MACHI_TRY_SET(read, decode_note_read(content));
  const auto kept = notes.find(read.note);
  if (!kept || !kept->mine) return fail(Code::NotAllowed, "read a note that is not ours");
  MACHI_TRY_SET(child, children.child(kept->note.pupil));
  if (!child || child->office != office) return fail(Code::NotAllowed, "read by another office");
  return notes.mark(read);
}

}  // namespace

Status fold_for_citizen(ReportBook& reports, ChildBook& children, NoteBook& notes,
                        const mail::Received& mail) {
  constexpr std::string_view kKinds[] = {kKindEnrolled, kKindRead, kKindGuardian, kKindSlipRefused,
                                         kKindClosed,   kKindNote, kKindTold,     kKindNoLessons,
                                         kKindNoteRead};
  if (std::find(std::begin(kKinds), std::end(kKinds), mail.kind) == std::end(kKinds)) return {};
  if (!mail.office) return fail(Code::NotAllowed, "no office behind it");
  const MailboxId& office = mail.office->office;
  if (mail.kind == kKindEnrolled) {
    MACHI_TRY_SET(enrolled, decode_enrolled(mail.content));
    return children.fold(office, enrolled);
  }
  if (mail.kind == kKindRead) return fold_read(reports, children, office, mail.content);
  if (mail.kind == kKindGuardian) {
    MACHI_TRY_SET(news, decode_guardian_news(mail.content));
    return children.guardian_news(office, news.pupil, news.at);
  }
  if (mail.kind == kKindTold) return fold_told(reports, children, office, mail);
  if (mail.kind == kKindNote) return fold_note(notes, children, office, mail);
  if (mail.kind == kKindNoteRead) return fold_note_read(notes, children, office, mail.content);
  if (mail.kind == kKindClosed) {
    MACHI_TRY_SET(closed, decode_day_closed(mail.content));
    return children.day_closed(office, closed);
  }
  if (mail.kind == kKindNoLessons) {
    MACHI_TRY_SET(told, decode_no_lessons(mail.content));
    return children.no_lessons(office, told);
  }
  MACHI_TRY_SET(slip, mail.content.fixed_at<16>(1));
  MACHI_TRY_SET(name, mail.content.text_at(2));
  return children.refuse(office, slip, base::code_of(name).value_or(Code::NotAllowed));
}

}  // namespace machi::absence

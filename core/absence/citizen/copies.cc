// {1: what, 2: content, 3: message, 4: office, 5: ms, 6: photo, 7: ms}. A phone that has the version already
// keeps its own.
#include "core/absence/citizen/copies.h"

#include "core/absence/citizen/note_book.h"
#include "core/absence/photo_book.h"

namespace machi::absence {
namespace {

using base::Code;
using base::fail;
using code::Cbor;

enum What { kReport = 1, kNote = 2, kApplication = 3 };

}  // namespace

Status copy_arrived(const CitizenContext& context, const MessageId& message) {
  auto row = context.database.prepare(
      "SELECT 1, content, pupil, written FROM absence_version WHERE message = ?1 UNION ALL "
      "SELECT 2, content, pupil, written FROM absence_note WHERE message = ?1 AND mine = 1");
  row.bind(message);
  MACHI_TRY_SET(there, row.step());
  if (!there) return {};
  MACHI_TRY_SET(child, context.children.child(row.id<PupilId>(2)));
  const auto state = context.mail.state(message);
  if (!child || !state || !state->arrived) return {};
  MACHI_TRY_SET(content, code::decode(row.blob(1)));
  code::CborMap copy{{1, row.integer(0)},       {2, std::move(content)}, {3, message.view()},
                     {4, child->office.view()}, {5, state->arrived->ms}, {7, row.instant(3).ms}};
  if (const auto photo = PhotoBook(context.database).of(message.view())) copy.emplace_back(6, encode(*photo));
  return context.mail.tell_own(kKindCopy, Cbor(std::move(copy)), context.now);
}

Status copy_application(const CitizenContext& context, const SlipBytes& slip, base::ByteView code,
                        const MailboxId& office, std::string_view office_name) {
  return context.mail.tell_own(kKindCopy,
                               Cbor::map({{1, static_cast<int>(kApplication)},
                                          {2, Cbor::map({{1, slip}, {2, code}, {3, office_name}})},
                                          {4, office.view()},
                                          {5, context.now.ms}}),
                               context.now);
}

Status take_copy(const CitizenContext& context, const mail::Received& mail) {
  if (!context.mail.from_own(mail)) return fail(Code::NotAllowed, "no phone of this person");
  const Cbor& copy = mail.content;
  MACHI_TRY_SET(what, copy.integer_at(1));
  const Cbor* content = copy.find(2);
  MACHI_TRY_SET(office_id, copy.bytes_at(4));
  MACHI_TRY_SET(office, MailboxId::from(office_id));
  MACHI_TRY_SET(ms, copy.integer_at(5));
  const Instant at{ms};
  if (!content) return fail(Code::BadInput, "copy");
  if (what == kApplication) {
    ApplicationState state;
    MACHI_TRY_SET(slip, content->fixed_at<16>(1));
    MACHI_TRY_SET(code, content->fixed_at<10>(2));
    MACHI_TRY_SET(name, content->text_at(3));
    MACHI_TRY_SET(known, context.children.application(slip));
    if (known) return {};
    state.slip = slip;
    state.code = code;
    state.office = office;
    state.office_name = name;
    state.made = at;
    MACHI_TRY(context.children.apply(state));
    return context.mail.follow_to(office, context.now);
  }
  MACHI_TRY_SET(raw, copy.bytes_at(3));
  MACHI_TRY_SET(message, MessageId::from(raw));
  MACHI_TRY_SET(written_ms, copy.integer_at(7));
  const Instant written{written_ms};
  const auto ours = [&](const PupilId& pupil) {
    const auto child = context.children.child(pupil);
    return child.ok() && *child && (*child)->office == office;
  };
  if (what == kReport) {
    ReportVersion version;
    MACHI_TRY_SET(report, decode_report(*content));
    MACHI_TRY_SET(known, context.reports.find(report.report));
    if (!ours(report.pupil) || (known && known->shown().report.pupil != report.pupil))
      return fail(Code::NotAllowed, "copy about another child");
    version.report = std::move(report);
    version.message = message;
    version.from = mail.from.bytes;
    version.written = written;
    version.taken = written;
    MACHI_TRY(context.reports.add(version));
  } else if (what == kNote) {
    MACHI_TRY_SET(note, decode_pupil_note(*content));
    if (!ours(note.pupil)) return fail(Code::NotAllowed, "copy about another child");
    MACHI_TRY(NoteBook(context.database).add({std::move(note), true, true, message, written, {}}));
  } else {
    return {};  // of a newer program
  }
  if (const Cbor* photo = copy.find(6)) {
    MACHI_TRY_SET(one, decode_photo(*photo));
    MACHI_TRY(PhotoBook(context.database).add(message.view(), {one}, written));
  }
  return context.mail.know_arrival(message, office, at);
}

}  // namespace machi::absence

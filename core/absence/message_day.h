// What a school and its families write to each other around the day of a report: that the day is closed,
// notes about a pupil with their answers, and what the other guardians are told. Layouts are in MESSAGES.md.
// Values; any thread; pure.
#pragma once

#include "core/absence/message.h"

namespace machi::absence {

struct NoteTag {};
struct SuspensionTag {};
using NoteId = base::Id<NoteTag>;
using SuspensionId = base::Id<SuspensionTag>;

inline constexpr std::string_view kKindClosed = "absence.closed";  // school -> family: DayClosed
inline constexpr std::string_view kKindNote =
    "absence.note";  // family -> school, school -> family: PupilNote
inline constexpr std::string_view kKindTold =
    "absence.told";  // school -> the child's other guardians: ToldReport

// The school has closed the books of a day: what happened on it is no longer changed by a report, but by a
// note. Sent to the guardians of pupils with a report about the day, and to whoever reports about it later;
// again when it is opened. What the school said last, by its own time, holds.
struct DayClosed {
  Date day;
  Instant at;
  std::string by;         // as the school shows it; may be empty
  bool reopened = false;  // open again after all
};
code::Cbor encode(const DayClosed& closed);
Result<DayClosed> decode_day_closed(const code::Cbor& content);

// 臨時休業 (学校保健安全法20条): the school, a grade or a class has no lessons on these days.
enum class Breadth { School = 1, Grade = 2, Class = 3 };

// What the guardians of one pupil are told of it: nothing is to be reported for these days. Whether it still
// holds is what the school said last, by its own time.
inline constexpr std::string_view kKindNoLessons = "absence.no-lessons";  // school -> family: NoLessons
struct NoLessons {
  SuspensionId id;
  PupilId pupil;
  Date first;
  Date last;
  Breadth breadth = Breadth::Class;
  Instant at;
  bool lifted = false;  // there are lessons after all
};
code::Cbor encode(const NoLessons& told);
Result<NoLessons> decode_no_lessons(const code::Cbor& content);

// A few sentences about one pupil, either way. The type has no place for a class or a school: what is about a
// child goes to that child's guardians, or from one of them to the school.
struct PupilNote {
  NoteId note;
  PupilId pupil;
  std::string text;                // 1..kNoteLimit characters
  std::string language;            // what it is written in
  std::optional<ReportId> report;  // that it is about
  std::optional<NoteId> answers;   // the note that it answers
  std::string by;                  // from a school: who wrote it; from a family: empty
};
code::Cbor encode(const PupilNote& note);
Result<PupilNote> decode_pupil_note(const code::Cbor& content);

// A person at the school has read a family's note. Also what the school's desks tell each other.
inline constexpr std::string_view kKindNoteRead = "absence.note-read";
struct NoteRead {
  NoteId note;
  Instant at;
  std::string by;  // as the school shows it; may be empty
};
code::Cbor encode(const NoteRead& read);
Result<NoteRead> decode_note_read(const code::Cbor& content);

// Another guardian's report, as it came. Who wrote it is not said.
struct ToldReport {
  Report report;
  Instant written;  // by its writer's clock
};
code::Cbor encode(const ToldReport& told);
Result<ToldReport> decode_told_report(const code::Cbor& content);

}  // namespace machi::absence

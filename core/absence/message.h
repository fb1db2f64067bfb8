// What families and schools write to each other about absence and enrolment: the contents of the messages,
// CBOR maps with integer keys (core/mail/PROTOCOL.md, Kinds of messages). Every reader checks everything.
// Values; any thread; pure.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/absence/disease.h"
#include "core/base/id.h"
#include "core/base/time.h"
#include "core/code/cbor.h"

namespace machi::absence {

using base::Date;
using base::Instant;
using base::Result;
using base::TimeOfDay;

struct PupilTag {};
struct ReportTag {};
struct VersionTag {};
struct ClassTag {};
using PupilId = base::Id<PupilTag>;
using ReportId = base::Id<ReportTag>;
using VersionId = base::Id<VersionTag>;
using ClassId = base::Id<ClassTag>;

inline constexpr std::string_view kKindReport = "absence.report";      // family -> school: Report
inline constexpr std::string_view kKindRead = "absence.read";          // school -> family: ReadMark
inline constexpr std::string_view kKindEnrolled = "absence.enrolled";  // school -> family: Enrolled
inline constexpr std::string_view kKindRoll = "absence.roll";  // school -> itself: Roll, one message a class
inline constexpr std::string_view kKindSlips = "absence.slips";  // school -> itself: IssuedSlips
inline constexpr std::string_view kKindDecision =
    "absence.decision";  // school -> itself: Decision on an application
inline constexpr std::string_view kKindConfirmed =
    "absence.confirmed";  // school -> itself: ReadMark (all desks see it)

enum class ReportKind { Absent = 1, Late = 2, LeavingEarly = 3, Cancelled = 4, Back = 5 };
enum class Reason {
  Cold = 1,
  Stomach = 2,
  Injury = 3,
  Clinic = 4,
  Infectious = 5,
  Family = 6,
  Other = 7,
  Bereavement = 8
};
enum class Symptom {
  Cough = 1,
  Headache = 2,
  RunnyNose = 3,
  SoreThroat = 4,
  Vomiting = 5,
  Diarrhoea = 6,
  Rash = 7
};

inline constexpr std::size_t kNoteLimit = 500;  // characters
inline constexpr int kTemperatureLowest = 340;  // tenths of a degree Celsius
inline constexpr int kTemperatureHighest = 430;
inline constexpr int kRangeLimit = 60;  // days from the first to the last

// One version of a report. Versions name those that they replace (DESIGN.md, Merging without clocks): any
// order of arrival and any repetition give the same result; two concurrent ones both stay visible. A
// cancellation is a version. Back says that from this day on the pupil comes again; the phone ends what it
// had reported past that day beside it.
struct Report {
  ReportId report;
  VersionId version;
  std::vector<VersionId> replaces;
  PupilId pupil;
  Date date;
  ReportKind kind = ReportKind::Absent;
  std::optional<Date> last;      // of several days; never that of a Back
  std::optional<Reason> reason;  // missing only when Cancelled or Back
  std::vector<Symptom> symptoms;
  std::optional<int> temperature;  // tenths of a degree Celsius
  std::optional<TimeOfDay> time;   // expected arrival, or leaving
  std::string note;
  std::string language;            // what the note is written in
  std::optional<Disease> disease;  // this and what follows only when Infectious
  std::optional<Date> onset;       // first day of the illness (mumps: of the swelling)
  std::optional<Date> better;      // day on which the fever was gone, or the symptoms eased

  Date end() const { return last.value_or(date); }
  bool covers(Date day) const { return date <= day && day <= end(); }
};
code::Cbor encode(const Report& report);
Result<Report> decode_report(const code::Cbor& content);

// A person at the school confirmed this version.
struct ReadMark {
  ReportId report;
  VersionId version;
  Instant at;
  std::string by;  // the teacher's name as the school shows it; may be empty
};
code::Cbor encode(const ReadMark& mark);
Result<ReadMark> decode_read_mark(const code::Cbor& content);

struct PupilCard {  // what a guardian's phone knows of a child
  PupilId pupil;
  std::string name;        // 佐倉 みお
  std::string reading;     // さくら みお
  std::string class_name;  // 3年1組
  bool preschool = false;  // 幼児: another rule for influenza
};
enum class Standing { Confirmed = 1, Pending = 2, Refused = 3 };
struct Enrolled {
  base::Array<16> slip{};  // mail::SlipId bytes
  Standing standing = Standing::Pending;
  std::optional<base::Code> why;  // Refused: expired, used-up, revoked, not-found
  std::vector<PupilCard> pupils;  // Confirmed, and for Pending nothing
  std::vector<Date> closed_days;  // days without school that are known (holidays, the school's own)
  std::optional<Date> until{};    // Confirmed as a delegate: the last day
};
code::Cbor encode(const Enrolled& enrolled);
Result<Enrolled> decode_enrolled(const code::Cbor& content);

// school -> the child's other guardians: somebody else was enrolled. They are not told who (DESIGN.md,
// Mailboxes).
inline constexpr std::string_view kKindGuardian = "absence.guardian";
struct GuardianNews {
  PupilId pupil;
  Instant at;
};
code::Cbor encode(const GuardianNews& news);
Result<GuardianNews> decode_guardian_news(const code::Cbor& content);

struct PupilRecord {
  PupilId pupil;
  int number = 0;  // 出席番号
  std::string name;
  std::string reading;
  Date birth;
  std::vector<std::string> telephones;  // registered numbers, digits only
};
struct Roll {
  ClassId id;
  int grade = 0;
  std::string name;  // 1組
  std::string teacher;
  std::vector<PupilRecord> pupils;
  std::uint64_t revision = 0;  // one more than the newest that its writer knew of: the highest holds
};
code::Cbor encode(const Roll& roll);
Result<Roll> decode_roll(const code::Cbor& content);

enum class Relation { Guardian = 1, Delegate = 2 };  // a delegate (a grandparent, a carer) has a last day
struct IssuedSlip {
  base::Array<10> code{};
  PupilId pupil;
  Instant expires;
  bool revoked = false;
  Relation relation = Relation::Guardian;  // whoever enrols with it
  std::optional<Date> until{};             // last day of a delegate
  bool apart = false;                      // no news to or of the other guardians
  // Given, sealed, to one guardian whom another school of the town vouches for: nobody else gets in with it, and
  // birth date and telephone are not asked.
  std::optional<base::MailboxId> person{};
};
code::Cbor encode(const std::vector<IssuedSlip>& slips);
Result<std::vector<IssuedSlip>> decode_slips(const code::Cbor& content);

// school -> a guardian of a pupil who came from another school of the town: the phone applies with this by itself.
inline constexpr std::string_view kKindWelcome = "absence.welcome";
struct Welcome {
  base::Array<10> code{};
  PupilId pupil;
  std::string guardian;  // the name under which the guardian was known
  Date birth;            // the child's
};
code::Cbor encode(const Welcome& welcome);
Result<Welcome> decode_welcome(const code::Cbor& content);

// How a desk answered an application: every desk of the school folds the same.
struct Decision {
  base::Array<16> slip{};
  base::Array<32> phone{};   // the applicant's posting key at the school
  base::Array<16> person{};  // the applicant's mailbox
  Standing standing = Standing::Pending;
  PupilId pupil;
};
code::Cbor encode(const Decision& decision);
Result<Decision> decode_decision(const code::Cbor& content);

}  // namespace machi::absence

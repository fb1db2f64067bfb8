// SchoolDesk: what one desk of a school knows and does - it folds the school's mail into roll, reports and
// enrolment, keeps apart what came from phones that nobody confirmed, and writes a person's confirmations.
// Owned by the desk app; one thread. on_message runs inside the mail's transaction; the others open their
// own.
#pragma once

#include <set>

#include "core/absence/desk/day_book.h"
#include "core/absence/desk/enrolment.h"
#include "core/absence/desk/telling.h"
#include "core/absence/desk/thread_book.h"
#include "core/absence/report_book.h"
#include "core/absence/school_day.h"

namespace machi::absence {

// school -> itself: a person called the family of a report that was kept apart. Content: ReadMark.
inline constexpr std::string_view kKindCalled = "absence.called";

// A report whose writer is not a confirmed guardian of the pupil: never counted, never dropped.
struct ApartReport {
  ReportVersion version;
  std::optional<Instant> called;  // a person called back
  std::string by;
};

// One line of a day: a pupil's report, in one of its heads.
struct DayLine {
  std::optional<Pupil> pupil;  // nothing: no longer on the roll
  Entry entry;
  ReportVersion version;             // the head that this line shows
  std::optional<EntryNote> entered;  // the school wrote it, after a telephone call for instance
  bool after_closing = false;        // the day was closed before this came
  const ReadMark* read() const { return entry.read(version.report.version); }
};

class SchoolDesk {
 public:
  static std::vector<store::Migration> migrations();
  SchoolDesk(store::Database& database, SchoolPost& post);

  // The school's days without school, from the town pack; told to phones too.
  void closed_days(std::vector<Date> days);
  const SchoolDays& days() const { return days_; }

  // BadInput and the like for a message that is kept as unreadable; what a stranger may not say waits, and is
  // asked again.
  Status on_message(const mail::Received& mail);
  // After the mail has folded: answers applications, and takes up what waited for a colleague's key.
  Status settle(Instant now);
  // True once after a report came that a person should look at.
  bool take_news() { return std::exchange(news_, false); }

  const RollBook& roll() const { return roll_; }
  const Enrolment& enrolment() const { return enrolment_; }
  const DayBook& book() const { return book_; }
  const ThreadBook& notes() const { return notes_; }
  // By class and number; several lines for a pupil stand together.
  std::vector<DayLine> day(Date date) const;
  std::vector<ApartReport> apart(Date date) const;
  // Reports about one pupil, the newest days first.
  std::vector<Entry> reports(const PupilId& pupil) const;

  // A person confirmed this version: every desk and every guardian of the pupil hear of it. Twice is once.
  Status confirm(const ReportId& report, const VersionId& version, Instant now);
  // What day_status says of every pupil on the roll.
  std::map<PupilId, PupilDay> pupils_on(Date date) const;
  // The same for several days, the earliest first, about these pupils: one a day.
  std::map<PupilId, std::vector<PupilDay>> pupils_on(const std::vector<Date>& days,
                                                     const std::vector<PupilId>& about) const;
  // Who is in class and who is not, as this desk's person saw it; it takes the place of all earlier calls
  // about these pupils. BadInput when it names nobody.
  Status call_roll(RollCallId id, Date date, std::vector<PupilId> here, std::vector<PupilId> missing,
                   Instant now);
  // A report that a family gave by telephone, written for it: read by whoever entered it, and told to every
  // guardian of the pupil. NotFound for a pupil who is not on the roll.
  Status enter(Report report, Channel channel, std::string caller, Instant now);
  // The list of the day is what the school goes by; families that reported for it are told that it is closed.
  // Twice is once. Reports that come later are accepted, and shown apart.
  Status close_day(ClosingId id, Date date, Instant now);
  Status reopen_day(Date date, Instant now);
  // --- notes (notes_work.cc)
  // Ours, or from a confirmed guardian of the pupil it is about.
  bool is_shown(const NoteLine& line) const;
  int notes_unread() const;
  // To this one guardian; what they wrote before counts as read. NotFound when the phone is no guardian's.
  Status write_note(PupilNote note, const crypto::SignPublic& phone, Instant now);
  Status read_note(const NoteId& note, Instant now);

  // A person called the family of a report that was kept apart.
  Status called(const VersionId& version, Instant now);
  Status decide(const mail::SlipId& slip, const crypto::SignPublic& phone, Standing standing, Instant now);

  // Takes a slip back: phones that are enrolled stay, no further one gets in.
  Status revoke(IssuedSlip slip, Instant now);

  // The name that stands beside what this desk confirms; "" at first.
  std::string name() const { return setting("name"); }
  Status rename(std::string_view name) { return set("name", name); }
  std::string setting(std::string_view name) const;
  Status set(std::string_view name, std::string_view value);

 private:
  Status fold_own(const mail::Received& mail);
  Status fold_day(const mail::Received& mail);
  Status fold_note(const mail::Received& mail);
  Status tell_sums(const DayClosing& closing, Instant now);
  Status fold_entered(const Entered& entered, const mail::Received& mail);
  Status tell_guardians(const PupilId& pupil, std::string_view kind, const code::Cbor& content, Instant now);
  Status tell_closed(const Report& report, Instant now);
  Status take_report(const Report& report, const mail::Received& mail);
  bool may_report(const Report& report, const crypto::SignPublic& phone) const;
  Status take_up(const crypto::SignPublic& phone, const PupilId& pupil);
  Status hold(const mail::Received& mail);
  Status take_held();
  bool holds() const;

  store::Database& database_;
  SchoolPost& post_;
  RollBook roll_;
  ReportBook reports_;
  DayBook book_;
  ThreadBook notes_;
  Enrolment enrolment_;
  Telling telling_;
  SchoolDays days_;
  bool news_ = false;
  bool unsettled_ = true;
};

}  // namespace machi::absence

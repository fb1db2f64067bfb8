// SchoolDesk: what one desk of a school knows and does - it folds the school's mail into roll, reports and
// enrolment, keeps apart what came from phones that nobody confirmed, and writes a person's confirmations.
// Owned by the desk app; one thread. on_message runs inside the mail's transaction; the others open their
// own.
#pragma once

#include <memory>
#include <set>

#include "core/absence/desk/day/day_book.h"
#include "core/absence/desk/devices/guest_book.h"
#include "core/absence/desk/messages/telling.h"
#include "core/absence/desk/messages/thread_book.h"
#include "core/absence/desk/people/enrolment.h"
#include "core/absence/desk/roll/roll_plan.h"
#include "core/absence/desk/sheets/attendance.h"
#include "core/absence/message_day.h"
#include "core/absence/photo_book.h"
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

// A pupil of whom the school's mail held something, as far as an epoch.
struct HeldPupil {
  PupilId pupil;
  std::string name;
  int number = 0;
  int reports = 0;  // versions of reports, also those of unconfirmed phones
  std::string class_name;
  bool on_roll = true;  // false: has left since
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

  // Of a guest's desk: what it was let in for.
  const RollBook& roll() const { return shown_ ? *shown_ : roll_; }
  const Enrolment& enrolment() const { return enrolment_; }
  const DayBook& book() const { return book_; }
  const ThreadBook& notes() const { return notes_; }
  // Photos that came with reports and notes of families: which, not the pictures.
  const PhotoBook& photos() const { return photos_; }
  const GuestBook& guests() const { return guests_; }
  // This desk is a guest's: it does nothing by itself.
  void as_guest();
  // It shows some classes only, and says so; what is the whole school's to do, it does not.
  bool narrowed() const { return guest_ && view_ && !view_->only.empty(); }
  // What a device that is let in for a time shows.
  Status show_guest(const GuestView& view, Instant now);
  // By class and number; several lines for a pupil stand together.
  std::vector<DayLine> day(Date date) const { return *lines(date); }
  std::shared_ptr<const std::vector<DayLine>> lines(Date date) const;
  std::vector<ApartReport> apart(Date date) const;
  // What a message carried, confirmed or kept apart.
  std::optional<ReportVersion> report_of(const base::MessageId& message) const;
  // Everybody of whom something was sealed to an epoch up to this one, also who has left.
  std::vector<HeldPupil> held(std::uint64_t epoch) const;
  // Reports about one pupil, the newest days first.
  std::vector<Entry> reports(const PupilId& pupil) const;

  // A person confirmed this version: every desk and every guardian of the pupil hear of it. Twice is once.
  Status confirm(const ReportId& report, const VersionId& version, Instant now);
  // What the day came to for everybody who was on the roll then.
  WholeDay whole_day(Date date) const { return *seen(date); }
  std::shared_ptr<const WholeDay> seen(Date date) const;
  // The register of a class for a month.
  MonthSheet month(const SchoolClass& one, Date month, Date today) const;
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
  // --- 臨時休業 (suspension_work.cc)
  const SuspensionBook& suspensions() const { return suspensions_; }
  LessonDays lessons(Date first, Date last) const;
  // Families of the pupils concerned are told; their phones take no report about these days. BadInput when no
  // class has pupils there, or no day is a school day. Twice is once.
  Status suspend(Suspension suspension, Instant now);
  Status resume(const SuspensionId& id, Instant now);
  // Guardians whom it concerns.
  int families_of(const Suspension& suspension) const;

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

  // --- the roll (register.cc). All are written to the log, and hold here at once.
  RollPlan plan(const ClassList& list, ListScope scope) const {
    return plan_roll(roll_, list, scope, post_.office());
  }
  // Takes a list over as planned: the new rolls; guardians of those who leave are told and let go. `from`:
  // the first day on which it holds; nothing: today. The first list of all was always true.
  Status take_over(const RollPlan& plan, Instant now, std::optional<Date> from = std::nullopt);
  // The pupil leaves the school: off the roll, guardians told and let go. Today is the last day.
  Status leave(const PupilId& pupil, Instant now);
  // To another school of the town, which gets the record; then as leave.
  Status transfer(const PupilId& pupil, const mail::Recipient& school, std::string_view own_name,
                  Instant now);
  // A pupil who came from another school is put into a class, behind its last number. Today is the first day.
  // Its guardians' phones hear of it, and apply here by themselves.
  Status receive(const PupilId& pupil, const ClassId& into, base::Entropy& entropy, Instant now);
  // Delegates of a pupil whose last day is over.
  std::vector<Guardian> delegates_before(const PupilId& pupil, Date today) const;
  // A new slip; the slips of the same terms before it are taken back.
  Result<IssuedSlip> issue(const PupilId& pupil, const SlipTerms& terms, base::Entropy& entropy, Instant now);
  // The slip as it is printed. NotFound when the school has no pen.
  Result<base::Bytes> signed_slip(const IssuedSlip& slip, Instant now) const;
  // A phone is no guardian any more. Told: its screen says so; silent: it hears nothing more, and is told
  // nothing.
  Status part(const PupilId& pupil, const crypto::SignPublic& phone, Parting parting, Instant now);
  // No news to or of the others; a last day for a delegate, nothing for a guardian.
  Status arrange(const PupilId& pupil, const crypto::SignPublic& phone, bool apart, std::optional<Date> until,
                 Instant now);

  // The name that stands beside what this desk confirms; "" at first. The other desks see it in the list of
  // devices.
  std::string name() const { return setting("name"); }
  Status rename(std::string_view name, Instant now);
  std::string setting(std::string_view name) const;
  Status set(std::string_view name, std::string_view value);

 private:
  Result<std::vector<DayLine>> read_lines(Date date) const;
  Result<WholeDay> read_whole(Date date) const;
  Status note_epoch(base::ByteView id, const PupilId& pupil, std::uint64_t epoch);
  Status fold_own(const mail::Received& mail);
  Status fold_day(const mail::Received& mail);
  Status fold_note(const mail::Received& mail);
  Status tell_sums(const DayClosing& closing, Instant now);
  Status fold_entered(const Entered& entered, const mail::Received& mail);
  Status tell_guardians(const PupilId& pupil, std::string_view kind, const code::Cbor& content, Instant now);
  Status tell_suspension(const Suspension& suspension, bool lifted, Instant now);
  Status tell_suspensions(const mail::Recipient& person, const PupilId& pupil, Instant now);
  Status tell_other_suspensions(const Pupil& before, Date from, Instant now);
  Status send(const std::vector<Stay>& stays, Instant now);
  Status tell_closed(const ReportVersion& version, Instant now);
  Status tell_card(const Pupil& pupil, const Guardian& guardian, Instant now);
  Status welcome(const Transfer& arrival, base::Entropy& entropy, Instant now);
  Status tell_closing(const DayClosed& closed, Instant now);
  Status send(const Roll& roll, Instant now);
  Status send(const GuardianLink& link, Instant now);
  Status take_off(const Pupil& pupil, Instant now);
  Status let_go(const PupilId& pupil, const Guardian& guardian, Parting parting, Instant now);
  Status take_report(const Report& report, const mail::Received& mail);
  bool may_report(const Report& report, const crypto::SignPublic& phone, Instant written) const;
  Status take_up(const crypto::SignPublic& phone, const PupilId& pupil);
  Status hold(const mail::Received& mail);
  Status take_held();
  bool holds() const;

  store::Database& database_;
  SchoolPost& post_;
  RollBook roll_;
  ReportBook reports_;
  DayBook book_;
  SuspensionBook suspensions_;
  ThreadBook notes_;
  PhotoBook photos_;
  GuestBook guests_;
  Enrolment enrolment_;
  Telling telling_;
  SchoolDays days_;
  // Drawn from often, and read anew once anything was written.
  mutable store::Memo<Date, std::shared_ptr<const std::vector<DayLine>>> lines_;
  mutable store::Memo<Date, std::shared_ptr<const WholeDay>> seen_;
  bool guest_ = false;
  std::optional<GuestView> view_;    // of a guest's desk, once it has read it
  std::unique_ptr<RollBook> shown_;  // and what its screens know of the roll
  void look_for_view();
  bool hides(const PupilId& pupil) const { return shown_ && !shown_->pupil(pupil); }
  bool news_ = false;
  bool unsettled_ = true;
};

}  // namespace machi::absence

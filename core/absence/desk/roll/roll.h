// RollBook: the school's own tables - classes, pupils, slips, applications, decisions, and so who is whose
// guardian. A fold of messages in the school's mailbox: every desk that reads the same log has the same
// tables. Borrows the desk's database, its thread and its transaction. Storage is all that can fail.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/absence/desk/roll/roll_message.h"
#include "core/mail/client.h"
#include "core/mail/slip.h"
#include "core/store/database.h"
#include "core/store/memo.h"

namespace machi::absence {

using base::Status;

struct SchoolClass {
  ClassId id;
  int grade = 0;
  std::string name;  // 1組
  std::string teacher;
  int pupils = 0;
};

struct Pupil {
  PupilRecord record;
  ClassId class_id;
  int grade = 0;
  std::string class_name;  // 3年1組
};
PupilCard card_of(const Pupil& pupil);

// A pupil's place in a class's register, with the days on which it is the pupil's.
struct Seat {
  struct Span {
    std::optional<Date> from, last;
  };
  Pupil pupil;
  std::vector<Span> spans;
  bool holds(Date day) const;
};

// An application as it stands: what was asked, and what the log says about it.
struct Applicant {
  mail::Application asked;
  crypto::SignPublic phone;                // posting key at the school
  base::MessageId message;                 // newest message of this phone about this slip
  Instant written;                         // by the phone's clock
  Instant at;                              // when this desk took it
  bool noted = false;                      // a desk said that a person will look at it
  std::optional<Decision> decision;        // the final one; first in the log's order
  std::optional<crypto::SignPublic> desk;  // who decided, or before that: who noted it first
};

struct Guardian {
  crypto::SignPublic phone;
  mail::Recipient person;
  std::string name;
  Instant from;  // when the decision was taken in
  Relation relation = Relation::Guardian;
  std::optional<Date> until;  // a delegate's last day
  bool apart = false;         // no news to or of the others
};
// Whether one may hear what the other does: each hears of itself, and those apart of nobody.
inline bool hears(const Guardian& one, const Guardian& other) {
  return one.phone == other.phone || (!one.apart && !other.apart);
}

struct DeskName {
  std::string name;
  Instant seen;  // when this desk last took something that it wrote
};

// A pupil as a search sees it: base::search_form of each text.
struct Sought {
  const Pupil* pupil;
  const SchoolClass* of;
  std::string name, reading, class_name;
};

inline constexpr int kDecidedShown = 30;

class RollBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit RollBook(store::Database& database) : database_(database) {}

  // The highest revision of a class holds (ties: the higher message id); a pupil stands where the highest
  // roll that ever named it puts it, while that roll holds.
  Status fold(const Roll& roll, const base::MessageId& message);
  // One more than every revision folded so far.
  std::uint64_t next_revision() const;
  Status fold(const std::vector<IssuedSlip>& slips);
  // Again from the same phone: replaces what was asked, until it is decided.
  Status fold(const mail::Application& application, const mail::Received& mail);
  // Of several final decisions about one slip and phone the one with the lowest number in the log holds.
  Status fold(const Decision& decision, const mail::Received& mail);

  // Removed once is removed for good; of the rest the highest revision holds.
  Status fold(const GuardianLink& link, const base::MessageId& message);
  Status fold(const std::vector<Stay>& stays, const base::MessageId& message);
  // The pen that is good for longest.
  Status fold(const SlipPen& pen);
  Status fold_desk(const crypto::SignPublic& desk, std::string_view name, const mail::Received& mail);

  // A pupil who comes from another school of the town; once for each message.
  Status fold(const Transfer& transfer, const mail::Received& mail);
  // Who came from other schools and is not on the roll yet, newest first.
  std::vector<Transfer> arrivals() const;

  // The day by which a delegate's time is over or not, when nothing else says when.
  void today(Date date) { today_ = date; }

  // The day on which the first list came in; the earliest that any desk says holds.
  Status begin(Date day);
  Date first_day() const;

  // Only these classes and their pupils are there: what a guest was let in for. Before the first question.
  void only(std::set<ClassId> classes) { only_ = std::move(classes); }

  bool empty() const;
  std::vector<SchoolClass> classes() const;            // by grade and name
  std::vector<Pupil> pupils(const ClassId& id) const;  // by number
  std::optional<Pupil> pupil(const PupilId& id) const;
  // Everybody, in the register's order; to be looked at before anything is written.
  const std::vector<Sought>& sought() const;
  // By number, everybody who was in the class on some of these days: also who left, and who came, between
  // them.
  std::vector<Seat> seats(const SchoolClass& one, Date first, Date last) const;
  // The same of every class that has pupils now.
  std::vector<std::pair<SchoolClass, std::vector<Seat>>> register_of(Date first, Date last) const;
  // The pupil's place as it stands: with a class and number, a first day when it is known, and no last one.
  Stay stay(const Pupil& pupil) const;
  std::optional<IssuedSlip> slip(const mail::SlipId& id) const;
  std::vector<IssuedSlip> slips(const PupilId& id) const;  // good ones first, newest first

  std::vector<Guardian> guardians(const PupilId& id) const;  // confirmed ones, a phone once
  bool is_guardian(const crypto::SignPublic& phone, const PupilId& id) const {
    return is_guardian(phone, id, today_);
  }
  bool is_guardian(const crypto::SignPublic& phone, const PupilId& id, Date day) const;
  // Who hears of what this phone did about a pupil: itself and, unless it lives apart, all others who do not.
  std::vector<Guardian> hearers(const PupilId& id, const crypto::SignPublic& phone) const;
  // The enrolments, slip by slip, of a phone for a pupil that have not been removed.
  std::vector<GuardianLink> links(const crypto::SignPublic& phone, const PupilId& id) const;
  std::optional<SlipPen> pen(Instant now) const;
  DeskName desk(const crypto::SignPublic& key) const;
  // Pupils of each class that have a guardian.
  std::map<ClassId, int> enrolled() const;
  // Confirmed phones of each pupil that has any.
  std::map<PupilId, int> phones() const;
  // Confirmed phones of a slip, another than `except`.
  int phones_of(const mail::SlipId& id, const crypto::SignPublic& except) const;

  std::vector<Applicant> applicants() const;  // all, oldest first
  std::vector<Applicant> undecided() const;   // those without a final decision
  std::vector<Applicant> decided() const;     // kDecidedShown of the others, the newest first
  std::optional<Applicant> applicant(const mail::SlipId& slip, const crypto::SignPublic& phone) const;
  // A name that a phone gave of itself, when it ever applied.
  std::string name_of(const crypto::SignPublic& phone) const;

 private:
  // The roll as it stands: read once, until a class, a pupil or a stay changes.
  struct Roster {
    std::vector<SchoolClass> classes;
    std::map<ClassId, std::vector<Pupil>> pupils;
    std::map<PupilId, const Pupil*> by_id;
    std::map<ClassId, std::vector<Stay>> stays;
    mutable std::vector<Sought> sought;  // once somebody searches
  };
  const Roster& now() const;
  std::optional<Roster> read() const;
  std::vector<Seat> seats(const SchoolClass& one, std::vector<Pupil> now, const std::vector<Stay>& told,
                          Date first, Date last) const;
  std::optional<Pupil> ever(const PupilId& id, const SchoolClass& one, int number) const;

  store::Database& database_;
  Date today_{};
  mutable store::ClockedMemo<Roster> now_{"SELECT n FROM clock_roll"};
  mutable store::ClockedMemo<std::vector<Applicant>> waiting_{"SELECT n FROM clock_enrolment"};
  mutable store::ClockedMemo<std::vector<Applicant>> decided_{"SELECT n FROM clock_enrolment"};
  mutable store::ClockedMemo<std::map<PupilId, int>> phones_{"SELECT n FROM clock_enrolment"};
  mutable Date phones_on_{};  // the day that they are asked for
  std::optional<std::set<ClassId>> only_;
};

}  // namespace machi::absence

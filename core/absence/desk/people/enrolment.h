// Enrolment: how a school answers the applications that phones make with their slips. What agrees is
// confirmed by itself, what cannot be is refused with its reason, and the rest waits for a person who calls
// back. Every desk of a school runs this over the same log: each may propose, the first decision in the log
// holds, and only the desk that wrote it carries it out. Borrows the database, its thread and the caller's
// transaction. Storage can fail.
#pragma once

#include <functional>

#include "core/absence/desk/roll/roll.h"

namespace machi::absence {

// How a desk writes: to the school's own mailbox, to a person as the school, and to the list of who may post.
class SchoolPost {
 public:
  virtual ~SchoolPost() = default;
  virtual Status note(std::string_view kind, code::Cbor content, Instant now) = 0;
  virtual Result<base::MessageId> tell(const mail::Recipient& person, std::string_view kind,
                                       code::Cbor content, Instant now) = 0;
  // The hub has what was told, or will never take it.
  virtual bool arrived(const base::MessageId& message) const = 0;
  // To the board of education; nothing happens where the town has none.
  virtual Status tell_board(std::string_view kind, code::Cbor content, Instant now) = 0;
  virtual Status admit(const crypto::SignPublic& phone, Instant now) = 0;
  // The slip as it is printed, signed with the school's pen; and the same left at the hub for whoever types
  // its code.
  virtual Result<base::Bytes> sign_slip(const IssuedSlip& slip, const SlipPen& pen, Instant now) const = 0;
  virtual Status publish_slip(const IssuedSlip& slip, base::ByteView cose) = 0;
  virtual mail::MailboxId office() const = 0;
  // Whether this key is this desk's own at the school; whether it is, or ever was, any desk's of the school
  // (what a desk wrote holds after it was removed: the hub takes nothing from it then); and whether it is one
  // now.
  virtual bool mine(const crypto::SignPublic& desk) const = 0;
  virtual bool colleague(const crypto::SignPublic& desk) const = 0;
  // The same for a desk that may do more than a guest's: change the roll, give out slips, let people in and
  // go.
  virtual bool registrar(const crypto::SignPublic& desk) const = 0;
  virtual bool present(const crypto::SignPublic& desk, Instant now) const = 0;
  // Nothing that a desk of the school wrote still waits here for a key that would open it.
  virtual bool opened_all() const = 0;
  // Somebody whom this desk does not know writes as a desk: the list of members may have moved on.
  virtual void meet() = 0;
};

inline constexpr int kPhonesOfASlip = 4;
// A slip is good for 48 h after its date, and for what was written in time while the school was closed.
inline constexpr std::int64_t kSlipGrace = 48 * 3600;
inline constexpr std::int64_t kSchoolAway = 30 * 24 * 3600;

struct Verdict {
  Standing standing = Standing::Pending;
  std::optional<base::Code> why;  // Refused: not-found, revoked, expired, used-up
  PupilId pupil;                  // zero when the slip is unknown
  bool birth_agrees = false;
  bool digits_agree = false;
};
// What the tables alone say to an application.
Verdict judge(const RollBook& roll, const Applicant& applicant, Instant now);
// The last four digits, of either width, behind whatever else was typed; "" when there are fewer.
std::string last_digits(std::string_view typed);

class Enrolment {
 public:
  static std::vector<store::Migration> migrations();
  Enrolment(store::Database& database, RollBook& roll, SchoolPost& post)
      : database_(database), roll_(roll), post_(post) {}

  // Days without school that a newly enrolled phone is told.
  void closed_days(std::vector<Date> days) { closed_days_ = std::move(days); }
  const std::vector<Date>& closed_days() const { return closed_days_; }

  // What a phone is to hear right after it was confirmed for a pupil.
  using Greet = std::function<Status(const mail::Recipient&, const PupilId&, Instant)>;
  void greet(Greet greet) { greet_ = std::move(greet); }

  // Proposes what can be decided, and carries out the decisions that this desk wrote. After folding; again is
  // harmless. `complete`: all that the log holds so far was folded, so a slip that is not there is not there;
  // it is asked only then.
  Status settle(Instant now, const std::function<bool()>& complete);
  // An application whose slip is not known could not be answered yet.
  bool waits() const { return waits_; }
  // A person decides after calling back: Confirmed or Refused. Nothing happens when it was decided already.
  Status decide(const mail::SlipId& slip, const crypto::SignPublic& phone, Standing standing, Instant now);
  // This desk's proposal that the log has not shown yet.
  std::optional<Standing> proposed(const mail::SlipId& slip, const crypto::SignPublic& phone) const;

 private:
  Status propose(const Applicant& applicant, const Verdict& verdict, Instant now);
  Status carry_out(const Applicant& applicant, Instant now);
  Status tell_applicant(const Applicant& applicant, Enrolled answer, Instant now);
  bool told(const Applicant& applicant, Standing standing) const;         // about this very message
  bool told_before(const Applicant& applicant, Standing standing) const;  // about an earlier one
  std::optional<base::Code> why(const Applicant& applicant) const;

  store::Database& database_;
  RollBook& roll_;
  SchoolPost& post_;
  std::vector<Date> closed_days_;
  Greet greet_;
  bool waits_ = false;
};

}  // namespace machi::absence

// Judging applications and carrying decisions out. Everything that is sent is sent in the transaction that
// remembers it: a crash repeats nothing and forgets nothing.
#include "core/absence/desk/people/enrolment.h"

#include <algorithm>

#include "core/base/text.h"

namespace machi::absence {
namespace {

using base::Code;

bool is_late(const IssuedSlip& slip, const Applicant& applicant, Instant now) {
  return applicant.written > slip.expires.plus_seconds(kSlipGrace) ||
         now > slip.expires.plus_seconds(kSchoolAway);
}

mail::Recipient person_of(const Applicant& applicant) {
  return {applicant.asked.person, applicant.asked.epoch, applicant.asked.epoch_key};
}

Enrolled answer_of(const Applicant& applicant, Standing standing) {
  Enrolled answer;
  answer.slip = applicant.asked.slip.bytes;
  answer.standing = standing;
  return answer;
}

}  // namespace

std::string last_digits(std::string_view typed) {
  std::string digits;
  for (char sign : base::fold_width(typed))
    if (sign >= '0' && sign <= '9') digits += sign;
  return digits.size() < 4 ? std::string() : digits.substr(digits.size() - 4);
}

Verdict judge(const RollBook& roll, const Applicant& applicant, Instant now) {
  Verdict verdict;
  const auto refuse = [&](Code code) {
    verdict.standing = Standing::Refused;
    verdict.why = code;
    return verdict;
  };
  const auto slip = roll.slip(applicant.asked.slip);
  if (!slip || slip->code != applicant.asked.code) return refuse(Code::NotFound);
  const auto pupil = roll.pupil(slip->pupil);
  if (!pupil) return refuse(Code::NotFound);
  verdict.pupil = slip->pupil;
  if (slip->revoked) return refuse(Code::Revoked);
  if (is_late(*slip, applicant, now)) return refuse(Code::Expired);
  if (slip->person) {
    // Sealed to this one person's mailbox, on another school's word: there is nothing more to ask, and nobody
    // else.
    if (*slip->person != applicant.asked.person) return refuse(Code::NotFound);
    verdict.birth_agrees = verdict.digits_agree = true;
    verdict.standing = Standing::Confirmed;
    return verdict;
  }
  if (roll.phones_of(applicant.asked.slip, applicant.phone) >= kPhonesOfASlip) return refuse(Code::UsedUp);
  verdict.birth_agrees = applicant.asked.birth == pupil->record.birth;
  const std::string digits = last_digits(applicant.asked.digits);
  for (const std::string& telephone : pupil->record.telephones)
    verdict.digits_agree |= !digits.empty() && last_digits(telephone) == digits;
  if (verdict.birth_agrees && verdict.digits_agree) verdict.standing = Standing::Confirmed;
  return verdict;
}

std::vector<store::Migration> Enrolment::migrations() {
  return {{"absence.enrolment.1", R"sql(
CREATE TABLE desk_proposal(slip BLOB NOT NULL, phone BLOB NOT NULL, final INTEGER NOT NULL, standing INTEGER NOT NULL,
  why TEXT NOT NULL, PRIMARY KEY(slip, phone, final)) WITHOUT ROWID;
CREATE TABLE desk_told(slip BLOB NOT NULL, phone BLOB NOT NULL, standing INTEGER NOT NULL, message BLOB NOT NULL,
  PRIMARY KEY(slip, phone, standing, message)) WITHOUT ROWID;
)sql"}};
}

Status Enrolment::settle(Instant now, const std::function<bool()>& complete) {
  waits_ = false;
  for (const Applicant& applicant : roll_.applicants()) {
    if (!applicant.decision) {
      const Verdict verdict = judge(roll_, applicant, now);
      if (verdict.why == Code::NotFound && !complete()) {
        waits_ = true;
        continue;
      }
      MACHI_TRY(propose(applicant, verdict, now));
    }
    MACHI_TRY(carry_out(applicant, now));
  }
  return {};
}

Status Enrolment::propose(const Applicant& applicant, const Verdict& verdict, Instant now) {
  const bool final = verdict.standing != Standing::Pending;
  if (!final && applicant.noted) return {};
  auto insert = database_.prepare(
      "INSERT OR IGNORE INTO desk_proposal(slip, phone, final, standing, why) VALUES(?, ?, ?, ?, ?)");
  insert.bind(applicant.asked.slip)
      .bind(applicant.phone.bytes)
      .bind(final)
      .bind(static_cast<int>(verdict.standing))
      .bind(verdict.why ? base::code_name(*verdict.why) : std::string_view());
  MACHI_TRY(insert.run());
  if (database_.changes() == 0) return {};  // proposed before; the log will show it
  Decision decision;
  decision.slip = applicant.asked.slip.bytes;
  decision.phone = applicant.phone.bytes;
  decision.person = applicant.asked.person.bytes;
  decision.standing = verdict.standing;
  decision.pupil = verdict.pupil;
  return post_.note(kKindDecision, encode(decision), now);
}

Status Enrolment::decide(const mail::SlipId& slip, const crypto::SignPublic& phone, Standing standing,
                         Instant now) {
  const auto applicant = roll_.applicant(slip, phone);
  if (!applicant) return base::fail(Code::NotFound, "application");
  if (applicant->decision || standing == Standing::Pending) return {};
  const auto issued = roll_.slip(slip);
  if (!issued) return base::fail(Code::NotFound, "slip");
  Verdict verdict;
  verdict.standing = standing;
  verdict.pupil = issued->pupil;
  if (standing == Standing::Refused) verdict.why = Code::NotAllowed;
  return propose(*applicant, verdict, now);
}

std::optional<Standing> Enrolment::proposed(const mail::SlipId& slip, const crypto::SignPublic& phone) const {
  auto row =
      database_.prepare("SELECT standing FROM desk_proposal WHERE slip = ? AND phone = ? AND final = 1");
  row.bind(slip).bind(phone.bytes);
  const auto there = row.step();
  if (!there.ok() || !*there) return std::nullopt;
  return static_cast<Standing>(row.integer(0));
}

bool Enrolment::told(const Applicant& applicant, Standing standing) const {
  auto row = database_.prepare(
      "SELECT 1 FROM desk_told WHERE slip = ? AND phone = ? AND standing = ? AND message = ?");
  row.bind(applicant.asked.slip)
      .bind(applicant.phone.bytes)
      .bind(static_cast<int>(standing))
      .bind(applicant.message);
  const auto there = row.step();
  return there.ok() && *there;
}

bool Enrolment::told_before(const Applicant& applicant, Standing standing) const {
  auto row =
      database_.prepare("SELECT 1 FROM desk_told WHERE slip = ? AND phone = ? AND standing = ? LIMIT 1");
  row.bind(applicant.asked.slip).bind(applicant.phone.bytes).bind(static_cast<int>(standing));
  const auto there = row.step();
  return there.ok() && *there;
}

std::optional<Code> Enrolment::why(const Applicant& applicant) const {
  auto row = database_.prepare("SELECT why FROM desk_proposal WHERE slip = ? AND phone = ? AND final = 1");
  row.bind(applicant.asked.slip).bind(applicant.phone.bytes);
  const auto there = row.step();
  return there.ok() && *there ? base::code_of(row.text(0)) : std::nullopt;
}

Status Enrolment::tell_applicant(const Applicant& applicant, Enrolled answer, Instant now) {
  MACHI_TRY(
      database_.prepare("INSERT OR IGNORE INTO desk_told(slip, phone, standing, message) VALUES(?, ?, ?, ?)")
          .bind(applicant.asked.slip)
          .bind(applicant.phone.bytes)
          .bind(static_cast<int>(answer.standing))
          .bind(applicant.message)
          .run());
  MACHI_TRY(post_.tell(person_of(applicant), kKindEnrolled, encode(answer), now));
  return {};
}

Status Enrolment::carry_out(const Applicant& applicant, Instant now) {
  if (!applicant.decision) {
    // Some desk said that a person will look: the one that said it first tells the phone.
    if (!applicant.noted || !applicant.desk || !post_.mine(*applicant.desk) ||
        told(applicant, Standing::Pending))
      return {};
    return tell_applicant(applicant, answer_of(applicant, Standing::Pending), now);
  }
  const Decision& decision = *applicant.decision;
  if (!applicant.desk || !post_.mine(*applicant.desk) || told(applicant, decision.standing)) return {};
  Enrolled answer = answer_of(applicant, decision.standing);
  if (decision.standing == Standing::Refused) {
    answer.why = why(applicant).value_or(Code::NotAllowed);
    return tell_applicant(applicant, std::move(answer), now);
  }
  const auto pupil = roll_.pupil(decision.pupil);
  if (!pupil) return {};
  answer.pupils = {card_of(*pupil)};
  answer.closed_days = closed_days_;
  const auto guardians = roll_.guardians(decision.pupil);
  const auto itself = std::find_if(guardians.begin(), guardians.end(),
                                   [&](const Guardian& one) { return one.phone == applicant.phone; });
  if (itself != guardians.end()) answer.until = itself->until;
  const bool again = told_before(applicant, Standing::Confirmed);
  MACHI_TRY(post_.admit(applicant.phone, now));
  MACHI_TRY(tell_applicant(applicant, std::move(answer), now));
  if (greet_) MACHI_TRY(greet_(person_of(applicant), decision.pupil, now));
  if (again) return {};  // the phone asked once more; nobody else has to hear of it
  if (itself == guardians.end()) return {};
  for (const Guardian& other : guardians) {
    if (other.phone == applicant.phone || !hears(other, *itself)) continue;
    MACHI_TRY(post_.tell(other.person, kKindGuardian, encode(GuardianNews{decision.pupil, now}), now));
  }
  return {};
}

}  // namespace machi::absence

// The roll in a person's hands: lists taken over, slips given out, guardians let go or kept apart. Everything
// is written to the log and folded here in the same transaction: what a person pressed is seen at once, also
// without a network.
#include <algorithm>

#include "core/absence/desk/school.h"

namespace machi::absence {

using base::Code;
using base::fail;

namespace {

constexpr std::int64_t kWelcomeSeconds = 30 * 86400;  // a phone may be off for so long

std::string told_of(const PupilCard& card) {
  return card.name + "\n" + card.reading + "\n" + card.class_name + (card.preschool ? "\n0" : "");
}

// Who comes, goes or changes the class, and from which day. What was there before is closed the day before.
std::vector<Stay> stays_of(const RollBook& roll, const RollPlan& plan, Date from, std::uint64_t revision) {
  std::vector<Stay> out;
  const auto end = [&](const Pupil& pupil, Date last) {
    Stay stay = roll.stay(pupil);
    stay.last = last;
    stay.revision = revision;
    out.push_back(stay);
  };
  for (const Roll& after : plan.rolls)
    for (const PupilRecord& record : after.pupils) {
      const auto before = roll.pupil(record.pupil);
      if (before && before->class_id == after.id) continue;
      if (before) end(*before, from.plus(-1));
      out.push_back({record.pupil, after.id, from, std::nullopt, record.number, revision});
    }
  for (const PupilId& id : plan.leaving)
    if (const auto before = roll.pupil(id)) end(*before, from.plus(-1));
  return out;
}

}  // namespace

Status SchoolDesk::send(const Roll& roll, Instant now) {
  MACHI_TRY(roll_.begin(base::date_of(now)));
  MACHI_TRY(roll_.fold(roll, {}));
  return post_.note(kKindRoll, encode(roll), now);
}

Status SchoolDesk::send(const GuardianLink& link, Instant now) {
  MACHI_TRY(roll_.fold(link, {}));
  return post_.note(kKindLink, encode(link), now);
}

Status SchoolDesk::send(const std::vector<Stay>& stays, Instant now) {
  for (std::size_t at = 0; at < stays.size(); at += kStaysOfAMessage) {
    const auto begin = stays.begin() + static_cast<std::ptrdiff_t>(at);
    const auto end =
        stays.begin() + static_cast<std::ptrdiff_t>(std::min(at + kStaysOfAMessage, stays.size()));
    const std::vector<Stay> some(begin, end);
    MACHI_TRY(roll_.fold(some, {}));
    MACHI_TRY(post_.note(kKindStays, encode(some), now));
  }
  return {};
}

// What the guardian's phone shows of the pupil, once more.
Status SchoolDesk::tell_card(const Pupil& pupil, const Guardian& guardian, Instant now) {
  for (const GuardianLink& link : roll_.links(guardian.phone, pupil.record.pupil)) {
    Enrolled answer;
    answer.slip = link.slip;
    answer.standing = Standing::Confirmed;
    answer.pupils = {card_of(pupil)};
    answer.closed_days = enrolment_.closed_days();
    answer.until = guardian.until;
    MACHI_TRY(post_.tell(guardian.person, kKindEnrolled, encode(answer), now));
  }
  return {};
}

Status SchoolDesk::take_over(const RollPlan& plan, Instant now, std::optional<Date> from) {
  store::Transaction transaction(database_);
  std::map<PupilId, std::string> shown;  // cards as the phones have them
  std::vector<Pupil> moving;             // as they stood
  for (const Roll& roll : plan.rolls)
    for (const PupilRecord& record : roll.pupils)
      if (const auto before = roll_.pupil(record.pupil)) {
        shown[record.pupil] = told_of(card_of(*before));
        if (before->class_id != roll.id || before->grade != roll.grade) moving.push_back(*before);
      }
  for (const PupilId& pupil : plan.leaving)
    for (const Guardian& guardian : roll_.guardians(pupil))
      MACHI_TRY(let_go(pupil, guardian, Parting::Told, now));
  // One revision for all: a pupil who moves is named by one of these rolls only.
  const std::uint64_t revision = roll_.next_revision();
  if (!roll_.empty())
    MACHI_TRY(send(stays_of(roll_, plan, from.value_or(base::date_of(now)), revision), now));
  for (Roll roll : plan.rolls) {
    roll.revision = revision;
    MACHI_TRY(send(roll, now));
  }
  // A new class, or a name that was corrected: the phones hear of it.
  for (const auto& [id, before] : shown)
    if (const auto pupil = roll_.pupil(id); pupil && told_of(card_of(*pupil)) != before)
      for (const Guardian& guardian : roll_.guardians(id)) MACHI_TRY(tell_card(*pupil, guardian, now));
  for (const Pupil& before : moving)
    MACHI_TRY(tell_other_suspensions(before, from.value_or(base::date_of(now)), now));
  MACHI_TRY(transaction.commit());
  unsettled_ = true;
  return {};
}

Status SchoolDesk::take_off(const Pupil& pupil, Instant now) {
  const PupilId& id = pupil.record.pupil;
  Roll roll;
  for (const SchoolClass& one : roll_.classes()) {
    if (one.id != pupil.class_id) continue;
    roll = {one.id, one.grade, one.name, one.teacher, {}, roll_.next_revision()};
    for (Pupil& other : roll_.pupils(one.id))
      if (other.record.pupil != id) roll.pupils.push_back(std::move(other.record));
  }
  for (const Guardian& guardian : roll_.guardians(id)) MACHI_TRY(let_go(id, guardian, Parting::Told, now));
  Stay stay = roll_.stay(pupil);
  stay.last = base::date_of(now);
  stay.revision = roll.revision;
  MACHI_TRY(send(std::vector{stay}, now));
  return send(roll, now);
}

Status SchoolDesk::leave(const PupilId& id, Instant now) {
  const auto pupil = roll_.pupil(id);
  if (!pupil) return {};
  store::Transaction transaction(database_);
  MACHI_TRY(take_off(*pupil, now));
  return transaction.commit();
}

Status SchoolDesk::transfer(const PupilId& id, const mail::Recipient& school, std::string_view own_name,
                            Instant now) {
  const auto pupil = roll_.pupil(id);
  if (!pupil) return {};
  Transfer content;
  content.left.id = pupil->class_id;
  content.left.grade = pupil->grade;
  content.left.name = pupil->class_name;
  content.left.pupils = {pupil->record};
  content.school = own_name;
  for (const Guardian& guardian : roll_.guardians(id))
    content.guardians.push_back(
        {guardian.name, guardian.relation, guardian.until, guardian.apart, guardian.person});
  store::Transaction transaction(database_);
  // The phones hear first that they are let go here: none follows another school's call before.
  MACHI_TRY(take_off(*pupil, now));
  MACHI_TRY(post_.tell(school, kKindTransfer, encode(content), now));
  return transaction.commit();
}

// Each guardian gets a slip of the terms that the school before had agreed on, sealed to that person.
Status SchoolDesk::welcome(const Transfer& arrival, base::Entropy& entropy, Instant now) {
  const PupilRecord& record = arrival.left.pupils.front();
  std::vector<IssuedSlip> slips;
  for (const Transfer::Contact& one : arrival.guardians) {
    if (!one.person || (one.until && *one.until < base::date_of(now))) continue;
    IssuedSlip slip;
    entropy.fill(slip.code);
    slip.pupil = record.pupil;
    slip.expires = Instant::from_seconds(now.plus_seconds(kWelcomeSeconds).seconds());
    slip.relation = one.relation;
    slip.until = one.until;
    slip.apart = one.apart;
    slip.person = one.person->mailbox;
    MACHI_TRY(post_.tell(*one.person, kKindWelcome,
                         encode(Welcome{slip.code, record.pupil, one.name, record.birth}), now));
    slips.push_back(slip);
  }
  if (slips.empty()) return {};
  MACHI_TRY(roll_.fold(slips));
  return post_.note(kKindSlips, encode(slips), now);
}

Status SchoolDesk::receive(const PupilId& id, const ClassId& into, base::Entropy& entropy, Instant now) {
  const auto arrivals = roll_.arrivals();
  const auto arrival = std::find_if(arrivals.begin(), arrivals.end(),
                                    [&](const Transfer& one) { return one.left.pupils.front().pupil == id; });
  if (arrival == arrivals.end()) return {};  // a colleague was quicker
  for (const SchoolClass& one : roll_.classes()) {
    if (one.id != into) continue;
    Roll roll{one.id, one.grade, one.name, one.teacher, {}, roll_.next_revision()};
    int last = 0;
    for (Pupil& other : roll_.pupils(one.id)) {
      last = std::max(last, other.record.number);
      roll.pupils.push_back(std::move(other.record));
    }
    PupilRecord record = arrival->left.pupils.front();
    record.number = last + 1;
    const Stay stay{id, into, base::date_of(now), std::nullopt, record.number, roll.revision};
    roll.pupils.push_back(std::move(record));
    store::Transaction transaction(database_);
    MACHI_TRY(send(std::vector{stay}, now));
    MACHI_TRY(send(roll, now));
    MACHI_TRY(welcome(*arrival, entropy, now));
    return transaction.commit();
  }
  return fail(Code::NotFound, "class");
}

Result<IssuedSlip> SchoolDesk::issue(const PupilId& pupil, const SlipTerms& terms, base::Entropy& entropy,
                                     Instant now) {
  if (!roll_.pupil(pupil)) return fail(Code::NotFound, "pupil");
  const auto pen = roll_.pen(now);
  if (!pen) return fail(Code::NotFound, "pen");
  std::vector<IssuedSlip> slips;
  for (IssuedSlip before : roll_.slips(pupil)) {
    if (before.revoked || before.relation != terms.relation || before.apart != terms.apart) continue;
    before.revoked = true;
    slips.push_back(before);
  }
  IssuedSlip slip;
  entropy.fill(slip.code);
  slip.pupil = pupil;
  slip.expires = Instant::from_seconds(terms.expires.seconds());
  slip.relation = terms.relation;
  slip.until = terms.until;
  slip.apart = terms.apart;
  slips.push_back(slip);
  store::Transaction transaction(database_);
  MACHI_TRY_SET(cose, post_.sign_slip(slip, *pen, now));
  MACHI_TRY(post_.publish_slip(slip, cose));
  MACHI_TRY(roll_.fold(slips));
  MACHI_TRY(post_.note(kKindSlips, encode(slips), now));
  MACHI_TRY(transaction.commit());
  return slip;
}

Result<base::Bytes> SchoolDesk::signed_slip(const IssuedSlip& slip, Instant now) const {
  const auto pen = roll_.pen(now);
  if (!pen) return fail(Code::NotFound, "pen");
  return post_.sign_slip(slip, *pen, now);
}

// Its enrolments end, and the slips it came with let nobody else in. The phone stays on the hub's list: a key
// that was removed there could never apply again, with a slip for the younger brother; what it writes
// meanwhile is kept apart.
Status SchoolDesk::let_go(const PupilId& pupil, const Guardian& guardian, Parting parting, Instant now) {
  const std::uint64_t revision = roll_.next_revision();
  std::vector<IssuedSlip> slips;
  for (GuardianLink link : roll_.links(guardian.phone, pupil)) {
    link.revision = revision;
    link.parting = parting;
    MACHI_TRY(send(link, now));
    if (parting == Parting::Told) {
      Enrolled answer;
      answer.slip = link.slip;
      answer.standing = Standing::Refused;
      answer.why = Code::Revoked;
      MACHI_TRY(post_.tell(guardian.person, kKindEnrolled, encode(answer), now));
    }
    if (auto slip = roll_.slip(mail::SlipId{link.slip}); slip && !slip->revoked) {
      slip->revoked = true;
      slips.push_back(*slip);
    }
  }
  if (!slips.empty()) {
    MACHI_TRY(roll_.fold(slips));
    MACHI_TRY(post_.note(kKindSlips, encode(slips), now));
  }
  return {};
}

Status SchoolDesk::part(const PupilId& pupil, const crypto::SignPublic& phone, Parting parting, Instant now) {
  if (parting == Parting::None) return fail(Code::BadInput, "parting");
  store::Transaction transaction(database_);
  for (const Guardian& guardian : roll_.guardians(pupil))
    if (guardian.phone == phone) MACHI_TRY(let_go(pupil, guardian, parting, now));
  return transaction.commit();
}

Status SchoolDesk::arrange(const PupilId& pupil, const crypto::SignPublic& phone, bool apart,
                           std::optional<Date> until, Instant now) {
  store::Transaction transaction(database_);
  const std::uint64_t revision = roll_.next_revision();
  std::optional<Date> before;
  for (const GuardianLink& link : roll_.links(phone, pupil)) before = link.until;
  for (GuardianLink link : roll_.links(phone, pupil)) {
    link.revision = revision;
    link.apart = apart;
    link.relation = until ? Relation::Delegate : Relation::Guardian;
    link.until = until;
    MACHI_TRY(send(link, now));
  }
  // The phone shows the last day, or that there is none any more.
  if (const auto about = roll_.pupil(pupil))
    for (const Guardian& guardian : roll_.guardians(pupil))
      if (guardian.phone == phone && guardian.until != before) MACHI_TRY(tell_card(*about, guardian, now));
  return transaction.commit();
}

std::vector<Guardian> SchoolDesk::delegates_before(const PupilId& pupil, Date today) const {
  RollBook ever(database_);  // whose day is none: nobody's time is over
  std::vector<Guardian> out = ever.guardians(pupil);
  std::erase_if(out, [&](const Guardian& one) { return !one.until || *one.until >= today; });
  return out;
}

Status SchoolDesk::rename(std::string_view name, Instant now) {
  store::Transaction transaction(database_);
  MACHI_TRY(set("name", name));
  MACHI_TRY(post_.note(kKindDeskName, encode_desk_name(name), now));
  return transaction.commit();
}

}  // namespace machi::absence

// 臨時休業 as a person at a desk enters it: folded here at once, noted for the other desks, and told to every
// guardian of the pupils concerned - also to those who live apart, and to whoever enrols later.
#include <algorithm>

#include "core/absence/desk/school.h"

namespace machi::absence {

using base::Code;
using base::fail;

LessonDays SchoolDesk::lessons(Date first, Date last) const {
  return LessonDays(days_, roll_.classes(), suspensions_.between(first, last));
}

int SchoolDesk::families_of(const Suspension& suspension) const {
  int out = 0;
  for (const SchoolClass& one : roll_.classes())
    if (suspension.concerns(one))
      for (const Pupil& pupil : roll_.pupils(one.id))
        out += static_cast<int>(roll_.guardians(pupil.record.pupil).size());
  return out;
}

Status SchoolDesk::tell_suspension(const Suspension& suspension, bool lifted, Instant now) {
  NoLessons told{suspension.id, {}, suspension.first, suspension.last, suspension.breadth, now, lifted};
  for (const SchoolClass& one : roll_.classes()) {
    if (!suspension.concerns(one)) continue;
    for (const Pupil& pupil : roll_.pupils(one.id)) {
      told.pupil = pupil.record.pupil;
      for (const Guardian& guardian : roll_.guardians(told.pupil))
        MACHI_TRY(post_.tell(guardian.person, kKindNoLessons, encode(told), now));
    }
  }
  return {};
}

Status SchoolDesk::tell_suspensions(const mail::Recipient& person, const PupilId& pupil, Instant now) {
  const auto known = roll_.pupil(pupil);
  if (!known) return {};
  const SchoolClass of{known->class_id, known->grade, {}, {}, 0};
  const Date today = base::date_of(now);
  for (const Suspension& one : suspensions_.between(today, today.plus(kDaysAhead)))
    if (one.concerns(of))
      MACHI_TRY(post_.tell(person, kKindNoLessons,
                           encode(NoLessons{one.id, pupil, one.first, one.last, one.breadth, now}), now));
  return {};
}

// Of a pupil who changed the class: what the new class is closed for, and what the old one's no longer holds.
Status SchoolDesk::tell_other_suspensions(const Pupil& before, Date from, Instant now) {
  const PupilId& id = before.record.pupil;
  const auto after = roll_.pupil(id);
  if (!after) return {};
  const SchoolClass old_class{before.class_id, before.grade, {}, {}, 0},
      new_class{after->class_id, after->grade, {}, {}, 0};
  for (const Suspension& one : suspensions_.between(from, from.plus(kDaysAhead))) {
    if (one.concerns(old_class) == one.concerns(new_class)) continue;
    NoLessons told{one.id, id, one.first, one.last, one.breadth, now, one.concerns(old_class)};
    if (!told.lifted) told.first = std::max(told.first, from);
    for (const Guardian& guardian : roll_.guardians(id))
      MACHI_TRY(post_.tell(guardian.person, kKindNoLessons, encode(told), now));
  }
  return {};
}

Status SchoolDesk::suspend(Suspension suspension, Instant now) {
  if (suspensions_.find(suspension.id)) return {};
  const auto classes = roll_.classes();
  if (std::none_of(classes.begin(), classes.end(),
                   [&](const SchoolClass& one) { return suspension.concerns(one); }))
    return fail(Code::BadInput, "nobody's suspension");
  bool any = false;
  for (Date day = suspension.first; day <= suspension.last; day = day.plus(1)) any |= days_.open(day);
  if (!any || suspension.last > suspension.first.plus(kRangeLimit))
    return fail(Code::BadInput, "days of a suspension");
  suspension.at = now;
  suspension.by = name();
  store::Transaction transaction(database_);
  MACHI_TRY(suspensions_.fold(suspension));
  MACHI_TRY(post_.note(kKindSuspension, encode(suspension), now));
  MACHI_TRY(tell_suspension(suspension, false, now));
  return transaction.commit();
}

Status SchoolDesk::resume(const SuspensionId& id, Instant now) {
  const auto suspension = suspensions_.find(id);
  if (!suspension) return fail(Code::NotFound, "suspension");
  const auto standing = suspensions_.between(suspension->first, suspension->last);
  if (std::none_of(standing.begin(), standing.end(), [&](const Suspension& one) { return one.id == id; }))
    return {};  // a colleague was quicker
  const Resumed resumed{id, now, name()};
  store::Transaction transaction(database_);
  MACHI_TRY(suspensions_.fold(resumed));
  MACHI_TRY(post_.note(kKindResumed, encode(resumed), now));
  MACHI_TRY(tell_suspension(*suspension, true, now));
  return transaction.commit();
}

}  // namespace machi::absence

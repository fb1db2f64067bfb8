// What a school's days come to: a day of the whole school, a month of a class, and the sums that go to the
// board when a day is closed.
#include "core/absence/desk/school.h"
#include "core/absence/desk/sheets/sums.h"

namespace machi::absence {
namespace {

using Told = std::map<PupilId, std::vector<Entry>>;

PupilDay day_of(const Told& told, const std::map<PupilId, PresenceMark>& presence, const PupilId& pupil,
                Date day) {
  static const std::vector<Entry> kNothing;
  const auto entries = told.find(pupil);
  const auto mark = presence.find(pupil);
  return day_status(entries == told.end() ? kNothing : entries->second,
                    mark == presence.end() ? Presence::Unknown : mark->second.presence, day);
}

}  // namespace

WholeDay SchoolDesk::whole_day(Date date) const {
  Told told;
  if (auto entries = reports_.on(date); entries.ok())
    for (Entry& entry : *entries) told[entry.shown().report.pupil].push_back(std::move(entry));
  const auto presence = book_.presence(date);
  const LessonDays lessons = this->lessons(date, date);
  WholeDay out;
  for (auto& [one, seats] : roll_.register_of(date, date)) {
    ClassDay of{one, lessons.of(one, date), {}};
    of.pupils.reserve(seats.size());
    for (Seat& seat : seats) {
      PupilDay day = day_of(told, presence, seat.pupil.record.pupil, date);
      day.lessons = of.lessons;
      of.pupils.push_back({std::move(seat.pupil), std::move(day)});
    }
    out.push_back(std::move(of));
  }
  return out;
}

MonthSheet SchoolDesk::month(const SchoolClass& one, Date month, Date today) const {
  const Date first = first_of_month(month), last = last_of_month(month);
  const LessonDays lessons = this->lessons(first, last);
  const std::set<Date> closed = book_.closed_days(first, last);
  const MonthAsked asked{roll_.seats(one, first, last),
                         month,
                         today,
                         [&](Date day) { return days_.open(day); },
                         [&](Date day) { return lessons.of(one, day); },
                         [&](Date day) { return closed.contains(day); }};
  return month_sheet(asked, [&](const std::vector<Date>& days, const std::vector<PupilId>& about) {
    DaysOfPupils out;
    if (days.empty()) return out;
    for (const PupilId& pupil : about) {
      const auto entries = reports_.since(days.front(), pupil);
      const auto presence = book_.presence(pupil, days.front(), days.back());
      const std::vector<Entry> none;
      out[pupil].reserve(days.size());
      for (const Date day : days) {
        const auto mark = presence.find(day);
        out[pupil].push_back(day_status(entries.ok() ? *entries : none,
                                        mark == presence.end() ? Presence::Unknown : mark->second, day));
      }
    }
    return out;
  });
}

Status SchoolDesk::tell_sums(const DayClosing& closing, Instant now) {
  DaySums sums;
  sums.closing = closing.id;
  sums.day = closing.day;
  for (const ClosingId& id : book_.all_closings(closing.day))
    if (id != closing.id) sums.replaces.push_back(id);
  const auto classes = count_day(whole_day(closing.day));
  sums.classes = static_cast<int>(classes.size());
  sums.counts = sum_of(classes);
  return post_.tell_board(kKindSums, encode(sums), now);
}

}  // namespace machi::absence

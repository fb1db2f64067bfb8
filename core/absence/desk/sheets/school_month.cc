// What a school's days come to: a day of the whole school, a month of a class, and the sums that go to the
// board when a day is closed.
#include <algorithm>

#include "core/absence/desk/school.h"
#include "core/absence/desk/sheets/sums.h"

namespace machi::absence {

Result<WholeDay> SchoolDesk::read_whole(Date date) const {
  MACHI_TRY_SET(entries, reports_.on(date));
  MACHI_TRY_SET(presence, book_.presences(date));
  std::map<PupilId, std::vector<Entry>> told;
  for (Entry& entry : entries) told[entry.shown().report.pupil].push_back(std::move(entry));
  const std::vector<Entry> nothing;
  const LessonDays lessons = this->lessons(date, date);
  const Date began = roll_.first_day();
  const bool closed = date < began && book_.closed(date).has_value();
  WholeDay out;
  for (auto& [one, seats] : roll().register_of(date, date)) {
    ClassDay of{one, lessons.of(one, date), {}};
    of.pupils.reserve(seats.size());
    for (Seat& seat : seats) {
      const PupilId& id = seat.pupil.record.pupil;
      const auto mark = std::lower_bound(presence.begin(), presence.end(), std::pair(id, Presence::Unknown));
      const bool known = mark != presence.end() && mark->first == id;
      const auto about = told.find(id);
      PupilDay day = day_status(about == told.end() ? nothing : about->second,
                                known ? mark->second : Presence::Unknown, date);
      day.lessons = of.lessons;
      if (date < began && !closed && day.status == DayStatus::Unknown) day.enrolled = false;
      of.pupils.push_back({std::move(seat.pupil), std::move(day)});
    }
    out.push_back(std::move(of));
  }
  return out;
}

// Never null: where the tables cannot be read there is nothing to see.
std::shared_ptr<const WholeDay> SchoolDesk::seen(Date date) const {
  using Seen = std::shared_ptr<const WholeDay>;
  const Seen& kept = seen_.get(database_, date, [&]() -> std::optional<Seen> {
    auto read = read_whole(date);
    if (!read.ok()) return std::nullopt;
    return std::make_shared<const WholeDay>(std::move(*read));
  });
  return kept ? kept : std::make_shared<const WholeDay>();
}

MonthSheet SchoolDesk::month(const SchoolClass& one, Date month, Date today) const {
  const Date first = first_of_month(month), last = last_of_month(month);
  const LessonDays lessons = this->lessons(first, last);
  const std::set<Date> closed = book_.closed_days(first, last);
  const MonthAsked asked{roll_.seats(one, first, last),
                         month,
                         today,
                         roll_.first_day(),
                         [&](Date day) { return days_.open(day); },
                         [&](Date day) { return lessons.of(one, day); },
                         [&](Date day) { return closed.contains(day); }};
  return month_sheet(asked, [&](const std::vector<Date>& days, const std::vector<PupilId>& about) {
    DaysOfPupils out;
    if (days.empty() || about.empty()) return out;
    const auto told = reports_.since(days.front(), about);
    const auto marks = book_.presences(about, days.front(), days.back());
    const std::vector<Entry> nothing;
    auto mark = marks.ok() ? marks->begin() : std::vector<DayBook::OnDay>::const_iterator();
    for (const PupilId& pupil : about) {
      const auto entries = told.ok() ? told->find(pupil) : ReportBook::OfPupils::const_iterator();
      const bool any = told.ok() && entries != told->end();
      std::vector<PupilDay>& of = out[pupil];
      of.reserve(days.size());
      for (const Date day : days) {
        Presence presence = Presence::Unknown;
        // Marks come in the same order, some of them about days that do not count.
        while (marks.ok() && mark != marks->end() && mark->pupil == pupil && mark->day <= day) {
          if (mark->day == day) presence = mark->presence;
          ++mark;
        }
        of.push_back(day_status(any ? entries->second : nothing, presence, day));
      }
      while (marks.ok() && mark != marks->end() && mark->pupil == pupil) ++mark;
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

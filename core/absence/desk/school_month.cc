// What a school's days come to: the days of a class at once, and the sums that go to the board when a day is
// closed.
#include "core/absence/desk/school.h"
#include "core/absence/desk/sums.h"

namespace machi::absence {

std::map<PupilId, std::vector<PupilDay>> SchoolDesk::pupils_on(const std::vector<Date>& days,
                                                               const std::vector<PupilId>& about) const {
  std::map<PupilId, std::vector<PupilDay>> out;
  if (days.empty()) return out;
  std::map<PupilId, std::vector<Entry>> told;
  for (const PupilId& pupil : about) told[pupil];
  if (auto entries = reports_.since(days.front()); entries.ok())
    for (Entry& entry : *entries)
      if (const auto found = told.find(entry.shown().report.pupil); found != told.end())
        found->second.push_back(std::move(entry));
  for (const Date day : days) {
    const auto presence = book_.presence(day);
    for (const auto& [pupil, entries] : told) {
      const auto mark = presence.find(pupil);
      out[pupil].push_back(
          day_status(entries, mark == presence.end() ? Presence::Unknown : mark->second.presence, day));
    }
  }
  return out;
}

Status SchoolDesk::tell_sums(const DayClosing& closing, Instant now) {
  DaySums sums;
  sums.closing = closing.id;
  sums.day = closing.day;
  for (const ClosingId& id : book_.all_closings(closing.day))
    if (id != closing.id) sums.replaces.push_back(id);
  const auto classes = count_day(roll_, pupils_on(closing.day));
  sums.classes = static_cast<int>(classes.size());
  sums.counts = sum_of(classes);
  return post_.tell_board(kKindSums, encode(sums), now);
}

}  // namespace machi::absence

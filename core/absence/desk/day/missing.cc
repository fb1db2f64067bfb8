// The roll calls of a day against its reports.
#include "core/absence/desk/day/missing.h"

#include <algorithm>
#include <tuple>

namespace machi::absence {

std::vector<MissingPupil> missing_on(const SchoolDesk& school, Date date) {
  const std::map<PupilId, PresenceMark> marks = school.book().missing(date);
  std::vector<MissingPupil> out;
  if (marks.empty()) return out;
  std::map<PupilId, std::vector<Entry>> told;
  for (DayLine& line : school.day(date)) {
    // A report of two heads has two lines and is one entry.
    std::vector<Entry>& of = told[line.version.report.pupil];
    if (of.empty() || of.back().report != line.entry.report) of.push_back(std::move(line.entry));
  }
  const LessonDays lessons = school.lessons(date, date);
  for (const auto& [id, mark] : marks) {
    if (day_status(told[id], mark.presence, date).status != DayStatus::Missing) continue;
    auto pupil = school.roll().pupil(id);
    if (!pupil) continue;
    const SchoolClass of{pupil->class_id, pupil->grade, {}, {}, 0};
    if (!lessons.why(of, date)) out.push_back({std::move(*pupil), mark});
  }
  const auto place = [](const MissingPupil& one) {
    return std::tie(one.pupil.grade, one.pupil.class_name, one.pupil.record.number);
  };
  std::sort(out.begin(), out.end(),
            [&](const MissingPupil& a, const MissingPupil& b) { return place(a) < place(b); });
  return out;
}

}  // namespace machi::absence

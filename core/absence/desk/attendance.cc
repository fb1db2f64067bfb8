// Marks and sums. The rules are those of 指導要録 (文部科学省, 指導要録の様式: 出欠の記録).
#include "core/absence/desk/attendance.h"

#include <algorithm>

namespace machi::absence {
namespace {

bool is_bodily(const std::optional<Report>& report) {
  if (!report || !report->reason) return false;
  switch (*report->reason) {
    case Reason::Cold:
    case Reason::Stomach:
    case Reason::Injury:
    case Reason::Clinic:
    case Reason::Infectious:
      return true;
    case Reason::Family:
    case Reason::Other:
    case Reason::Bereavement:
      return false;
  }
  return false;
}

}  // namespace

Mark mark_of(const PupilDay& day) {
  switch (day.status) {
    case DayStatus::Unknown:
    case DayStatus::Present:
      return Mark::Present;
    case DayStatus::Late:
      return Mark::Late;
    case DayStatus::LeftEarly:
      return Mark::LeftEarly;
    case DayStatus::LateAndLeftEarly:
      return Mark::LateAndLeftEarly;
    case DayStatus::Absent:
      return is_bodily(day.report) ? Mark::Ill : Mark::Away;
    case DayStatus::Missing:
      return Mark::Unannounced;
    case DayStatus::Excluded:
      return Mark::Excluded;
    case DayStatus::Bereaved:
      return Mark::Bereaved;
  }
  return Mark::Present;
}

Sums sums_of(const std::vector<Mark>& marks) {
  Sums sums;
  for (const Mark mark : marks) {
    if (mark == Mark::None) continue;
    ++sums.lessons;
    switch (mark) {
      case Mark::None:
      case Mark::Present:
        break;
      case Mark::Ill:
      case Mark::Away:
      case Mark::Unannounced:
        ++sums.absent;
        break;
      case Mark::Excluded:
      case Mark::Bereaved:
        ++sums.excluded;
        break;
      case Mark::Late:
        ++sums.late;
        break;
      case Mark::LeftEarly:
        ++sums.early;
        break;
      case Mark::LateAndLeftEarly:
        ++sums.late;
        ++sums.early;
        break;
    }
  }
  sums.due = sums.lessons - sums.excluded;
  sums.present = sums.due - sums.absent;
  return sums;
}

Date first_of_month(Date day) { return day.plus(1 - day.day()); }

Date last_of_month(Date day) { return first_of_month(first_of_month(day).plus(31)).plus(-1); }

int MonthSheet::lessons() const {
  return static_cast<int>(
      std::count_if(days.begin(), days.end(), [](const SheetDay& day) { return day.counted; }));
}

MonthSheet month_sheet(const std::vector<Pupil>& pupils, Date month, Date today, const SchoolDays& days,
                       const std::function<bool(Date)>& closed, const AskDays& ask) {
  MonthSheet sheet;
  sheet.first = first_of_month(month);
  std::vector<Date> counted;
  for (Date date = sheet.first; date <= last_of_month(month); date = date.plus(1)) {
    SheetDay day{date, days.open(date), false, false};
    day.closed = day.lessons && date <= today && closed(date);
    day.counted = day.lessons && (date < today || day.closed);
    if (day.counted) counted.push_back(date);
    sheet.open_days += day.counted && !day.closed ? 1 : 0;
    sheet.days.push_back(day);
  }
  std::vector<PupilId> about;
  for (const Pupil& pupil : pupils) about.push_back(pupil.record.pupil);
  const DaysOfPupils told = ask(counted, about);
  for (const Pupil& pupil : pupils) {
    SheetRow row{pupil, {}, {}};
    const auto found = told.find(pupil.record.pupil);
    std::size_t at = 0;
    for (const SheetDay& day : sheet.days) {
      if (!day.counted) {
        row.marks.push_back(Mark::None);
        continue;
      }
      row.marks.push_back(found == told.end() || at >= found->second.size() ? Mark::Present
                                                                            : mark_of(found->second[at]));
      ++at;
    }
    row.sums = sums_of(row.marks);
    sheet.rows.push_back(std::move(row));
  }
  return sheet;
}

void Counts::add(const PupilDay& day) {
  ++pupils;
  const Mark mark = mark_of(day);
  switch (mark) {
    case Mark::None:
    case Mark::Present:
      break;
    case Mark::Ill:
    case Mark::Away:
    case Mark::Unannounced:
      ++absent;
      ill += mark == Mark::Ill ? 1 : 0;
      break;
    case Mark::Excluded:
      ++excluded;
      if (day.report && day.report->disease) ++diseases[*day.report->disease];
      break;
    case Mark::Bereaved:
      ++bereaved;
      break;
    case Mark::Late:
      ++late;
      break;
    case Mark::LeftEarly:
      ++early;
      break;
    case Mark::LateAndLeftEarly:
      ++late;
      ++early;
      break;
  }
}

void Counts::add(const Counts& other) {
  pupils += other.pupils;
  absent += other.absent;
  ill += other.ill;
  excluded += other.excluded;
  bereaved += other.bereaved;
  late += other.late;
  early += other.early;
  for (const auto& [disease, n] : other.diseases) diseases[disease] += n;
}

int Counts::ill_percent() const { return pupils == 0 ? 0 : ((ill + excluded) * 200 + pupils) / (2 * pupils); }

std::vector<ClassCounts> count_day(const RollBook& roll, const std::map<PupilId, PupilDay>& day) {
  std::vector<ClassCounts> out;
  for (const SchoolClass& one : roll.classes()) {
    ClassCounts counts{one, {}};
    for (const Pupil& pupil : roll.pupils(one.id)) {
      const auto found = day.find(pupil.record.pupil);
      counts.counts.add(found == day.end() ? PupilDay{} : found->second);
    }
    out.push_back(std::move(counts));
  }
  return out;
}

Counts sum_of(const std::vector<ClassCounts>& classes) {
  Counts sum;
  for (const ClassCounts& one : classes) sum.add(one.counts);
  return sum;
}

}  // namespace machi::absence

// Marks and sums. The rules are those of 指導要録 (文部科学省, 指導要録の様式: 出欠の記録).
#include "core/absence/desk/sheets/attendance.h"

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

// What a mark adds to a pupil's month and to a class's day.
struct Weight {
  bool lesson = true;
  bool excluded = false;
  bool absent = false;
  bool late = false;
  bool early = false;
  bool unseen = false;
};

Weight weight_of(Mark mark) {
  switch (mark) {
    case Mark::None:
    case Mark::Elsewhere:
    case Mark::Before:
      return {false};
    case Mark::Present:
      return {};
    case Mark::Unseen:
      return {true, false, false, false, false, true};
    case Mark::PartOff:
    case Mark::Excluded:
    case Mark::Bereaved:
      return {true, true};
    case Mark::Ill:
    case Mark::Away:
    case Mark::Unannounced:
      return {true, false, true};
    case Mark::Late:
      return {true, false, false, true};
    case Mark::LeftEarly:
      return {true, false, false, false, true};
    case Mark::LateAndLeftEarly:
      return {true, false, false, true, true};
  }
  return {};
}

}  // namespace

Mark mark_of(const PupilDay& day) {
  if (!day.enrolled) return Mark::Elsewhere;
  if (day.lessons == Lessons::Off) return Mark::None;
  if (day.lessons == Lessons::PartOff) return Mark::PartOff;
  switch (day.status) {
    case DayStatus::Unknown:
      return Mark::Unseen;
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
  return Mark::Unseen;
}

bool stands_out(Mark mark) {
  return mark != Mark::Present && mark != Mark::Unseen && mark != Mark::PartOff && weight_of(mark).lesson;
}

Sums sums_of(const std::vector<Mark>& marks) {
  Sums sums;
  for (const Mark mark : marks) {
    const Weight weight = weight_of(mark);
    sums.lessons += weight.lesson ? 1 : 0;
    sums.excluded += weight.excluded ? 1 : 0;
    sums.absent += weight.absent ? 1 : 0;
    sums.late += weight.late ? 1 : 0;
    sums.early += weight.early ? 1 : 0;
    sums.unseen += weight.unseen ? 1 : 0;
  }
  sums.due = sums.lessons - sums.excluded;
  sums.present = sums.due - sums.absent - sums.unseen;
  return sums;
}

Date first_of_month(Date day) { return day.plus(1 - day.day()); }

Date last_of_month(Date day) { return first_of_month(first_of_month(day).plus(31)).plus(-1); }

int MonthSheet::lessons() const {
  return static_cast<int>(
      std::count_if(days.begin(), days.end(), [](const SheetDay& day) { return day.counted; }));
}

MonthSheet month_sheet(const MonthAsked& asked, const AskDays& ask) {
  MonthSheet sheet;
  sheet.first = first_of_month(asked.month);
  std::vector<Date> counted;
  for (Date date = sheet.first; date <= last_of_month(asked.month); date = date.plus(1)) {
    SheetDay day;
    day.date = date;
    day.open = asked.open(date);
    day.lessons = day.open ? asked.lessons(date) : Lessons::Off;
    day.closed = day.open && date <= asked.today && asked.closed(date);
    day.counted = day.lessons != Lessons::Off && (date < asked.today || day.closed);
    if (day.counted) counted.push_back(date);
    sheet.days.push_back(day);
  }
  std::vector<PupilId> about;
  for (const Seat& seat : asked.seats) about.push_back(seat.pupil.record.pupil);
  const DaysOfPupils told = ask(counted, about);
  for (const Seat& seat : asked.seats) {
    SheetRow row{seat.pupil, {}, {}};
    const auto found = told.find(seat.pupil.record.pupil);
    std::size_t at = 0;
    for (SheetDay& day : sheet.days) {
      PupilDay of;
      if (day.counted && found != told.end() && at < found->second.size()) of = found->second[at];
      at += day.counted ? 1 : 0;
      of.enrolled = seat.holds(day.date);
      of.lessons = day.counted ? day.lessons : Lessons::Off;
      Mark mark = mark_of(of);
      if (mark == Mark::Unseen && day.date < asked.began && !day.closed) mark = Mark::Before;
      row.marks.push_back(mark);
      day.unseen |= row.marks.back() == Mark::Unseen;
    }
    row.sums = sums_of(row.marks);
    sheet.rows.push_back(std::move(row));
  }
  // A day of before of which nobody knows anything is none of this register's.
  for (std::size_t at = 0; at < sheet.days.size(); ++at)
    if (SheetDay& day = sheet.days[at]; day.counted && day.date < asked.began && !day.closed)
      day.counted = std::any_of(sheet.rows.begin(), sheet.rows.end(),
                                [at](const SheetRow& row) { return weight_of(row.marks[at]).lesson; });
  for (const SheetDay& day : sheet.days) {
    sheet.open_days += day.counted && !day.closed && !day.suspended() ? 1 : 0;
    sheet.unseen_days += day.unseen ? 1 : 0;
  }
  return sheet;
}

bool ClassDay::called() const {
  return std::any_of(pupils.begin(), pupils.end(),
                     [](const PupilOnDay& one) { return one.day.presence != Presence::Unknown; });
}

void Counts::add(const PupilDay& day) {
  if (!day.enrolled) return;
  ++pupils;
  if (day.lessons != Lessons::Held) {
    ++suspended;
    return;
  }
  const Mark mark = mark_of(day);
  const Weight weight = weight_of(mark);
  absent += weight.absent ? 1 : 0;
  ill += mark == Mark::Ill ? 1 : 0;
  excluded += mark == Mark::Excluded ? 1 : 0;
  bereaved += mark == Mark::Bereaved ? 1 : 0;
  late += weight.late ? 1 : 0;
  early += weight.early ? 1 : 0;
  unseen += weight.unseen ? 1 : 0;
  if (mark == Mark::Excluded && day.report && day.report->disease) ++diseases[*day.report->disease];
}

void Counts::add(const Counts& other) {
  pupils += other.pupils;
  absent += other.absent;
  ill += other.ill;
  excluded += other.excluded;
  bereaved += other.bereaved;
  late += other.late;
  early += other.early;
  suspended += other.suspended;
  unseen += other.unseen;
  for (const auto& [disease, n] : other.diseases) diseases[disease] += n;
}

int Counts::ill_percent() const {
  const int there = pupils - suspended;
  return there == 0 ? 0 : ((ill + excluded) * 200 + there) / (2 * there);
}

std::vector<ClassCounts> count_day(const WholeDay& day) {
  std::vector<ClassCounts> out;
  for (const ClassDay& one : day) {
    ClassCounts counts{one.of, {}};
    for (const PupilOnDay& pupil : one.pupils) counts.counts.add(pupil.day);
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

// What a school's days come to by the register: marks, a pupil's sums as 指導要録 wants them
// (出席停止・忌引等 apart from 欠席), a class's month, and a day's counts by class and disease. Values; any
// thread; pure; cannot fail.
#pragma once

#include <functional>
#include <map>

#include "core/absence/desk/day_book.h"
#include "core/absence/desk/roll.h"
#include "core/absence/school_day.h"

namespace machi::absence {

// How the register writes a day.
enum class Mark {
  None,  // no day of lessons, or not come to yet
  Present,
  Ill,          // absent because of illness or injury
  Away,         // absent for another reason
  Unannounced,  // not in class, and nobody reported it
  Excluded,     // 出席停止
  Bereaved,     // 忌引
  Late,
  LeftEarly,
  LateAndLeftEarly,
};
// Who was neither reported nor missed by a roll call was there.
Mark mark_of(const PupilDay& day);

// 指導要録 (attendance): due = lessons - excluded, present = due - absent. Who is late or leaves early is
// present.
struct Sums {
  int lessons = 0;   // 授業日数
  int excluded = 0;  // 出席停止・忌引等の日数
  int due = 0;       // 出席しなければならない日数
  int absent = 0;    // 欠席日数
  int present = 0;   // 出席日数
  int late = 0;      // 遅刻
  int early = 0;     // 早退
  bool operator==(const Sums&) const = default;
};
Sums sums_of(const std::vector<Mark>& marks);

struct SheetDay {
  Date date;
  bool lessons = false;  // the school is open
  bool counted = false;  // and the day is over or closed: it has marks
  bool closed = false;   // somebody at the school closed it: it will not change by itself
};
struct SheetRow {
  Pupil pupil;
  std::vector<Mark> marks;  // one a day of the sheet
  Sums sums;
};
struct MonthSheet {
  Date first;
  std::vector<SheetDay> days;  // the whole month
  std::vector<SheetRow> rows;  // by number
  int open_days = 0;           // counted days that nobody has closed
  int lessons() const;         // 授業日数 so far
};

// What pupils_on gives, for each of these days.
using DaysOfPupils = std::map<PupilId, std::vector<PupilDay>>;
using AskDays = std::function<DaysOfPupils(const std::vector<Date>& days, const std::vector<PupilId>& about)>;
// `month`: any day of it. Today counts from its closing on, earlier days of lessons always.
MonthSheet month_sheet(const std::vector<Pupil>& pupils, Date month, Date today, const SchoolDays& days,
                       const std::function<bool(Date)>& closed, const AskDays& ask);
Date first_of_month(Date day);
Date last_of_month(Date day);

// Pupils of a class (or of all) on a day.
struct Counts {
  int pupils = 0;
  int absent = 0;  // 欠席: ill, other reasons, unannounced
  int ill = 0;     // of them
  int excluded = 0;
  int bereaved = 0;
  int late = 0;
  int early = 0;
  std::map<Disease, int> diseases;  // of those excluded, where the disease is known
  void add(const PupilDay& day);
  void add(const Counts& other);
  // Ill or excluded, in hundredths of the pupils, rounded: what a closing of the class is judged by.
  int ill_percent() const;
};
struct ClassCounts {
  SchoolClass of;
  Counts counts;
};
std::vector<ClassCounts> count_day(const RollBook& roll, const std::map<PupilId, PupilDay>& day);
Counts sum_of(const std::vector<ClassCounts>& classes);

}  // namespace machi::absence

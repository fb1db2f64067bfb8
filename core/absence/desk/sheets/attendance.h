// What a school's days come to by the register: marks, a pupil's sums as 指導要録 wants them
// (出席停止・忌引等 apart from 欠席), a class's month, and a day's counts by class and disease. Values; any
// thread; pure; cannot fail.
#pragma once

#include <functional>
#include <map>

#include "core/absence/desk/day/day_book.h"
#include "core/absence/desk/roll/roll.h"
#include "core/absence/school_day.h"

namespace machi::absence {

// How the register writes a day.
enum class Mark {
  None,       // no day of lessons, or not come to yet
  Elsewhere,  // not in this class yet, or no more: no day of this pupil's
  Before,     // the school did not keep its days here yet, and nobody entered it later
  Unseen,     // nothing was reported, and nobody called the roll: not known to have been there
  PartOff,    // 学級閉鎖: a part of the grade has no lessons
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
// Present is who was seen, or came late or left early as reported. Silence is Unseen.
Mark mark_of(const PupilDay& day);
// Something was reported of the pupil, or the roll call missed them: what a list of a day names one by one.
bool stands_out(Mark mark);

// 指導要録 (attendance): due = lessons - excluded, present = due - absent - unseen. Who is late or leaves
// early is present. A month whose roll was called every day has nobody unseen.
struct Sums {
  int lessons = 0;   // 授業日数, from the pupil's first day and up to the last
  int excluded = 0;  // 出席停止・忌引等の日数, those of 学級閉鎖 among them
  int due = 0;       // 出席しなければならない日数
  int absent = 0;    // 欠席日数
  int present = 0;   // 出席日数
  int late = 0;      // 遅刻
  int early = 0;     // 早退
  int unseen = 0;    // nobody knows yet
  bool operator==(const Sums&) const = default;
};
Sums sums_of(const std::vector<Mark>& marks);

struct SheetDay {
  Date date;
  bool open = false;               // by the school's calendar
  Lessons lessons = Lessons::Off;  // of the class: Off on an open day is 臨時休業
  bool suspended() const { return open && lessons != Lessons::Held; }
  bool counted = false;  // and the day is over or closed: it has marks
  bool closed = false;   // somebody at the school closed it: it will not change by itself
  bool unseen = false;   // of somebody in the class nobody knows whether they were there
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
  int unseen_days = 0;         // counted days on which the roll was not called of everybody
  int lessons() const;         // 授業日数 so far
};

// A class's month: what it is made of. Days of the calendar in order.
struct MonthAsked {
  std::vector<Seat> seats;
  Date month;  // any day of it
  Date today;
  Date began;                            // before it the school kept its days elsewhere
  std::function<bool(Date)> open;        // the calendar's
  std::function<Lessons(Date)> lessons;  // of the class
  std::function<bool(Date)> closed;      // somebody closed the day
};
// What the pupils' days came to, for each of these days.
using DaysOfPupils = std::map<PupilId, std::vector<PupilDay>>;
using AskDays = std::function<DaysOfPupils(const std::vector<Date>& days, const std::vector<PupilId>& about)>;
// Today counts from its closing on, earlier days of lessons always.
MonthSheet month_sheet(const MonthAsked& asked, const AskDays& ask);
Date first_of_month(Date day);
Date last_of_month(Date day);

// A day of the whole school: class by class, everybody who was in it, by number.
struct PupilOnDay {
  Pupil pupil;
  PupilDay day;
};
struct ClassDay {
  SchoolClass of;
  Lessons lessons = Lessons::Held;
  std::vector<PupilOnDay> pupils;
  bool called() const;  // a roll call named somebody
};
using WholeDay = std::vector<ClassDay>;

// Pupils of a class (or of all) on a day.
struct Counts {
  int pupils = 0;
  int absent = 0;  // 欠席: ill, other reasons, unannounced
  int ill = 0;     // of them
  int excluded = 0;
  int bereaved = 0;
  int late = 0;
  int early = 0;
  int suspended = 0;                // whose class has no lessons
  int unseen = 0;                   // nobody knows: no report, and no roll call
  std::map<Disease, int> diseases;  // of those excluded, where the disease is known
  void add(const PupilDay& day);
  void add(const Counts& other);
  // Ill or excluded, in hundredths of the pupils who have lessons, rounded: what a closing of the class is
  // judged by.
  int ill_percent() const;
};
struct ClassCounts {
  SchoolClass of;
  Counts counts;
};
std::vector<ClassCounts> count_day(const WholeDay& day);
Counts sum_of(const std::vector<ClassCounts>& classes);

}  // namespace machi::absence

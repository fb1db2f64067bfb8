// 臨時休業: days on which a class, a grade or the whole school has no lessons though the calendar says so
// (学校保健安全法20条; a typhoon). The messages that say it, SuspensionBook, their fold - of two contents
// under one id the smaller holds, and what was lifted once stays lifted: any order gives the same book - and
// LessonDays, what it means for a class's day. The book borrows the desk's database, its thread and its
// transaction; Storage is all that can fail there.
#pragma once

#include "core/absence/desk/roll/roll.h"
#include "core/absence/message_day.h"
#include "core/absence/school_day.h"

namespace machi::absence {

inline constexpr std::string_view kKindSuspension = "absence.suspension";  // school -> itself: Suspension
inline constexpr std::string_view kKindResumed = "absence.resumed";        // school -> itself: Resumed

struct Suspension {
  SuspensionId id;
  Date first;
  Date last;  // at most kRangeLimit behind the first
  Breadth breadth = Breadth::Class;
  int grade = 0;     // of Breadth::Grade
  ClassId class_id;  // of Breadth::Class
  Instant at;
  std::string by;
  bool covers(Date day) const { return first <= day && day <= last; }
  bool concerns(const SchoolClass& one) const;
};
code::Cbor encode(const Suspension& suspension);
Result<Suspension> decode_suspension(const code::Cbor& content);

// There are lessons after all.
struct Resumed {
  SuspensionId id;
  Instant at;
  std::string by;
};
code::Cbor encode(const Resumed& resumed);
Result<Resumed> decode_resumed(const code::Cbor& content);

class SuspensionBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit SuspensionBook(store::Database& database) : database_(database) {}

  Status fold(const Suspension& suspension);
  Status fold(const Resumed& resumed);
  // Those in force that touch these days, by first day.
  std::vector<Suspension> between(Date first, Date last) const;
  std::optional<Suspension> find(const SuspensionId& id) const;  // also when it was lifted

 private:
  store::Database& database_;
};

// What a day is for a class. 指導要録: where a whole grade has no lessons the day is none of its 授業日数;
// where a part of the grade has none it is, and counts for that part as 出席停止・忌引等.
enum class Lessons { Held, PartOff, Off };

class LessonDays {
 public:
  LessonDays(const SchoolDays& days, std::vector<SchoolClass> classes, std::vector<Suspension> suspensions);
  // Off on a day without school too.
  Lessons of(const SchoolClass& one, Date day) const;
  // The one that takes the class's lessons on that day, the widest first.
  const Suspension* why(const SchoolClass& one, Date day) const;

 private:
  const SchoolDays& days_;
  std::vector<SchoolClass> classes_;
  std::vector<Suspension> suspensions_;
};

}  // namespace machi::absence

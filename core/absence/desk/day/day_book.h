// DayBook: what a school knows of a day besides its reports - roll calls, what was entered by telephone, and
// whether the day is closed; and what a pupil's day comes to. A fold of messages in the school's own mailbox:
// every order and repetition gives the same book, and no clock decides. Borrows the desk's database, its
// thread and its transaction. Storage is all that can fail.
#pragma once

#include <map>
#include <set>

#include "core/absence/desk/day/day_message.h"
#include "core/absence/desk/day/suspension.h"
#include "core/absence/report_book.h"

namespace machi::absence {

// What the roll calls come to. Of calls that did not know of each other the one that missed a pupil counts: a
// false alarm is a telephone call, a false calm is a child on the road.
enum class Presence { Unknown, Here, Missing };

struct PresenceMark {
  Presence presence = Presence::Unknown;
  Instant at;      // of the newest call that says so, for display
  std::string by;  // who made it
};

// What a pupil's day comes to.
enum class DayStatus {
  Unknown,    // nothing was reported, and no roll call names the pupil
  Present,    // seen in class and nothing reported, or reported absent and seen all the same
  Late,       // reported late
  LeftEarly,  // reported as leaving early
  LateAndLeftEarly,
  Absent,    // reported, and not seen in class
  Missing,   // not in class, and nobody reported it: by the register an absence without notice
  Excluded,  // 出席停止: an infectious disease (学校保健安全法19条)
  Bereaved,  // 忌引
};

struct PupilDay {
  DayStatus status = DayStatus::Unknown;
  std::optional<Report>
      report;  // the one that decided: Absent, Late ...; nothing for Unknown, Present, Missing
  Presence presence = Presence::Unknown;
  bool read = false;                // a person at the school confirmed the report that decided
  Lessons lessons = Lessons::Held;  // of the pupil's class; whoever knows the class says so
  bool enrolled = true;             // false: in that class from a later day, or up to an earlier one
};

// Pure: `entries` are the reports about one pupil that touch the day (any order; other days' heads are passed
// over). Rules, in this order: seen in class -> late or leaving early as reported, else present. Not seen ->
// the reported absence; excluded before bereaved before other reasons; "back again" ends what began before
// it; reported late or early without an absence -> that, unless the roll call misses the pupil; else missing,
// or unknown without a roll call.
PupilDay day_status(const std::vector<Entry>& entries, Presence presence, Date day);

// How a version was entered by the school itself.
struct EntryNote {
  Channel channel = Channel::Telephone;
  Instant at;
  std::string by;
  std::string caller;
};

class DayBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit DayBook(store::Database& database) : database_(database) {}

  Status fold(const RollCall& call);
  Status fold(const Entered& entered);  // the note only: the report belongs into the ReportBook
  Status fold(const DayClosing& closed);
  Status fold(const Reopened& reopened);

  // Pupils that no call of the day names are not in the map.
  std::map<PupilId, PresenceMark> presence(Date day) const;
  // The same without who and when: by pupil.
  using Presences = std::vector<std::pair<PupilId, Presence>>;
  Result<Presences> presences(Date day) const;
  // Of these pupils, by pupil and day.
  struct OnDay {
    PupilId pupil;
    Date day;
    Presence presence;
  };
  Result<std::vector<OnDay>> presences(const std::vector<PupilId>& about, Date first, Date last) const;
  Presence presence(const PupilId& pupil, Date day) const;
  std::map<Date, Presence> presence(const PupilId& pupil, Date first, Date last) const;
  // Only those whom the calls miss.
  std::map<PupilId, PresenceMark> missing(Date day) const;
  // The calls in force about any of these pupils: what the next call about them replaces.
  std::vector<RollCallId> calls(Date day, const std::vector<PupilId>& about) const;

  // The closings that nobody undid, the earliest first; a day is closed when there is one.
  std::vector<DayClosing> closings(Date day) const;
  std::optional<DayClosing> closed(Date day) const;
  std::set<Date> closed_days(Date first, Date last) const;
  // Also those that were undone.
  std::vector<ClosingId> all_closings(Date day) const;
  // Versions that a closing of the day held. Only of use when the day is closed.
  std::set<VersionId> seen_at_close(Date day) const;

  std::optional<EntryNote> entered(const VersionId& version) const;
  // Of versions whose days have this one among them.
  Result<std::map<VersionId, EntryNote>> entered_on(Date day) const;

 private:
  Status count(const RollCall& about);
  store::Database& database_;
};

}  // namespace machi::absence

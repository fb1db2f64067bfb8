// What a person at the desk has chosen or typed on a page and not yet saved. Kept in memory only: a page that
// is left keeps its draft until it is saved or given up. Values.
#pragma once

#include <set>

#include "core/absence/desk/day/day_message.h"
#include "core/absence/message_day.h"

namespace machi::absence {

// The roll call of a class.
struct RollDraft {
  ClassId class_id;                          // zero: none chosen yet
  std::optional<std::set<PupilId>> missing;  // nothing: as the book has it
};

// 臨時休業, before it is entered. The id was drawn when the page was opened: a second press is the same.
struct SuspensionDraft {
  SuspensionId id;  // zero: not opened yet
  Breadth breadth = Breadth::Class;
  int grade = 0;
  ClassId class_id;
  std::string first;  // ISO
  std::string last;
};

// A report that a family gives by telephone, field by field as typed. The ids were drawn when the pupil was
// chosen, so that an impatient second press is the same report.
struct EntryDraft {
  std::string find;
  PupilId pupil;  // zero: none chosen yet
  ReportId report;
  VersionId version;
  std::string kind = "absent";
  std::string date;  // ISO
  std::string last;  // ISO; "" = one day
  std::string reason;
  std::string temperature;
  std::vector<Symptom> symptoms;
  std::optional<Disease> disease;
  std::string onset;   // ISO
  std::string better;  // ISO
  std::string time;
  std::string note;
  std::string caller;
  Channel channel = Channel::Telephone;
  bool tried = false;
  std::optional<PupilId> saved;  // whose entry was saved last
};

}  // namespace machi::absence

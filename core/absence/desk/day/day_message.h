// What a school's desks write to their own mailbox about a day: roll calls, what came by telephone, the close
// of the day and its undoing (MESSAGES.md). Every reader checks everything. Values; any thread; pure.
#pragma once

#include "core/absence/message.h"

namespace machi::absence {

struct RollCallTag {};
struct ClosingTag {};
using RollCallId = base::Id<RollCallTag>;
using ClosingId = base::Id<ClosingTag>;

inline constexpr std::string_view kKindPresent = "absence.present";    // school -> itself: RollCall
inline constexpr std::string_view kKindEntered = "absence.entered";    // school -> itself: Entered
inline constexpr std::string_view kKindClosing = "absence.closing";    // school -> itself: DayClosing
inline constexpr std::string_view kKindReopened = "absence.reopened";  // school -> itself: Reopened

// Who was in the classroom and who was not, as one person saw it. For each pupil that it names it takes the
// place of the earlier calls that it names; calls that did not know of each other both stay (day_book.h).
struct RollCall {
  RollCallId id;
  Date day;
  std::vector<RollCallId> replaces;
  std::vector<PupilId> here;
  std::vector<PupilId> missing;
  Instant at;
  std::string by;
};
code::Cbor encode(const RollCall& call);
Result<RollCall> decode_roll_call(const code::Cbor& content);

// How a report reached the school without an app.
enum class Channel { Telephone = 1, Paper = 2, InPerson = 3 };
// A report that a desk wrote for a family; whoever entered it has read it.
struct Entered {
  Report report;
  Channel channel = Channel::Telephone;
  Instant at;
  std::string by;      // who entered it; may be empty
  std::string caller;  // who called, as they said; may be empty
};
code::Cbor encode(const Entered& entered);
Result<Entered> decode_entered(const code::Cbor& content);

// The day's list is what the school goes by. `seen` are the versions that it held: what is not among them
// came after closing, whatever the clocks say.
struct DayClosing {
  ClosingId id;
  Date day;
  std::vector<VersionId> seen;
  Instant at;
  std::string by;
};
code::Cbor encode(const DayClosing& closed);
Result<DayClosing> decode_day_closing(const code::Cbor& content);

// Undoes the closings that it names.
struct Reopened {
  std::vector<ClosingId> closings;
  Date day;
  Instant at;
  std::string by;
};
code::Cbor encode(const Reopened& reopened);
Result<Reopened> decode_reopened(const code::Cbor& content);

}  // namespace machi::absence

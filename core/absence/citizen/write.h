// Writing reports: several in one transaction, and the ids that a press will always give, so that a second
// press on the same thing is the same version again. For the form, for taking back, for "still ill" alike.
// One thread.
#pragma once

#include <string_view>
#include <vector>

#include "core/absence/citizen/photo.h"

namespace machi::absence {

struct Outgoing {
  Report report;
  MailboxId office;
  std::optional<Photo> photo{};  // of the version before, which goes on with this one
  std::string picture{};         // or the name of the one that was chosen
};

// Book and outbox in one transaction; the draft goes with it. Storage | StorageFull: nothing was written.
Status write_reports(const CitizenContext& context, const std::vector<Outgoing>& reports,
                     const std::string& draft_key);

// The id of the version that follows these heads by doing `what`, whatever is pressed how often.
VersionId following(const Entry& entry, std::string_view what);
// The id of something about a child that comes out of something else.
template <class Id>
Id derived(std::string_view what, base::ByteView from, const PupilId& pupil, Date day);
base::Array<16> derived_bytes(std::string_view what, base::ByteView from, const PupilId& pupil, Date day);
template <class Id>
Id derived(std::string_view what, base::ByteView from, const PupilId& pupil, Date day) {
  Id out;
  out.bytes = derived_bytes(what, from, pupil, day);
  return out;
}

// The cancellation of all heads.
Report cancellation(const CitizenContext& context, const Entry& entry);
// What this phone reported about the pupil for `day`, ended with the day before it, or cancelled when it
// began on it.
std::vector<Outgoing> ended_before(const CitizenContext& context, const PupilId& pupil, Date day,
                                   const MailboxId& office);

// Whether a report may still be changed here, or only written about: this phone wrote it, its days are not
// over, and the school has not closed the last of them.
bool may_change(const CitizenContext& context, const Entry& entry);
// Taken back as a whole: additionally it has not begun on an earlier or closed day.
bool may_cancel(const CitizenContext& context, const Entry& entry);
// Another guardian wrote it; the school told this phone.
bool is_told(const Entry& entry);

}  // namespace machi::absence

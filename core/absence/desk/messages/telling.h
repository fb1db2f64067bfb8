// Telling: every report is told to the child's other confirmed guardians (absence.told), by itself. Each desk
// of a school folds the same log; so that a family hears of a report once, a desk first claims it in the log,
// and the desk whose claim stands there tells. When the hub has all of it the desk says in the log that it is
// done. A claim that nothing follows is taken over by another desk: at once when the claimant is no member
// any more, else after some minutes of this desk's own. Telling twice is harmless. Borrows the database, its
// thread and the caller's transaction. Storage can fail.
#pragma once

#include "core/absence/desk/people/enrolment.h"
#include "core/absence/message_day.h"
#include "core/absence/report_book.h"

namespace machi::absence {

// school -> itself: this desk will tell the other guardians of a version, or has done so.
inline constexpr std::string_view kKindTelling = "absence.telling";
inline constexpr int kTellingRounds = 4;  // so often is a telling taken over
struct TellingClaim {
  ReportId report;
  VersionId version;
  int round = 0;      // one more than that of the claim that it takes over
  bool done = false;  // the hub has everything
};
code::Cbor encode(const TellingClaim& claim);
Result<TellingClaim> decode_telling_claim(const code::Cbor& content);

class Telling {
 public:
  static std::vector<store::Migration> migrations();
  Telling(store::Database& database, const RollBook& roll, const ReportBook& reports, SchoolPost& post)
      : database_(database), roll_(roll), reports_(reports), post_(post) {}

  // A version of a confirmed guardian came in.
  Status reported(const Report& report, const crypto::SignPublic& writer);
  // A colleague's claim, or this desk's own as the log shows it. Of the highest round the one with the lowest
  // number holds; once it is done it is done.
  Status fold(const TellingClaim& claim, const mail::Received& mail);
  // Claims what nobody has claimed, tells what is this desk's to tell, and takes over what a colleague left.
  // After folding, and when it is due; again is harmless. What has been changed since, what is over, and what
  // nobody else is to hear is let go.
  Status settle(Instant now);
  // There is something to look at although nothing came.
  bool due(Instant now) const { return due_ && now >= *due_; }

 private:
  struct Pending {
    ReportId report;
    VersionId version;
    crypto::SignPublic writer;
    std::optional<crypto::SignPublic> desk;  // whose claim stands
    int round = 0;                           // and in which round
    int claimed = -1;                        // the last round that this desk has claimed
    bool told = false;                       // this desk has told, and waits for the hub
    int watched = -1;                        // the round that it waits for since
    Instant since;
  };
  Result<std::vector<Pending>> pending() const;
  Status settle(const Pending& one, Instant now);
  Status claim(const Pending& one, int round, Instant now);
  Status tell(const Pending& one, const ReportVersion& version, const std::vector<Guardian>& others,
              Instant now);
  Result<bool> arrived(const VersionId& version) const;
  Status remember(const Pending& one);
  Status close(const VersionId& version);
  void look_again(Instant when) {
    if (!due_ || when < *due_) due_ = when;
  }

  store::Database& database_;
  const RollBook& roll_;
  const ReportBook& reports_;
  SchoolPost& post_;
  std::optional<Instant> due_;
};

}  // namespace machi::absence

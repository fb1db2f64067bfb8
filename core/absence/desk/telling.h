// Telling: every report is told to the child's other confirmed guardians (absence.told), by itself. Each desk of a school
// folds the same log; so that a family hears of a report once, a desk first claims it in the log, and only the desk whose
// claim stands first there tells. Borrows the database, its thread and the caller's transaction. Storage can fail.
#pragma once

#include "core/absence/desk/enrolment.h"
#include "core/absence/message_day.h"
#include "core/absence/report_book.h"

namespace machi::absence {

// school -> itself: this desk will tell the other guardians of a version.
inline constexpr std::string_view kKindTelling = "absence.telling";
struct TellingClaim {
  ReportId report;
  VersionId version;
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
  // A colleague's claim, or this desk's own as the log shows it. The one with the lowest number holds.
  Status fold(const TellingClaim& claim, const mail::Received& mail);
  // Claims what nobody has claimed, and tells what is this desk's to tell. After folding; again is harmless. What has been
  // changed since, what is over, and what nobody else is to hear is let go.
  Status settle(Instant now);

 private:
  struct Pending {
    ReportId report;
    VersionId version;
    crypto::SignPublic writer;
    std::optional<crypto::SignPublic> desk;  // whose claim stands first
    bool claimed = false;                    // this desk has sent one
  };
  Result<std::vector<Pending>> pending() const;
  Status settle(const Pending& one, Instant now);
  Status done(const VersionId& version);

  store::Database& database_;
  const RollBook& roll_;
  const ReportBook& reports_;
  SchoolPost& post_;
};

}  // namespace machi::absence

// What the clerk hands over for one session, and the check that it is for this session, this order and this
// card's holder: the seals on the papers say whose they are, and the clerk cannot be mistaken about them.
// Values; any thread; pure.
#pragma once

#include "core/certificate/kiosk/journal.h"
#include "core/certificate/seal.h"

namespace machi::certificate::kiosk {

struct Holder {  // as the card says
  std::string name;
  Date birth;
};

struct Paper {
  Kind kind = Kind::ResidentRecord;
  Bytes document;                  // PDF, printed as it is
  std::vector<std::string> seals;  // texts, one a sheet
  int copies = 1;
  std::int64_t fee = 0;
};

struct Offer {
  SessionId session;
  Ref request;
  std::vector<Paper> papers;
};

// Conflict when it is another's or another order's: everything stops then. BadSignature or Revoked when a
// seal does not hold.
Status check_offer(const Offer& offer, const Session& session, const Holder& holder,
                   std::span<const SealKey> keys, Date today);
std::vector<OfferedPaper> offered(const Offer& offer);  // as the journal keeps it

}  // namespace machi::certificate::kiosk

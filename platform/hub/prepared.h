// A request between its two steps: decoded and verified, not yet carried out. Values; move between threads.
#pragma once

#include <variant>

#include "platform/hub/access_counter.h"
#include "platform/hub/blob_counter.h"
#include "platform/hub/feed_counter.h"
#include "platform/hub/posting.h"
#include "platform/hub/reading.h"
#include "platform/hub/slip_counter.h"
#include "platform/hub/snapshot_counter.h"

namespace machi::hub {

struct HubWork {};
struct HealthWork {};
// What could not be read; answered as it stands.
struct Refused {
  base::Code code = base::Code::BadInput;
};

using Work =
    std::variant<Refused, HubWork, HealthWork, FeedHeadWork, FeedPageWork, FeedTextsWork, FeedBlobWork,
                 PostWork, ChallengeWork, TicketWork, MessagesWork, StreamWork, AccessWork, AccessReadWork,
                 GrantsWork, GrantsReadWork, AccessHeadWork, BlobPostWork, BlobReadWork, SlipRecordWork,
                 SlipWork, SnapshotPostWork, SnapshotReadWork, SlotPostWork, SlotReadWork>;

struct Prepared {
  Work work;
  std::string address;
};

// Whether carrying it out may write to the store.
bool writes(const Work& work);

}  // namespace machi::hub

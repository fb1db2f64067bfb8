// LocalNetwork: carries a mail client's calls to a post office in the same process, and the answers back. For
// town programs that write to a hub which does not run, and for journeys without a network. One thread.
#pragma once

#include <map>

#include "core/mail/client.h"
#include "platform/hub/post_office.h"

namespace machi::town {

class LocalNetwork {
 public:
  explicit LocalNetwork(hub::PostOffice& office) : office_(office) {}

  // Carries calls and news until the client has nothing more to ask and nothing comes. True when anything
  // moved.
  bool settle(mail::Client& client, base::Instant now);
  // Ends the open streams of a client that goes away.
  void forget() { streams_.clear(); }

 private:
  bool once(mail::Client& client, base::Instant now);
  hub::PostOffice& office_;
  std::map<std::int64_t, hub::StreamCursor> streams_;  // open calls
};

}  // namespace machi::town

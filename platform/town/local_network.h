// LocalNetwork: carries a mail client's calls to a post office in the same process, and the answers back. For
// town programs that write to a hub which does not run, and for journeys without a network. One thread.
#pragma once

#include <map>

#include "platform/hub/post_office.h"
#include "platform/town/network.h"

namespace machi::town {

class LocalNetwork final : public Network {
 public:
  explicit LocalNetwork(hub::PostOffice& office) : office_(office) {}

  bool settle(mail::Client& client, base::Instant now) override;
  // Ends the open streams of a client that goes away.
  void forget() { streams_.clear(); }

 private:
  bool once(mail::Client& client, base::Instant now);
  hub::PostOffice& office_;
  std::map<std::int64_t, hub::StreamCursor> streams_;  // open calls
};

}  // namespace machi::town

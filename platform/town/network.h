// Network: carries a mail client's calls to a hub and the answers back, until there is nothing more to say.
// For town programs. One thread.
#pragma once

#include "core/mail/client.h"

namespace machi::town {

class Network {
 public:
  virtual ~Network() = default;
  // Until the client has nothing more to ask and nothing comes. True when anything moved.
  virtual bool settle(mail::Client& client, base::Instant now) = 0;
  // Before settle: what a stream that is only held open would have said since is asked for.
  virtual void look_again(mail::Client&, base::Instant) {}
};

}  // namespace machi::town

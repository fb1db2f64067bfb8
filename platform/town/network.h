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
};

}  // namespace machi::town

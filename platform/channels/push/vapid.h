// VAPID (RFC 8292): the town says to each push service who it is, by a token signed with a key that serves
// nothing else. Kept for half its life, as one signature costs more than a message. One thread.
#pragma once

#include <map>
#include <string>

#include "core/base/time.h"
#include "platform/host/webpush/p256_key.h"

namespace machi::channels {

class Vapid {
 public:
  // subject: "mailto:..." or "https://..." of somebody who answers for the town.
  Vapid(host::P256Key key, std::string subject) : key_(std::move(key)), subject_(std::move(subject)) {}

  // What a browser subscribes with: base64url of the point.
  std::string public_key() const;
  // The value of the header Authorization for this service.
  base::Result<std::string> authorization(const std::string& origin, base::Instant now);

 private:
  struct Kept {
    std::string value;
    base::Instant until;
  };
  host::P256Key key_;
  std::string subject_;
  std::map<std::string, Kept> kept_;
};

}  // namespace machi::channels

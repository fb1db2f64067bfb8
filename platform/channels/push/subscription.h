// A browser's subscription to Web Push, as its PushSubscription writes itself in JSON. Values; pure; any
// thread. What comes from the network is checked to its end: an address that is nobody's push service would
// make the town's machine call whomever a stranger names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "platform/host/webpush/p256_key.h"

namespace machi::channels {

struct Subscription {
  std::string endpoint;
  host::Point key{};
  base::Array<16> auth{};
  bool operator==(const Subscription&) const = default;
};

// Hosts of push services; one that begins with a dot stands for all below it.
struct PushServices {
  std::vector<std::string> hosts;
  bool plain = false;  // http too: a test's service on this machine
  static PushServices known();
  bool has(std::string_view endpoint) const;
};

inline constexpr std::size_t kSubscriptionBytes = 4096;

// {"endpoint": "https://...", "keys": {"p256dh": base64url, "auth": base64url}}; further members are passed
// over. BadInput, TooLarge, NotAllowed for another host.
base::Result<Subscription> read_subscription(std::string_view json, const PushServices& services);

// "https://push.example.net" of "https://push.example.net/a/b".
std::string origin_of(std::string_view url);

}  // namespace machi::channels

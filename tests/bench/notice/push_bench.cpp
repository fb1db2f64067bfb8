// Messages of Web Push, ready for the wire, a second on one core: each with a key pair of its own, ECDH with
// the browser's key, two HKDFs and AES-128-GCM (5,000 are wanted); beside OpenSSL's bare agreement on P-256
// with a fresh key in the same run, which no implementation can do without.
#include <chrono>
#include <cstdio>
#include <ctime>

#include "platform/channels/push/push_sender.h"

using namespace machi;

namespace {

double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

}  // namespace

int main() {
  constexpr int kMessages = 20000;
  std::vector<channels::Subscription> phones;
  for (int i = 0; i < 100; ++i) {
    const auto key = host::P256Key::make();
    if (!key.ok()) return 1;
    channels::Subscription one;
    one.endpoint = "https://fcm.googleapis.com/fcm/send/" + std::to_string(i);
    one.key = key->point();
    one.auth.fill(static_cast<std::uint8_t>(i));
    phones.push_back(one);
  }
  channels::Vapid vapid(host::P256Key::make().value(), "mailto:push@town.example");
  const base::Instant now{1'795'000'000'000};
  channels::Due due;
  due.channel = "push";
  due.serial = 12;
  due.topic = "disaster";
  due.grave = true;
  due.until = now.plus_seconds(3600);
  double begun = processor_seconds();
  for (int i = 0; i < kMessages; ++i) {
    const auto& to = phones[static_cast<std::size_t>(i) % phones.size()];
    const auto authorization = vapid.authorization(channels::origin_of(to.endpoint), now);
    if (!authorization.ok() || !channels::push_post(to, due, *authorization, now).ok()) return 1;
  }
  const double ours = processor_seconds() - begun;
  begun = processor_seconds();
  for (int i = 0; i < kMessages; ++i) {
    const auto once = host::P256Key::make();
    if (!once.ok() || !once->agree(phones[static_cast<std::size_t>(i) % phones.size()].key).ok()) return 1;
  }
  const double bare = processor_seconds() - begun;
  const double rate = kMessages / ours;
  std::printf(
      "Web Push: %.0f encrypted messages a second of one core (5,000 wanted: %s), %.2f of the time of "
      "OpenSSL's agreement alone\n",
      rate, rate >= 5000 ? "held" : "NOT HELD", ours / bare);
  return 0;
}

// The invented town that a kiosk at a desk needs: its keys and feed, 20,000 residents in the clerk's
// registry, an authority with the cards of some of them, the kiosk's own key. Made once, then taken up again:
// the authority's list of revoked cards is made anew, as it grows old. One thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/base/entropy.h"
#include "core/base/result.h"
#include "core/base/time.h"
#include "core/crypto/keys.h"
#include "platform/host/simulated/card_service.h"

namespace machi::program {

struct WorldCard {
  std::string id;    // "resident", "guarded", "moved", "child", "unsettable", "untaxed", "late"; and what no
                     // resident has: "revoked", "expired", "unknown", "foreign"
  std::string note;  // what it is good for, in Japanese
  host::CardFiles files;
};

struct KioskWorld {
  std::filesystem::path folder;
  std::size_t residents = 0;
  std::vector<WorldCard> cards;
  crypto::SignPublic kiosk;

  std::filesystem::path town() const { return folder / "town"; }
  std::filesystem::path kiosk_key() const { return folder / "kiosk.key"; }
  std::filesystem::path authority() const { return folder / "ca" / "ca.pem"; }
  std::filesystem::path list() const { return folder / "ca" / "crl.pem"; }
};

struct WorldPlan {
  std::filesystem::path folder;
  std::size_t people = 20'000;
  base::Instant now;
};
base::Result<KioskWorld> make_kiosk_world(const WorldPlan& plan, base::Entropy& entropy);
// NotFound when none was made there.
base::Result<KioskWorld> open_kiosk_world(const std::filesystem::path& folder);

}  // namespace machi::program

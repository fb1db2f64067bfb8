// The help card's two tiers. The first is plain text: whoever finds its owner in trouble reads it from a
// picture or with any camera. The second is sealed to the town's verifiers (the office of shelters), so that
// a photograph of it tells nothing:
//   text  = "MC1:" Base45(sealed)          ; crypto_box_seal to the verifiers' key
//   card  = {1: town, 2: s (when written), 3: {* field => text}}   ; padded to 256, 512 or 1024 bytes by
//   field 0
// It identifies nobody and is signed by nobody. Values; any thread; pure.
#pragma once

#include <map>

#include "core/base/entropy.h"
#include "core/base/id.h"
#include "core/base/time.h"
#include "core/crypto/sodium.h"

namespace machi::support {

using TownId = base::Id<base::TownTag>;

inline constexpr std::string_view kCardPrefix = "MC1:";
inline constexpr std::size_t kCardLine = 120;  // signs of a field

// What anybody may read, in the order of the card; and what only verifiers may.
inline constexpr const char* kOpenFields[] = {"name", "contact", "phone", "need", "meeting"};
inline constexpr const char* kSealedFields[] = {"disability", "hospital", "medicine", "insurance", "address"};

struct SealedCard {
  base::Instant written;
  std::map<std::string, std::string> fields;  // of kSealedFields
  bool operator==(const SealedCard&) const = default;
};

// TooLarge when a field or the whole is too long for a symbol.
base::Result<std::string> seal_card(base::Entropy& entropy, const TownId& town, const crypto::SealPublic& key,
                                    const SealedCard& card);
// BadInput: no card; NotAllowed: not sealed to this key; WrongTown.
base::Result<SealedCard> open_card(std::string_view text, const TownId& town, const crypto::SealKey& key);

}  // namespace machi::support

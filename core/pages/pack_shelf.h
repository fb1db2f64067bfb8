// PackShelf: the town's rule pack on this phone. It is taken with the signature of an editor whom the town's
// root delegated, newer than the one held, and sound (core/rules/PACK.md); else the one held stays and the
// shelf says why. The file on the town's site, read with nothing but the root's key:
//   {1: [* delegation], 2: signed pack}
// Owned by the app; one thread, that of the database.
#pragma once

#include "core/mail/town.h"
#include "core/rules/signed_pack.h"
#include "core/store/database.h"

namespace machi::pages {

inline constexpr const char* kPackPath = "/rules.machi";

base::Bytes encode_pack_file(const std::vector<base::Bytes>& delegations, base::ByteView signed_pack);

class PackShelf {
 public:
  // What came of the last look at the town's site.
  enum class Outcome {
    None,         // there was none yet
    Same,         // the one held is the town's newest
    Taken,        // a newer one was taken
    Unreachable,  // no answer
    Absent,       // the town gives out no rules
    Forged,       // signed by nobody of this town
    Older,        // older than the one held
    Unsound,      // signed, but it is wrong in itself or newer than this program understands
    Storage,
  };

  static std::vector<store::Migration> migrations();
  PackShelf(store::Database& database, mail::Town town) : database_(database), town_(town) {}
  // The one held from before. Storage when it cannot be read.
  base::Status load();
  void came(int status, base::ByteView file, base::Instant now);

  const rules::Pack* pack() const { return pack_ ? &*pack_ : nullptr; }
  Outcome outcome() const { return outcome_; }
  // When the town's site last said that the one held is its newest.
  std::optional<base::Instant> checked() const { return checked_; }

 private:
  Outcome take(base::ByteView file, base::Instant now);

  store::Database& database_;
  mail::Town town_;
  std::optional<rules::Pack> pack_;
  base::Bytes signed_;  // the one held, as it was signed
  Outcome outcome_ = Outcome::None;
  std::optional<base::Instant> checked_;
};

}  // namespace machi::pages

// The household pass: the least that a reception needs, in a symbol small enough for a cracked phone
// (PASS.md). Not signed: whoever fills it in declares it. Sealed to the shelter office's pass key, so that a
// photograph of it tells nothing. Values; any thread; pure.
#pragma once

#include <functional>
#include <span>

#include "core/crypto/sodium.h"
#include "core/household/household.h"

namespace machi::household {

using TownId = base::Id<base::TownTag>;

inline constexpr std::string_view kPassPrefix = "MH1:";
inline constexpr std::size_t kPassBytes = 400;       // promised for eight people, at level M
inline constexpr std::size_t kPassInflated = 8192;   // never more is unpacked
inline constexpr std::size_t kPassTextLimit = 1500;  // signs; a longer text is none

struct PassMember {
  int number = 0;  // of Member
  std::string kana;
  Date birth;
  std::optional<Sex> sex;
  Needs needs;
  Allergens allergens;
  bool operator==(const PassMember&) const = default;
};

struct Pass {
  HouseholdId household;
  std::uint64_t counter = 0;  // the higher one supersedes
  Instant made;               // to the second; its age is shown, it never expires
  std::string telephone;      // digits; may be empty
  std::vector<PassMember> members;
  Pets pets;
  bool consent = false;
  Place place = Place::Shelter;
  std::string language;  // BCP 47; "" = Japanese
  bool operator==(const Pass&) const = default;
};

Pass pass_of(const Household& household, Instant now);

// The text of the symbol. TooLarge when it is longer than a reader takes; BadInput for what no pass may say.
Result<std::string> write_pass(base::Entropy& entropy, const TownId& town, const crypto::SealPublic& key,
                               const Pass& pass);
// How many bytes it holds behind its prefix.
std::size_t pass_bytes(std::string_view text);

// Why a pass was not read, or is not the newest. The words are pass_words(); what to do next says
// "desk.pass.next" for all: nobody is turned away because of one.
enum class PassTrouble {
  None,
  NotPass,  // another symbol
  Cut,      // a part is missing
  Damaged,  // a sign is wrong
  OtherTown,
  OtherKey,    // sealed to a key that this device does not have: one from before, or of tomorrow
  Newer,       // a format that this program does not know yet
  Superseded,  // the household has a newer one; the pass is read all the same
};
std::string_view name_of(PassTrouble trouble);  // "not-pass", ...
std::string pass_words(PassTrouble trouble);    // key "desk.pass.not-pass"; "" for None

struct PassReader {
  TownId town;
  std::span<const crypto::SealKey> keys;  // newest first, the old ones kept
  // The highest counter known of a household, 0 for one that is not known. May be empty.
  std::function<std::uint64_t(const HouseholdId&)> newest = {};
};

struct PassReading {
  PassTrouble trouble = PassTrouble::NotPass;
  std::optional<Pass> pass;  // with None and Superseded
  std::size_t key = 0;       // which of the keys it was sealed to; 0 = the newest
};
PassReading read_pass(std::string_view text, const PassReader& reader);

// Names as bytes: a kana (U+3041..3096, U+30A1..30FE) is the low half of its number, a space is 0x20. Nothing
// when the name has other signs.
std::optional<base::Bytes> kana_bytes(std::string_view name);
Result<std::string> kana_text(base::ByteView bytes);

}  // namespace machi::household

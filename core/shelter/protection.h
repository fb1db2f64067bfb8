// Another name for the stay at a shelter, and whose it is: what goes, sealed, to the town's protection
// mailbox and nowhere else. The shelter's own facts hold the other name alone, under ids that nothing else
// has. Values; any thread; pure. Layout: MESSAGES.md.
#pragma once

#include "core/shelter/fact.h"

namespace machi::shelter {

struct AliasTag {};
using AliasId = base::Id<AliasTag>;

inline constexpr std::string_view kProtectionOffice = "protection";  // kind of the office in the directory
inline constexpr std::string_view kKindAlias = "protect.alias";      // a tablet or a phone -> that office
inline constexpr std::string_view kKindLook = "protect.look";        // a desk of that office -> itself

// One person: under which name they are at the shelter, and who they are.
struct TrueName {
  PersonId person;  // as the shelter's facts call them
  std::string alias;
  std::string name, kana;  // one of the two at least
  std::optional<Date> birth;
  std::string address, telephone;
  bool operator==(const TrueName&) const = default;
};

struct AliasEntry {
  AliasId id;
  std::uint64_t counter = 1;  // the higher one holds; of two with one counter the smaller content
  Instant at;
  std::string shelter;           // its name, when it is known
  std::vector<TrueName> people;  // none: it is over, and whoever was in it is forgotten
  bool operator==(const AliasEntry&) const = default;
};

code::Cbor encode(const AliasEntry& entry);
// BadInput, TooLarge.
Result<AliasEntry> decode_alias(const code::Cbor& content);

// A person as the shelter may know them under another name: what helps to care for them, and nothing by which
// they are found. `today` makes an age of the birth date.
Person under_alias(const Person& person, const std::string& alias, const PersonId& id,
                   const HouseholdId& household, Date today);

// A look of an officer at what is protected.
struct ProtectionLook {
  base::Id<FactTag> id;
  Instant at;
  std::string officer, what;
  bool operator==(const ProtectionLook&) const = default;
};
code::Cbor encode(const ProtectionLook& look);
Result<ProtectionLook> decode_look(const code::Cbor& content);

}  // namespace machi::shelter

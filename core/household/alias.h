// Another name for shelters: under which names, and as which household, a family is known there while it
// wants that. The names stand beside the household on the phone; who is behind them goes to the protection
// mailbox (core/shelter/protection.h). One thread. Storage | StorageFull.
#pragma once

#include <map>

#include "core/household/book.h"

namespace machi::household {

struct Aliases {
  HouseholdId household;             // a new one: nothing connects it with the family's
  base::Array<16> entry{};           // at the protection mailbox
  std::uint64_t counter = 1;         // of that
  base::MessageId message;           // which carried it
  std::map<int, std::string> names;  // by the member's number
};

std::optional<Aliases> aliases_of(const HouseholdBook& book);
Status save_aliases(HouseholdBook& book, const Aliases& aliases);
Status drop_aliases(HouseholdBook& book);
// The household as shelters may know it: itself, or under its other names - with the year of birth alone, and
// without address, telephone, supporters, notes and consent.
Household outward(const HouseholdBook& book, Household household);

}  // namespace machi::household

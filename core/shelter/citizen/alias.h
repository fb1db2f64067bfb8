// "Use another name at the shelter": the family gives itself other names; whoever they are goes, sealed, to
// the town's protection mailbox, and pass, arrival, safety report and record have the other names from then
// on. Owned by the app; one thread. Storage | StorageFull.
#pragma once

#include "core/household/alias.h"
#include "core/shelter/citizen/context.h"
#include "core/shelter/protection.h"

namespace machi::shelter {

inline constexpr const char* kAliasScreen = "alias";

class AliasScreen {
 public:
  void open(const PhoneContext& context);
  screen::Screen view(const PhoneContext& context) const;
  Step act(const PhoneContext& context, const screen::Action& action);
  // For the household's overview.
  static screen::Nodes nodes(const PhoneContext& context);

 private:
  Status use(const PhoneContext& context);
  Status stop(const PhoneContext& context);
  std::map<int, std::string> typed_;
  std::string trouble_;  // key of the words
};

}  // namespace machi::shelter

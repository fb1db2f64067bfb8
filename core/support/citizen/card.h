// The help card: what anybody may read in an emergency, as a picture for the lock screen and as a symbol;
// what only the town's verifiers may, sealed; and the certificate shown as its owner has told it. Owned by
// the pages; one thread.
#pragma once

#include "core/support/citizen/shown.h"
#include "core/support/help_card.h"

namespace machi::support {

class Card {
 public:
  Card(const TownId& town, std::optional<crypto::SealPublic> verifiers)
      : town_(town), verifiers_(std::move(verifiers)) {}
  void open(const pages::Context& context, const Shown& shown);
  screen::Screen view(const pages::Context& context, const Shown& shown, const pages::Route& route) const;
  screen::Screen form(const pages::Context& context, const Shown& shown, const pages::Route& route) const;
  pages::Step act(const pages::Context& context, const Shown& shown, const pages::Route& route,
                  const screen::Action& action);

 private:
  TownId town_;
  std::optional<crypto::SealPublic> verifiers_;
  std::map<std::string, std::string> typed_;
  std::string sealed_;  // the symbol of the second tier, while the page is open
  std::string error_;
};

}  // namespace machi::support

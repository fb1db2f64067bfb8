// Delegations of the feed in the town's folder, each admitted by the root's key alone.
#include "platform/machi/seal_keys.h"

#include "platform/hub/feed_store.h"

namespace machi::program {

base::Result<std::vector<certificate::SealKey>> seal_keys_of(const town::TownFolder& town) {
  hub::FolderFeed feed(town.feed());
  MACHI_TRY_SET(delegations, feed.delegations());
  mail::Trust trust(town.town);
  for (const base::Bytes& one : delegations) (void)trust.admit(one).ok();
  std::vector<certificate::SealKey> out;
  for (const mail::Delegation& one : trust.delegations())
    if (one.role == mail::TownRole::Seal) out.push_back({one.key, one.from, one.to});
  return out;
}

}  // namespace machi::program

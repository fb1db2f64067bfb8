// The town: id, offline root key, its dated delegations (PROTOCOL.md, Town). Values; any thread; pure.
#pragma once

#include "core/mail/access.h"

namespace machi::mail {

using base::Id;
using TownId = Id<base::TownTag>;

enum class TownRole { Directory, Editor, Seal, Clerk, Office, HubFreshness, HubReceipt };
std::string_view role_name(TownRole role);  // "directory", "hub-receipt", ...

// What an app is built with.
struct Town {
  TownId id;
  SignPublic root;
};

struct Delegation {
  TownId town;
  TownRole role = TownRole::Directory;
  SignPublic key;
  Instant from;
  Instant to;
};
Bytes make_delegation(const Delegation& delegation, const SignKey& root);
Bytes make_successor(const TownId& town, const SignPublic& next_root, const SignKey& root);

// First 8 bytes of hash(key).
Bytes key_id(const SignPublic& key);

// The delegations that hold, asked by role. Grace: 48 h on both dates.
class Trust {
 public:
  explicit Trust(Town town) : town_(town) {}
  const Town& town() const { return town_; }
  // Takes a delegation in when the root's signature holds; WrongTown for another town's.
  Status admit(ByteView bytes);
  // Whether `key` has the role now.
  bool holds(TownRole role, const SignPublic& key, Instant now) const;
  // Keys of a role, valid now.
  std::vector<SignPublic> keys(TownRole role, Instant now) const;
  const std::vector<Bytes>& raw() const { return raw_; }
  // With their dates, also those past them: old seals are judged by the dates of their key.
  const std::vector<Delegation>& delegations() const { return delegations_; }

 private:
  Town town_;
  std::vector<Delegation> delegations_;
  std::vector<Bytes> raw_;
};

}  // namespace machi::mail

// Delegations of the town's root, and who may sign what today. Pure.
#include "core/mail/town.h"

#include <array>

#include "core/mail/typ.h"

namespace machi::mail {
namespace {

using base::Code;
using base::fail;
using code::Cbor;

constexpr std::int64_t kGraceSeconds = 48 * 3600;

constexpr std::array<std::pair<TownRole, std::string_view>, 7> kRoles = {{
    {TownRole::Directory, "directory"},
    {TownRole::Editor, "editor"},
    {TownRole::Seal, "seal"},
    {TownRole::Clerk, "clerk"},
    {TownRole::Office, "office"},
    {TownRole::HubFreshness, "hub-freshness"},
    {TownRole::HubReceipt, "hub-receipt"},
}};

}  // namespace

std::string_view role_name(TownRole role) { return kRoles[static_cast<std::size_t>(role)].second; }

Bytes make_delegation(const Delegation& delegation, const SignKey& root) {
  return code::sign1(root, typ::kDelegation,
                     code::encode(Cbor::map({{1, delegation.town.view()},
                                             {2, role_name(delegation.role)},
                                             {3, delegation.key.bytes},
                                             {4, delegation.from.seconds()},
                                             {5, delegation.to.seconds()}})));
}

Bytes make_successor(const TownId& town, const SignPublic& next_root, const SignKey& root) {
  return code::sign1(root, typ::kSuccessor,
                     code::encode(Cbor::map({{1, town.view()}, {2, crypto::hash(next_root.bytes)}})));
}

Bytes key_id(const SignPublic& key) {
  const Hash hash = crypto::hash(key.bytes);
  return Bytes(hash.begin(), hash.begin() + 8);
}

Status Trust::admit(ByteView bytes) {
  for (const Bytes& known : raw_)
    if (base::equal(known, bytes)) return {};
  MACHI_TRY_SET(sign1, code::verify_sign1(bytes, typ::kDelegation, town_.root));
  MACHI_TRY_SET(map, code::decode(sign1.payload));
  MACHI_TRY_SET(town, map.bytes_at(1));
  if (!base::equal(town, town_.id.view())) return fail(Code::WrongTown, "delegation");
  MACHI_TRY_SET(name, map.text_at(2));
  MACHI_TRY_SET(key, map.fixed_at<32>(3));
  MACHI_TRY_SET(from, map.integer_at(4));
  MACHI_TRY_SET(to, map.integer_at(5));
  for (const auto& [role, role_text] : kRoles) {
    if (role_text != name) continue;
    for (const Delegation& other : delegations_)
      if (other.key == SignPublic{key} && other.role != role)
        return fail(Code::NotAllowed, "one key, one role");
    delegations_.push_back(
        {town_.id, role, SignPublic{key}, Instant::from_seconds(from), Instant::from_seconds(to)});
    raw_.push_back(base::copy(bytes));
    return {};
  }
  return fail(Code::Unsupported, "role");
}

bool Trust::holds(TownRole role, const SignPublic& key, Instant now) const {
  for (const Delegation& d : delegations_)
    if (d.role == role && d.key == key && d.from.plus_seconds(-kGraceSeconds) <= now &&
        now < d.to.plus_seconds(kGraceSeconds))
      return true;
  return false;
}

std::vector<SignPublic> Trust::keys(TownRole role, Instant now) const {
  std::vector<SignPublic> out;
  for (const Delegation& d : delegations_)
    if (d.role == role && holds(role, d.key, now)) out.push_back(d.key);
  return out;
}

}  // namespace machi::mail

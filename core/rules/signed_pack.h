// A pack as a town gives it out: COSE_Sign1 with the editor's key and the purpose machi-rules+cose over
// {1: town, 2: the pack's id, 3: version, 4: zlib(CBOR of the pack)}. Owned by core/rules; any thread; pure.
#pragma once

#include "core/base/id.h"
#include "core/code/cose.h"
#include "core/rules/pack.h"

namespace machi::rules {

inline constexpr std::string_view kRulesTyp = "machi-rules+cose";
using TownId = base::Id<base::TownTag>;

base::Bytes sign_pack(const TownId& town, const code::Cbor& pack, const crypto::SignKey& editor);

// What a phone has of a pack, and keeps when the new one is refused.
struct HeldPack {
  std::string id;
  std::int64_t version = 0;
};
// BadSignature, UnknownKey or WrongPurpose: not by one of these editors. WrongTown. Conflict: not newer than
// the one held. TooLarge; BadInput: not sound (read_pack), or what is signed outside is not what is written
// inside.
Result<Pack> open_pack(base::ByteView bytes, const TownId& town,
                       const std::vector<crypto::SignPublic>& editors, const std::optional<HeldPack>& held);

}  // namespace machi::rules

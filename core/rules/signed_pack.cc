// Nothing of a pack is read before its signature holds. Pure; any thread.
#include "core/rules/signed_pack.h"

#include "core/code/cwt.h"

namespace machi::rules {

base::Bytes sign_pack(const TownId& town, const code::Cbor& pack, const crypto::SignKey& editor) {
  const Place root(&pack, "");
  const auto id = root["id"].text();
  const auto version = root["version"].integer();
  const code::Cbor payload = code::Cbor::map({{1, code::Cbor(town.view())},
                                              {2, id.ok() ? *id : std::string()},
                                              {3, version.ok() ? *version : 0},
                                              {4, code::deflate(code::encode(pack))}});
  return code::sign1(editor, kRulesTyp, code::encode(payload));
}

Result<Pack> open_pack(base::ByteView bytes, const TownId& town,
                       const std::vector<crypto::SignPublic>& editors, const std::optional<HeldPack>& held) {
  base::Error refused = base::fail(Code::UnknownKey, "no editor");
  for (const crypto::SignPublic& editor : editors) {
    const auto sign1 = code::verify_sign1(bytes, kRulesTyp, editor);
    if (!sign1.ok()) {
      refused = sign1.error();
      continue;
    }
    MACHI_TRY_SET(payload, code::decode(sign1->payload));
    MACHI_TRY_SET(of, payload.fixed_at<16>(1));
    MACHI_TRY_SET(id, payload.text_at(2));
    MACHI_TRY_SET(version, payload.integer_at(3));
    MACHI_TRY_SET(packed, payload.bytes_at(4));
    if (TownId{of} != town) return base::fail(Code::WrongTown, "a pack of another town");
    if (held && held->id == id && version <= held->version)
      return base::fail(Code::Conflict, "not newer than the pack held");
    MACHI_TRY_SET(plain, code::inflate(packed, kPackLimit));
    MACHI_TRY_SET(written, code::decode(plain, {48, 1 << 20}));
    MACHI_TRY_SET(pack, read_pack(written));
    if (pack.id != id || pack.version != version)
      return base::fail(Code::BadInput, "signed outside is not what is inside");
    return pack;
  }
  return refused;
}

}  // namespace machi::rules

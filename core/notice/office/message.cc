// The office's messages as deterministic CBOR, with every bound checked on the way in.
#include "core/notice/office/message.h"

#include "core/code/content.h"
#include "core/crypto/sodium.h"

namespace machi::notice {

using base::fail;
using code::Cbor;
using code::CborMap;
namespace content = code::content;

namespace {

constexpr std::int64_t kCounterLimit = 0xFFFFFFFF;

Result<DraftId> id_of(const Cbor& map) { return content::id_at<DraftId>(map, 1); }

Result<std::string> name_at(const Cbor& map, std::int64_t key, std::size_t limit) {
  if (!map.find(key)) return std::string();
  return content::text_at(map, key, limit);
}

}  // namespace

Hash hash_of(const Cbor& content) { return crypto::hash(code::encode(content)); }

Cbor encode(const Draft& draft) {
  NoticeHeader header = draft.header;
  header.act = NoticeAct::Publish;
  header.body = {};
  NoticeBody body = draft.body;
  body.salt = {};
  return Cbor::map({{1, draft.id.bytes},
                    {2, draft.counter},
                    {3, draft.at.ms},
                    {4, draft.by},
                    {5, encode_header(header)},
                    {6, encode_body(body)}});
}

Result<Draft> decode_draft(const Cbor& map) {
  Draft out;
  MACHI_TRY_SET(id, id_of(map));
  MACHI_TRY_SET(counter, map.integer_at(2));
  MACHI_TRY_SET(at, content::instant_at(map, 3));
  MACHI_TRY_SET(by, content::text_at(map, 4, kEditorSigns));
  MACHI_TRY_SET(raw_header, map.at(5));
  MACHI_TRY_SET(header, decode_header(*raw_header));
  MACHI_TRY_SET(raw_body, map.bytes_at(6));
  MACHI_TRY_SET(body, decode_body(raw_body));
  if (counter < 1 || counter > kCounterLimit) return fail(Code::BadInput, "counter");
  if (header.act != NoticeAct::Publish) return fail(Code::BadInput, "a draft");
  out.id = id;
  out.counter = static_cast<std::uint64_t>(counter);
  out.at = at;
  out.by = by;
  out.header = std::move(header);
  out.body = std::move(body);
  return out;
}

Cbor encode(const Approval& approval) {
  CborMap map{{1, approval.id.bytes}, {2, approval.draft}, {3, approval.at.ms}, {4, approval.by}};
  if (approval.alone) map.emplace_back(5, true);
  return Cbor(std::move(map));
}

Result<Approval> decode_approval(const Cbor& map) {
  Approval out;
  MACHI_TRY_SET(id, id_of(map));
  MACHI_TRY_SET(draft, map.fixed_at<32>(2));
  MACHI_TRY_SET(at, content::instant_at(map, 3));
  MACHI_TRY_SET(by, content::text_at(map, 4, kEditorSigns));
  if (const Cbor* alone = map.find(5)) {
    MACHI_TRY_SET(yes, alone->boolean());
    out.alone = yes;
  }
  out.id = id;
  out.draft = draft;
  out.at = at;
  out.by = by;
  return out;
}

Cbor encode(const Withdrawal& withdrawal) {
  CborMap map{{1, withdrawal.id.bytes}, {2, withdrawal.at.ms}, {3, withdrawal.by}};
  if (!withdrawal.why.empty()) map.emplace_back(4, withdrawal.why);
  return Cbor(std::move(map));
}

Result<Withdrawal> decode_withdrawal(const Cbor& map) {
  MACHI_TRY_SET(id, id_of(map));
  MACHI_TRY_SET(at, content::instant_at(map, 2));
  MACHI_TRY_SET(by, content::text_at(map, 3, kEditorSigns));
  MACHI_TRY_SET(why, name_at(map, 4, kReasonSigns));
  return Withdrawal{id, at, by, why};
}

Cbor encode(const Printed& printed) {
  CborMap map{{1, printed.id.bytes}, {2, printed.draft}, {3, printed.at.ms}, {4, printed.serial}};
  if (!printed.trouble.empty()) map.emplace_back(5, printed.trouble);
  return Cbor(std::move(map));
}

Result<Printed> decode_printed(const Cbor& map) {
  Printed out;
  MACHI_TRY_SET(id, id_of(map));
  MACHI_TRY_SET(draft, map.fixed_at<32>(2));
  MACHI_TRY_SET(at, content::instant_at(map, 3));
  MACHI_TRY_SET(serial, map.integer_at(4));
  MACHI_TRY_SET(trouble, name_at(map, 5, 40));
  if (serial < 0) return fail(Code::BadInput, "serial");
  out.id = id;
  out.draft = draft;
  out.at = at;
  out.serial = static_cast<std::uint64_t>(serial);
  out.trouble = trouble;
  return out;
}

}  // namespace machi::notice

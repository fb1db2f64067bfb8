// Blobs in and out. decode_* on any thread, the rest on the store's.
#include "platform/hub/blob_counter.h"

#include "core/code/cbor.h"
#include "platform/hub/reading.h"
#include "platform/hub/routes.h"

namespace machi::hub {

using base::Code;
using base::fail;

Result<BlobPostWork> decode_blob_post(const Request& request) {
  MACHI_TRY_SET(pair, code::decode(request.body));
  if (pair.array() == nullptr || pair.array()->size() != 2) return fail(Code::BadInput, "blob");
  // The permit is one CBOR item inside the array; it is deterministic, so encoding it again gives the bytes
  // that were sent.
  MACHI_TRY_SET(permit, mail::read_blob_permit(code::encode((*pair.array())[0])));
  MACHI_TRY_SET(bytes, (*pair.array())[1].bytes());
  if (bytes.size() > kBlobLimit) return fail(Code::TooLarge, "blob");
  if (permit.size != bytes.size() || permit.blob != crypto::hash(bytes))
    return fail(Code::BadInput, "blob differs from its permit");
  return BlobPostWork{permit, base::copy(bytes)};
}

Result<Answer> post_blob(OfficeState& office, const BlobPostWork& work, Instant now) {
  MACHI_TRY_SET(mailbox, office.mailboxes.at(work.permit.mailbox));
  MACHI_TRY_SET(member, member_of(*mailbox, work.permit.key, now));
  if (!member.rights.post) return fail(Code::NotAllowed, "right to post");
  if (const std::uint32_t wait = office.rates.take_post(work.permit.mailbox, work.permit.key, now); wait != 0)
    return too_many(wait);
  MACHI_TRY(office.store.put_blob(work.permit.mailbox, work.permit.blob, now, work.bytes));
  return empty_answer();
}

Result<BlobReadWork> decode_blob_read(const Request& request) {
  MACHI_TRY_SET(raw, hex_in_query(request.target, "hash"));
  MACHI_TRY_SET(hash, base::fixed<32>(raw));
  return BlobReadWork{request.ticket, hash};
}

Result<Answer> read_blob(OfficeState& office, const BlobReadWork& work, Instant now) {
  MACHI_TRY_SET(holder, holder_of(office, work.ticket, Wish::Read, now));
  MACHI_TRY_SET(bytes, office.store.blob(holder.mailbox, work.hash));
  if (!bytes) return fail(Code::NotFound, "blob");
  Answer out = answer(std::move(*bytes));
  out.response.content_type = "application/octet-stream";
  return out;
}

}  // namespace machi::hub

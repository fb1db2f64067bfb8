// Receipts, ticket requests, blob permits and errors on the wire. Pure.
#include "core/mail/post_forms.h"

#include "core/mail/typ.h"

namespace machi::mail {
namespace {

using base::Code;
using base::fail;
using code::Cbor;

// Payload of a form whose signer stands in the payload at `key_at`.
Result<Cbor> read_form(ByteView bytes, std::string_view typ, std::int64_t key_at) {
  MACHI_TRY_SET(sign1, code::parse_sign1(bytes));
  MACHI_TRY_SET(map, code::decode(sign1.payload));
  MACHI_TRY_SET(key, map.fixed_at<32>(key_at));
  MACHI_TRY(code::verify_sign1(sign1, typ, SignPublic{key}));
  return map;
}

template <class IdType>
Result<IdType> id_at(const Cbor& map, std::int64_t key) {
  MACHI_TRY_SET(raw, map.bytes_at(key));
  return IdType::from(raw);
}

}  // namespace

Bytes make_receipt(const Receipt& receipt, const SignKey& hub_receipt) {
  return code::sign1(hub_receipt, typ::kReceipt,
                     code::encode(Cbor::map({{1, receipt.envelope},
                                             {2, receipt.mailbox.view()},
                                             {3, receipt.number},
                                             {4, receipt.incarnation.view()},
                                             {5, receipt.at.ms}})));
}

Result<Receipt> read_receipt(ByteView bytes, const SignPublic& hub_receipt) {
  MACHI_TRY_SET(sign1, code::verify_sign1(bytes, typ::kReceipt, hub_receipt));
  MACHI_TRY_SET(map, code::decode(sign1.payload));
  MACHI_TRY_SET(envelope, map.fixed_at<32>(1));
  MACHI_TRY_SET(mailbox, id_at<MailboxId>(map, 2));
  MACHI_TRY_SET(number, map.integer_at(3));
  MACHI_TRY_SET(incarnation, id_at<IncarnationId>(map, 4));
  MACHI_TRY_SET(at, map.integer_at(5));
  if (number < 1) return fail(Code::BadInput, "number");
  return Receipt{envelope, mailbox, static_cast<std::uint64_t>(number), incarnation, Instant{at}};
}

Bytes make_ticket_request(const TicketRequest& request, const SignKey& key) {
  return code::sign1(key, typ::kTicket,
                     code::encode(Cbor::map({{1, request.challenge},
                                             {2, request.mailbox.view()},
                                             {3, key.open.bytes},
                                             {4, request.incarnation.view()}})));
}

Result<TicketRequest> read_ticket_request(ByteView bytes) {
  MACHI_TRY_SET(map, read_form(bytes, typ::kTicket, 3));
  MACHI_TRY_SET(challenge, map.fixed_at<32>(1));
  MACHI_TRY_SET(mailbox, id_at<MailboxId>(map, 2));
  MACHI_TRY_SET(key, map.fixed_at<32>(3));
  MACHI_TRY_SET(incarnation, id_at<IncarnationId>(map, 4));
  return TicketRequest{challenge, mailbox, SignPublic{key}, incarnation};
}

Bytes make_blob_permit(const BlobPermit& permit, const SignKey& key) {
  return code::sign1(
      key, typ::kBlob,
      code::encode(
          Cbor::map({{1, permit.mailbox.view()}, {2, permit.blob}, {3, permit.size}, {4, key.open.bytes}})));
}

Result<BlobPermit> read_blob_permit(ByteView bytes) {
  MACHI_TRY_SET(map, read_form(bytes, typ::kBlob, 4));
  MACHI_TRY_SET(mailbox, id_at<MailboxId>(map, 1));
  MACHI_TRY_SET(blob, map.fixed_at<32>(2));
  MACHI_TRY_SET(size, map.integer_at(3));
  MACHI_TRY_SET(key, map.fixed_at<32>(4));
  if (size < 0) return fail(Code::BadInput, "size");
  return BlobPermit{mailbox, blob, static_cast<std::uint64_t>(size), SignPublic{key}};
}

Bytes encode_error(const WireError& error) {
  code::CborMap map{{1, base::code_name(error.code)}};
  if (error.retry_after != 0) map.emplace_back(2, static_cast<std::int64_t>(error.retry_after));
  if (error.starts != 0) {
    map.emplace_back(3, error.starts);
    map.emplace_back(4, error.starts_of.view());
  }
  if (error.puzzle > 0) map.emplace_back(5, static_cast<std::int64_t>(error.puzzle));
  return code::encode(Cbor(std::move(map)));
}

WireError decode_error(ByteView bytes) {
  WireError error;
  auto map = code::decode(bytes);
  if (!map.ok()) return error;
  if (auto name = map->text_at(1); name.ok()) error.code = base::code_of(*name).value_or(Code::BadInput);
  if (auto seconds = map->integer_at(2); seconds.ok() && *seconds > 0 && *seconds <= 86400)
    error.retry_after = static_cast<std::uint32_t>(*seconds);
  if (auto starts = map->integer_at(3); starts.ok() && *starts > 0)
    if (auto raw = map->bytes_at(4); raw.ok())
      if (auto of = IncarnationId::from(*raw); of.ok()) {
        error.starts = static_cast<std::uint64_t>(*starts);
        error.starts_of = *of;
      }
  if (auto bits = map->integer_at(5); bits.ok() && *bits > 0 && *bits <= 256)
    error.puzzle = static_cast<int>(*bits);
  return error;
}

}  // namespace machi::mail

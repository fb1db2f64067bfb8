// Envelopes: what stands outside, what is sealed inside, and that both agree. Pure.
#include "core/mail/envelope.h"

#include "core/mail/typ.h"

namespace machi::mail {
namespace {

using base::Code;
using base::fail;
using code::Cbor;
using code::CborArray;
using code::CborMap;

struct Outside {
  MessageId id;
  MailboxId to;
  std::uint64_t epoch = 0;
  SignPublic from;
  bool operator==(const Outside&) const = default;
};

// Keys 1-4, which the envelope and its body share.
Result<Outside> read_outside(const Cbor& map) {
  MACHI_TRY_SET(id, map.bytes_at(1));
  MACHI_TRY_SET(message, MessageId::from(id));
  MACHI_TRY_SET(to, map.bytes_at(2));
  MACHI_TRY_SET(mailbox, MailboxId::from(to));
  MACHI_TRY_SET(epoch, map.integer_at(3));
  if (epoch < 1) return fail(Code::BadInput, "epoch");
  MACHI_TRY_SET(from, map.fixed_at<32>(4));
  return Outside{message, mailbox, static_cast<std::uint64_t>(epoch), SignPublic{from}};
}

Cbor write_proof(const Proof& proof) {
  CborArray chain;
  for (const Bytes& entry : proof.chain) chain.emplace_back(ByteView(entry));
  CborMap map{{1, Cbor(std::move(chain))}, {2, ByteView(proof.voucher)}};
  if (!proof.epoch_entry.empty()) map.emplace_back(3, ByteView(proof.epoch_entry));
  return Cbor(std::move(map));
}

Result<Proof> read_proof(const Cbor& map) {
  Proof proof;
  const Cbor* chain = map.find(1);
  if (chain == nullptr || chain->array() == nullptr) return fail(Code::BadInput, "proof");
  for (const Cbor& entry : *chain->array()) {
    MACHI_TRY_SET(bytes, entry.bytes());
    proof.chain.push_back(base::copy(bytes));
  }
  MACHI_TRY_SET(voucher, map.bytes_at(2));
  proof.voucher = base::copy(voucher);
  if (map.find(3) != nullptr) {
    MACHI_TRY_SET(entry, map.bytes_at(3));
    proof.epoch_entry = base::copy(entry);
  }
  return proof;
}

Result<Attachment> read_attachment(const Cbor& map) {
  MACHI_TRY_SET(blob, map.fixed_at<32>(1));
  MACHI_TRY_SET(size, map.integer_at(2));
  MACHI_TRY_SET(type, map.text_at(3));
  MACHI_TRY_SET(key, map.fixed_at<32>(4));
  if (size < 0) return fail(Code::BadInput, "size");
  return Attachment{blob, static_cast<std::uint64_t>(size), type, key};
}

Bytes write_body(const Outside& outside, const Body& body) {
  CborMap map{{1, outside.id.view()}, {2, outside.to.view()}, {3, outside.epoch}, {4, outside.from.bytes},
              {5, body.kind},         {6, body.written.ms},   {7, body.content}};
  if (body.proof) map.emplace_back(8, write_proof(*body.proof));
  if (!body.attachments.empty()) {
    CborArray list;
    for (const Attachment& a : body.attachments)
      list.push_back(Cbor::map({{1, a.blob}, {2, a.size}, {3, a.media_type}, {4, a.key}}));
    map.emplace_back(9, Cbor(std::move(list)));
  }
  return code::encode(Cbor(std::move(map)));
}

Result<Body> read_body(const Cbor& map) {
  Body body;
  MACHI_TRY_SET(kind, map.text_at(5));
  MACHI_TRY_SET(written, map.integer_at(6));
  MACHI_TRY_SET(content, map.at(7));
  if (kind.empty() || kind.size() > 64 || content->map() == nullptr) return fail(Code::BadInput, "body");
  body.kind = kind;
  body.written = Instant{written};
  body.content = *content;
  if (const Cbor* proof = map.find(8)) {
    MACHI_TRY_SET(read, read_proof(*proof));
    body.proof = std::move(read);
  }
  if (const Cbor* list = map.find(9)) {
    if (list->array() == nullptr || list->array()->size() > 16) return fail(Code::BadInput, "attachments");
    for (const Cbor& item : *list->array()) {
      MACHI_TRY_SET(attachment, read_attachment(item));
      body.attachments.push_back(std::move(attachment));
    }
  }
  return body;
}

}  // namespace

Result<Envelope> read_envelope(ByteView bytes, std::string_view typ) {
  if (bytes.size() > kEnvelopeLimit) return fail(Code::TooLarge, "envelope");
  MACHI_TRY_SET(sign1, code::parse_sign1(bytes));
  MACHI_TRY_SET(map, code::decode(sign1.payload));
  MACHI_TRY_SET(outside, read_outside(map));
  MACHI_TRY_SET(sealed, map.bytes_at(5));
  if (map.map()->size() != 5) return fail(Code::BadInput, "envelope");
  MACHI_TRY(code::verify_sign1(sign1, typ, outside.from));
  return Envelope{outside.id, outside.to, outside.epoch, outside.from, base::copy(sealed)};
}

Hash envelope_hash(ByteView bytes) { return crypto::hash(bytes); }

Result<Bytes> make_envelope(base::Entropy& entropy, const MessageId& id, const MailboxId& to,
                            std::uint64_t epoch, const SealPublic& epoch_key, const SignKey& posting,
                            const Body& body, std::string_view typ) {
  const Outside outside{id, to, epoch, posting.open};
  Bytes inside = write_body(outside, body);
  auto padded = crypto::pad(inside);
  crypto::wipe(inside);
  if (!padded.ok()) return padded.error();
  Bytes sealed = crypto::seal(entropy, epoch_key, *padded);
  crypto::wipe(*padded);
  return code::sign1(
      posting, typ,
      code::encode(Cbor::map(
          {{1, id.view()}, {2, to.view()}, {3, epoch}, {4, posting.open.bytes}, {5, ByteView(sealed)}})));
}

Result<Body> open_envelope(const Envelope& envelope, const SealKey& epoch_key) {
  MACHI_TRY_SET(padded, crypto::open(epoch_key, envelope.sealed));
  auto inside = crypto::unpad(padded);
  crypto::wipe(padded);
  if (!inside.ok()) return inside.error();
  auto map = code::decode(*inside);
  crypto::wipe(*inside);
  if (!map.ok()) return map.error();
  MACHI_TRY_SET(outside, read_outside(*map));
  if (outside != Outside{envelope.id, envelope.to, envelope.epoch, envelope.from})
    return fail(Code::BadInput, "body names another envelope");
  return read_body(*map);
}

}  // namespace machi::mail

// Envelopes: sealed to a mailbox, signed by the posting key, bound inside and out (PROTOCOL.md, Envelopes).
// The hub reads the outside only. Values; any thread; pure.
#pragma once

#include <set>

#include "core/mail/access.h"
#include "core/mail/typ.h"

namespace machi::mail {

using base::MessageId;

inline constexpr std::size_t kEnvelopeLimit = 66560;

// What the hub sees.
struct Envelope {
  MessageId id;
  MailboxId to;
  std::uint64_t epoch = 0;
  SignPublic from;
  Bytes sealed;
};
// Decodes and verifies the signature of the posting key that it names. `typ`: of those in a file, which no
// hub takes (apart.h), another one.
Result<Envelope> read_envelope(ByteView bytes, std::string_view typ = typ::kEnvelope);
// Name of an envelope: hash of the whole COSE object.
Hash envelope_hash(ByteView bytes);

struct Attachment {
  Hash blob{};
  std::uint64_t size = 0;
  std::string media_type;
  base::Array<32> key{};
};

// Why a desk may speak for its office (PROTOCOL.md, Offices that write to persons).
struct Proof {
  std::vector<Bytes> chain;  // access entries, founding admin first
  Bytes voucher;
  Bytes epoch_entry;  // empty when none
};

struct Body {
  std::string kind;
  Instant written;
  code::Cbor content = code::Cbor(code::CborMap{});
  std::optional<Proof> proof;
  std::vector<Attachment> attachments;
};

// TooLarge when the body does not fit in 64 KB.
Result<Bytes> make_envelope(base::Entropy& entropy, const MessageId& id, const MailboxId& to,
                            std::uint64_t epoch, const SealPublic& epoch_key, const SignKey& posting,
                            const Body& body, std::string_view typ = typ::kEnvelope);
// Opens with the epoch's key and refuses a body that names another id, mailbox, epoch or sender than the
// outside.
Result<Body> open_envelope(const Envelope& envelope, const SealKey& epoch_key);

// Voucher: the office's desk `office_key` writes to `target` under `posting`.
Bytes make_voucher(const MailboxId& office, const SignKey& office_key, const MailboxId& target,
                   const SignPublic& posting, Instant to);

// Keys that a line of access entries brings into an office, from its founding admin on. NotAllowed when an
// entry does not follow from those before it.
struct ChainKeys {
  std::set<SignPublic> admins;
  std::set<SignPublic> desks;
};
Result<ChainKeys> check_chain(const std::vector<Bytes>& chain, const MailboxId& office,
                              const SignPublic& founder);

// What a checked proof says.
struct OfficeSender {
  MailboxId office;
  SignPublic desk;          // the desk's key at the office
  std::uint64_t epoch = 0;  // 0 when the proof brings none
  SealPublic epoch_key;
};
// Checks chain, voucher and epoch entry against the office's founding admin. NotAllowed | BadSignature |
// Expired.
Result<OfficeSender> check_proof(const Proof& proof, const MailboxId& office, const SignPublic& founder,
                                 const Envelope& envelope, Instant now);

}  // namespace machi::mail

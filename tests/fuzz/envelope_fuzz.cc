// What strangers post: envelopes, access entries, grants, proofs, slips, applications. The input is tried as
// it comes, and as a payload that is really signed or sealed, so that the reading behind the signature is
// reached too. Invariants: an entry that is read is made again byte for byte; a log never takes what does not
// follow; a sealed body opens only to an envelope that it names.
#include "core/crypto/drbg.h"
#include "core/mail/post_forms.h"
#include "core/mail/slip.h"
#include "core/mail/typ.h"
#include "tests/fuzz/frame.h"
#include "tests/fuzz/keys.h"

using namespace machi;
using fuzz::epoch;
using fuzz::key;
using fuzz::signed_by_us;
using fuzz::with_our_key;

namespace {

void check_entry(const base::Bytes& signed_bytes) {
  auto entry = mail::read_access_entry(signed_bytes);
  if (!entry.ok()) return;
  mail::AccessLog log;
  const auto taken = log.append(signed_bytes, base::Instant{});
  MACHI_CHECK(taken.ok() == (log.next_number() == 1));
  if (taken.ok()) MACHI_CHECK(entry->number == 0 && entry->subject == entry->author);
}

void check_body(base::ByteView bytes) {
  auto padded = crypto::pad(bytes);
  if (!padded.ok()) return;
  crypto::Drbg random = crypto::Drbg::of_number(1);
  mail::Envelope envelope;
  envelope.epoch = 1;
  envelope.from = key().open;
  envelope.sealed = crypto::seal(random, epoch().open, *padded);
  auto body = mail::open_envelope(envelope, epoch());
  if (!body.ok()) return;
  mail::Envelope other = envelope;
  other.id.bytes[3] ^= 1;
  MACHI_CHECK(!mail::open_envelope(other, epoch()).ok());
  if (body->proof)
    MACHI_CHECK(!mail::check_proof(*body->proof, envelope.to,
                                   crypto::sign_key(crypto::Secret<32>(base::Array<32>{11})).open, envelope,
                                   base::Instant{})
                     .ok());
}

}  // namespace

void machi::fuzz::read(base::ByteView input) {
  (void)mail::read_envelope(input).ok();
  (void)mail::read_access_entry(input).ok();
  (void)mail::read_grant(input).ok();
  (void)mail::read_ticket_request(input).ok();
  (void)mail::read_blob_permit(input).ok();
  (void)mail::read_slip_record(input).ok();
  (void)mail::peek_slip(input).ok();
  (void)mail::decode_page(input).ok();
  (void)mail::decode_feed_answer(input).ok();
  (void)mail::decode_error(input);
  if (auto value = code::decode(input); value.ok()) {
    (void)mail::decode_application(*value).ok();
    (void)mail::decode_office(*value).ok();
  }
  check_entry(signed_by_us(mail::typ::kAccess, input, 5));
  (void)mail::read_grant(signed_by_us(mail::typ::kGrant, input, 5)).ok();
  (void)mail::read_slip_record(signed_by_us(mail::typ::kSlipRecord, input, 5)).ok();
  auto envelope = mail::read_envelope(signed_by_us(mail::typ::kEnvelope, input, 4));
  if (envelope.ok()) (void)mail::open_envelope(*envelope, epoch()).ok();
  (void)mail::peek_slip(code::sign1(key(), mail::typ::kSlip, input)).ok();
  check_body(input);
  check_body(with_our_key(input, 4));
}

// What lies at the hub for later: snapshots, slots, device statements, official records, heads, receipts, the
// feed. The input is tried as it comes, and as a payload that is really signed, sealed or compressed.
// Invariants: what is read of a snapshot's content is written and read again as the same; a snapshot opens
// only to the outside that it names; nothing holds by a key that never signed.
#include "core/code/cwt.h"
#include "core/crypto/drbg.h"
#include "core/mail/feed.h"
#include "core/mail/paper.h"
#include "core/mail/record.h"
#include "core/mail/snapshot.h"
#include "core/mail/typ.h"
#include "tests/fuzz/frame.h"
#include "tests/fuzz/keys.h"

using namespace machi;

namespace {

const crypto::SignKey& stranger() {
  static const crypto::SignKey kStranger = crypto::sign_key(crypto::Secret<32>(base::Array<32>{11}));
  return kStranger;
}

void check_content(base::ByteView bytes) {
  const auto content = mail::decode_snapshot_content(bytes);
  if (!content.ok()) return;
  const auto written = mail::encode_snapshot_content(*content);
  MACHI_CHECK(written.ok());
  const auto again = mail::decode_snapshot_content(*written);
  MACHI_CHECK(again.ok() && *mail::encode_snapshot_content(*again) == *written);
}

void check_snapshot(base::ByteView input) {
  auto snapshot = mail::read_snapshot(fuzz::signed_by_us(mail::typ::kSnapshot, input, 6));
  if (!snapshot.ok()) return;
  MACHI_CHECK(snapshot->author == fuzz::key().open && !snapshot->chunks.empty());
  crypto::Drbg random = crypto::Drbg::of_number(1);
  mail::SnapshotSecret secret{crypto::Secret<32>(base::Array<32>{3}), {}};
  const auto made = mail::make_snapshot(random, *snapshot, secret, fuzz::epoch().open, fuzz::key());
  auto back = mail::read_snapshot(made);
  MACHI_CHECK(back.ok() && mail::open_snapshot(*back, fuzz::epoch()).ok());
  back->mailbox.bytes[0] ^= 1;
  MACHI_CHECK(!mail::open_snapshot(*back, fuzz::epoch()).ok());
  snapshot->sealed = crypto::seal(random, fuzz::epoch().open, input);
  (void)mail::open_snapshot(*snapshot, fuzz::epoch()).ok();
}

void check_slot(base::ByteView input) {
  crypto::Drbg random = crypto::Drbg::of_number(2);
  const mail::PaperKey paper = mail::make_paper(random);
  (void)mail::open_slot(paper, input).ok();
  const auto made =
      mail::make_slot(random, paper, {{}, crypto::Secret<32>{}, base::copy(input)}, fuzz::key());
  if (!made.ok()) return;
  const auto read = mail::read_slot(*made);
  MACHI_CHECK(read.ok());
  const auto opened = mail::open_slot(paper, read->locked);
  MACHI_CHECK(opened.ok() && base::equal(opened->content, input));
  MACHI_CHECK(!mail::open_slot(mail::make_paper(random), read->locked).ok());
}

void check_feed(base::ByteView input) {
  const base::Instant now = base::Instant::from_seconds(1'800'000'000);
  mail::Trust trust({{}, fuzz::key().open});
  MACHI_CHECK(trust
                  .admit(mail::make_delegation(
                      {{}, mail::TownRole::Editor, fuzz::key().open, now, now.plus_seconds(60)}, fuzz::key()))
                  .ok());
  (void)trust.admit(code::sign1(fuzz::key(), mail::typ::kDelegation, input)).ok();
  (void)mail::read_item(code::sign1(fuzz::key(), mail::typ::kItem, input, mail::key_id(fuzz::key().open)),
                        trust, now)
      .ok();
  MACHI_CHECK(
      !mail::read_item(code::sign1(stranger(), mail::typ::kItem, input, mail::key_id(stranger().open)), trust,
                       now)
           .ok());
  const base::Bytes head = code::sign1(fuzz::key(), mail::typ::kHead, input, mail::key_id(fuzz::key().open));
  (void)mail::check_head({head, code::sign1(fuzz::key(), mail::typ::kFresh, input), {}}, trust, now).ok();
}

}  // namespace

void machi::fuzz::read(base::ByteView input) {
  MACHI_CHECK(crypto::ready());
  check_content(input);
  check_content(code::deflate(input));
  check_snapshot(input);
  check_slot(input);
  check_feed(input);
  (void)mail::read_slot(fuzz::signed_by_us(mail::typ::kSlot, input, 4)).ok();
  (void)mail::read_device_statement(fuzz::signed_by_us(mail::typ::kDevice, input, 2)).ok();
  (void)mail::read_access_head(fuzz::signed_by_us(mail::typ::kAccessHead, input, 5)).ok();
  (void)mail::read_office_record(fuzz::signed_by_us(mail::typ::kRecord, input, 5)).ok();
  const base::Bytes receipt = code::sign1(fuzz::key(), mail::typ::kReceipt, input);
  (void)mail::read_receipt(receipt, fuzz::key().open).ok();
  MACHI_CHECK(!mail::read_receipt(receipt, stranger().open).ok());
}

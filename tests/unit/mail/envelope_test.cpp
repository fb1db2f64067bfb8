#include <gtest/gtest.h>

#include "core/mail/post_forms.h"
#include "tests/unit/mail/people.h"

namespace machi::mail::test {
namespace {

using base::Code;
using code::Cbor;

const crypto::SealKey& epoch_key() {
  static const crypto::SealKey key = device(50).seal();
  return key;
}

MessageId message(std::uint8_t number) {
  MessageId id;
  id.bytes.fill(number);
  return id;
}

Bytes envelope_with(Body body, std::uint8_t to = 1) {
  crypto::Drbg random = crypto::Drbg::of_number(7);
  auto made = make_envelope(random, message(9), mailbox(to), 1, epoch_key().open,
                            device(2).posting(mailbox(to)), body);
  return made.ok() ? *made : Bytes{};
}

Body small_body() {
  Body body;
  body.kind = "absence.report";
  body.written = kNow;
  body.content = Cbor::map({{1, "熱"}});
  return body;
}

TEST(Envelope, OpensToWhatWasWritten) {
  const Bytes bytes = envelope_with(small_body());
  auto envelope = read_envelope(bytes);
  ASSERT_TRUE(envelope.ok());
  auto body = open_envelope(*envelope, epoch_key());
  ASSERT_TRUE(body.ok());
  EXPECT_EQ(body->kind, "absence.report");
  EXPECT_EQ(body->content, small_body().content);
  EXPECT_EQ(body->written, kNow);
}

TEST(Envelope, ShowsTheSameSizeForShortAndLongReasons) {
  Body longer = small_body();
  longer.content = Cbor::map({{1, "きのうの夜から熱が高く、せきも出ています。"}});
  EXPECT_EQ(envelope_with(small_body()).size(), envelope_with(longer).size());
}

TEST(Envelope, RefusesABodyThatBelongsToAnotherEnvelope) {
  // Someone takes the sealed part of one envelope and puts it into one of their own.
  auto original = read_envelope(envelope_with(small_body()));
  ASSERT_TRUE(original.ok());
  for (int what = 0; what < 4; ++what) {
    Envelope other = *original;
    if (what == 0) other.id = message(8);
    if (what == 1) other.to = mailbox(3);
    if (what == 2) other.epoch = 2;
    if (what == 3) other.from = device(3).posting(mailbox(1)).open;
    EXPECT_EQ(open_envelope(other, epoch_key()).code(), Code::BadInput) << what;
  }
}

TEST(Envelope, RefusesAlteredBytesAndOversize) {
  const Bytes bytes = envelope_with(small_body());
  for (std::size_t at = 0; at < bytes.size(); at += 13) {
    Bytes altered = bytes;
    altered[at] ^= 1;
    EXPECT_FALSE(read_envelope(altered).ok()) << "byte " << at;
  }
  EXPECT_EQ(read_envelope(Bytes(kEnvelopeLimit + 1)).code(), Code::TooLarge);
  Body huge = small_body();
  huge.content = Cbor::map({{1, std::string(70000, 'a')}});
  EXPECT_TRUE(envelope_with(huge).empty());
}

TEST(Envelope, HoldsTheLargestBodyWithinTheLimitOfTheHub) {
  Body large = small_body();
  large.content = Cbor::map({{1, Bytes(65300)}});
  const Bytes bytes = envelope_with(large);
  ASSERT_FALSE(bytes.empty());
  EXPECT_LE(bytes.size(), kEnvelopeLimit);
}

// A school with founder, tablet and substitute; the person's mailbox is 2.
struct School {
  LogBook book{mailbox(1), device(1)};
  School() {
    EXPECT_TRUE(book.epoch(device(1), device(60).seal()).ok());
    EXPECT_TRUE(book.add(device(1), device(5), kAllRights).ok());
    EXPECT_TRUE(book.add(device(5), device(6), kAllRights).ok());
  }
  Proof proof_of(const crypto::DeviceSeed& desk, std::vector<Bytes> chain) const {
    Proof proof;
    proof.chain = std::move(chain);
    proof.voucher = make_voucher(book.id, desk.posting(book.id), mailbox(2), desk.posting(mailbox(2)).open,
                                 kNow.plus_seconds(3600));
    return proof;
  }
  Result<OfficeSender> check(const Proof& proof, const crypto::DeviceSeed& desk, Instant now = kNow) const {
    Envelope envelope;
    envelope.to = mailbox(2);
    envelope.from = desk.posting(mailbox(2)).open;
    return check_proof(proof, book.id, device(1).posting(book.id).open, envelope, now);
  }
};

TEST(Proof, HoldsForATabletThatATabletPaired) {
  School school;
  Proof proof = school.proof_of(device(6), {school.book.entries[2], school.book.entries[3]});
  proof.epoch_entry = school.book.entries[1];
  auto sender = school.check(proof, device(6));
  ASSERT_TRUE(sender.ok()) << sender.error().detail;
  EXPECT_EQ(sender->office, mailbox(1));
  EXPECT_EQ(sender->epoch, 1u);
}

TEST(Proof, FailsWithoutTheLineToTheFounder) {
  School school;
  EXPECT_EQ(school.check(school.proof_of(device(6), {school.book.entries[3]}), device(6)).code(),
            Code::NotAllowed);
  EXPECT_EQ(school.check(school.proof_of(device(6), {}), device(6)).code(), Code::BadInput);
}

TEST(Proof, FailsForAParentWhoMayOnlyPost) {
  School school;
  ASSERT_TRUE(school.book.add(device(1), device(7), kPostOnly).ok());
  EXPECT_EQ(school.check(school.proof_of(device(7), {school.book.entries[4]}), device(7)).code(),
            Code::NotAllowed);
}

TEST(Proof, FailsForAnotherMailboxAnotherSenderAndAfterItsDate) {
  School school;
  const Proof proof = school.proof_of(device(5), {school.book.entries[2]});
  EXPECT_TRUE(school.check(proof, device(5)).ok());
  EXPECT_EQ(school.check(proof, device(6)).code(), Code::NotAllowed);
  EXPECT_EQ(school.check(proof, device(5), kNow.plus_seconds(3 * 86400)).code(), Code::Expired);
}

TEST(Receipt, HoldsForTheHubsKeyOnly) {
  const auto key = device(30).posting(mailbox(9));
  Receipt receipt;
  receipt.mailbox = mailbox(1);
  receipt.number = 12;
  receipt.at = kNow;
  const Bytes bytes = make_receipt(receipt, key);
  auto read = read_receipt(bytes, key.open);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ(read->number, 12u);
  EXPECT_EQ(read_receipt(bytes, device(31).posting(mailbox(9)).open).code(), Code::BadSignature);
}

TEST(WireError, SurvivesTheWireAndReadsGarbageAsBadInput) {
  const WireError error = decode_error(encode_error({Code::TooMany, 30}));
  EXPECT_EQ(error.code, Code::TooMany);
  EXPECT_EQ(error.retry_after, 30u);
  EXPECT_EQ(decode_error(base::view("<html>")).code, Code::BadInput);
}

}  // namespace
}  // namespace machi::mail::test

#include <gtest/gtest.h>

#include "core/code/cose.h"
#include "core/mail/typ.h"
#include "tests/unit/mail/people.h"

namespace machi::mail::test {
namespace {

using base::Code;

TEST(AccessLog, BeginsWithItsFounderAsAdmin) {
  LogBook book(mailbox(1), device(1));
  EXPECT_EQ(book.log.next_number(), 1u);
  EXPECT_EQ(book.log.nature(), Nature::Office);
  const Member* founder = book.log.find(device(1).posting(book.id).open, kNow);
  ASSERT_NE(founder, nullptr);
  EXPECT_TRUE(founder->rights.admin);
}

TEST(AccessLog, RefusesAFirstEntryThatAddsSomebodyElse) {
  AccessEntry entry;
  entry.mailbox = mailbox(1);
  entry.subject = device(2).posting(mailbox(1)).open;
  entry.rights = kAllRights;
  entry.seal = device(2).seal().open;
  entry.nature = Nature::Office;
  AccessLog log;
  EXPECT_EQ(log.append(make_access_entry(entry, device(1).posting(mailbox(1))), kNow).code(), Code::BadInput);
}

TEST(AccessLog, TakesEntriesFromAdminsOnly) {
  LogBook book(mailbox(1), device(1));
  ASSERT_TRUE(book.add(device(1), device(2), kPostOnly).ok());
  EXPECT_EQ(book.add(device(2), device(3), kPostOnly).code(), Code::NotAllowed);
  EXPECT_EQ(book.add(device(4), device(3), kPostOnly).code(), Code::NotAllowed);
}

TEST(AccessLog, RefusesAnEntryOutOfLine) {
  LogBook book(mailbox(1), device(1));
  AccessEntry entry = book.log.next(AccessOp::Remove);
  entry.author = device(1).posting(book.id).open;
  entry.subject = device(1).posting(book.id).open;
  entry.number += 1;
  EXPECT_EQ(book.log.append(make_access_entry(entry, device(1).posting(book.id)), kNow).code(),
            Code::Conflict);
  entry.number -= 1;
  entry.previous[0] ^= 1;
  EXPECT_EQ(book.log.append(make_access_entry(entry, device(1).posting(book.id)), kNow).code(),
            Code::Conflict);
}

TEST(AccessLog, NeverLosesItsLastAdmin) {
  LogBook book(mailbox(1), device(1));
  EXPECT_EQ(book.remove(device(1), device(1)).code(), Code::NotAllowed);
  // An admin with an end date does not count: it would leave the mailbox without one.
  ASSERT_TRUE(book.add(device(1), device(2), kAllRights, kNow.plus_seconds(3600)).ok());
  EXPECT_EQ(book.remove(device(1), device(1)).code(), Code::NotAllowed);
  ASSERT_TRUE(book.add(device(1), device(3), kAllRights).ok());
  EXPECT_TRUE(book.remove(device(3), device(1)).ok());
}

TEST(AccessLog, KeepsItsLastAdminFromLoweringItsOwnRights) {
  LogBook book(mailbox(1), device(1));
  EXPECT_EQ(book.add(device(1), device(1), kPostOnly).code(), Code::NotAllowed);
  EXPECT_EQ(book.add(device(1), device(1), kAllRights, kNow.plus_seconds(60)).code(), Code::NotAllowed);
  ASSERT_TRUE(book.add(device(1), device(2), kAllRights).ok());
  ASSERT_TRUE(book.add(device(1), device(1), kPostOnly).ok());
  EXPECT_TRUE(book.log.owes_epoch()) << "who may read no longer is shut out of what comes";
}

TEST(AccessLog, OwesAnEpochAfterAReaderWasRemoved) {
  LogBook book(mailbox(1), device(1));
  ASSERT_TRUE(book.add(device(1), device(2), kPostOnly).ok());
  ASSERT_TRUE(book.remove(device(1), device(2)).ok());
  EXPECT_FALSE(book.log.owes_epoch()) << "a parent's key that could only post opens nothing";
  ASSERT_TRUE(book.add(device(1), device(3), kAllRights).ok());
  ASSERT_TRUE(book.remove(device(1), device(3)).ok());
  EXPECT_TRUE(book.log.owes_epoch());
  ASSERT_TRUE(book.epoch(device(1), device(9).seal()).ok());
  EXPECT_FALSE(book.log.owes_epoch());
  EXPECT_EQ(book.log.epoch(), 1u);
}

TEST(AccessLog, JudgesDatesWhenTheEntryArrivesAndNotLater) {
  LogBook book(mailbox(1), device(1));
  ASSERT_TRUE(book.add(device(1), device(2), kAllRights, kNow.plus_seconds(60)).ok());
  EXPECT_EQ(book.add(device(2), device(3), kPostOnly, {}, kNow.plus_seconds(61)).code(), Code::NotAllowed);
  ASSERT_TRUE(book.add(device(2), device(3), kPostOnly).ok());
  AccessLog read_later;
  for (const Bytes& entry : book.entries) ASSERT_TRUE(read_later.append_known(entry).ok());
  EXPECT_EQ(read_later.head(), book.log.head());
}

TEST(AccessEntry, RefusesAnAlteredByteAndAnotherPurpose) {
  LogBook book(mailbox(1), device(1));
  Bytes entry = book.entries.front();
  for (std::size_t at = 0; at < entry.size(); at += 7) {
    Bytes altered = entry;
    altered[at] ^= 0x20;
    EXPECT_FALSE(read_access_entry(altered).ok()) << "byte " << at;
  }
  auto parsed = code::parse_sign1(entry);
  ASSERT_TRUE(parsed.ok());
  const Bytes other = code::sign1(device(1).posting(book.id), typ::kGrant, parsed->payload);
  EXPECT_EQ(read_access_entry(other).code(), Code::WrongPurpose);
}

TEST(Grant, OpensForItsReaderAndNobodyElse) {
  crypto::Drbg random = crypto::Drbg::of_number(1);
  crypto::Secret<32> secret;
  random.fill(secret.bytes());
  const auto reader = device(2);
  const Bytes bytes = make_grant(random, mailbox(1), 3, secret, reader.posting(mailbox(1)).open,
                                 reader.seal().open, device(1).posting(mailbox(1)));
  auto grant = read_grant(bytes);
  ASSERT_TRUE(grant.ok());
  auto opened = open_grant(*grant, reader.seal());
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened->bytes(), secret.bytes());
  EXPECT_FALSE(open_grant(*grant, device(3).seal()).ok());
  grant->epoch = 4;
  EXPECT_EQ(open_grant(*grant, reader.seal()).code(), Code::BadInput) << "the sealed part names its epoch";
}

}  // namespace
}  // namespace machi::mail::test

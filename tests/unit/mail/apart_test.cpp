// Heads of exchange files: whom they open to, and that nothing else passes for one.
#include "core/mail/apart.h"

#include <gtest/gtest.h>

#include "core/mail/typ.h"
#include "tests/unit/mail/people.h"

namespace machi::mail {
namespace {

using test::device;
using test::kNow;

struct ApartHeads : testing::Test {
  ApartHeads() {
    EXPECT_TRUE(crypto::ready());
    EXPECT_TRUE(book.epoch(first, epoch).ok());
    EXPECT_TRUE(book.add(first, second, {true, true, false}).ok());
    EXPECT_TRUE(book.add(first, paper, kSpareRights).ok());
  }
  Result<ApartHead> made(Instant now = kNow) {
    return make_apart_head(random, book.log, book.entries, crypto::Secret<32>(base::Array<32>{5}),
                           key(first).open, now);
  }
  static SignKey key(const crypto::DeviceSeed& of) { return of.posting(test::mailbox(1)); }
  Bytes signed_map(const code::CborMap& map) {
    return code::sign1(key(first), typ::kApartHead, code::encode(code::Cbor(map)));
  }

  crypto::DeviceSeed first = device(1), second = device(2), paper = device(3), stranger = device(4);
  crypto::SealKey epoch = crypto::seal_key(crypto::Secret<32>(base::Array<32>{9}));
  test::LogBook book{test::mailbox(1), first};
  crypto::Drbg random = crypto::Drbg::of_number(1);
};

TEST_F(ApartHeads, OpenToEachDeviceThatReadsAndToTheEpoch) {
  const auto head = made();
  ASSERT_TRUE(head.ok());
  const auto read = read_apart_head(write_apart_head(*head, key(first)));
  ASSERT_TRUE(read.ok()) << read.error().detail;
  EXPECT_EQ(read->entries, book.entries);
  EXPECT_EQ(read->for_readers.size(), 2u) << "the paper keeps no tables";
  const auto opened = open_apart_head(*read, key(second).open, second.seal(), nullptr);
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened->open, read->file_key);
  EXPECT_TRUE(open_apart_head(*read, key(stranger).open, stranger.seal(), &epoch).ok());
  EXPECT_EQ(open_apart_head(*read, key(stranger).open, stranger.seal(), nullptr).code(),
            base::Code::UnknownKey);
  EXPECT_EQ(open_apart_head(*read, key(second).open, stranger.seal(), nullptr).code(),
            base::Code::UnknownKey);
}

TEST_F(ApartHeads, LeaveTheEpochOutWhileSomebodyHasItsKeyWhoMayNotRead) {
  ASSERT_TRUE(book.remove(first, second).ok());
  const auto owed = made();
  ASSERT_TRUE(owed.ok());
  EXPECT_TRUE(owed->for_epoch.empty());
  EXPECT_EQ(open_apart_head(*owed, key(second).open, second.seal(), &epoch).code(), base::Code::UnknownKey);
  ASSERT_TRUE(book.epoch(first, crypto::seal_key(crypto::Secret<32>(base::Array<32>{10}))).ok());
  const auto begun = made();
  ASSERT_TRUE(begun.ok());
  EXPECT_FALSE(begun->for_epoch.empty());
  EXPECT_EQ(open_apart_head(*begun, key(second).open, second.seal(), &epoch).code(), base::Code::UnknownKey);
  ASSERT_TRUE(book.add(first, stranger, {true, true, false}, kNow.plus_seconds(60)).ok());
  EXPECT_FALSE(made()->for_epoch.empty());
  EXPECT_TRUE(made(kNow.plus_seconds(3600))->for_epoch.empty()) << "the guest's time is over";
}

TEST_F(ApartHeads, AreWrittenByAMemberOnly) {
  const auto none = make_apart_head(random, book.log, book.entries, crypto::Secret<32>(base::Array<32>{5}),
                                    key(stranger).open, kNow);
  EXPECT_EQ(none.code(), base::Code::Revoked);
}

TEST_F(ApartHeads, HoldOnlyByTheKeyThatTheyName) {
  const auto head = made();
  ASSERT_TRUE(head.ok());
  const Bytes whole = write_apart_head(*head, key(first));
  for (const std::size_t at : {whole.size() / 3, whole.size() / 2, whole.size() - 1}) {
    Bytes turned = whole;
    turned[at] ^= 1;
    EXPECT_FALSE(read_apart_head(turned).ok()) << at;
  }
  EXPECT_FALSE(read_apart_head(base::ByteView(whole).first(whole.size() - 1)).ok());
  EXPECT_FALSE(read_apart_head(Bytes(kApartHeadLimit + 1)).ok());
  // Sealed for another file, or for another office: it does not open this one.
  ApartHead mixed = *head;
  mixed.file_key = crypto::seal_key(crypto::Secret<32>(base::Array<32>{6})).open;
  EXPECT_EQ(open_apart_head(mixed, key(second).open, second.seal(), nullptr).code(), base::Code::BadInput);
  mixed = *head;
  mixed.office = test::mailbox(2);
  EXPECT_EQ(open_apart_head(mixed, key(second).open, second.seal(), nullptr).code(), base::Code::BadInput);
}

TEST_F(ApartHeads, AreStrictAboutTheirForm) {
  const code::Cbor reader = code::Cbor::array({code::Cbor(key(second).open.bytes), code::Cbor(Bytes(80))});
  const auto map = [&](code::Cbor readers, code::Cbor entries, bool with_epoch) {
    code::CborMap out{{1, test::mailbox(1).view()},
                      {2, key(first).open.bytes},
                      {3, epoch.open.bytes},
                      {6, std::move(readers)},
                      {7, 0},
                      {8, std::move(entries)}};
    if (with_epoch) out.emplace_back(4, 1);
    return out;
  };
  const code::Cbor none = code::Cbor(code::CborArray{});
  EXPECT_TRUE(read_apart_head(signed_map(map(code::Cbor::array({reader}), none, false))).ok());
  EXPECT_FALSE(read_apart_head(signed_map(map(code::Cbor::array({reader, reader}), none, false))).ok());
  EXPECT_FALSE(read_apart_head(signed_map(map(none, none, true))).ok())
      << "an epoch and nothing sealed to it";
  EXPECT_FALSE(read_apart_head(signed_map(map(none, code::Cbor::array({code::Cbor(1)}), false))).ok());
  EXPECT_FALSE(read_apart_head(signed_map(map(code::Cbor(1), none, false))).ok());
  EXPECT_FALSE(read_apart_head(
                   signed_map(map(none, code::Cbor::array({code::Cbor(Bytes(kApartLogLimit + 1))}), false)))
                   .ok());
}

TEST_F(ApartHeads, CarryEnvelopesThatNoHubTakes) {
  Body body;
  body.kind = "shelter.exchange";
  const auto made =
      make_envelope(random, base::MessageId{}, book.id, 1, epoch.open, key(first), body, typ::kApart);
  ASSERT_TRUE(made.ok());
  EXPECT_TRUE(read_envelope(*made, typ::kApart).ok());
  EXPECT_FALSE(read_envelope(*made).ok());
}

}  // namespace
}  // namespace machi::mail

// Posting: receipts, numbers, idempotency, rights, rates, and what bad input gets.
#include "tests/unit/hub/hub_bench.h"

namespace machi::hub {
namespace {

class Posting : public HubTest {};

TEST_F(Posting, GivesAReceiptThatNamesEnvelopeNumberAndIncarnation) {
  const Member founder = new_member();
  const Box box = founded(founder);
  const Bytes bytes = envelope(box, founder.key);
  const mail::Receipt receipt = receipt_in(ask("POST", "/v1/post", bytes));
  EXPECT_EQ(receipt.envelope, mail::envelope_hash(bytes));
  EXPECT_EQ(receipt.mailbox, box.id);
  EXPECT_EQ(receipt.number, 1u);
  EXPECT_EQ(receipt.incarnation, office->incarnation());
  EXPECT_EQ(receipt.at, now);
}

TEST_F(Posting, AnswersTheSameEnvelopeWithTheSameReceipt) {
  const Member founder = new_member();
  const Box box = founded(founder);
  const Bytes bytes = envelope(box, founder.key);
  const Response first = ask("POST", "/v1/post", bytes);
  now = now.plus_seconds(3600);
  ask("POST", "/v1/post", envelope(box, founder.key));
  const Response again = ask("POST", "/v1/post", bytes);
  EXPECT_EQ(first.body, again.body);
  EXPECT_EQ(store->mailbox(box.id)->value().newest, 2u);
}

TEST_F(Posting, RefusesAnotherEnvelopeUnderTheSameId) {
  const Member founder = new_member();
  const Box box = founded(founder);
  const auto id = entropy->id<base::MessageTag>();
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, founder.key, id))), "200");
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, founder.key, id, "test.other"))), "409 conflict");
}

TEST_F(Posting, KeepsIdsOfDifferentSendersApart) {
  const Member founder = new_member(), other = new_member();
  const Box box = founded(founder);
  const auto id = entropy->id<base::MessageTag>();
  EXPECT_EQ(receipt_in(ask("POST", "/v1/post", envelope(box, founder.key, id))).number, 1u);
  EXPECT_EQ(receipt_in(ask("POST", "/v1/post", envelope(box, other.key, id))).number, 2u);
}

TEST_F(Posting, NumbersAMailboxWithoutGapEvenWhenSomeAreRefused) {
  const Member founder = new_member();
  const Box box = founded(founder), other = founded(founder);
  std::vector<Prepared> batch;
  for (int i = 0; i < 30; ++i) {
    Bytes bytes = envelope(i % 3 == 0 ? other : box, founder.key);
    if (i % 5 == 0) bytes[bytes.size() - 1] ^= 1;  // a signature that does not hold
    batch.push_back(PostOffice::prepare({"POST", "/v1/post", bytes, "", ""}));
    if (i % 4 == 0) batch.push_back(batch.back());  // sent twice
  }
  std::map<MailboxId, std::set<std::uint64_t>> seen;
  for (const Response& response : office->commit(batch, now)) {
    if (response.status != 200) continue;
    const mail::Receipt receipt = receipt_in(response);
    seen[receipt.mailbox].insert(receipt.number);
  }
  for (const auto& [id, taken] : seen) {
    EXPECT_EQ(*taken.begin(), 1u);
    EXPECT_EQ(*taken.rbegin(), taken.size());
    EXPECT_EQ(store->mailbox(id)->value().newest, taken.size());
  }
  EXPECT_EQ(seen.size(), 2u);
}

TEST_F(Posting, RefusesASignatureThatDoesNotHold) {
  const Member founder = new_member();
  const Box box = founded(founder);
  Bytes bytes = envelope(box, founder.key);
  bytes[bytes.size() - 5] ^= 1;
  EXPECT_EQ(outcome(ask("POST", "/v1/post", bytes)), "401 bad-signature");
}

TEST_F(Posting, RefusesAnObjectOfAnotherPurpose) {
  const Member founder = new_member();
  const Box box = founded(founder);
  EXPECT_EQ(outcome(ask("POST", "/v1/post", box.entries[0])).substr(0, 2), "40");
  EXPECT_NE(outcome(ask("POST", "/v1/post", box.entries[0])), "404 not-found");
}

TEST_F(Posting, RefusesBrokenAndOversizedBodies) {
  EXPECT_EQ(outcome(ask("POST", "/v1/post", {})), "400 bad-input");
  EXPECT_EQ(outcome(ask("POST", "/v1/post", {0xff, 0x00})), "400 bad-input");
  EXPECT_EQ(outcome(ask("POST", "/v1/post", Bytes(mail::kEnvelopeLimit + 1, 0x40))), "413 too-large");
  EXPECT_EQ(outcome(ask("POST", "/v1/post", Bytes(80000, 0x40))), "413 too-large");
}

TEST_F(Posting, RefusesUnknownMailboxesRoutesAndMethods) {
  const Member founder = new_member();
  const Box box = new_box(founder, mail::Nature::Office);
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, founder.key))), "404 not-found");
  EXPECT_EQ(outcome(ask("GET", "/v1/nothing")), "404 not-found");
  EXPECT_EQ(outcome(ask("DELETE", "/v1/post")), "400 unsupported");
}

TEST_F(Posting, DeniesARemovedKeyAtOnce) {
  const Member founder = new_member(), phone = new_member();
  Box box = founded(founder);
  post_entries({add_key(box, phone, mail::kPostOnly, founder.key)});
  const Bytes before = envelope(box, phone.key);
  EXPECT_EQ(outcome(ask("POST", "/v1/post", before)), "200");
  EXPECT_EQ(outcome(post_entries({remove_key(box, phone.key.open, founder.key)})), "200");
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, phone.key))), "403 not-allowed");
  // What was taken before is still answered: its sender may have lost the receipt.
  EXPECT_EQ(outcome(ask("POST", "/v1/post", before)), "200");
}

TEST_F(Posting, DeniesAListedKeyOutsideItsDates) {
  const Member founder = new_member(), phone = new_member();
  Box box = founded(founder);
  mail::AccessEntry entry = box.log.next(mail::AccessOp::Add);
  entry.subject = phone.key.open;
  entry.rights = mail::kPostOnly;
  entry.to = now.plus_seconds(60);
  post_entries({add(box, entry, founder.key)});
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, phone.key))), "200");
  now = now.plus_seconds(61);
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, phone.key))), "403 not-allowed");
}

TEST_F(Posting, DeniesAReaderWithoutTheRightToPost) {
  const Member founder = new_member(), reader = new_member();
  Box box = founded(founder);
  post_entries({add_key(box, reader, {true, false, false}, founder.key)});
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, reader.key))), "403 not-allowed");
}

TEST_F(Posting, GivesStrangersASmallPoolAndKeepsTheMembersShare) {
  const Member founder = new_member();
  const Box box = founded(founder), other = founded(founder);
  int taken = 0;
  Response last;
  for (int i = 0; i < 320; ++i) {
    last = ask("POST", "/v1/post", envelope(box, new_sign_key(*entropy)));
    if (last.status == 200) ++taken;
  }
  EXPECT_EQ(taken, 150);  // half of the pool; the other half costs a puzzle (puzzle_test.cpp)
  EXPECT_EQ(outcome(last), "429 too-many");
  ASSERT_EQ(last.headers.size(), 1u);
  EXPECT_EQ(last.headers[0].name, "Retry-After");
  EXPECT_GE(mail::decode_error(last.body).retry_after, 1u);
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, founder.key))), "200");
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(other, new_sign_key(*entropy)))), "200");
  now = now.plus_seconds(13);
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, new_sign_key(*entropy)))), "200");
}

TEST_F(Posting, GivesAMemberSixtyAMinuteAndTwoThousandADay) {
  const Member founder = new_member();
  const Box box = founded(founder);
  int taken = 0;
  for (int i = 0; i < 61; ++i)
    taken += ask("POST", "/v1/post", envelope(box, founder.key)).status == 200 ? 1 : 0;
  EXPECT_EQ(taken, 60);
  for (int minute = 0; minute < 60; ++minute) {
    now = now.plus_seconds(60);
    for (int i = 0; i < 60; ++i)
      taken += ask("POST", "/v1/post", envelope(box, founder.key)).status == 200 ? 1 : 0;
  }
  EXPECT_GE(taken, 2000);
  EXPECT_LT(taken, 2000 + 90);  // an hour gives 83 of a day's share back
}

TEST_F(Posting, TakesNothingOfABroadcastFromStrangers) {
  const Member founder = new_member();
  const Box box = founded(founder, mail::Nature::Broadcast);
  EXPECT_EQ(outcome(ask("POST", "/v1/post", envelope(box, new_sign_key(*entropy)))), "403 not-allowed");
}

TEST_F(Posting, TellsOfMailboxesWithNewsOnceTheBatchIsThere) {
  const Member founder = new_member();
  const Box box = founded(founder), other = founded(founder);
  std::vector<MailboxId> told;
  office->on_news([&](std::span<const MailboxId> news) { told.assign(news.begin(), news.end()); });
  std::vector<Prepared> batch;
  for (int i = 0; i < 3; ++i)
    batch.push_back(PostOffice::prepare({"POST", "/v1/post", envelope(box, founder.key), "", ""}));
  office->commit(batch, now);
  EXPECT_EQ(told, std::vector{box.id});
  told.clear();
  office->commit(batch, now);  // the same again is no news
  EXPECT_TRUE(told.empty());
}

}  // namespace
}  // namespace machi::hub

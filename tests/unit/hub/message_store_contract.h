// What every message store must do, whatever database is behind it: instantiate with a factory of empty
// stores.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <memory>

#include "core/crypto/drbg.h"
#include "platform/hub/message_store.h"

namespace machi::hub {

using StoreFactory = std::function<std::unique_ptr<MessageStore>()>;

class MessageStoreContract : public testing::TestWithParam<StoreFactory> {
 protected:
  MessageStoreContract() : store(GetParam()()) {
    incarnation = random.id<base::IncarnationTag>();
    mailbox = random.id<base::MailboxTag>();
    other = random.id<base::MailboxTag>();
    random.fill(sender.bytes);
    committed([&] {
      EXPECT_TRUE(store->begin_incarnation(incarnation, at).ok());
      EXPECT_TRUE(store->found_mailbox(mailbox, incarnation).ok());
      EXPECT_TRUE(store->found_mailbox(other, incarnation).ok());
    });
  }

  void committed(const std::function<void()>& work) {
    ASSERT_TRUE(store->begin().ok());
    work();
    ASSERT_TRUE(store->commit().ok());
  }
  std::uint64_t append(const MailboxId& to, const MessageId& id, const Bytes& bytes = {1, 2, 3}) {
    auto number = store->append_message(to, sender, id, mail::Hash{9}, at, bytes);
    EXPECT_TRUE(number.ok());
    return number.ok() ? *number : 0;
  }
  std::uint64_t append(const MailboxId& to) { return append(to, random.id<base::MessageTag>()); }
  std::vector<std::uint64_t> numbers(const MailboxId& of, std::uint64_t after = 0, std::size_t count = 100,
                                     std::size_t bytes = 1 << 20) {
    std::vector<std::uint64_t> out;
    auto messages = store->messages(of, after, count, bytes);
    EXPECT_TRUE(messages.ok());
    for (const StoredMessage& message : *messages) out.push_back(message.number);
    return out;
  }

  crypto::Drbg random = crypto::Drbg::of_number(3);
  Instant at{1795000000000};
  std::unique_ptr<MessageStore> store;
  IncarnationId incarnation;
  MailboxId mailbox;
  MailboxId other;
  SignPublic sender;
};

using Numbers = std::vector<std::uint64_t>;

TEST_P(MessageStoreContract, NumbersEachMailboxFromOneWithoutGap) {
  committed([&] {
    EXPECT_EQ(append(mailbox), 1u);
    EXPECT_EQ(append(other), 1u);
    EXPECT_EQ(append(mailbox), 2u);
  });
  committed([&] { EXPECT_EQ(append(mailbox), 3u); });
  EXPECT_EQ(numbers(mailbox), (Numbers{1, 2, 3}));
  EXPECT_EQ(store->mailbox(mailbox)->value().newest, 3u);
  EXPECT_EQ(store->mailbox(other)->value().newest, 1u);
}

TEST_P(MessageStoreContract, UndoesABatchThatIsNotCommitted) {
  ASSERT_TRUE(store->begin().ok());
  append(mailbox);
  store->rollback();
  EXPECT_TRUE(numbers(mailbox).empty());
  committed([&] { EXPECT_EQ(append(mailbox), 1u); });
}

TEST_P(MessageStoreContract, UndoesAFailedAttemptAlone) {
  committed([&] {
    append(mailbox);
    const Status failed = store->attempt([&]() -> Status {
      append(mailbox);
      append(other);
      return base::fail(base::Code::Conflict);
    });
    EXPECT_EQ(failed.code(), base::Code::Conflict);
    EXPECT_TRUE(store
                    ->attempt([&]() -> Status {
                      append(mailbox);
                      return {};
                    })
                    .ok());
  });
  EXPECT_EQ(numbers(mailbox), (Numbers{1, 2}));
  EXPECT_TRUE(numbers(other).empty());
}

TEST_P(MessageStoreContract, FindsAMessageByMailboxSenderAndId) {
  const auto id = random.id<base::MessageTag>();
  committed([&] { append(mailbox, id); });
  const auto found = *store->find_message(mailbox, sender, id);
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->number, 1u);
  EXPECT_EQ(found->hash, mail::Hash{9});
  EXPECT_EQ(found->at, at);
  EXPECT_FALSE(store->find_message(other, sender, id)->has_value());
  EXPECT_FALSE(store->find_message(mailbox, SignPublic{}, id)->has_value());
}

TEST_P(MessageStoreContract, RefusesASecondMessageOfTheSameSenderAndId) {
  const auto id = random.id<base::MessageTag>();
  committed([&] {
    append(mailbox, id);
    EXPECT_FALSE(store
                     ->attempt([&]() -> Status {
                       MACHI_TRY_SET(number,
                                     store->append_message(mailbox, sender, id, mail::Hash{}, at, {}));
                       static_cast<void>(number);
                       return {};
                     })
                     .ok());
  });
  EXPECT_EQ(numbers(mailbox), (Numbers{1}));
  committed([&] { EXPECT_EQ(append(mailbox), 2u); });
}

TEST_P(MessageStoreContract, ReadsPastACursorWithinCountAndBytes) {
  committed([&] {
    for (int i = 0; i < 5; ++i) append(mailbox, random.id<base::MessageTag>(), Bytes(100, 1));
  });
  EXPECT_EQ(numbers(mailbox, 2), (Numbers{3, 4, 5}));
  EXPECT_EQ(numbers(mailbox, 1, 2), (Numbers{2, 3}));
  EXPECT_EQ(numbers(mailbox, 0, 10, 250), (Numbers{1, 2}));
  EXPECT_EQ(numbers(mailbox, 0, 10, 1), (Numbers{1}));  // one at least
  EXPECT_TRUE(numbers(mailbox, 5).empty());
}

TEST_P(MessageStoreContract, KeepsIncarnationsInOrder) {
  EXPECT_EQ(*store->incarnation(), incarnation);
  const auto next = random.id<base::IncarnationTag>();
  committed([&] { EXPECT_TRUE(store->begin_incarnation(next, at).ok()); });
  EXPECT_EQ(*store->incarnation(), next);
  EXPECT_EQ(store->mailbox(mailbox)->value().confirmed, incarnation);
  committed([&] { EXPECT_TRUE(store->confirm_mailbox(mailbox, next).ok()); });
  EXPECT_EQ(store->mailbox(mailbox)->value().confirmed, next);
  EXPECT_EQ(store->mailbox(other)->value().confirmed, incarnation);
}

TEST_P(MessageStoreContract, KnowsNoMailboxThatWasNotFounded) {
  const auto unknown = random.id<base::MailboxTag>();
  EXPECT_FALSE(store->mailbox(unknown)->has_value());
  ASSERT_TRUE(store->begin().ok());
  EXPECT_FALSE(
      store->append_message(unknown, sender, random.id<base::MessageTag>(), mail::Hash{}, at, {}).ok());
  store->rollback();
}

TEST_P(MessageStoreContract, KeepsAccessEntriesInOrder) {
  committed([&] {
    EXPECT_TRUE(store->append_access(mailbox, 0, Bytes{1}).ok());
    EXPECT_TRUE(store->append_access(mailbox, 1, Bytes{2}).ok());
    EXPECT_TRUE(store->append_access(other, 0, Bytes{3}).ok());
  });
  EXPECT_EQ(*store->access(mailbox, 0), (std::vector<Bytes>{{1}, {2}}));
  EXPECT_EQ(*store->access(mailbox, 1), (std::vector<Bytes>{{2}}));
  EXPECT_TRUE(store->access(mailbox, 2)->empty());
}

TEST_P(MessageStoreContract, ReplacesAGrantForTheSameReaderAndEpoch) {
  SignPublic reader;
  random.fill(reader.bytes);
  committed([&] {
    EXPECT_TRUE(store->put_grant(mailbox, reader, 2, Bytes{2}).ok());
    EXPECT_TRUE(store->put_grant(mailbox, reader, 1, Bytes{1}).ok());
    EXPECT_TRUE(store->put_grant(mailbox, reader, 2, Bytes{22}).ok());
    EXPECT_TRUE(store->put_grant(other, reader, 1, Bytes{3}).ok());
    EXPECT_TRUE(store->put_grant(mailbox, sender, 1, Bytes{4}).ok());
  });
  EXPECT_EQ(*store->grants(mailbox, reader), (std::vector<Bytes>{{1}, {22}}));
}

TEST_P(MessageStoreContract, KeepsBlobsByMailboxAndHash) {
  const mail::Hash hash{7};
  committed([&] {
    EXPECT_TRUE(store->put_blob(mailbox, hash, at, Bytes{1, 2}).ok());
    EXPECT_TRUE(store->put_blob(mailbox, hash, at, Bytes{1, 2}).ok());
  });
  EXPECT_EQ(store->blob(mailbox, hash)->value(), (Bytes{1, 2}));
  EXPECT_FALSE(store->blob(other, hash)->has_value());
}

TEST_P(MessageStoreContract, ListsAndDropsBlobsByAge) {
  const mail::Hash old{1}, young{2};
  committed([&] {
    EXPECT_TRUE(store->put_blob(mailbox, old, at, Bytes{1}).ok());
    EXPECT_TRUE(store->put_blob(mailbox, young, at.plus_seconds(10), Bytes{2}).ok());
    EXPECT_TRUE(store->put_blob(other, old, at, Bytes{3}).ok());
  });
  EXPECT_EQ(*store->blobs_before(mailbox, at.plus_seconds(10)), (std::vector<mail::Hash>{old}));
  committed([&] { EXPECT_TRUE(store->drop_blob(mailbox, old).ok()); });
  EXPECT_FALSE(store->blob(mailbox, old)->has_value());
  EXPECT_TRUE(store->blob(other, old)->has_value());
}

TEST_P(MessageStoreContract, KeepsSnapshotsNewestFirst) {
  committed([&] {
    EXPECT_TRUE(store->put_snapshot(mailbox, 5, at, Bytes{1}).ok());
    EXPECT_TRUE(store->put_snapshot(mailbox, 9, at, Bytes{2}).ok());
    EXPECT_TRUE(store->put_snapshot(other, 1, at, Bytes{3}).ok());
  });
  const auto stored = *store->snapshots(mailbox);
  ASSERT_EQ(stored.size(), 2u);
  EXPECT_EQ(stored[0].covers, 9u);
  EXPECT_EQ(stored[0].snapshot, Bytes{2});
  EXPECT_EQ(store->snapshot_mailboxes()->size(), 2u);
  committed([&] { EXPECT_TRUE(store->drop_snapshot(mailbox, stored[0].serial).ok()); });
  ASSERT_EQ(store->snapshots(mailbox)->size(), 1u);
  EXPECT_EQ(store->snapshots(mailbox)->front().covers, 5u);
}

TEST_P(MessageStoreContract, ForgetsOldCoveredMessagesAndKeepsTheNumbersWithoutGap) {
  committed([&] {
    for (int i = 0; i < 6; ++i)
      EXPECT_TRUE(store
                      ->append_message(mailbox, sender, random.id<base::MessageTag>(), mail::Hash{},
                                       at.plus_seconds(i), Bytes{1})
                      .ok());
    append(other);
  });
  committed([&] {  // covered up to 5, old up to the third
    EXPECT_EQ(*store->forget_messages(mailbox, 5, at.plus_seconds(3), incarnation), 3u);
    EXPECT_EQ(*store->forget_messages(mailbox, 5, at.plus_seconds(3), incarnation), 0u);
  });
  EXPECT_EQ(numbers(mailbox), (Numbers{4, 5, 6}));
  EXPECT_EQ(store->mailbox(mailbox)->value().oldest, 4u);
  EXPECT_EQ(store->mailbox(mailbox)->value().oldest_of, incarnation);
  committed([&] { EXPECT_EQ(*store->forget_messages(mailbox, 5, at.plus_seconds(100), incarnation), 2u); });
  EXPECT_EQ(numbers(mailbox), (Numbers{6}));  // which no snapshot covers
  EXPECT_EQ(store->mailbox(mailbox)->value().oldest, 6u);
  EXPECT_EQ(numbers(other), (Numbers{1}));
  committed([&] { EXPECT_EQ(append(mailbox), 7u); });
}

TEST_P(MessageStoreContract, FindsASlipByItsIdAlone) {
  const auto id = random.id<mail::SlipTag>();
  committed([&] { EXPECT_TRUE(store->put_slip(id, mailbox, at, Bytes{5}).ok()); });
  EXPECT_EQ(store->slip(id)->value().record, Bytes{5});
  EXPECT_EQ(store->slip(id)->value().to, at);
  EXPECT_FALSE(store->slip(random.id<mail::SlipTag>())->has_value());
}

}  // namespace machi::hub

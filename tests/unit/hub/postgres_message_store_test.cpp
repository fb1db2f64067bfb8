// The contract of message stores on PostgreSQL, and what only a store of several processes can show: numbers
// without gap however many post, nothing acknowledged that is lost when the database is killed.
#include <atomic>
#include <random>

#include "tests/unit/hub/message_store_contract.h"
#include "tests/unit/hub/postgres_server.h"

namespace machi::hub {
namespace {

INSTANTIATE_TEST_SUITE_P(Postgres, MessageStoreContract, testing::Values([] {
                           return std::unique_ptr<MessageStore>(PostgresServer::open(postgres().new_url()));
                         }));

// A batch of one message for each of these mailboxes, as often as others are in its way.
Status append_all(PostgresMessageStore& store, const std::vector<std::pair<MailboxId, MessageId>>& messages,
                  const SignPublic& sender, bool told) {
  for (int tries = 0;; ++tries) {
    MACHI_TRY(store.begin());
    Status done;
    std::vector<Expected> expected;
    for (const auto& [mailbox, id] : messages) expected.push_back({mailbox, true, std::pair{sender, id}});
    if (told) done = store.expect(expected);
    for (const auto& [mailbox, id] : messages) {
      if (!done.ok()) break;
      auto number = store.append_message(mailbox, sender, id, mail::Hash{1}, {}, Bytes{7});
      if (!number.ok()) done = number.error();
    }
    if (done.ok()) done = store.commit();
    if (done.ok()) return done;
    store.rollback();
    if (!store.again() || tries > 1000) return done;
  }
}

TEST(PostgresMessageStore, NumbersAMailboxWithoutGapHoweverManyPost) {
  constexpr int kPosters = 6, kBatches = 40;
  const std::string url = postgres().new_url();
  crypto::Drbg random = crypto::Drbg::of_number(11);
  std::vector<MailboxId> mailboxes;
  auto store = PostgresServer::open(url);
  ASSERT_TRUE(store->begin().ok());
  for (int i = 0; i < 3; ++i) {
    mailboxes.push_back(random.id<base::MailboxTag>());
    ASSERT_TRUE(store->found_mailbox(mailboxes.back(), {}).ok());
  }
  ASSERT_TRUE(store->commit().ok());
  std::vector<std::thread> posters;
  std::atomic<int> failed{0};
  for (int p = 0; p < kPosters; ++p)
    posters.emplace_back([&, p] {
      crypto::Drbg own = crypto::Drbg::of_number(100 + static_cast<std::uint64_t>(p));
      std::mt19937 order(static_cast<unsigned>(p));
      SignPublic sender;
      own.fill(sender.bytes);
      auto mine = PostgresServer::open(url);
      for (int b = 0; b < kBatches; ++b) {
        std::vector<std::pair<MailboxId, MessageId>> messages;
        for (const MailboxId& mailbox : mailboxes) messages.emplace_back(mailbox, own.id<base::MessageTag>());
        std::shuffle(messages.begin(), messages.end(), order);
        // Half of them say ahead what they will write; the others get into each other's way, and try again.
        const Status done = append_all(*mine, messages, sender, p % 2 == 0);
        EXPECT_TRUE(done.ok()) << base::code_name(done.code()) << ' ' << done.error().detail;
        failed += done.ok() ? 0 : 1;
      }
    });
  for (std::thread& poster : posters) poster.join();
  EXPECT_EQ(failed, 0);
  for (const MailboxId& mailbox : mailboxes) {
    auto messages = store->messages(mailbox, 0, 1000, 1 << 20);
    ASSERT_TRUE(messages.ok());
    ASSERT_EQ(messages->size(), static_cast<std::size_t>(kPosters * kBatches));
    for (std::size_t i = 0; i < messages->size(); ++i) EXPECT_EQ((*messages)[i].number, i + 1);
    EXPECT_EQ(store->mailbox(mailbox)->value().newest, messages->size());
  }
}

TEST(PostgresMessageStore, KeepsAnAttemptThatWasReadInsideOfABatch) {
  auto store = PostgresServer::open(postgres().new_url());
  crypto::Drbg random = crypto::Drbg::of_number(12);
  const auto mailbox = random.id<base::MailboxTag>(), other = random.id<base::MailboxTag>();
  const SignPublic sender{};
  const auto append = [&](const MailboxId& to) {
    return store->append_message(to, sender, random.id<base::MessageTag>(), {}, {}, Bytes{1}).ok();
  };
  ASSERT_TRUE(store->begin().ok());
  ASSERT_TRUE(store->found_mailbox(mailbox, {}).ok());
  ASSERT_TRUE(store->found_mailbox(other, {}).ok());
  ASSERT_TRUE(append(other));
  EXPECT_FALSE(store
                   ->attempt([&]() -> Status {
                     EXPECT_TRUE(append(mailbox));
                     EXPECT_TRUE(store->append_access(mailbox, 0, Bytes{1}).ok());
                     EXPECT_EQ(store->access(mailbox, 0)->size(), 1u);  // so it was sent
                     EXPECT_TRUE(append(mailbox));
                     return base::fail(base::Code::Conflict);
                   })
                   .ok());
  EXPECT_TRUE(
      store->attempt([&]() -> Status { return append(mailbox) ? Status{} : base::fail(base::Code::Storage); })
          .ok());
  EXPECT_EQ(store->messages(mailbox, 0, 10, 1000)->size(), 1u);
  ASSERT_TRUE(store->commit().ok());
  EXPECT_EQ(store->mailbox(mailbox)->value().newest, 1u);
  EXPECT_EQ(store->mailbox(mailbox)->value().entries, 0u);
  EXPECT_EQ(store->mailbox(other)->value().newest, 1u);
  EXPECT_TRUE(store->access(mailbox, 0)->empty());
  EXPECT_EQ(store->messages(mailbox, 0, 10, 1000)->front().number, 1u);
}

TEST(PostgresMessageStore, UsesAMarkOnceOverAllProcessesUntilItsTimeIsOver) {
  const std::string url = postgres().new_url();
  auto one = PostgresServer::open(url), two = PostgresServer::open(url);
  const MailboxId mailbox{};
  const Bytes mark(32, 5);
  EXPECT_TRUE(*one->use_once(mailbox, mark, {1000}, {500}));
  EXPECT_FALSE(*two->use_once(mailbox, mark, {1000}, {500}));
  EXPECT_FALSE(*one->use_once(mailbox, mark, {1000}, {600}));
  EXPECT_TRUE(*two->use_once(mailbox, Bytes(32, 6), {9000}, {2000}));  // which takes the old one away
}

TEST(PostgresMessageStore, KeepsWhatItSaidWasCommittedWhenTheDatabaseIsKilled) {
  PostgresServer server;
  crypto::Drbg random = crypto::Drbg::of_number(13);
  const auto mailbox = random.id<base::MailboxTag>();
  auto store = PostgresServer::open(server.url());
  ASSERT_TRUE(store->begin().ok());
  ASSERT_TRUE(store->found_mailbox(mailbox, {}).ok());
  ASSERT_TRUE(store->commit().ok());
  std::atomic<bool> over{false};
  std::atomic<int> refused{0};
  std::vector<MessageId> kept;
  std::thread poster([&] {
    while (!over) {
      const auto id = random.id<base::MessageTag>();
      if (append_all(*store, {{mailbox, id}}, {}, true).ok())
        kept.push_back(id);
      else
        ++refused;
    }
  });
  for (int i = 0; i < 3; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(150));
    const int before = refused;
    server.kill();
    for (int wait = 0; wait < 4000 && refused == before; ++wait)
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    EXPECT_GT(refused, before) << "it went on without a database";
    server.start();
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(800));  // longer than it waits between two tries
  over = true;
  poster.join();
  const auto later = random.id<base::MessageTag>();
  EXPECT_TRUE(append_all(*store, {{mailbox, later}}, {}, true).ok()) << "it did not come back";
  for (const MessageId& id : kept) EXPECT_TRUE(store->find_message(mailbox, {}, id)->has_value());
  const auto newest = store->mailbox(mailbox)->value().newest;
  EXPECT_GE(newest, kept.size() + 1);
  auto all = store->messages(mailbox, 0, newest + 1, 1 << 26);
  ASSERT_EQ(all->size(), newest) << "the numbers have a gap";
}

TEST(PostgresMessageStore, IsRefusedWhenNobodyAnswersOrANewerProgramWasThere) {
  EXPECT_FALSE(PostgresMessageStore::open("postgresql:///x?host=/nowhere").ok());
  const std::string url = postgres().new_url();
  ASSERT_TRUE(PostgresMessageStore::open(url).ok());
  ASSERT_TRUE(PostgresMessageStore::open(url).ok());
  ASSERT_TRUE((*PostgresConnection::open(url))->execute("insert into step values ('hub.99')").ok());
  EXPECT_EQ(PostgresMessageStore::open(url).code(), base::Code::Unsupported);
}

}  // namespace
}  // namespace machi::hub

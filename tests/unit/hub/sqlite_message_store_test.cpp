// The contract of message stores on SQLite, in memory and in a file; and what only a file can show.
#include "platform/hub/sqlite_message_store.h"

#include <filesystem>

#include "tests/unit/hub/message_store_contract.h"

namespace machi::hub {
namespace {

std::string new_file() {
  static int count = 0;
  const auto folder =
      std::filesystem::temp_directory_path() / ("machi-hub-test-" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  return (folder / ("store-" + std::to_string(++count) + ".db")).string();
}

std::unique_ptr<MessageStore> opened(const store::OpenOptions& options) {
  auto store = SqliteMessageStore::open(options);
  EXPECT_TRUE(store.ok());
  return std::move(*store);
}

INSTANTIATE_TEST_SUITE_P(SqliteInMemory, MessageStoreContract, testing::Values([] { return opened({}); }));
INSTANTIATE_TEST_SUITE_P(SqliteFile, MessageStoreContract, testing::Values([] {
                           return opened({new_file(), "", true});
                         }));

TEST(SqliteMessageStore, KeepsWhatWasCommittedAndNothingElseOverAReopening) {
  const std::string file = new_file();
  crypto::Drbg random = crypto::Drbg::of_number(5);
  const auto mailbox = random.id<base::MailboxTag>();
  {
    auto store = opened({file, "", true});
    ASSERT_TRUE(store->begin().ok());
    ASSERT_TRUE(store->found_mailbox(mailbox, {}).ok());
    ASSERT_TRUE(store->append_message(mailbox, {}, random.id<base::MessageTag>(), {}, {}, Bytes{1}).ok());
    ASSERT_TRUE(store->commit().ok());
    ASSERT_TRUE(store->begin().ok());
    ASSERT_TRUE(store->append_message(mailbox, {}, random.id<base::MessageTag>(), {}, {}, Bytes{2}).ok());
  }
  auto store = opened({file, "", true});
  EXPECT_EQ(store->messages(mailbox, 0, 10, 1000)->size(), 1u);
  EXPECT_EQ(store->mailbox(mailbox)->value().newest, 1u);
}

}  // namespace
}  // namespace machi::hub

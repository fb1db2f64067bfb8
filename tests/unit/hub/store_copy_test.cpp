// The whole mail from one database into another: from SQLite to PostgreSQL and back it is the same, into what
// is not empty it does not go, and one that breaks off leaves nothing.
#include "platform/hub/store_copy.h"

#include "core/crypto/drbg.h"
#include "platform/hub/postgres/postgres_tables.h"
#include "platform/hub/sqlite_message_store.h"
#include "platform/hub/sqlite_tables.h"
#include "tests/unit/hub/postgres_server.h"

namespace machi::hub {
namespace {

class StoreCopy : public testing::Test {
 protected:
  StoreCopy()
      : folder(std::filesystem::temp_directory_path() / ("machi-copy-test-" + std::to_string(::getpid()))) {
    std::filesystem::create_directories(folder);
    file = (folder / "hub.db").string();
    auto store = SqliteMessageStore::open({file, "", true});
    fill(**store);
  }
  ~StoreCopy() override { std::filesystem::remove_all(folder); }

  // Something in every table, byte strings of all lengths, more rows than a page.
  void fill(MessageStore& store) {
    const auto id = [&] { return random.id<base::MessageTag>(); };
    EXPECT_TRUE(store.begin().ok());
    EXPECT_TRUE(store.begin_incarnation(random.id<base::IncarnationTag>(), {5}).ok());
    const auto incarnation = random.id<base::IncarnationTag>();
    EXPECT_TRUE(store.begin_incarnation(incarnation, {6}).ok());
    SignPublic key;
    for (int m = 0; m < 3; ++m) {
      mailbox = random.id<base::MailboxTag>();
      EXPECT_TRUE(store.found_mailbox(mailbox, incarnation).ok());
      for (std::size_t i = 0; i < 700; ++i) {
        random.fill(key.bytes);
        Bytes envelope(i % 300);
        random.fill(envelope);
        EXPECT_TRUE(
            store.append_message(mailbox, key, id(), mail::Hash{1}, {static_cast<std::int64_t>(i)}, envelope)
                .ok());
      }
      EXPECT_TRUE(store.append_access(mailbox, 0, Bytes{1, 2}).ok());
      EXPECT_TRUE(store.append_access(mailbox, 1, Bytes{}).ok());
      EXPECT_TRUE(store.put_grant(mailbox, key, 1, Bytes{3}).ok());
      for (std::uint8_t b = 0; b < 6; ++b)
        EXPECT_TRUE(store.put_blob(mailbox, mail::Hash{b}, {9}, Bytes(100000, b)).ok());
      EXPECT_TRUE(store.put_snapshot(mailbox, 20, {9}, Bytes{4}).ok());
      EXPECT_TRUE(store.put_slot(mailbox, random.id<mail::SlotTag>(), Bytes{5}).ok());
      EXPECT_TRUE(store.put_slip(random.id<mail::SlipTag>(), mailbox, {7}, Bytes{6}).ok());
      EXPECT_TRUE(store.forget_messages(mailbox, 20, {10}, incarnation).ok());
    }
    EXPECT_TRUE(store.commit().ok());
  }
  Result<std::vector<CopiedTable>> copied(TableReader& from, TableWriter& to) {
    auto sums = copy_tables(from, to, [this](const CopiedTable&) { ++told; });
    if (sums.ok()) {
      EXPECT_TRUE(to.commit().ok());
    }
    return sums;
  }
  std::unique_ptr<PostgresTables> database(const std::string& url, PostgresTables::For what) {
    auto tables = PostgresTables::open(url, what);
    EXPECT_TRUE(tables.ok());
    return std::move(*tables);
  }

  crypto::Drbg random = crypto::Drbg::of_number(21);
  std::filesystem::path folder;
  std::string file;
  MailboxId mailbox;
  int told = 0;
};

TEST_F(StoreCopy, IsTheSameInPostgresqlAndBackInSqlite) {
  const std::string url = postgres().new_url(), back = (folder / "back.db").string();
  std::vector<CopiedTable> there, again;
  {
    auto from = std::move(*SqliteTables::open(file, true));
    auto sums = copied(*from, *database(url, PostgresTables::For::Writing));
    ASSERT_TRUE(sums.ok());
    there = *sums;
  }
  EXPECT_GT(told, static_cast<int>(hub_tables().size()));
  for (const CopiedTable& table : there) EXPECT_GT(table.rows, 0u) << table.name;
  {
    auto to = std::move(*SqliteTables::open(back, false));
    auto sums = copied(*database(url, PostgresTables::For::Reading), *to);
    ASSERT_TRUE(sums.ok());
    again = *sums;
  }
  EXPECT_EQ(there, again);
  // And a hub goes on with it where the other stopped.
  auto store = PostgresServer::open(url);
  EXPECT_EQ(store->mailbox(mailbox)->value().newest, 700u);
  EXPECT_EQ(store->mailbox(mailbox)->value().oldest, 11u);
  EXPECT_EQ(store->mailbox(mailbox)->value().entries, 2u);
  ASSERT_TRUE(store->begin().ok());
  EXPECT_EQ(*store->append_message(mailbox, {}, random.id<base::MessageTag>(), {}, {}, Bytes{1}), 701u);
  EXPECT_TRUE(store->commit().ok());
}

TEST_F(StoreCopy, DoesNotGoIntoWhatIsNotEmpty) {
  const std::string url = postgres().new_url();
  auto from = std::move(*SqliteTables::open(file, true));
  ASSERT_TRUE(copied(*from, *database(url, PostgresTables::For::Writing)).ok());
  EXPECT_EQ(copied(*from, *database(url, PostgresTables::For::Writing)).code(), base::Code::Conflict);
}

TEST_F(StoreCopy, LeavesNothingWhenItBreaksOff) {
  const std::string url = postgres().new_url();
  auto from = std::move(*SqliteTables::open(file, true));
  {
    auto to = database(url, PostgresTables::For::Writing);
    ASSERT_TRUE(copy_tables(*from, *to, {}).ok());  // and is not committed
  }
  const auto sums = sum_tables(*database(url, PostgresTables::For::Reading));
  for (const CopiedTable& table : *sums) EXPECT_EQ(table.rows, 0u) << table.name;
}

// A target that changes a byte on the way.
class Spoiling final : public TableWriter {
 public:
  explicit Spoiling(TableWriter& behind) : behind_(behind) {}
  base::Result<std::vector<TableRow>> page(const TableShape& table, const TableRow* after) override {
    return behind_.page(table, after);
  }
  base::Status insert(const TableShape& table, const std::vector<TableRow>& rows) override {
    std::vector<TableRow> changed = rows;
    if (table.name == "access") std::get<base::Bytes>(changed[0][2]).push_back(0);
    return behind_.insert(table, changed);
  }
  base::Status commit() override { return behind_.commit(); }

 private:
  TableWriter& behind_;
};

TEST_F(StoreCopy, IsRefusedWhenItDoesNotReadAsItWasSent) {
  auto from = std::move(*SqliteTables::open(file, true));
  auto to = database(postgres().new_url(), PostgresTables::For::Writing);
  Spoiling spoiling(*to);
  EXPECT_EQ(copy_tables(*from, spoiling, {}).code(), base::Code::Storage);
}

}  // namespace
}  // namespace machi::hub

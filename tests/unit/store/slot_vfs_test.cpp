// SQLite on slot files that break: whatever is refused, cut off or lost, either the old state is there or the
// new one.
#include "core/store/slot_vfs.h"

#include <gtest/gtest.h>

#include "core/store/database.h"
#include "tests/unit/store/faulty_slots.h"

namespace machi::store {
namespace {

using base::Code;

// Makes SQLite's own randomness repeat.
class CountingEntropy final : public base::Entropy {
 public:
  explicit CountingEntropy(std::uint64_t seed) : random_(seed) {}
  void fill(std::span<std::uint8_t> out) override {
    for (auto& byte : out) byte = static_cast<std::uint8_t>(random_());
  }

 private:
  std::mt19937_64 random_;
};

struct Bench {
  explicit Bench(std::uint64_t seed = 1)
      : files(2, seed), entropy(seed), vfs("slots", files, {"app.db"}, &entropy) {}
  Result<std::unique_ptr<Database>> open() { return Database::open({"app.db", "slots", false}); }
  FaultySlots files;
  CountingEntropy entropy;
  SlotVfs vfs;
};

// One journey: transaction n adds row n (several pages), changes row 0, and from the fifth on removes an old
// row. Returns how many were acknowledged; stops at the first that was not.
int journey(Database& database, int from, int to) {
  for (int n = from; n <= to; ++n) {
    Transaction transaction(database);
    Status status =
        database.prepare("INSERT INTO t VALUES (?, ?)").bind(n).bind(std::string(3000 + 700 * n, 'a')).run();
    if (status.ok()) status = database.prepare("UPDATE sum SET n = ?").bind(n).run();
    if (status.ok() && n > 5)
      status = database.prepare("UPDATE t SET v = 'short' WHERE n = ?").bind(n - 5).run();
    if (status.ok()) status = transaction.commit();
    if (!status.ok()) return n - 1;
  }
  return to;
}

constexpr const char* kTables =
    "CREATE TABLE t (n INTEGER PRIMARY KEY, v); CREATE TABLE sum (n); INSERT INTO sum VALUES (0)";

// The state as the number of the last transaction, after checking that it is one state and not a mixture.
int state_of(Database& database) {
  EXPECT_EQ(*database.check(), "");
  auto statement =
      database.prepare("SELECT (SELECT n FROM sum), count(*), ifnull(max(n), 0), sum(v = 'short') FROM t");
  EXPECT_TRUE(*statement.step());
  const auto n = statement.integer(0);
  EXPECT_EQ(statement.integer(1), n);
  EXPECT_EQ(statement.integer(2), n);
  EXPECT_EQ(statement.integer(3), std::max<std::int64_t>(0, n - 5));
  return static_cast<int>(n);
}

TEST(SlotVfs, KeepsADatabaseOverReopening) {
  Bench bench;
  {
    auto database = std::move(*bench.open());
    ASSERT_TRUE(database->execute(kTables).ok());
    EXPECT_EQ(journey(*database, 1, 8), 8);
  }
  bench.files.restart();
  auto database = std::move(*bench.open());
  EXPECT_EQ(state_of(*database), 8);
}

TEST(SlotVfs, RefusesASecondConnectionAndUnknownNames) {
  Bench bench;
  auto first = bench.open();
  ASSERT_TRUE(first.ok());
  EXPECT_EQ(bench.open().code(), Code::Storage);
  EXPECT_EQ(Database::open({"other.db", "slots", false}).code(), Code::Storage);
}

TEST(SlotVfs, ACrashAtAnyWriteLeavesTheOldOrTheNewState) {
  int crashes = 0;
  for (std::uint64_t seed = 1; seed <= 8; ++seed) {
    for (std::int64_t at = 0;; ++at) {
      SCOPED_TRACE(::testing::Message() << "seed " << seed << ", crash at operation " << at);
      Bench bench(seed * 1000003 + static_cast<std::uint64_t>(at));
      int acknowledged = 0;
      {
        auto database = std::move(*bench.open());
        ASSERT_TRUE(database->execute(kTables).ok());
        bench.files.crash_at = bench.files.operations + at;
        acknowledged = journey(*database, 1, 8);
      }
      const bool crashed = bench.files.crashed();
      bench.files.restart();
      if (crashed) {
        // The first start after the crash is itself cut off somewhere, two times of three.
        bench.files.crash_at = bench.files.operations + static_cast<std::int64_t>(at % 9);
        { auto again = bench.open(); }
        bench.files.restart();
      }
      auto database = bench.open();
      ASSERT_TRUE(database.ok());
      const int state = state_of(**database);
      EXPECT_GE(state, acknowledged);
      EXPECT_LE(state, acknowledged + 1);
      EXPECT_EQ(journey(**database, state + 1, 12), 12);
      EXPECT_EQ(state_of(**database), 12);
      if (!crashed) break;
      ++crashes;
    }
  }
  EXPECT_GT(crashes, 300);
}

TEST(SlotVfs, ACrashWhileTheTablesAreMadeLeavesADatabaseThatOpens) {
  for (std::int64_t at = 0; at < 40; ++at) {
    SCOPED_TRACE(at);
    Bench bench(static_cast<std::uint64_t>(at));
    bench.files.crash_at = at;
    {
      auto database = bench.open();
      if (database.ok()) (void)(*database)->migrate({{"t.1", kTables}});
    }
    bench.files.restart();
    auto database = bench.open();
    ASSERT_TRUE(database.ok());
    ASSERT_TRUE((*database)->migrate({{"t.1", kTables}}).ok());
    EXPECT_EQ(state_of(**database), 0);
  }
}

TEST(SlotVfs, AnOperationRefusedOnceFailsOneTransactionAndNoMore) {
  for (std::int64_t at = 0;; ++at) {
    SCOPED_TRACE(at);
    Bench bench;
    auto database = std::move(*bench.open());
    ASSERT_TRUE(database->execute(kTables).ok());
    bench.files.refuse_at = bench.files.operations + at;
    const int acknowledged = journey(*database, 1, 8);
    const bool met = bench.files.operations > bench.files.refuse_at;
    // SQLite may have to play back its journal first: the state is asked for after opening anew.
    database.reset();
    database = std::move(*bench.open());
    const int state = state_of(*database);
    EXPECT_GE(state, acknowledged);
    EXPECT_LE(state, acknowledged + 1);
    EXPECT_EQ(journey(*database, state + 1, 12), 12);
    if (!met) break;
  }
}

TEST(SlotVfs, AFullDiskIsSaidAndWhatWasThereStays) {
  for (std::int64_t room = 0; room < 120000; room += 2048) {
    SCOPED_TRACE(room);
    Bench bench;
    auto database = std::move(*bench.open());
    ASSERT_TRUE(database->execute(kTables).ok());
    EXPECT_EQ(journey(*database, 1, 2), 2);
    bench.files.capacity = bench.files.total() + room;
    const int acknowledged = journey(*database, 3, 8);
    if (acknowledged < 8) {
      EXPECT_EQ(database->prepare("INSERT INTO t VALUES (100, zeroblob(200000))").run().code(),
                Code::StorageFull);
    }
    EXPECT_EQ(state_of(*database), acknowledged);
    bench.files.capacity = 1 << 30;
    EXPECT_EQ(journey(*database, acknowledged + 1, 12), 12);
    EXPECT_EQ(state_of(*database), 12);
  }
}

TEST(SlotVfs, StorageThatIsTakenAwayIsSaidAsStorage) {
  Bench bench;
  auto database = std::move(*bench.open());
  ASSERT_TRUE(database->execute(kTables).ok());
  bench.files.refuse_from = bench.files.operations;
  EXPECT_EQ(database->execute("INSERT INTO t VALUES (1, 'x')").code(), Code::Storage);
  bench.files.refuse_from = -1;
  bench.files.refuse_reads = true;
  database.reset();
  EXPECT_EQ(bench.open().code(), Code::Storage);
}

TEST(SlotVfs, ErasesADatabaseAndItsJournal) {
  Bench bench;
  {
    auto database = std::move(*bench.open());
    ASSERT_TRUE(database->execute("CREATE TABLE t (v); INSERT INTO t VALUES ('fever since monday')").ok());
    EXPECT_TRUE(bench.files.holds("fever since monday"));
  }
  ASSERT_TRUE(bench.vfs.erase("app.db").ok());
  EXPECT_EQ(bench.files.total(), 0);
  EXPECT_EQ(bench.vfs.erase("other.db").code(), Code::NotFound);
  EXPECT_TRUE(bench.open().ok());
}

}  // namespace
}  // namespace machi::store

// What is kept of the tables goes when they change, and not before; and no SQL is compiled twice.
#include "core/store/memo.h"

#include <gtest/gtest.h>

namespace machi::store {
namespace {

class Kept : public testing::Test {
 protected:
  std::unique_ptr<Database> database = std::move(*Database::open({}));
  Memo<int, std::int64_t> memo;
  ClockedMemo<std::int64_t> clocked{"SELECT n FROM clock_a"};
  int asked = 0, asked_clocked = 0;

  void SetUp() override {
    std::string tables =
        "CREATE TABLE a(x BLOB PRIMARY KEY) WITHOUT ROWID; CREATE TABLE b(x);"
        "CREATE TABLE clock_a(n INTEGER NOT NULL); INSERT INTO clock_a VALUES(0);";
    for (const std::string event : {"INSERT", "UPDATE", "DELETE"})
      tables +=
          "CREATE TRIGGER a_" + event + " AFTER " + event + " ON a BEGIN UPDATE clock_a SET n = n + 1; END;";
    ASSERT_TRUE(database->execute(tables).ok());
  }
  std::optional<std::int64_t> count(const char* sql) {
    auto row = database->prepare(sql);
    const auto there = row.step();
    return there.ok() && *there ? std::optional(row.integer(0)) : std::nullopt;
  }
  std::int64_t rows_of_both() {
    return memo.get(*database, 1, [&] {
      ++asked;
      return count("SELECT (SELECT count(*) FROM a) + (SELECT count(*) FROM b)");
    });
  }
  std::int64_t rows_of_a() {
    return clocked.get(*database, [&] {
      ++asked_clocked;
      return count("SELECT count(*) FROM a");
    });
  }
  void write(const char* sql) { ASSERT_TRUE(database->prepare(sql).run().ok()); }
};

TEST_F(Kept, IsAskedForOnceUntilARowIsWritten) {
  EXPECT_EQ(rows_of_both() + rows_of_both(), 0);
  EXPECT_EQ(asked, 1);
  write("INSERT INTO b VALUES(1)");
  EXPECT_EQ(rows_of_both(), 1);
  write("UPDATE b SET x = 2");
  EXPECT_EQ(rows_of_both(), 1);
  EXPECT_EQ(asked, 3);
  write("DELETE FROM b");
  EXPECT_EQ(rows_of_both(), 0);
}

TEST_F(Kept, IsNotWhatARollbackTookBack) {
  for (const bool nested : {false, true}) {
    std::optional<Transaction> outer;
    if (nested) outer.emplace(*database);
    {
      const Transaction undone(*database);
      write("INSERT INTO a VALUES(x'01')");
      EXPECT_EQ(rows_of_both(), 1);
      EXPECT_EQ(rows_of_a(), 1);
    }
    EXPECT_EQ(rows_of_both(), 0);
    EXPECT_EQ(rows_of_a(), 0);
    // As many rows as before, and others.
    write("INSERT INTO a VALUES(x'02')");
    EXPECT_EQ(rows_of_a(), 1);
    write("DELETE FROM a");
  }
}

TEST_F(Kept, OfSomeTablesOutlivesWhatIsWrittenToOthers) {
  EXPECT_EQ(rows_of_a(), 0);
  write("INSERT INTO b VALUES(1)");
  EXPECT_EQ(rows_of_a(), 0);
  EXPECT_EQ(asked_clocked, 1);
  write("INSERT INTO a VALUES(x'01')");
  EXPECT_EQ(rows_of_a(), 1);
  write("INSERT INTO a VALUES(x'01') ON CONFLICT(x) DO UPDATE SET x = x'02'");
  EXPECT_EQ(rows_of_a(), 1);
  EXPECT_EQ(asked_clocked, 3);
  write("INSERT OR IGNORE INTO a VALUES(x'02')");  // writes nothing
  EXPECT_EQ(rows_of_a(), 1);
  EXPECT_EQ(asked_clocked, 3);
}

TEST_F(Kept, IsNothingThatCouldNotBeRead) {
  EXPECT_EQ(memo.get(*database, 1, [] { return std::optional<std::int64_t>(); }), 0);
  EXPECT_EQ(clocked.get(*database, [] { return std::optional<std::int64_t>(); }), 0);
  EXPECT_EQ(rows_of_both() + rows_of_a(), 0);
  EXPECT_EQ(asked + asked_clocked, 2);
}

TEST_F(Kept, GoesWithEverythingElseWhenTheDatabaseIsWiped) {
  write("INSERT INTO b VALUES(1)");
  EXPECT_EQ(rows_of_both(), 1);
  const auto before = database->version();
  ASSERT_TRUE(database->wipe().ok());
  EXPECT_NE(database->version(), before);
}

TEST_F(Kept, StatementsAreCompiledOnceAndTwoOfATextMayBeOpen) {
  write("INSERT INTO b VALUES(1)");
  write("INSERT INTO b VALUES(2)");
  const auto before = database->work().compiled;
  for (int round = 0; round < 3; ++round) {
    std::int64_t sum = 0;
    auto outer = database->prepare("SELECT x FROM b");
    while (*outer.step()) {
      auto inner = database->prepare("SELECT x FROM b");
      while (*inner.step()) sum += outer.integer(0) * inner.integer(0);
    }
    EXPECT_EQ(sum, 9);
  }
  EXPECT_EQ(database->work().compiled, before + 2);
}

TEST_F(Kept, StatementsAreLimitedAndTheOldestGoFirst) {
  const auto ask = [&](int n) { EXPECT_EQ(count(("SELECT " + std::to_string(n)).c_str()), n); };
  for (int n = 0; n < 1000; ++n) ask(n);
  auto before = database->work().compiled;
  for (int n = 900; n < 1000; ++n) ask(n);
  EXPECT_EQ(database->work().compiled, before);
  ask(0);
  EXPECT_EQ(database->work().compiled, before + 1);
}

TEST_F(Kept, TransactionsCompileNothingTwice) {
  const auto work = [&] {
    Transaction outer(*database);
    Transaction inner(*database);
    write("INSERT INTO b VALUES(1)");
    EXPECT_TRUE(inner.commit().ok());
    EXPECT_TRUE(outer.commit().ok());
  };
  work();
  const auto before = database->work().compiled;
  work();
  EXPECT_EQ(database->work().compiled, before);
}

}  // namespace
}  // namespace machi::store

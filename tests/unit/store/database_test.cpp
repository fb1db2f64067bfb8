// The connection, statements, transactions and migrations, on memory and on files.
#include "core/store/database.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

namespace machi::store {
namespace {

using base::Code;

std::unique_ptr<Database> memory() {
  auto opened = Database::open({});
  EXPECT_TRUE(opened.ok());
  return std::move(*opened);
}

std::int64_t count(Database& database, const std::string& table) {
  auto statement = database.prepare("SELECT count(*) FROM " + table);
  EXPECT_TRUE(*statement.step());
  return statement.integer(0);
}

struct TemporaryFolder {
  std::filesystem::path path;
  TemporaryFolder() {
    path = std::filesystem::temp_directory_path() /
           ("machi-store-" + std::to_string(::testing::UnitTest::GetInstance()->random_seed()) +
            ::testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(path);
    std::filesystem::create_directories(path);
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path); }
  std::string file(const char* name) const { return (path / name).string(); }
};

TEST(Statement, BindsAndReadsEveryKindOfValue) {
  auto database = memory();
  ASSERT_TRUE(database->execute("CREATE TABLE t (a, b, c, d, e, f, g, h)").ok());
  const base::MailboxId id{{1, 2, 3}};
  const base::Bytes empty;
  ASSERT_TRUE(database->prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
                  .bind(std::int64_t{-5})
                  .bind("街角")
                  .bind(base::Bytes{0, 1, 0})
                  .bind(true)
                  .bind_null()
                  .bind(id)
                  .bind(base::Instant{77})
                  .bind(empty)
                  .run()
                  .ok());
  auto row = database->prepare("SELECT * FROM t");
  ASSERT_TRUE(*row.step());
  EXPECT_EQ(row.integer(0), -5);
  EXPECT_EQ(row.text(1), "街角");
  EXPECT_EQ(row.blob(2), (base::Bytes{0, 1, 0}));
  EXPECT_EQ(row.integer(3), 1);
  EXPECT_TRUE(row.is_null(4));
  EXPECT_EQ(row.id<base::MailboxId>(5), id);
  EXPECT_EQ(row.instant(6).ms, 77);
  EXPECT_FALSE(row.is_null(7));
  EXPECT_TRUE(row.blob(7).empty());
  EXPECT_FALSE(*row.step());
}

TEST(Statement, CanBeBoundAndRunAgain) {
  auto database = memory();
  ASSERT_TRUE(database->execute("CREATE TABLE t (a, b)").ok());
  auto insert = database->prepare("INSERT INTO t VALUES (?, ?)");
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(insert.bind(i).bind(std::optional<std::string>()).run().ok());
  EXPECT_EQ(count(*database, "t"), 3);
  EXPECT_EQ(database->changes(), 1);
  EXPECT_EQ(database->last_row(), 3);
}

TEST(Statement, LeavesNoValueBehindInTheCache) {
  auto database = memory();
  ASSERT_TRUE(database->execute("CREATE TABLE t (a)").ok());
  ASSERT_TRUE(database->prepare("INSERT INTO t VALUES (?)").bind(7).run().ok());
  ASSERT_TRUE(database->prepare("INSERT INTO t VALUES (?)").run().ok());
  auto statement = database->prepare("SELECT count(*) FROM t WHERE a IS NULL");
  ASSERT_TRUE(*statement.step());
  EXPECT_EQ(statement.integer(0), 1);
}

TEST(Statement, TellsABrokenConstraintAsConflict) {
  auto database = memory();
  ASSERT_TRUE(database->execute("CREATE TABLE t (a PRIMARY KEY); INSERT INTO t VALUES (1)").ok());
  EXPECT_EQ(database->prepare("INSERT INTO t VALUES (?)").bind(1).run().code(), Code::Conflict);
}

TEST(StatementDeathTest, StopsForBrokenSqlAndForOneParameterTooMany) {
  auto database = memory();
  EXPECT_DEATH((void)database->prepare("SELEKT 1"), "bug: near \"SELEKT\"");
  EXPECT_DEATH((void)database->execute("CREATE TABEL t"), "bug: ");
  EXPECT_DEATH(database->prepare("SELECT ?").bind(1).bind(2), "bug: ");
}

TEST(Transaction, RollsBackUnlessCommitted) {
  auto database = memory();
  ASSERT_TRUE(database->execute("CREATE TABLE t (a)").ok());
  {
    Transaction transaction(*database);
    ASSERT_TRUE(database->execute("INSERT INTO t VALUES (1)").ok());
  }
  EXPECT_EQ(count(*database, "t"), 0);
  {
    Transaction transaction(*database);
    ASSERT_TRUE(database->execute("INSERT INTO t VALUES (1)").ok());
    ASSERT_TRUE(transaction.commit().ok());
  }
  EXPECT_EQ(count(*database, "t"), 1);
}

TEST(Transaction, NestsAsSavepoints) {
  auto database = memory();
  ASSERT_TRUE(database->execute("CREATE TABLE t (a)").ok());
  Transaction outer(*database);
  ASSERT_TRUE(database->execute("INSERT INTO t VALUES (1)").ok());
  {
    Transaction inner(*database);
    ASSERT_TRUE(database->execute("INSERT INTO t VALUES (2)").ok());
  }
  {
    Transaction inner(*database);
    ASSERT_TRUE(database->execute("INSERT INTO t VALUES (3)").ok());
    ASSERT_TRUE(inner.commit().ok());
  }
  ASSERT_TRUE(outer.commit().ok());
  EXPECT_EQ(count(*database, "t"), 2);
}

TEST(Transaction, ThatCannotBeginLetsNothingThrough) {
  TemporaryFolder folder;
  auto first = std::move(*Database::open({folder.file("a.db"), "", true}));
  ASSERT_TRUE(first->execute("CREATE TABLE t (a)").ok());
  auto second = std::move(*Database::open({folder.file("a.db"), "", true}));
  ASSERT_TRUE(second->execute("PRAGMA busy_timeout=0").ok());
  Transaction holder(*first);
  {
    Transaction blocked(*second);
    EXPECT_EQ(second->execute("INSERT INTO t VALUES (1)").code(), Code::Storage);
    EXPECT_EQ(second->prepare("INSERT INTO t VALUES (1)").run().code(), Code::Storage);
    EXPECT_EQ(blocked.commit().code(), Code::Storage);
  }
  ASSERT_TRUE(holder.commit().ok());
  Transaction free(*second);
  EXPECT_TRUE(second->execute("INSERT INTO t VALUES (1)").ok());
  EXPECT_TRUE(free.commit().ok());
  EXPECT_EQ(count(*first, "t"), 1);
}

TEST(Migrations, AreAppliedOnceAndInOrder) {
  auto database = memory();
  const std::vector<Migration> one = {{"mail.1", "CREATE TABLE t (a)"}};
  const std::vector<Migration> two = {one[0],
                                      {"mail.2", "ALTER TABLE t ADD COLUMN b; INSERT INTO t VALUES (1, 2)"}};
  ASSERT_TRUE(database->migrate(one).ok());
  ASSERT_TRUE(database->migrate(two).ok());
  ASSERT_TRUE(database->migrate(two).ok());
  EXPECT_EQ(count(*database, "t"), 1);
}

TEST(Migrations, OfOneFolderDoNotMindThoseOfAnother) {
  auto database = memory();
  ASSERT_TRUE(database->migrate({{"mail.1", "CREATE TABLE t (a)"}}).ok());
  EXPECT_TRUE(database->migrate({{"absence.1", "CREATE TABLE u (a)"}}).ok());
}

TEST(Migrations, RefuseADatabaseOfANewerProgram) {
  auto database = memory();
  ASSERT_TRUE(database->migrate({{"mail.1", "CREATE TABLE t (a)"}, {"mail.2", "CREATE TABLE u (a)"}}).ok());
  EXPECT_EQ(database->migrate({{"mail.1", "CREATE TABLE t (a)"}}).code(), Code::Unsupported);
}

TEST(Migrations, RefuseAStepThatWasChangedAfterwards) {
  auto database = memory();
  ASSERT_TRUE(database->migrate({{"mail.1", "CREATE TABLE t (a)"}}).ok());
  EXPECT_EQ(database->migrate({{"mail.1", "CREATE TABLE t (b)"}}).code(), Code::Unsupported);
}

TEST(Migrations, LeaveNothingOfAStepThatFails) {
  auto database = memory();
  const std::vector<Migration> failing = {
      {"mail.1", "CREATE TABLE t (a PRIMARY KEY); INSERT INTO t VALUES (1); INSERT INTO t VALUES (1)"}};
  EXPECT_EQ(database->migrate(failing).code(), Code::Conflict);
  ASSERT_TRUE(database->migrate({{"absence.1", "CREATE TABLE t (a)"}}).ok());
  EXPECT_EQ(count(*database, "t"), 0);
}

TEST(Database, RefusesAFileThatIsNoDatabase) {
  TemporaryFolder folder;
  std::ofstream(folder.file("a.db")) << std::string(5000, 'x');
  EXPECT_EQ(Database::open({folder.file("a.db"), "", false}).code(), Code::Storage);
  EXPECT_EQ(Database::open({folder.file("no/such/folder.db"), "", false}).code(), Code::Storage);
}

TEST(Database, KeepsWhatWasWritten) {
  TemporaryFolder folder;
  for (const bool wal : {false, true}) {
    const std::string file = folder.file(wal ? "w.db" : "r.db");
    {
      auto database = std::move(*Database::open({file, "", wal}));
      ASSERT_TRUE(database->execute("CREATE TABLE t (a); INSERT INTO t VALUES (1)").ok());
    }
    auto database = std::move(*Database::open({file, "", wal}));
    EXPECT_EQ(count(*database, "t"), 1);
    EXPECT_EQ(*database->check(), "");
  }
}

TEST(Database, IsCopiedWholeWhileItIsOpen) {
  TemporaryFolder folder;
  auto database = std::move(*Database::open({folder.file("a.db"), "", true}));
  ASSERT_TRUE(database->execute("CREATE TABLE t (a); INSERT INTO t VALUES (1), (2)").ok());
  ASSERT_TRUE(database->backup_to(folder.file("copy.db")).ok());
  ASSERT_TRUE(database->execute("INSERT INTO t VALUES (3)").ok());
  EXPECT_EQ(database->backup_to(folder.file("copy.db")).code(), Code::Conflict);
  auto copy = std::move(*Database::open({folder.file("copy.db"), "", true}));
  EXPECT_EQ(count(*copy, "t"), 2);
}

TEST(Database, HoldsNothingOfWhatWasDeletedOrWiped) {
  TemporaryFolder folder;
  const std::string file = folder.file("a.db");
  const auto holds = [&](const std::string& text) {
    std::ifstream in(file, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {}).find(text) != std::string::npos;
  };
  auto database = std::move(*Database::open({file, "", false}));
  ASSERT_TRUE(database
                  ->execute("CREATE TABLE t (n INTEGER PRIMARY KEY, a); CREATE TABLE u (n REFERENCES t(n)); "
                            "CREATE INDEX i ON t(a)")
                  .ok());
  ASSERT_TRUE(database
                  ->execute("INSERT INTO t(a) VALUES ('secret of row one'), ('secret of row two'); INSERT "
                            "INTO u VALUES (2)")
                  .ok());
  EXPECT_TRUE(holds("secret of row one"));
  ASSERT_TRUE(database->execute("DELETE FROM t WHERE n=1").ok());
  EXPECT_FALSE(holds("secret of row one"));
  EXPECT_TRUE(holds("secret of row two"));
  ASSERT_TRUE(database->wipe().ok());
  EXPECT_FALSE(holds("secret of row two"));
  ASSERT_TRUE(database->execute("CREATE TABLE t (a)").ok());
  EXPECT_EQ(count(*database, "t"), 0);
}

}  // namespace
}  // namespace machi::store

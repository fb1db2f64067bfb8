// Transactions and migrations: what makes several statements one. On the Database's thread.
#include <map>

#include "core/base/check.h"
#include "core/store/database.h"
#include "sqlite3.h"

namespace machi::store {

namespace {

// "SAVEPOINT level_1": one text a level, so that none is compiled twice.
std::string at_level(const char* what, int level) {
  return what + std::string(" level_") + std::to_string(level);
}

}  // namespace

Transaction::Transaction(Database& database) : database_(database), level_(database.depth_) {
  const std::string begin = level_ == 0 ? "BEGIN IMMEDIATE" : at_level("SAVEPOINT", level_);
  if (Status status = database_.prepare(begin).run(); !status.ok()) {
    begin_error_ = status.error();
    database_.lost_ = begin_error_;
  }
  database_.depth_ = level_ + 1;
}

Transaction::~Transaction() {
  if (!open_) return;
  ++database_.undone_;
  MACHI_CHECK(database_.depth_ == level_ + 1);
  const bool lost = begin_error_ || database_.lost_its_transaction();
  // After a failure of its own SQLite may have rolled back already; and a rollback that fails has nothing
  // left to undo.
  if (!lost) {
    const std::string name = "level_" + std::to_string(level_);
    const std::string undo = level_ == 0 ? "ROLLBACK" : "ROLLBACK TO " + name + "; RELEASE " + name;
    sqlite3_exec(database_.handle_, undo.c_str(), nullptr, nullptr, nullptr);
  }
  database_.depth_ = level_;
  if (level_ == 0) {
    if (sqlite3_get_autocommit(database_.handle_) == 0)
      sqlite3_exec(database_.handle_, "ROLLBACK", nullptr, nullptr, nullptr);
    database_.lost_.reset();
  }
}

Status Transaction::commit() {
  MACHI_CHECK(open_);
  MACHI_CHECK(database_.depth_ == level_ + 1);
  if (begin_error_) return *begin_error_;
  if (database_.lost_) return *database_.lost_;
  // Where COMMIT fails, the destructor rolls back: half a transaction never stays open.
  MACHI_TRY(database_.prepare(level_ == 0 ? "COMMIT" : at_level("RELEASE", level_)).run());
  open_ = false;
  database_.depth_ = level_;
  return {};
}

Status Database::migrate(const std::vector<Migration>& migrations) {
  MACHI_TRY(execute(
      "CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, sql TEXT NOT NULL) WITHOUT ROWID"));
  std::map<std::string, std::string> applied;
  {
    Statement statement = prepare("SELECT name, sql FROM migration");
    while (true) {
      MACHI_TRY_SET(row, statement.step());
      if (!row) break;
      applied[statement.text(0)] = statement.text(1);
    }
  }
  const auto folder = [](std::string_view name) { return name.substr(0, name.rfind('.') + 1); };
  for (const auto& [name, sql] : applied) {
    bool known = false, ours = false;
    for (const Migration& migration : migrations) {
      if (migration.name == name && migration.sql != sql)
        return base::fail(base::Code::Unsupported, "migration changed");
      known = known || migration.name == name;
      ours = ours || folder(migration.name) == folder(name);
    }
    if (ours && !known) return base::fail(base::Code::Unsupported, "migration unknown");
  }
  std::vector<Migration> wanted;
  for (const Migration& migration : migrations)
    if (!applied.contains(std::string(migration.name))) wanted.push_back(migration);
  if (wanted.empty()) return {};
  // All in one: on a phone's first start each commit would be three more waits for its disk.
  Transaction transaction(*this);
  for (const Migration& migration : wanted) {
    MACHI_TRY(execute(migration.sql));
    MACHI_TRY(prepare("INSERT INTO migration VALUES (?, ?)").bind(migration.name).bind(migration.sql).run());
  }
  MACHI_TRY(transaction.commit());
  return {};
}

}  // namespace machi::store

// SQLite, the one exception to "no I/O in the core": a connection, prepared statements, transactions,
// migrations. A Database belongs to one thread. What SQLite refuses comes back as Storage or StorageFull,
// never as an exception.
#pragma once

#include <cstdint>
#include <cstring>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/id.h"
#include "core/base/time.h"

struct sqlite3;
struct sqlite3_stmt;

namespace machi::store {

using base::Bytes;
using base::ByteView;
using base::Result;
using base::Status;

// One prepared statement, taken from the connection's cache and given back reset when it goes. Two of the
// same text may be open at once: a row of one leads to the other. Parameters are bound in order; columns are
// read by number from 0, after a step() that was true.
class Statement {
 public:
  Statement(Statement&& other) noexcept;
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  Statement& bind(std::int64_t value);
  Statement& bind(std::string_view text);
  Statement& bind(const char* text) { return bind(std::string_view(text)); }
  Statement& bind(ByteView blob);
  Statement& bind(const Bytes& blob) { return bind(ByteView(blob)); }
  Statement& bind(bool value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(int value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind_null();
  template <std::size_t N>
  Statement& bind(const base::Array<N>& blob) {
    return bind(ByteView(blob));
  }
  template <class Tag>
  Statement& bind(const base::Id<Tag>& id) {
    return bind(id.view());
  }
  template <class T>
  Statement& bind(const std::optional<T>& value) {
    return value ? bind(*value) : bind_null();
  }
  Statement& bind(base::Instant at) { return bind(at.ms); }

  // true: a row is there; false: done.
  Result<bool> step();
  // Runs to the end, for statements without rows. Afterwards the statement can be bound anew and run again.
  Status run();

  std::int64_t integer(int column) const;
  std::string text(int column) const;
  Bytes blob(int column) const;
  bool is_null(int column) const;
  base::Instant instant(int column) const { return {integer(column)}; }
  // Zero when the blob is no id.
  template <class Id>
  Id id(int column) const {
    return Id{fixed<sizeof(Id)>(column)};
  }
  template <std::size_t N>
  base::Array<N> fixed(int column) const {
    base::Array<N> out{};
    if (const ByteView raw = bytes(column); raw.size() == N) std::memcpy(out.data(), raw.data(), N);
    return out;
  }
  // The blob where it lies, good until the next step.
  ByteView bytes(int column) const;

 private:
  friend class Database;
  Statement(class Database* owner, struct Prepared* kept, sqlite3_stmt* handle);
  Database* owner_;
  struct Prepared* kept_;  // its place in the cache
  sqlite3_stmt* handle_;
  int next_ = 1;
  bool broken_ = false;  // a bind or the preparation was refused: step() tells
  std::optional<base::Error> error_;
};

struct Migration {
  std::string_view name;  // "mail.1"; never renamed, never changed once released
  std::string_view sql;
};

struct OpenOptions {
  std::string path = ":memory:";
  std::string vfs;   // "" = the default
  bool wal = false;  // write-ahead log with synchronous=FULL; else rollback journal, exclusive
};

// How a copy is made: pages at a time (all at once when -1), and what happens after each step.
struct BackupPace {
  int pages = -1;
  std::function<void()> between;
};

class Database {
 public:
  static Result<std::unique_ptr<Database>> open(const OpenOptions& options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Errors of statements: Conflict for a constraint, TooLarge, StorageFull, Storage; `detail` is SQLite's
  // code, no data. A statement for this SQL; a broken SQL text is a bug and aborts.
  Statement prepare(std::string_view sql);
  // Several statements without parameters or rows.
  Status execute(std::string_view sql);
  // Applies what is not applied yet, all in one transaction, in the order given. Unsupported when the
  // database has steps of the same folder ("mail." of "mail.1") that this program does not know: a newer
  // program wrote it.
  Status migrate(const std::vector<Migration>& migrations);
  std::int64_t changes() const;
  std::int64_t last_row() const;
  // Another number whenever a row may read otherwise than before: after each row that this connection wrote,
  // and after each rollback. What was computed from the tables holds as long as this stays
  // (core/store/memo.h).
  std::uint64_t version() const;
  std::uint64_t rollbacks() const { return undone_; }
  // How often SQL was compiled, how often a statement began to run, and how many steps SQLite's machine made
  // for those that were given back: what a test of speed counts.
  struct Work {
    std::uint64_t compiled = 0;
    std::uint64_t run = 0;
    std::uint64_t steps = 0;
  };
  const Work& work() const { return work_; }
  // A consistent copy of the whole database, as it is when this begins, into a new file; Conflict when the
  // file holds a database already. With a pace it goes in steps, and other connections write between them.
  Status backup_to(const std::string& path, const BackupPace& pace = {});
  // Removes every table and row, overwriting with zeros what they held. The database is empty and usable
  // afterwards.
  Status wipe();
  // "" or what SQLite's integrity check found.
  Result<std::string> check();

 private:
  friend class Statement;
  friend class Transaction;
  Database() = default;
  base::Error last_error() const;
  void give_back(struct Prepared* kept, sqlite3_stmt* handle);
  base::Error error_of(int code) const;
  bool lost_its_transaction() const;
  sqlite3* handle_ = nullptr;
  int depth_ = 0;                    // transactions open, the outer one included
  std::optional<base::Error> lost_;  // why the outer transaction is gone already
  std::uint64_t undone_ = 0;         // rollbacks, and what else no count of rows tells
  Work work_;
  struct Cache;
  std::unique_ptr<Cache> cache_;
};

// Rolls back unless committed. Nested ones are savepoints. When it could not begin, or SQLite undid it on its
// own (disk full), every statement until its end fails, and so does commit(): nothing is ever written
// halfway.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  Status commit();

 private:
  Database& database_;
  int level_;
  bool open_ = true;
  std::optional<base::Error> begin_error_;
};

}  // namespace machi::store

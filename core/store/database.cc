// The connection: opening with the settings that durability and erasure need, the statement cache, backup and
// check. One thread a Database. SQLite's refusals become errors here, and nowhere else.
#include "core/store/database.h"

#include <unordered_map>

#include "core/base/check.h"
#include "sqlite3.h"

namespace machi::store {
namespace {

// Idle statements that are kept: what an app asks in a day, so that none is compiled twice.
constexpr std::size_t kCacheLimit = 400;

base::Code code_of_sqlite(int code) {
  switch (code & 0xff) {
    case SQLITE_FULL:
      return base::Code::StorageFull;
    case SQLITE_CONSTRAINT:
      return base::Code::Conflict;
    case SQLITE_TOOBIG:
      return base::Code::TooLarge;
    default:
      return base::Code::Storage;
  }
}

struct TextHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};

}  // namespace

// The statements of one text: those that nobody uses now, and when one was last given back.
struct Prepared {
  std::vector<sqlite3_stmt*> idle;
  std::uint64_t used = 0;
};

// A text keeps its place once it has one, for a Statement points there; what is limited is what SQLite holds.
struct Database::Cache {
  std::unordered_map<std::string, Prepared, TextHash, std::equal_to<>> texts;
  std::size_t idle = 0;
  std::uint64_t clock = 0;

  void drop(Prepared& of) {
    for (sqlite3_stmt* handle : of.idle) sqlite3_finalize(handle);
    idle -= of.idle.size();
    of.idle.clear();
  }
  void drop_all() {
    for (auto& [sql, kept] : texts) drop(kept);
  }
  void drop_oldest() {
    Prepared* oldest = nullptr;
    for (auto& [sql, kept] : texts)
      if (!kept.idle.empty() && (!oldest || kept.used < oldest->used)) oldest = &kept;
    if (oldest) drop(*oldest);
  }
};

base::Error Database::error_of(int code) const {
  return base::fail(code_of_sqlite(code), "sqlite " + std::to_string(code));
}

base::Error Database::last_error() const { return error_of(sqlite3_extended_errcode(handle_)); }

Result<std::unique_ptr<Database>> Database::open(const OpenOptions& options) {
  std::unique_ptr<Database> database(new Database);
  database->cache_ = std::make_unique<Cache>();
  const int opened = sqlite3_open_v2(
      options.path.c_str(), &database->handle_,
      SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
      options.vfs.empty() ? nullptr : options.vfs.c_str());
  if (opened != SQLITE_OK) return database->error_of(opened);
  sqlite3_busy_timeout(database->handle_, options.wal ? 5000 : 0);
  MACHI_TRY(
      database->execute("PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON; PRAGMA "
                        "temp_store=MEMORY"));
  // TRUNCATE syncs the emptied journal, so a commit that was answered survives a loss of power.
  MACHI_TRY(database->execute(
      options.wal ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"
                  : "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=FULL"));
  // The first read recovers what a crash left behind, and finds out whether this is a database at all.
  MACHI_TRY(database->execute("SELECT count(*) FROM sqlite_schema"));
  return database;
}

Database::~Database() {
  if (cache_) cache_->drop_all();
  // close_v2: a Statement that outlives its Database is a bug, but must not leak the file's lock.
  sqlite3_close_v2(handle_);
}

Statement Database::prepare(std::string_view sql) {
  auto found = cache_->texts.find(sql);
  if (found == cache_->texts.end()) found = cache_->texts.emplace(sql, Prepared()).first;
  Prepared& kept = found->second;
  if (!kept.idle.empty()) {
    sqlite3_stmt* handle = kept.idle.back();
    kept.idle.pop_back();
    --cache_->idle;
    return Statement(this, &kept, handle);
  }
  ++work_.compiled;
  sqlite3_stmt* handle = nullptr;
  const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  if (code == SQLITE_ERROR) base::stop_for_bug(sqlite3_errmsg(handle_), found->first.c_str(), 0);
  Statement statement(this, &kept, handle);
  if (code != SQLITE_OK) {
    statement.broken_ = true;
    statement.error_ = error_of(code);
  }
  return statement;
}

void Database::give_back(Prepared* kept, sqlite3_stmt* handle) {
  sqlite3_reset(handle);
  sqlite3_clear_bindings(handle);
  work_.steps += static_cast<std::uint64_t>(sqlite3_stmt_status(handle, SQLITE_STMTSTATUS_VM_STEP, 1));
  if (cache_->idle >= kCacheLimit) cache_->drop_oldest();
  kept->idle.push_back(handle);
  kept->used = ++cache_->clock;
  ++cache_->idle;
}

bool Database::lost_its_transaction() const {
  return depth_ > 0 && (lost_ || sqlite3_get_autocommit(handle_) != 0);
}

Status Database::execute(std::string_view sql) {
  if (lost_its_transaction()) return lost_ ? *lost_ : base::fail(base::Code::Storage, "transaction lost");
  const int code = sqlite3_exec(handle_, std::string(sql).c_str(), nullptr, nullptr, nullptr);
  if (code == SQLITE_ERROR) base::stop_for_bug(sqlite3_errmsg(handle_), std::string(sql).c_str(), 0);
  if (code == SQLITE_OK) return {};
  if (lost_its_transaction()) lost_ = error_of(code);
  return error_of(code);
}

std::int64_t Database::changes() const { return sqlite3_changes64(handle_); }
std::int64_t Database::last_row() const { return sqlite3_last_insert_rowid(handle_); }
std::uint64_t Database::version() const {
  return static_cast<std::uint64_t>(sqlite3_total_changes64(handle_)) + undone_;
}

Status Database::backup_to(const std::string& path, const BackupPace& pace) {
  sqlite3* target = nullptr;
  int code = sqlite3_open_v2(path.c_str(), &target,
                             SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, nullptr);
  const auto close = [&](Status status) {
    sqlite3_close_v2(target);
    return status;
  };
  if (code != SQLITE_OK) return close(error_of(code));
  sqlite3_stmt* pages = nullptr;
  code = sqlite3_prepare_v2(target, "PRAGMA page_count", -1, &pages, nullptr);
  if (code == SQLITE_OK && sqlite3_step(pages) == SQLITE_ROW && sqlite3_column_int64(pages, 0) > 0) {
    sqlite3_finalize(pages);
    return close(base::fail(base::Code::Conflict, "backup exists"));
  }
  sqlite3_finalize(pages);
  if (code != SQLITE_OK) return close(error_of(code));
  sqlite3_backup* backup = sqlite3_backup_init(target, "main", handle_, "main");
  if (backup == nullptr) return close(error_of(sqlite3_errcode(target)));
  // One read transaction over all steps: else a copy would begin anew whenever another connection has
  // written.
  const bool own = depth_ == 0 && sqlite3_get_autocommit(handle_) != 0;
  if (own) {
    Status begun = execute("BEGIN");
    if (begun.ok()) begun = prepare("SELECT count(*) FROM sqlite_schema").run();
    if (!begun.ok()) {
      static_cast<void>(execute("ROLLBACK").ok());
      sqlite3_backup_finish(backup);
      return close(begun);
    }
  }
  int step = SQLITE_OK;
  while ((step = sqlite3_backup_step(backup, pace.pages)) == SQLITE_OK)
    if (pace.between) pace.between();
  code = sqlite3_backup_finish(backup);
  if (code == SQLITE_OK && step != SQLITE_DONE) code = step;
  if (own) static_cast<void>(execute("COMMIT").ok());
  return close(code == SQLITE_OK ? Status() : Status(error_of(code)));
}

Result<std::string> Database::check() {
  Statement statement = prepare("PRAGMA integrity_check");
  std::string found;
  while (true) {
    MACHI_TRY_SET(row, statement.step());
    if (!row) return found;
    if (statement.text(0) != "ok") found += statement.text(0) + "\n";
  }
}

Status Database::wipe() {
  MACHI_CHECK(depth_ == 0);
  cache_->drop_all();
  ++undone_;
  // Dropping under secure_delete writes zeros over every page; the reset then makes the file small again.
  std::vector<std::string> tables;
  {
    Statement names =
        prepare("SELECT name FROM sqlite_schema WHERE type='table' AND (name<'sqlite_' OR name>='sqlite`')");
    while (true) {
      MACHI_TRY_SET(row, names.step());
      if (!row) break;
      tables.push_back(names.text(0));
    }
  }
  MACHI_TRY(execute("PRAGMA foreign_keys=OFF"));
  Status dropped;
  {
    Transaction transaction(*this);
    for (const std::string& name : tables)
      if (dropped.ok()) dropped = execute("DROP TABLE \"" + name + "\"");
    if (dropped.ok()) dropped = transaction.commit();
  }
  if (dropped.ok()) {
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_RESET_DATABASE, 1, nullptr);
    dropped = execute("VACUUM");
    sqlite3_db_config(handle_, SQLITE_DBCONFIG_RESET_DATABASE, 0, nullptr);
  }
  MACHI_TRY(execute("PRAGMA foreign_keys=ON"));
  return dropped;
}

}  // namespace machi::store

// Statements: binding, stepping, reading columns. They live on their Database's thread and give themselves
// back to it.
#include <utility>

#include "core/base/check.h"
#include "core/store/database.h"
#include "sqlite3.h"

namespace machi::store {

Statement::Statement(Database* owner, Prepared* kept, sqlite3_stmt* handle)
    : owner_(owner), kept_(kept), handle_(handle) {}

Statement::Statement(Statement&& other) noexcept
    : owner_(other.owner_),
      kept_(other.kept_),
      handle_(std::exchange(other.handle_, nullptr)),
      next_(other.next_),
      broken_(other.broken_),
      error_(std::move(other.error_)) {}

Statement::~Statement() {
  if (handle_ != nullptr) owner_->give_back(kept_, handle_);
}

namespace {

// SQLITE_RANGE is one parameter too many, SQLITE_MISUSE a bind in the middle of reading: bugs.
bool bound(int code) {
  MACHI_CHECK(code != SQLITE_RANGE && code != SQLITE_MISUSE);
  return code == SQLITE_OK;
}

}  // namespace

Statement& Statement::bind(std::int64_t value) {
  if (handle_ != nullptr && !bound(sqlite3_bind_int64(handle_, next_++, value))) broken_ = true;
  return *this;
}

Statement& Statement::bind(std::string_view text) {
  const char* from = text.empty() ? "" : text.data();  // a null pointer would bind NULL
  if (handle_ != nullptr &&
      !bound(sqlite3_bind_text64(handle_, next_++, from, text.size(), SQLITE_TRANSIENT, SQLITE_UTF8)))
    broken_ = true;
  return *this;
}

Statement& Statement::bind(ByteView blob) {
  const void* from = blob.empty() ? static_cast<const void*>("") : blob.data();
  if (handle_ != nullptr &&
      !bound(sqlite3_bind_blob64(handle_, next_++, from, blob.size(), SQLITE_TRANSIENT)))
    broken_ = true;
  return *this;
}

Statement& Statement::bind_null() {
  if (handle_ != nullptr && !bound(sqlite3_bind_null(handle_, next_++))) broken_ = true;
  return *this;
}

Result<bool> Statement::step() {
  if (broken_) return error_ ? *error_ : base::fail(base::Code::TooLarge, "bind");
  if (owner_->lost_its_transaction())
    return owner_->lost_ ? *owner_->lost_ : base::fail(base::Code::Storage, "transaction lost");
  if (sqlite3_stmt_busy(handle_) == 0) ++owner_->work_.run;
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  sqlite3_reset(handle_);
  next_ = 1;
  if (code == SQLITE_DONE) return false;
  // With a statement that was prepared without fault this is a bug in its SQL, found late.
  if (code == SQLITE_ERROR || code == SQLITE_MISUSE)
    base::stop_for_bug(sqlite3_errmsg(sqlite3_db_handle(handle_)), sqlite3_sql(handle_), 0);
  base::Error error = owner_->error_of(code);
  if (owner_->lost_its_transaction()) owner_->lost_ = error;
  return error;
}

Status Statement::run() {
  while (true) {
    MACHI_TRY_SET(row, step());
    if (!row) return {};
  }
}

std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }

std::string Statement::text(int column) const {
  const auto* from = reinterpret_cast<const char*>(sqlite3_column_text(handle_, column));
  return from == nullptr ? std::string()
                         : std::string(from, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)));
}

ByteView Statement::bytes(int column) const {
  const auto* from = static_cast<const std::uint8_t*>(sqlite3_column_blob(handle_, column));
  return from == nullptr ? ByteView()
                         : ByteView(from, static_cast<std::size_t>(sqlite3_column_bytes(handle_, column)));
}

Bytes Statement::blob(int column) const { return base::copy(bytes(column)); }

bool Statement::is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }

}  // namespace machi::store

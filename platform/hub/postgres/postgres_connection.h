// One connection to PostgreSQL, or to a database that speaks its protocol, by libpq in pipeline mode: what is
// asked together goes out together and costs one round trip. Comes back by itself after the database was
// away. Belongs to one thread, which waits at most kPatienceSeconds. No value and no address is in any error.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/id.h"
#include "core/base/time.h"

struct pg_conn;
struct pg_result;

namespace machi::hub {

inline constexpr int kPatienceSeconds = 20;

struct PgQuery {
  std::string_view sql;  // prepared when first seen; lives as long as the program
  std::vector<base::Bytes> values;
};

// The answer to one query.
class PgRows {
 public:
  explicit PgRows(pg_result* result) : result_(result, &clear) {}
  int count() const;
  std::int64_t changed() const;  // rows that an insert, update or delete touched
  std::string_view tag() const;  // "COMMIT"
  std::int64_t integer(int row, int column) const;
  base::ByteView blob(int row, int column) const;
  template <class Id>
  Id id(int row, int column) const {
    auto id = Id::from(blob(row, column));
    return id.ok() ? *id : Id{};
  }
  template <std::size_t N>
  base::Array<N> fixed(int row, int column) const {
    auto raw = base::fixed<N>(blob(row, column));
    return raw.ok() ? *raw : base::Array<N>{};
  }

 private:
  static void clear(pg_result* result);
  std::unique_ptr<pg_result, void (*)(pg_result*)> result_;
};

class PostgresConnection {
 public:
  // `url` as libpq takes it: postgresql://..., what it leaves out from PGPASSWORD, PGSERVICEFILE and their
  // like. Unreachable when nobody answers there.
  static base::Result<std::unique_ptr<PostgresConnection>> open(const std::string& url);
  ~PostgresConnection();
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  // An answer for each, in order; the first that is refused refuses all. Storage or StorageFull.
  base::Result<std::vector<PgRows>> run(std::span<const PgQuery> queries);
  base::Result<PgRows> run(const PgQuery& query);
  // Several statements without values or rows, as in a schema.
  base::Status execute(const std::string& sql);

  // Of the last error: another transaction was in the way, and the same may succeed now.
  bool in_the_way() const { return in_the_way_; }
  // Grows with every connection: what was begun on an older one is gone.
  std::uint64_t life() const { return life_; }
  bool connected() const { return connection_ != nullptr; }

 private:
  explicit PostgresConnection(std::string url) : url_(std::move(url)) {}
  base::Status connect();
  bool send(std::span<const PgQuery> queries, std::vector<std::string_view>& fresh);
  pg_result* next(std::chrono::steady_clock::time_point deadline, bool& gone);
  base::Error lost();
  base::Error judged(std::string_view state);

  std::string url_;
  pg_conn* connection_ = nullptr;
  std::map<std::string_view, std::string> prepared_;
  std::uint64_t names_ = 0;
  std::uint64_t life_ = 0;
  bool in_the_way_ = false;
  std::chrono::steady_clock::time_point not_before_{};  // no new try to connect
};

}  // namespace machi::hub

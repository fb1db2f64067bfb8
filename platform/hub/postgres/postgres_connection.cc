// Connecting, and what an error means. libpq is called from here and from postgres_pipeline.cc only.
#include "platform/hub/postgres/postgres_connection.h"

#include <libpq-fe.h>

#include <array>
#include <cstdlib>

namespace machi::hub {

using base::Code;
using base::fail;
using base::Status;

namespace {

constexpr std::chrono::milliseconds kBetweenTries{500};

// Asked for at the beginning of every connection; a database that does not know one of them goes without.
// A receipt says "durable", whatever this server's habit is; and a hub that was stopped in the middle must
// not hold its mailboxes.
constexpr std::array kManners = {
    "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit', true) "
    "= 'off'",
    "set idle_in_transaction_session_timeout = 10000",
    "set lock_timeout = 8000",
    "set statement_timeout = 15000",
    "set client_min_messages = warning",
};

std::int64_t number_in(base::ByteView bytes) {
  std::uint64_t number = 0;
  for (const std::uint8_t byte : bytes) number = (number << 8) | byte;
  return static_cast<std::int64_t>(number);
}

}  // namespace

void PgRows::clear(pg_result* result) { PQclear(result); }
int PgRows::count() const { return PQntuples(result_.get()); }
std::int64_t PgRows::changed() const { return std::strtoll(PQcmdTuples(result_.get()), nullptr, 10); }
std::string_view PgRows::tag() const { return PQcmdStatus(result_.get()); }
base::ByteView PgRows::blob(int row, int column) const {
  return {reinterpret_cast<const std::uint8_t*>(PQgetvalue(result_.get(), row, column)),
          static_cast<std::size_t>(PQgetlength(result_.get(), row, column))};
}
std::int64_t PgRows::integer(int row, int column) const { return number_in(blob(row, column)); }

base::Result<std::unique_ptr<PostgresConnection>> PostgresConnection::open(const std::string& url) {
  std::unique_ptr<PostgresConnection> connection(new PostgresConnection(url));
  MACHI_TRY(connection->connect());
  return connection;
}

PostgresConnection::~PostgresConnection() { PQfinish(connection_); }

Status PostgresConnection::connect() {
  if (connection_ != nullptr) return {};
  const auto now = std::chrono::steady_clock::now();
  if (now < not_before_) return fail(Code::Storage, "database is away");
  // What the address itself says comes later, and counts.
  const std::array names = {"connect_timeout",
                            "application_name",
                            "keepalives_idle",
                            "keepalives_interval",
                            "tcp_user_timeout",
                            "dbname",
                            static_cast<const char*>(nullptr)};
  const std::array values = {
      "4", "machi hub", "20", "5", "15000", url_.c_str(), static_cast<const char*>(nullptr)};
  connection_ = PQconnectdbParams(names.data(), values.data(), 1);
  if (PQstatus(connection_) != CONNECTION_OK) return lost();
  for (const char* manner : kManners) PQclear(PQexec(connection_, manner));
  if (PQsetnonblocking(connection_, 1) != 0 || PQenterPipelineMode(connection_) != 1) return lost();
  ++life_;
  return {};
}

base::Error PostgresConnection::lost() {
  PQfinish(connection_);
  connection_ = nullptr;
  prepared_.clear();
  not_before_ = std::chrono::steady_clock::now() + kBetweenTries;
  return fail(Code::Storage, "database is away");
}

// By SQLSTATE (PostgreSQL's appendix A): the class, or the one.
base::Error PostgresConnection::judged(std::string_view state) {
  // Serialization, deadlock, a lock held too long; a key that another process has just taken: asked again, it
  // is seen.
  in_the_way_ = state == "40001" || state == "40P01" || state == "55P03" || state == "23505";
  if (state == "53100") return fail(Code::StorageFull, "sql " + std::string(state));
  // A server that stops, a standby after a failover, a pooler that forgot our statements: the next connection
  // may be better.
  if (state.starts_with("57P") || state.starts_with("08") || state == "25006" || state == "26000")
    return lost();
  return fail(Code::Storage, "sql " + std::string(state));
}

Status PostgresConnection::execute(const std::string& sql) {
  in_the_way_ = false;
  MACHI_TRY(connect());
  PQsetnonblocking(connection_, 0);
  PQexitPipelineMode(connection_);
  PGresult* result = PQexec(connection_, sql.c_str());
  const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const bool done = PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK;
  const std::string why = state == nullptr ? "" : state;
  PQclear(result);
  if (PQstatus(connection_) != CONNECTION_OK || PQsetnonblocking(connection_, 1) != 0 ||
      PQenterPipelineMode(connection_) != 1)
    return lost();
  if (!done) return judged(why);
  return {};
}

}  // namespace machi::hub

// Sending a row of queries and gathering their answers, without ever blocking inside libpq: both directions
// move at once, so that long batches and long answers cannot wait for each other.
#include <libpq-fe.h>
#include <poll.h>

#include <algorithm>

#include "platform/hub/postgres/postgres_connection.h"

namespace machi::hub {

using base::Code;
using base::fail;
using Clock = std::chrono::steady_clock;

bool PostgresConnection::send(std::span<const PgQuery> queries, std::vector<std::string_view>& fresh) {
  for (const PgQuery& query : queries) {
    auto known = prepared_.find(query.sql);
    if (known == prepared_.end()) {
      known = prepared_.emplace(query.sql, "q" + std::to_string(++names_)).first;
      fresh.push_back(query.sql);
      if (PQsendPrepare(connection_, known->second.c_str(), std::string(query.sql).c_str(), 0, nullptr) != 1)
        return false;
    } else {
      fresh.push_back({});
    }
    std::vector<const char*> values;
    std::vector<int> lengths, formats(query.values.size(), 1);
    for (const base::Bytes& value : query.values) {
      // An empty byte string is a value, too; only a null pointer is none.
      values.push_back(value.empty() ? "" : reinterpret_cast<const char*>(value.data()));
      lengths.push_back(static_cast<int>(value.size()));
    }
    if (PQsendQueryPrepared(connection_, known->second.c_str(), static_cast<int>(values.size()),
                            values.data(), lengths.data(), formats.data(), 1) != 1)
      return false;
  }
  return PQpipelineSync(connection_) == 1;
}

pg_result* PostgresConnection::next(Clock::time_point deadline, bool& gone) {
  for (;;) {
    const int unsent = PQflush(connection_);
    if (unsent < 0) break;
    if (PQisBusy(connection_) == 0) return PQgetResult(connection_);
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    pollfd wait{PQsocket(connection_), static_cast<short>(POLLIN | (unsent > 0 ? POLLOUT : 0)), 0};
    if (left <= 0 || ::poll(&wait, 1, static_cast<int>(left)) == 0) break;
    if ((wait.revents & ~POLLOUT) != 0 && PQconsumeInput(connection_) != 1) break;
  }
  gone = true;
  return nullptr;
}

base::Result<std::vector<PgRows>> PostgresConnection::run(std::span<const PgQuery> queries) {
  in_the_way_ = false;
  MACHI_TRY(connect());
  std::vector<std::string_view> fresh;
  if (!send(queries, fresh)) return lost();
  const auto deadline = Clock::now() + std::chrono::seconds(kPatienceSeconds);
  std::vector<PgRows> out;
  std::string refused;
  bool any_refused = false;
  std::size_t query = 0;
  bool preparing = !fresh.empty() && !fresh[0].empty();
  for (;;) {
    bool gone = false;
    PGresult* result = next(deadline, gone);
    if (gone || PQstatus(connection_) != CONNECTION_OK) {
      PQclear(result);
      return lost();
    }
    if (result == nullptr) continue;  // between two answers
    PgRows rows(result);
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_PIPELINE_SYNC) break;
    const bool done = status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK;
    if (!done && !any_refused) {
      any_refused = true;
      const char* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
      if (state != nullptr) refused = state;
    }
    if (preparing) {
      if (!done) prepared_.erase(fresh[query]);
      preparing = false;
      continue;
    }
    if (done) out.push_back(std::move(rows));
    ++query;
    preparing = query < fresh.size() && !fresh[query].empty();
  }
  if (any_refused) return judged(refused);
  return out;
}

base::Result<PgRows> PostgresConnection::run(const PgQuery& query) {
  MACHI_TRY_SET(rows, run(std::span(&query, 1)));
  return std::move(rows[0]);
}

}  // namespace machi::hub

// The tables of a hub in PostgreSQL, to be copied from (all of one moment, while hubs go on) or into (one
// transaction). One thread.
#pragma once

#include <deque>

#include "platform/hub/postgres/postgres_connection.h"
#include "platform/hub/store_copy.h"

namespace machi::hub {

class PostgresTables final : public TableWriter {
 public:
  enum class For { Reading, Writing };
  static base::Result<std::unique_ptr<PostgresTables>> open(const std::string& url, For what);

  base::Result<std::vector<TableRow>> page(const TableShape& table, const TableRow* after) override;
  base::Status insert(const TableShape& table, const std::vector<TableRow>& rows) override;
  base::Status commit() override;

  // In the same transaction: everything from here on is another incarnation of the mail.
  base::Status begin_incarnation(const base::IncarnationId& id, base::Instant now);
  base::Result<base::IncarnationId> incarnation();
  // Hubs that are connected to this database now.
  base::Result<std::int64_t> hubs();

 private:
  explicit PostgresTables(std::unique_ptr<PostgresConnection> connection)
      : connection_(std::move(connection)) {}
  std::string_view kept(std::string sql);
  base::Result<std::vector<PgRows>> run(std::span<const PgQuery> queries);
  base::Result<PgRows> run(const PgQuery& query);
  std::unique_ptr<PostgresConnection> connection_;
  std::deque<std::string> statements_;  // a connection's statements live as long as it
};

}  // namespace machi::hub

// Rows of PostgreSQL as cells; a page goes in by one statement. On the caller's thread.
#include "platform/hub/postgres/postgres_tables.h"

#include <algorithm>

#include "platform/hub/postgres/postgres_schema.h"
#include "platform/hub/postgres/postgres_values.h"

namespace machi::hub {

using base::Code;
using base::fail;
using base::Result;
using base::Status;

namespace {

base::Bytes value_of(const TableCell& cell) {
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return pg_value(*number);
  return pg_value(std::get<base::Bytes>(cell));
}

}  // namespace

Result<std::unique_ptr<PostgresTables>> PostgresTables::open(const std::string& url, For what) {
  MACHI_TRY_SET(connection, PostgresConnection::open(url));
  MACHI_TRY(make_postgres_tables(*connection));
  // A city's mail takes its time.
  MACHI_TRY(
      connection->execute("set application_name = 'machi hub copy'; set statement_timeout = 0; set "
                          "idle_in_transaction_session_timeout = 0"));
  MACHI_TRY(connection->execute(what == For::Reading ? "begin isolation level repeatable read read only"
                                                     : "begin isolation level repeatable read"));
  return std::unique_ptr<PostgresTables>(new PostgresTables(std::move(connection)));
}

// The same text is the same statement.
std::string_view PostgresTables::kept(std::string sql) {
  const auto found = std::find(statements_.begin(), statements_.end(), sql);
  return found != statements_.end() ? *found : statements_.emplace_back(std::move(sql));
}

// One transaction is one connection: after it was lost nothing goes on by itself.
Result<std::vector<PgRows>> PostgresTables::run(std::span<const PgQuery> queries) {
  if (!connection_->connected()) return fail(Code::Storage, "database went away");
  return connection_->run(queries);
}

Result<PgRows> PostgresTables::run(const PgQuery& query) {
  MACHI_TRY_SET(rows, run(std::span(&query, 1)));
  return std::move(rows[0]);
}

Result<std::vector<TableRow>> PostgresTables::page(const TableShape& table, const TableRow* after) {
  PgQuery query{kept(page_sql(table, after == nullptr, '$')), {}};
  for (std::size_t i = 0; after != nullptr && i < table.key; ++i)
    query.values.push_back(value_of((*after)[i]));
  MACHI_TRY_SET(rows, run(query));
  std::vector<TableRow> out;
  for (int r = 0; r < rows.count(); ++r) {
    TableRow row;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const int column = static_cast<int>(i);
      if (table.columns[i].is_number)
        row.emplace_back(rows.integer(r, column));
      else
        row.emplace_back(base::copy(rows.blob(r, column)));
    }
    out.push_back(std::move(row));
  }
  return out;
}

Status PostgresTables::insert(const TableShape& table, const std::vector<TableRow>& rows) {
  std::string names, arrays;
  PgQuery query;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    const TableColumn& column = table.columns[i];
    PgArray array(column.is_number ? PgArray::Of::Integers : PgArray::Of::Strings);
    for (const TableRow& row : rows) {
      if (column.is_number)
        array.add(std::get<std::int64_t>(row[i]));
      else
        array.add(base::ByteView(std::get<base::Bytes>(row[i])));
    }
    query.values.push_back(array.value());
    names += (i > 0 ? ", " : "") + std::string(column.name);
    arrays += (i > 0 ? ", $" : "$") + std::to_string(i + 1) + (column.is_number ? "::bigint[]" : "::bytea[]");
  }
  query.sql = kept("insert into " + std::string(table.name) + " (" + names + ") select * from unnest(" +
                   arrays + ")");
  auto done = run(query);
  return done.ok() ? Status{} : Status(done.error());
}

Status PostgresTables::commit() {
  const std::vector<PgQuery> end = {
      {"update mailbox set entries = (select count(*) from access where access.mailbox = mailbox.mailbox)",
       {}},
      {"commit", {}}};
  MACHI_TRY_SET(rows, run(end));
  if (rows[1].tag() != "COMMIT") return fail(Code::Storage, "not committed");
  return {};
}

Status PostgresTables::begin_incarnation(const base::IncarnationId& id, base::Instant now) {
  auto done =
      run(PgQuery{"insert into incarnation (number, id, began) select coalesce(max(number), 0) + 1, "
                  "$1::bytea, $2::bigint from incarnation",
                  {pg_value(id.view()), pg_value(now.ms)}});
  return done.ok() ? Status{} : Status(done.error());
}

Result<base::IncarnationId> PostgresTables::incarnation() {
  MACHI_TRY_SET(rows, run(PgQuery{"select id from incarnation order by number desc limit 1", {}}));
  return rows.count() > 0 ? rows.id<base::IncarnationId>(0, 0) : base::IncarnationId{};
}

Result<std::int64_t> PostgresTables::hubs() {
  MACHI_TRY_SET(rows, run(PgQuery{"select count(*) from pg_stat_activity where datname = current_database() "
                                  "and application_name = 'machi hub'",
                                  {}}));
  return rows.integer(0, 0);
}

}  // namespace machi::hub

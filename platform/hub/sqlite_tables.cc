// Rows of SQLite as cells. On the caller's thread.
#include "platform/hub/sqlite_tables.h"

#include "platform/hub/sqlite_message_store.h"

namespace machi::hub {

base::Result<std::unique_ptr<SqliteTables>> SqliteTables::open(const std::string& path, bool wal) {
  {  // the store knows its tables
    MACHI_TRY_SET(store, SqliteMessageStore::open({path, "", wal}));
  }
  MACHI_TRY_SET(database, store::Database::open({path, "", wal}));
  return std::unique_ptr<SqliteTables>(new SqliteTables(std::move(database)));
}

base::Result<std::vector<TableRow>> SqliteTables::page(const TableShape& table, const TableRow* after) {
  auto rows = database_->prepare(page_sql(table, after == nullptr, '?'));
  for (std::size_t i = 0; after != nullptr && i < table.key; ++i) {
    if (const auto* number = std::get_if<std::int64_t>(&(*after)[i]))
      rows.bind(*number);
    else
      rows.bind(std::get<base::Bytes>((*after)[i]));
  }
  std::vector<TableRow> out;
  for (;;) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return out;
    TableRow row;
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const int column = static_cast<int>(i);
      if (table.columns[i].is_number)
        row.emplace_back(rows.integer(column));
      else
        row.emplace_back(rows.blob(column));
    }
    out.push_back(std::move(row));
  }
}

base::Status SqliteTables::insert(const TableShape& table, const std::vector<TableRow>& rows) {
  std::string names, marks;
  for (const TableColumn& column : table.columns) {
    names += (names.empty() ? "" : ", ") + std::string(column.name);
    marks += marks.empty() ? "?" : ", ?";
  }
  auto insert = database_->prepare("insert into " + std::string(table.name) + " (" + names + ") values (" +
                                   marks + ")");
  for (const TableRow& row : rows) {
    for (const TableCell& cell : row) {
      if (const auto* number = std::get_if<std::int64_t>(&cell))
        insert.bind(*number);
      else
        insert.bind(std::get<base::Bytes>(cell));
    }
    MACHI_TRY(insert.run());
  }
  return {};
}

}  // namespace machi::hub

// The tables of a hub in an SQLite file, to be copied from or into. One thread.
#pragma once

#include "core/store/database.h"
#include "platform/hub/store_copy.h"

namespace machi::hub {

class SqliteTables final : public TableWriter {
 public:
  // The file's own tables, brought up to date; all in one transaction, given up unless committed.
  static base::Result<std::unique_ptr<SqliteTables>> open(const std::string& path, bool wal);

  base::Result<std::vector<TableRow>> page(const TableShape& table, const TableRow* after) override;
  base::Status insert(const TableShape& table, const std::vector<TableRow>& rows) override;
  base::Status commit() override { return transaction_->commit(); }

 private:
  explicit SqliteTables(std::unique_ptr<store::Database> database)
      : database_(std::move(database)), transaction_(std::make_unique<store::Transaction>(*database_)) {}
  std::unique_ptr<store::Database> database_;
  std::unique_ptr<store::Transaction> transaction_;  // goes before the database
};

}  // namespace machi::hub

// The whole mail of a hub from one database into another, table by table: moving to PostgreSQL, a backup of
// it, a restore into it. The target is empty before and whole after, or it stays empty; what was written is
// read again and its count and hash held against the source's. One thread.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/time.h"

namespace machi::hub {

struct TableColumn {
  std::string_view name;
  bool is_number = false;
};

struct TableShape {
  std::string_view name;
  std::vector<TableColumn> columns;
  std::size_t key = 1;      // so many of the first columns are the key
  std::size_t page = 1000;  // rows at a time
};

// All tables of a hub, of whatever database.
std::span<const TableShape> hub_tables();

using TableCell = std::variant<std::int64_t, base::Bytes>;
using TableRow = std::vector<TableCell>;

class TableReader {
 public:
  virtual ~TableReader() = default;
  // The next rows in order of the key, past this one; none at the end. All of one moment.
  virtual base::Result<std::vector<TableRow>> page(const TableShape& table, const TableRow* after) = 0;
};

class TableWriter : public TableReader {
 public:
  virtual base::Status insert(const TableShape& table, const std::vector<TableRow>& rows) = 0;
  // Until here nothing can be seen by others; without it nothing was written.
  virtual base::Status commit() = 0;
};

struct CopiedTable {
  std::string name;
  std::uint64_t rows = 0;
  base::Array<32> hash{};  // of all rows in order of their key
  bool operator==(const CopiedTable&) const = default;
};

using CopyProgress = std::function<void(const CopiedTable& so_far)>;

// Conflict when the target holds anything; Storage when what was written does not read as the source does.
// Not committed yet: the caller may add to it.
base::Result<std::vector<CopiedTable>> copy_tables(TableReader& from, TableWriter& to,
                                                   const CopyProgress& progress);
// Count and hash of everything.
base::Result<std::vector<CopiedTable>> sum_tables(TableReader& from);

// "select ... where (key) > (...) order by key limit n", with the placeholders of the database: ?1 or $1.
std::string page_sql(const TableShape& table, bool first, char placeholder);

}  // namespace machi::hub

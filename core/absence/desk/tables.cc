// {1: 1, 2: {table: [[column, ...], [value, ...], ...]}}. Tables are found by their names' beginnings, so
// that a new one of a fold is in by itself; names out of the bytes are only ever compared with those that the
// database has.
#include "core/absence/desk/tables.h"

#include <algorithm>
#include <array>

#include "core/code/cbor.h"

namespace machi::absence {
namespace {

using base::Code;
using base::fail;
using code::Cbor;

constexpr std::int64_t kForm = 1;
// What a desk means to do and has done itself: another desk's say nothing about this one.
constexpr std::array<std::string_view, 5> kOwn = {"desk_setting", "desk_proposal", "desk_told", "desk_teller",
                                                  "desk_teller_post"};

struct Table {
  std::string name;
  std::vector<std::string> columns;
};

base::Result<std::vector<Table>> tables_of(store::Database& database) {
  std::vector<Table> out;
  auto names = database.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND (name GLOB 'roll_*' OR name GLOB 'absence_*' "
      "OR name "
      "GLOB 'desk_*' OR name GLOB 'board_*') ORDER BY name");
  for (;;) {
    MACHI_TRY_SET(more, names.step());
    if (!more) break;
    const std::string name = names.text(0);
    if (std::find(kOwn.begin(), kOwn.end(), name) == kOwn.end()) out.push_back({name, {}});
  }
  for (Table& table : out) {
    auto columns = database.prepare("SELECT name FROM pragma_table_info(?) ORDER BY cid");
    columns.bind(table.name);
    for (;;) {
      MACHI_TRY_SET(more, columns.step());
      if (!more) break;
      table.columns.push_back(columns.text(0));
    }
  }
  return out;
}

std::string joined(const std::vector<std::string>& parts, std::string_view before, std::string_view after) {
  std::string out;
  for (const std::string& part : parts)
    out += (out.empty() ? "" : ", ") + std::string(before) + part + std::string(after);
  return out;
}

// A column of a row: its type stands in the column before it.
Cbor value_at(const store::Statement& row, int column) {
  const std::string type = row.text(column - 1);
  if (type == "integer") return row.integer(column);
  if (type == "text") return row.text(column);
  if (type == "blob") return row.blob(column);
  return nullptr;
}

base::Status insert(store::Database& database, const Table& table, const code::CborArray& values) {
  if (values.size() != table.columns.size()) return fail(Code::BadInput, "row");
  std::string marks;
  for (std::size_t i = 0; i < values.size(); ++i) marks += i == 0 ? "?" : ", ?";
  auto row = database.prepare("INSERT INTO " + table.name + "(" + joined(table.columns, "\"", "\"") +
                              ") VALUES(" + marks + ")");
  for (const Cbor& value : values) {
    if (value.is_null())
      row.bind_null();
    else if (const auto number = value.integer(); number.ok())
      row.bind(*number);
    else if (const auto text = value.text(); text.ok())
      row.bind(*text);
    else if (const auto bytes = value.bytes(); bytes.ok())
      row.bind(*bytes);
    else
      return fail(Code::BadInput, "value");
  }
  return row.run();
}

}  // namespace

base::Result<base::Bytes> tables_as_bytes(store::Database& database) {
  MACHI_TRY_SET(tables, tables_of(database));
  code::CborMap all;
  for (const Table& table : tables) {
    code::CborArray rows, names;
    std::vector<std::string> columns;
    for (const std::string& column : table.columns) {
      names.emplace_back(column);
      columns.push_back("typeof(\"" + column + "\"), \"" + column + "\"");
    }
    rows.emplace_back(std::move(names));
    auto row = database.prepare("SELECT " + joined(columns, "", "") + " FROM " + table.name);
    for (;;) {
      MACHI_TRY_SET(more, row.step());
      if (!more) break;
      code::CborArray values;
      for (std::size_t i = 0; i < table.columns.size(); ++i)
        values.push_back(value_at(row, static_cast<int>(2 * i + 1)));
      rows.emplace_back(std::move(values));
    }
    all.emplace_back(table.name, std::move(rows));
  }
  return code::encode(Cbor::map({{1, kForm}, {2, std::move(all)}}));
}

base::Status tables_from_bytes(store::Database& database, base::ByteView bytes) {
  MACHI_TRY_SET(map, code::decode(bytes));
  MACHI_TRY_SET(form, map.integer_at(1));
  if (form != kForm) return fail(Code::Unsupported, "form");
  const Cbor* all = map.find(2);
  if (!all || !all->map()) return fail(Code::BadInput, "tables");
  MACHI_TRY_SET(tables, tables_of(database));
  for (const Table& table : tables) MACHI_TRY(database.execute("DELETE FROM " + table.name));
  for (const auto& [key, rows] : *all->map()) {
    MACHI_TRY_SET(name, key.text());
    const auto table =
        std::find_if(tables.begin(), tables.end(), [&](const Table& one) { return one.name == name; });
    if (table == tables.end()) return fail(Code::Unsupported, "table");
    if (!rows.array() || rows.array()->empty() || !rows.array()->front().array())
      return fail(Code::BadInput, "rows");
    std::vector<std::string> columns;
    for (const Cbor& column : *rows.array()->front().array()) {
      MACHI_TRY_SET(text, column.text());
      columns.push_back(text);
    }
    if (columns != table->columns) return fail(Code::Unsupported, "columns");
    for (auto row = rows.array()->begin() + 1; row != rows.array()->end(); ++row) {
      if (!row->array()) return fail(Code::BadInput, "row");
      MACHI_TRY(insert(database, *table, *row->array()));
    }
  }
  return {};
}

}  // namespace machi::absence

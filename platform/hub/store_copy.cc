// The list of tables, and the copy with its check. On the caller's thread.
#include "platform/hub/store_copy.h"

#include "core/crypto/sodium.h"

namespace machi::hub {

using base::Code;
using base::fail;
using base::Result;

namespace {

constexpr bool kNumber = true;

const std::vector<TableShape>& tables() {
  static const std::vector<TableShape> all = {
      {"incarnation", {{"number", kNumber}, {"id"}, {"began", kNumber}}, 1},
      {"mailbox", {{"mailbox"}, {"confirmed"}, {"newest", kNumber}, {"oldest", kNumber}, {"oldest_of"}}, 1},
      {"message",
       {{"mailbox"}, {"number", kNumber}, {"sender"}, {"id"}, {"hash"}, {"at", kNumber}, {"envelope"}},
       2,
       500},
      {"access", {{"mailbox"}, {"number", kNumber}, {"entry"}}, 2},
      {"grant_sealed", {{"mailbox"}, {"reader"}, {"epoch", kNumber}, {"sealed"}}, 3},
      {"blob_sealed", {{"mailbox"}, {"hash"}, {"at", kNumber}, {"bytes"}}, 2, 4},
      {"snapshot",
       {{"mailbox"}, {"serial", kNumber}, {"covers", kNumber}, {"at", kNumber}, {"snapshot"}},
       2,
       16},
      {"slip", {{"id"}, {"office"}, {"until", kNumber}, {"record"}}, 1},
      {"slot", {{"mailbox"}, {"id"}, {"record"}}, 1, 100},
  };
  return all;
}

void put_number(base::Bytes& out, std::uint64_t number) {
  for (int shift = 56; shift >= 0; shift -= 8) out.push_back(static_cast<std::uint8_t>(number >> shift));
}

// Each row into the hash of those before it: lengths stand before byte strings, so no two tables look alike.
void take(CopiedTable& sum, const TableRow& row) {
  base::Bytes all(sum.hash.begin(), sum.hash.end());
  for (const TableCell& cell : row) {
    if (const auto* number = std::get_if<std::int64_t>(&cell)) {
      put_number(all, static_cast<std::uint64_t>(*number));
    } else {
      const auto& bytes = std::get<base::Bytes>(cell);
      put_number(all, bytes.size());
      all.insert(all.end(), bytes.begin(), bytes.end());
    }
  }
  sum.hash = crypto::hash(all);
  sum.rows += 1;
}

using PageWork = std::function<base::Status(const std::vector<TableRow>&)>;

Result<CopiedTable> walk(TableReader& from, const TableShape& table, const CopyProgress& progress,
                         const PageWork& work) {
  CopiedTable sum{std::string(table.name), 0, {}};
  TableRow last;
  for (;;) {
    MACHI_TRY_SET(rows, from.page(table, last.empty() ? nullptr : &last));
    if (rows.empty()) return sum;
    for (const TableRow& row : rows) take(sum, row);
    if (work) MACHI_TRY(work(rows));
    if (progress) progress(sum);
    last.assign(rows.back().begin(), rows.back().begin() + static_cast<std::ptrdiff_t>(table.key));
  }
}

}  // namespace

std::span<const TableShape> hub_tables() { return tables(); }

Result<std::vector<CopiedTable>> copy_tables(TableReader& from, TableWriter& to,
                                             const CopyProgress& progress) {
  for (const TableShape& table : hub_tables()) {
    MACHI_TRY_SET(there, to.page(table, nullptr));
    if (!there.empty()) return fail(Code::Conflict, "the target is not empty");
  }
  std::vector<CopiedTable> read;
  for (const TableShape& table : hub_tables()) {
    MACHI_TRY_SET(sum, walk(from, table, progress,
                            [&](const std::vector<TableRow>& rows) { return to.insert(table, rows); }));
    read.push_back(std::move(sum));
  }
  MACHI_TRY_SET(written, sum_tables(to));
  if (written != read) return fail(Code::Storage, "the copy differs");
  return read;
}

Result<std::vector<CopiedTable>> sum_tables(TableReader& from) {
  std::vector<CopiedTable> out;
  for (const TableShape& table : hub_tables()) {
    MACHI_TRY_SET(sum, walk(from, table, {}, {}));
    out.push_back(std::move(sum));
  }
  return out;
}

std::string page_sql(const TableShape& table, bool first, char placeholder) {
  std::string names, keys, values;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    names += (i > 0 ? ", " : "") + std::string(table.columns[i].name);
    if (i >= table.key) continue;
    keys += (i > 0 ? ", " : "") + std::string(table.columns[i].name);
    values += (i > 0 ? ", " : "") + std::string(1, placeholder) + std::to_string(i + 1);
  }
  return "select " + names + " from " + std::string(table.name) +
         (first ? "" : " where (" + keys + ") > (" + values + ")") + " order by " + keys + " limit " +
         std::to_string(table.page);
}

}  // namespace machi::hub

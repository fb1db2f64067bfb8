// Addresses of mail. libpq is behind machi_hub_postgres.
#include "platform/machi/hub_address.h"

#include <chrono>
#include <cstdio>

#include "platform/hub/postgres/postgres_tables.h"
#include "platform/hub/sqlite_tables.h"

namespace machi::program {

using base::Code;
using base::fail;

bool is_database(const std::string& address) {
  return address.starts_with("postgresql://") || address.starts_with("postgres://");
}

base::Result<MailSource> open_source(const std::string& address) {
  MailSource out;
  if (is_database(address)) {
    MACHI_TRY_SET(tables, hub::PostgresTables::open(address, hub::PostgresTables::For::Reading));
    out.tables = std::move(tables);
    return out;
  }
  const HubFolder folder{address};
  if (!std::filesystem::exists(folder.database())) return fail(Code::NotFound, "no mail");
  MACHI_TRY_SET(lock, folder.lock());
  out.lock = std::make_unique<host::FileLock>(std::move(lock));
  MACHI_TRY_SET(tables, hub::SqliteTables::open(folder.database().string(), true));
  out.tables = std::move(tables);
  return out;
}

hub::CopyProgress said_progress() {
  auto last = std::make_shared<std::chrono::steady_clock::time_point>();
  return [last](const hub::CopiedTable& so_far) {
    const auto now = std::chrono::steady_clock::now();
    if (now - *last < std::chrono::seconds(1)) return;
    *last = now;
    std::fprintf(stderr, "%s %llu\n", so_far.name.c_str(), static_cast<unsigned long long>(so_far.rows));
  };
}

nlohmann::json as_json(const std::vector<hub::CopiedTable>& copied) {
  auto out = nlohmann::json::array();
  for (const hub::CopiedTable& table : copied)
    out.push_back({{"table", table.name}, {"rows", table.rows}, {"hash", base::to_hex(table.hash)}});
  return out;
}

}  // namespace machi::program

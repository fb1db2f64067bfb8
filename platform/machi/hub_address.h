// Where a hub's mail lies, as commands are told it: the address of a PostgreSQL database, or a folder with
// SQLite. One thread.
#pragma once

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

#include "platform/hub/store_copy.h"
#include "platform/machi/hub_folder.h"

namespace machi::program {

// "postgresql://..." or "postgres://...".
bool is_database(const std::string& address);

// What is copied from: a stopped hub's folder, locked; or a database, as it is at this moment. Conflict while
// a hub runs on the folder, NotFound when no mail is there.
struct MailSource {
  std::unique_ptr<host::FileLock> lock;
  std::unique_ptr<hub::TableReader> tables;
};
base::Result<MailSource> open_source(const std::string& address);

// "message 12000" on standard error, at most once a second.
hub::CopyProgress said_progress();
// [{"table": ..., "rows": ..., "hash": ...}]
nlohmann::json as_json(const std::vector<hub::CopiedTable>& copied);

}  // namespace machi::program

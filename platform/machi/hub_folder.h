// The folder with a hub's mail: hub.db, its log of changes, and a lock that a running hub holds. One thread.
#pragma once

#include <filesystem>

#include "platform/host/file.h"
#include "platform/hub/sqlite_message_store.h"

namespace machi::program {

struct HubFolder {
  std::filesystem::path path;

  std::filesystem::path database() const { return path / "hub.db"; }
  // Of the database and its log of changes.
  std::int64_t bytes() const {
    std::int64_t sum = 0;
    for (const char* ending : {"", "-wal"}) {
      std::error_code error;
      const auto size = std::filesystem::file_size(database().string() + ending, error);
      if (!error) sum += static_cast<std::int64_t>(size);
    }
    return sum;
  }
  // Conflict while a hub runs, NotFound when there is no such folder.
  base::Result<host::FileLock> lock() const { return host::FileLock::take(path / "lock"); }
  base::Result<std::unique_ptr<hub::SqliteMessageStore>> open_store() const {
    return hub::SqliteMessageStore::open({database().string(), "", true});
  }
};

}  // namespace machi::program

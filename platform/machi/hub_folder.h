// The folder with a hub's mail: hub.db, its log of changes, and a lock that a running hub holds. One thread.
#pragma once

#include <filesystem>

#include "platform/host/file.h"
#include "platform/hub/sqlite_message_store.h"

namespace machi::program {

struct HubFolder {
  std::filesystem::path path;

  std::filesystem::path database() const { return path / "hub.db"; }
  // Conflict while a hub runs, NotFound when there is no such folder.
  base::Result<host::FileLock> lock() const { return host::FileLock::take(path / "lock"); }
  base::Result<std::unique_ptr<hub::SqliteMessageStore>> open_store() const {
    return hub::SqliteMessageStore::open({database().string(), "", true});
  }
};

}  // namespace machi::program

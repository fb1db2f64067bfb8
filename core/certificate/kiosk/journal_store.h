// The journal in SQLite: appended in a transaction of its own, on the disk before append() returns (the
// database is opened with WAL and FULL), read back whole at the start. One thread.
#pragma once

#include "core/certificate/kiosk/journal.h"
#include "core/store/database.h"

namespace machi::certificate::kiosk {

class JournalStore {
 public:
  static std::vector<store::Migration> migrations();
  explicit JournalStore(store::Database& database) : database_(database) {}

  // Storage or StorageFull: then the machine must not do what the record announces.
  Status append(const Record& record);
  Result<std::vector<Record>> records() const;
  // What they add up to. A record that cannot be read or must not be there is an error: the machine stays
  // out of service rather than guess.
  Result<Book> book() const;

 private:
  store::Database& database_;
};

}  // namespace machi::certificate::kiosk

// RecordBook: the family's record on this phone, a row a fact, and small settings beside it. One thread, that
// of the database. Storage | StorageFull when it refuses.
#pragma once

#include "core/crypto/sodium.h"
#include "core/parenting/citizen/record.h"
#include "core/store/database.h"

namespace machi::parenting {

class RecordBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit RecordBook(store::Database& database) : database_(database) {}

  // A row that cannot be read is passed over and counted.
  Result<Record> load(int* broken = nullptr) const;
  // Writes a new fact and takes it into `record`. TooMany when the record is full.
  Result<FactId> write(Record& record, Fact fact, base::Entropy& entropy);
  // What another phone wrote. All or nothing; how many facts were new.
  Result<int> take(Record& record, const Record& other);
  Status erase_all();

  // The key that signs this phone's files, made when it is first wanted.
  Result<crypto::SignKey> key(base::Entropy& entropy);

  std::string setting(std::string_view name) const;
  Status set(std::string_view name, std::string_view value);
  base::Bytes blob(std::string_view name) const;
  Status set_blob(std::string_view name, base::ByteView value);

 private:
  Status keep(const Record& before, const Record& after);
  store::Database& database_;
};

}  // namespace machi::parenting

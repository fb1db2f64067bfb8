// The tables of a phone's own household: the record, and what is half typed. One household a phone. One
// thread. Storage | StorageFull when the database refuses.
#pragma once

#include "core/base/entropy.h"
#include "core/household/household.h"
#include "core/store/database.h"

namespace machi::household {

class HouseholdBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit HouseholdBook(store::Database& database) : database_(database) {}

  // The household of this phone; nothing while none was begun.
  Result<std::optional<Household>> load() const;
  // Counts the change: counter and `changed` are set here, the id when there is none yet.
  Status save(Household household, base::Entropy& entropy, Instant now);
  Status forget();

  // A member being typed, as CBOR of the screen's own; "" when there is none.
  base::Bytes draft(std::string_view name) const;
  Status save_draft(std::string_view name, base::ByteView content);
  Status drop_draft(std::string_view name);

 private:
  store::Database& database_;
};

}  // namespace machi::household

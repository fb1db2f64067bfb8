// Counts of a month, by name, and of nobody: "push.disaster.sent". What all channels write into. One thread,
// that of the database.
#pragma once

#include <map>

#include "core/store/database.h"

namespace machi::channels {

class Sums {
 public:
  static std::vector<store::Migration> migrations();
  explicit Sums(store::Database& database) : database_(database) {}
  base::Status add(base::Instant now, std::string_view what, std::int64_t count = 1);
  // By month ("2026-11") and name.
  base::Result<std::map<std::string, std::map<std::string, std::int64_t>>> all() const;

 private:
  store::Database& database_;
};

// "2026-11", of the town's clock.
std::string month_of(base::Instant at);

}  // namespace machi::channels

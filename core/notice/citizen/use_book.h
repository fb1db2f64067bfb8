// How often this phone was used for what, by month, on the phone alone; and, once a month is over, a few
// reports of it: each names one service and one of four sizes (core/notice/channel/uses.h), goes out by
// itself at a look of its own, carries no sender, and is not kept. Who does not want that says so, and
// nothing is counted. One thread, that of the database.
#pragma once

#include "core/notice/channel/uses.h"
#include "core/store/database.h"

namespace machi::notice {

class UseBook {
 public:
  static std::vector<store::Migration> migrations();
  explicit UseBook(store::Database& database) : database_(database) {}

  // `what`: one of kUses.
  base::Status count(std::string_view what, base::Date today);
  // The next report of a month that is over, as JSON; nothing is due otherwise. What is older than two months
  // is dropped unsaid.
  base::Result<std::optional<std::string>> due(base::Date today);
  // The one that due() gave was taken, or refused for good.
  base::Status told();
  base::Status erase();

 private:
  store::Database& database_;
  std::string month_, what_;  // of the report that is out
};

}  // namespace machi::notice

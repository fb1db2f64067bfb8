// One row a month and service.
#include "core/notice/citizen/use_book.h"

namespace machi::notice {

using base::Result;
using base::Status;

std::vector<store::Migration> UseBook::migrations() {
  return {
      {"notice.use.1",
       "CREATE TABLE notice_use (month TEXT NOT NULL, what TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY "
       "KEY (month, what)) WITHOUT ROWID;"}};
}

Status UseBook::count(std::string_view what, base::Date today) {
  if (!is_use(what)) return base::fail(base::Code::BadInput, "use");
  MACHI_TRY(database_.prepare("INSERT OR IGNORE INTO notice_use (month, what, count) VALUES (?, ?, 0)")
                .bind(today.iso().substr(0, 7))
                .bind(what)
                .run());
  return database_.prepare("UPDATE notice_use SET count = count + 1 WHERE month = ? AND what = ?")
      .bind(today.iso().substr(0, 7))
      .bind(what)
      .run();
}

Result<std::optional<std::string>> UseBook::due(base::Date today) {
  const std::string month = today.iso().substr(0, 7);
  const std::string last = today.plus(-today.day()).iso().substr(0, 7);
  MACHI_TRY(database_.prepare("DELETE FROM notice_use WHERE month < ?").bind(last).run());
  auto rows =
      database_.prepare("SELECT month, what, count FROM notice_use WHERE month < ? ORDER BY what LIMIT 1");
  rows.bind(month);
  MACHI_TRY_SET(there, rows.step());
  if (!there) return std::optional<std::string>();
  month_ = rows.text(0);
  what_ = rows.text(1);
  return std::optional<std::string>("{\"month\":\"" + month_ +
                                    "\",\"size\":" + std::to_string(use_size(rows.integer(2))) +
                                    ",\"what\":\"" + what_ + "\"}");
}

Status UseBook::told() {
  return database_.prepare("DELETE FROM notice_use WHERE month = ? AND what = ?")
      .bind(month_)
      .bind(what_)
      .run();
}

Status UseBook::erase() { return database_.execute("DELETE FROM notice_use;"); }

}  // namespace machi::notice

// One row a month and name.
#include "platform/channels/sums.h"

namespace machi::channels {

std::vector<store::Migration> Sums::migrations() {
  return {{"channel_sums.1",
           "CREATE TABLE channel_sum (month TEXT NOT NULL, what TEXT NOT NULL, count INTEGER NOT NULL, "
           "PRIMARY KEY (month, what)) WITHOUT ROWID, STRICT;"}};
}

std::string month_of(base::Instant at) { return base::date_of(at).iso().substr(0, 7); }

base::Status Sums::add(base::Instant now, std::string_view what, std::int64_t count) {
  if (count == 0) return {};
  return database_
      .prepare(
          "INSERT INTO channel_sum (month, what, count) VALUES (?, ?, ?) "
          "ON CONFLICT (month, what) DO UPDATE SET count = count + excluded.count")
      .bind(month_of(now))
      .bind(what)
      .bind(count)
      .run();
}

base::Result<std::map<std::string, std::map<std::string, std::int64_t>>> Sums::all() const {
  std::map<std::string, std::map<std::string, std::int64_t>> out;
  auto rows = database_.prepare("SELECT month, what, count FROM channel_sum");
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return out;
    out[rows.text(0)][rows.text(1)] = rows.integer(2);
  }
}

}  // namespace machi::channels

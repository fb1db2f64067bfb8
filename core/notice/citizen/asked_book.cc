// One row a day, hour, answer and outcome.
#include "core/notice/citizen/asked_book.h"

#include <algorithm>

#include "core/base/text.h"

namespace machi::notice {

using base::Status;

namespace {

constexpr std::string_view kTables =
    "CREATE TABLE notice_asked (day INTEGER NOT NULL, hour INTEGER NOT NULL, field TEXT NOT NULL, answer "
    "TEXT "
    "NOT NULL, outcome INTEGER NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (day, hour, field, answer, "
    "outcome)) "
    "WITHOUT ROWID;";
constexpr std::size_t kWordSigns = 12;

bool may_be_counted(std::string_view word) {
  const std::size_t signs = base::count_code_points(word);
  return signs >= 2 && signs <= kWordSigns &&
         std::none_of(word.begin(), word.end(), [](char sign) { return sign >= '0' && sign <= '9'; });
}

}  // namespace

std::vector<store::Migration> AskedBook::migrations() { return {{"notice.asked.1", kTables}}; }

Status AskedBook::count(std::string_view field, std::string_view answer, AskedOutcome outcome,
                        base::Instant now) {
  const base::Date today = base::date_of(now);
  MACHI_TRY(database_.prepare("DELETE FROM notice_asked WHERE day < ?").bind(today.days - kKeptDays).run());
  return database_
      .prepare("INSERT INTO notice_asked VALUES (?, ?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET n = n + 1")
      .bind(today.days)
      .bind(base::time_of(now).minutes / 60)
      .bind(field)
      .bind(answer)
      .bind(static_cast<int>(outcome))
      .run();
}

Status AskedBook::count_unknown(const std::vector<std::string>& words, base::Instant now) {
  for (const std::string& word : words)
    if (may_be_counted(word)) MACHI_TRY(count("", word, AskedOutcome::Unknown, now));
  return {};
}

base::Result<std::vector<AskedSum>> AskedBook::sums(base::Date until) const {
  std::vector<AskedSum> out;
  auto row = database_.prepare(
      "SELECT day, hour, field, answer, outcome, n FROM notice_asked WHERE day < ? ORDER BY day, hour, "
      "field, "
      "answer, outcome");
  row.bind(until.days);
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) return out;
    out.push_back({base::Date{static_cast<std::int32_t>(row.integer(0))}, static_cast<int>(row.integer(1)),
                   row.text(2), row.text(3), static_cast<AskedOutcome>(row.integer(4)), row.integer(5)});
  }
}

Status AskedBook::forget(base::Date until) {
  return database_.prepare("DELETE FROM notice_asked WHERE day < ?").bind(until.days).run();
}

}  // namespace machi::notice

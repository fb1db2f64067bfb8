// Tables of rows that are due, of services that asked to wait, and of notices that were told.
#include "platform/channels/queue.h"

namespace machi::channels {

using base::Instant;
using base::Result;
using base::Status;

std::vector<store::Migration> Queue::migrations() {
  return {{"channel_queue.1",
           "CREATE TABLE channel_told (serial INTEGER NOT NULL, version INTEGER NOT NULL, PRIMARY KEY "
           "(serial, version)) WITHOUT ROWID;"
           "CREATE TABLE channel_due (channel TEXT NOT NULL, serial INTEGER NOT NULL, receiver INTEGER NOT "
           "NULL, topic TEXT NOT NULL, grave INTEGER NOT NULL, until INTEGER NOT NULL, tries INTEGER NOT "
           "NULL, at INTEGER NOT NULL, PRIMARY KEY (channel, serial, receiver)) WITHOUT ROWID;"
           "CREATE INDEX channel_due_at ON channel_due (channel, grave DESC, at);"
           "CREATE TABLE channel_pause (channel TEXT NOT NULL, origin TEXT NOT NULL, until INTEGER NOT NULL, "
           "PRIMARY KEY (channel, origin)) WITHOUT ROWID;"}};
}

Result<bool> Queue::begin(const News& news, std::int64_t version) {
  MACHI_TRY(database_.prepare("INSERT OR IGNORE INTO channel_told (serial, version) VALUES (?, ?)")
                .bind(static_cast<std::int64_t>(news.serial))
                .bind(version)
                .run());
  return database_.changes() > 0;
}

// A newer version takes the place of one that still waits.
Status Queue::plan(std::string_view channel, const News& news, std::string_view topic, std::int64_t receiver,
                   Instant now) {
  return database_
      .prepare(
          "INSERT OR REPLACE INTO channel_due (channel, serial, receiver, topic, grave, until, tries, "
          "at) VALUES (?, ?, ?, ?, ?, ?, 0, ?)")
      .bind(channel)
      .bind(static_cast<std::int64_t>(news.serial))
      .bind(receiver)
      .bind(topic)
      .bind(news.header.importance == notice::Importance::Emergency)
      .bind(news.until)
      .bind(now)
      .run();
}

Result<std::vector<Due>> Queue::take(std::string_view channel, Instant now, std::size_t limit) {
  auto late = database_.prepare(
      "SELECT topic, COUNT(*) FROM channel_due WHERE channel = ? AND until <= ? GROUP BY topic");
  late.bind(channel).bind(now);
  bool any = false;
  while (true) {
    MACHI_TRY_SET(more, late.step());
    if (!more) break;
    any = true;
    MACHI_TRY(sums_.add(now, std::string(channel) + "." + late.text(0) + ".given-up", late.integer(1)));
  }
  if (any)
    MACHI_TRY(database_.prepare("DELETE FROM channel_due WHERE channel = ? AND until <= ?")
                  .bind(channel)
                  .bind(now)
                  .run());
  std::vector<Due> out;
  auto rows = database_.prepare(
      "SELECT serial, receiver, topic, grave, until, tries FROM channel_due WHERE channel = ? AND at <= ? "
      "ORDER BY grave DESC, at LIMIT ?");
  rows.bind(channel).bind(now).bind(static_cast<std::int64_t>(limit));
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return out;
    out.push_back({std::string(channel), static_cast<std::uint64_t>(rows.integer(0)), rows.integer(1),
                   rows.text(2), rows.integer(3) != 0, rows.instant(4), static_cast<int>(rows.integer(5))});
  }
}

Status Queue::settle(const Due& due, const Outcome& outcome, Instant now) {
  std::string_view word = "sent";
  switch (outcome.fate) {
    case Fate::Later:
      return database_
          .prepare(
              "UPDATE channel_due SET tries = tries + 1, at = ? WHERE channel = ? AND serial = ? AND "
              "receiver = ?")
          .bind(outcome.again)
          .bind(due.channel)
          .bind(static_cast<std::int64_t>(due.serial))
          .bind(due.receiver)
          .run();
    case Fate::Sent:
      break;
    case Fate::Gone:
      word = "gone";
      break;
    case Fate::Never:
      word = "refused";
      break;
  }
  MACHI_TRY(database_.prepare("DELETE FROM channel_due WHERE channel = ? AND serial = ? AND receiver = ?")
                .bind(due.channel)
                .bind(static_cast<std::int64_t>(due.serial))
                .bind(due.receiver)
                .run());
  return sums_.add(now, due.channel + "." + due.topic + "." + std::string(word));
}

Status Queue::pause(std::string_view channel, std::string_view origin, Instant until) {
  return database_
      .prepare(
          "INSERT INTO channel_pause (channel, origin, until) VALUES (?, ?, ?) ON CONFLICT (channel, "
          "origin) DO UPDATE SET until = max(until, excluded.until)")
      .bind(channel)
      .bind(origin)
      .bind(until)
      .run();
}

Result<Instant> Queue::paused(std::string_view channel, std::string_view origin) const {
  auto rows = database_.prepare("SELECT until FROM channel_pause WHERE channel = ? AND origin = ?");
  rows.bind(channel).bind(origin);
  MACHI_TRY_SET(more, rows.step());
  return more ? rows.instant(0) : Instant{};
}

Status Queue::put_off(const Due& due, Instant until) {
  return database_.prepare("UPDATE channel_due SET at = ? WHERE channel = ? AND serial = ? AND receiver = ?")
      .bind(until)
      .bind(due.channel)
      .bind(static_cast<std::int64_t>(due.serial))
      .bind(due.receiver)
      .run();
}

Result<std::int64_t> Queue::waiting(std::string_view channel) const {
  auto rows = database_.prepare("SELECT COUNT(*) FROM channel_due WHERE channel = ?");
  rows.bind(channel);
  MACHI_TRY(rows.step());
  return rows.integer(0);
}

Status Queue::forget(std::string_view channel, std::int64_t receiver) {
  return database_.prepare("DELETE FROM channel_due WHERE channel = ? AND receiver = ?")
      .bind(channel)
      .bind(receiver)
      .run();
}

}  // namespace machi::channels

// One table.
#include "platform/channels/push/push_book.h"

#include "platform/host/webpush/hmac.h"

namespace machi::channels {

using base::Code;
using base::fail;
using base::Result;
using base::Status;

std::vector<store::Migration> PushBook::migrations() {
  return {{"channel_push.1",
           "CREATE TABLE push_subscription (id INTEGER PRIMARY KEY, endpoint TEXT NOT NULL UNIQUE, key BLOB "
           "NOT NULL, auth BLOB NOT NULL, topics TEXT NOT NULL);"}};
}

Status PushBook::keep(const Subscription& one, const notice::Topics& topics) {
  auto rows = database_.prepare("SELECT auth FROM push_subscription WHERE endpoint = ?");
  rows.bind(one.endpoint);
  MACHI_TRY_SET(there, rows.step());
  if (there && !host::same_secret(rows.bytes(0), one.auth)) return fail(Code::NotAllowed, "auth");
  if (!there) {
    MACHI_TRY_SET(all, count());
    if (all >= kMost) return fail(Code::TooMany, "subscriptions");
  }
  return database_
      .prepare(
          "INSERT INTO push_subscription (endpoint, key, auth, topics) VALUES (?, ?, ?, ?) ON CONFLICT "
          "(endpoint) DO UPDATE SET key = excluded.key, topics = excluded.topics")
      .bind(one.endpoint)
      .bind(one.key)
      .bind(one.auth)
      .bind(notice::topics_text(topics))
      .run();
}

Status PushBook::drop(const Subscription& one) {
  return database_.prepare("DELETE FROM push_subscription WHERE endpoint = ? AND auth = ?")
      .bind(one.endpoint)
      .bind(one.auth)
      .run();
}

Status PushBook::drop(std::int64_t id) {
  return database_.prepare("DELETE FROM push_subscription WHERE id = ?").bind(id).run();
}

Result<std::optional<Subscription>> PushBook::find(std::int64_t id) const {
  auto rows = database_.prepare("SELECT endpoint, key, auth FROM push_subscription WHERE id = ?");
  rows.bind(id);
  MACHI_TRY_SET(there, rows.step());
  if (!there) return std::optional<Subscription>();
  return std::optional<Subscription>(
      Subscription{rows.text(0), rows.fixed<host::kPointBytes>(1), rows.fixed<16>(2)});
}

Status PushBook::each(const std::function<Status(std::int64_t, const notice::Topics&)>& with) const {
  auto rows = database_.prepare("SELECT id, topics FROM push_subscription");
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return {};
    MACHI_TRY_SET(topics, notice::read_topics(rows.text(1)));
    MACHI_TRY(with(rows.integer(0), topics));
  }
}

Result<std::int64_t> PushBook::count() const {
  auto rows = database_.prepare("SELECT COUNT(*) FROM push_subscription");
  MACHI_TRY(rows.step());
  return rows.integer(0);
}

}  // namespace machi::channels

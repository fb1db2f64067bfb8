// Two tables: wishes and readers.
#include "platform/channels/mail/mail_book.h"

namespace machi::channels {

using base::Code;
using base::fail;
using base::Instant;
using base::Result;
using base::Status;

std::vector<store::Migration> MailBook::migrations() {
  return {{"channel_mail.1",
           "CREATE TABLE mail_wish (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, topics TEXT NOT "
           "NULL, token TEXT NOT NULL UNIQUE, at INTEGER NOT NULL, sent INTEGER NOT NULL);"
           "CREATE TABLE mail_reader (id INTEGER PRIMARY KEY, address TEXT NOT NULL UNIQUE, topics TEXT NOT "
           "NULL, token TEXT NOT NULL UNIQUE);"}};
}

std::string MailBook::token() const {
  base::Array<16> bytes{};
  entropy_.fill(bytes);
  return base::to_base64url(bytes);
}

Status MailBook::wish(const std::string& address, const notice::Topics& topics, Instant now) {
  MACHI_TRY(
      database_.prepare("DELETE FROM mail_wish WHERE at <= ?").bind(now.plus_seconds(-kWishSeconds)).run());
  auto rows = database_.prepare("SELECT at FROM mail_wish WHERE address = ?");
  rows.bind(address);
  MACHI_TRY_SET(there, rows.step());
  if (there && now.ms - rows.integer(0) < kAgainSeconds * 1000) return fail(Code::TooMany, "address");
  auto all = database_.prepare("SELECT COUNT(*) FROM mail_wish");
  MACHI_TRY(all.step());
  if (!there && all.integer(0) >= kWishes) return fail(Code::TooMany, "wishes");
  return database_
      .prepare("INSERT OR REPLACE INTO mail_wish (address, topics, token, at, sent) VALUES (?, ?, ?, ?, 0)")
      .bind(address)
      .bind(notice::topics_text(topics))
      .bind(token())
      .bind(now)
      .run();
}

Result<std::vector<MailWish>> MailBook::unsent(std::size_t limit, Instant now) const {
  std::vector<MailWish> out;
  auto rows = database_.prepare("SELECT id, address, token FROM mail_wish WHERE sent = 0 AND at > ? LIMIT ?");
  rows.bind(now.plus_seconds(-kWishSeconds)).bind(static_cast<std::int64_t>(limit));
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return out;
    out.push_back({rows.integer(0), rows.text(1), rows.text(2)});
  }
}

Status MailBook::sent(std::int64_t wish) {
  return database_.prepare("UPDATE mail_wish SET sent = 1 WHERE id = ?").bind(wish).run();
}

bool MailBook::knows_wish(std::string_view token, Instant now) const {
  auto rows = database_.prepare("SELECT 1 FROM mail_wish WHERE token = ? AND at > ?");
  rows.bind(token).bind(now.plus_seconds(-kWishSeconds));
  const auto there = rows.step();
  return there.ok() && *there;
}

Status MailBook::confirm(std::string_view token_shown, Instant now) {
  store::Transaction transaction(database_);
  std::string address, topics;
  {
    auto rows = database_.prepare("SELECT address, topics FROM mail_wish WHERE token = ? AND at > ?");
    rows.bind(token_shown).bind(now.plus_seconds(-kWishSeconds));
    MACHI_TRY_SET(there, rows.step());
    if (!there) return fail(Code::NotFound, "token");
    address = rows.text(0);
    topics = rows.text(1);
  }
  MACHI_TRY(database_.prepare("DELETE FROM mail_wish WHERE token = ?").bind(token_shown).run());
  MACHI_TRY(database_
                .prepare("INSERT INTO mail_reader (address, topics, token) VALUES (?, ?, ?) ON CONFLICT "
                         "(address) DO UPDATE SET topics = excluded.topics")
                .bind(address)
                .bind(topics)
                .bind(token())
                .run());
  return transaction.commit();
}

Status MailBook::end(std::string_view token_shown) {
  MACHI_TRY(database_.prepare("DELETE FROM mail_reader WHERE token = ?").bind(token_shown).run());
  return database_.changes() > 0 ? Status() : Status(fail(Code::NotFound, "token"));
}

Status MailBook::end(std::int64_t id) {
  return database_.prepare("DELETE FROM mail_reader WHERE id = ?").bind(id).run();
}

Result<std::optional<MailReader>> MailBook::find(std::int64_t id) const {
  auto rows = database_.prepare("SELECT address, token FROM mail_reader WHERE id = ?");
  rows.bind(id);
  MACHI_TRY_SET(there, rows.step());
  if (!there) return std::optional<MailReader>();
  return std::optional<MailReader>(MailReader{id, rows.text(0), rows.text(1)});
}

Status MailBook::each(const std::function<Status(std::int64_t, const notice::Topics&)>& with) const {
  auto rows = database_.prepare("SELECT id, topics FROM mail_reader");
  while (true) {
    MACHI_TRY_SET(more, rows.step());
    if (!more) return {};
    MACHI_TRY_SET(topics, notice::read_topics(rows.text(1)));
    MACHI_TRY(with(rows.integer(0), topics));
  }
}

Result<std::int64_t> MailBook::count() const {
  auto rows = database_.prepare("SELECT COUNT(*) FROM mail_reader");
  MACHI_TRY(rows.step());
  return rows.integer(0);
}

}  // namespace machi::channels

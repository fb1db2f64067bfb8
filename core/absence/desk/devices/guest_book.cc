// One table of this desk's own: who asks, by the code that both screens show.
#include "core/absence/desk/devices/guest_book.h"

namespace machi::absence {

std::vector<store::Migration> GuestBook::migrations() {
  return {{"absence.guests.1", R"sql(
CREATE TABLE guest_ask(key BLOB PRIMARY KEY, code BLOB NOT NULL, seal BLOB NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
)sql"}};
}

Status GuestBook::fold(const mail::GuestAsk& ask, Instant at) {
  MACHI_TRY(
      database_.prepare("DELETE FROM guest_ask WHERE at < ?").bind(at.plus_seconds(-kGuestAskSeconds)).run());
  return database_.prepare("INSERT OR REPLACE INTO guest_ask(key, code, seal, at) VALUES(?, ?, ?, ?)")
      .bind(ask.key.bytes)
      .bind(mail::guest_code(ask))
      .bind(ask.seal.bytes)
      .bind(at)
      .run();
}

std::optional<mail::GuestAsk> GuestBook::find(const mail::GuestCode& code, Instant now) const {
  auto row = database_.prepare("SELECT key, seal FROM guest_ask WHERE code = ? AND at >= ?");
  row.bind(code).bind(now.plus_seconds(-kGuestAskSeconds));
  const auto there = row.step();
  if (!there.ok() || !*there) return std::nullopt;
  const mail::GuestAsk found{crypto::SignPublic{row.fixed<32>(0)}, crypto::SealPublic{row.fixed<32>(1)}};
  const auto second = row.step();  // two of one code: neither
  if (!second.ok() || *second) return std::nullopt;
  return found;
}

}  // namespace machi::absence

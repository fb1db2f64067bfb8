// One table of this desk's own, who asks, by the code that both screens show; and one of the school's, what
// guests shall show.
#include "core/absence/desk/devices/guest_book.h"

namespace machi::absence {

using base::Code;
using base::fail;
using code::Cbor;

namespace {

constexpr std::size_t kClassesLimit = 200;

}  // namespace

Cbor encode(const GuestView& view) {
  code::CborMap out{{1, view.key.bytes}};
  code::CborArray classes;
  for (const ClassId& id : view.only) classes.emplace_back(id.view());
  if (!classes.empty()) out.emplace_back(2, Cbor(std::move(classes)));
  return Cbor(std::move(out));
}

Result<GuestView> decode_guest_view(const Cbor& content) {
  GuestView out;
  MACHI_TRY_SET(key, content.fixed_at<32>(1));
  out.key.bytes = key;
  const Cbor* classes = content.find(2);
  if (!classes) return out;
  if (!classes->array() || classes->array()->empty() || classes->array()->size() > kClassesLimit)
    return fail(Code::BadInput, "classes");
  for (const Cbor& item : *classes->array()) {
    MACHI_TRY_SET(raw, item.bytes());
    MACHI_TRY_SET(id, ClassId::from(raw));
    out.only.insert(id);
  }
  return out;
}

std::vector<store::Migration> GuestBook::migrations() {
  return {{"absence.guests.1", R"sql(
CREATE TABLE guest_ask(key BLOB PRIMARY KEY, code BLOB NOT NULL, seal BLOB NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE desk_guest_view(key BLOB PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;
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

Status GuestBook::fold(const GuestView& view) {
  return database_
      .prepare(
          "INSERT INTO desk_guest_view(key, content) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET content = "
          "excluded.content WHERE (length(excluded.content), excluded.content) > (length(content), content)")
      .bind(view.key.bytes)
      .bind(code::encode(encode(view)))
      .run();
}

std::vector<GuestView> GuestBook::views() const {
  std::vector<GuestView> out;
  auto row = database_.prepare("SELECT content FROM desk_guest_view");
  for (auto more = row.step(); more.ok() && *more; more = row.step())
    if (const auto content = code::decode(row.blob(0)); content.ok())
      if (auto view = decode_guest_view(*content); view.ok()) out.push_back(std::move(*view));
  return out;
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

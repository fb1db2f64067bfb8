// What comes to these offices, the audit of looks, and aliases.
#include "core/shelter/desk/care_desk.h"

namespace machi::shelter {
namespace {

using base::Code;
using base::fail;

constexpr std::string_view kTables =
    "CREATE TABLE care_own (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE care_alias (id BLOB NOT NULL PRIMARY KEY, counter INTEGER NOT NULL, at INTEGER NOT NULL, "
    "content "
    "BLOB NOT NULL, reception INTEGER NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE care_look (id BLOB NOT NULL PRIMARY KEY, at INTEGER NOT NULL, content BLOB NOT NULL) "
    "WITHOUT "
    "ROWID;"
    "CREATE TABLE care_secret (plan BLOB NOT NULL PRIMARY KEY, secret BLOB NOT NULL) WITHOUT ROWID;";

}  // namespace

CareOffice care_office(std::string_view kind) {
  return kind == kProtectionOffice ? CareOffice::Protection
         : kind == kSupportOffice  ? CareOffice::Support
         : kind == kHelpersOffice  ? CareOffice::Helpers
                                   : CareOffice::None;
}

std::vector<store::Migration> CareDesk::migrations() {
  auto out = PlanBook::migrations();
  out.push_back({"care.1", kTables});
  return out;
}

Status CareDesk::on_message(const mail::Received& mail) {
  const CareOffice here = office();
  if (mail.kind == kKindLook) {
    if (!post_.colleague(mail.from)) return fail(Code::NotAllowed, "look");
    return keep_look(mail.content);
  }
  if (mail.kind == kKindAlias)
    return here == CareOffice::Protection ? keep_alias(mail) : Status(fail(Code::NotAllowed, "alias"));
  if (here == CareOffice::Support) return take_plan(mail);
  if (here == CareOffice::Helpers) return take_shared(mail);
  return fail(Code::Unsupported, "kind");
}

// The higher counter holds, and of two with one counter the smaller content. One that is over has no people
// in it: what stood there is gone.
Status CareDesk::keep_alias(const mail::Received& mail) {
  MACHI_TRY_SET(entry, decode_alias(mail.content));
  const bool reception = mail.office && post_.kind_of(mail.office->office) == "shelter";
  return database_
      .prepare(
          "INSERT INTO care_alias VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET counter = "
          "excluded.counter, at = excluded.at, content = excluded.content, reception = excluded.reception "
          "WHERE "
          "excluded.counter > care_alias.counter OR (excluded.counter = care_alias.counter AND "
          "excluded.content < "
          "care_alias.content)")
      .bind(entry.id)
      .bind(static_cast<std::int64_t>(entry.counter))
      .bind(entry.at)
      .bind(code::encode(encode(entry)))
      .bind(reception)
      .run();
}

Status CareDesk::keep_look(const code::Cbor& content) {
  MACHI_TRY_SET(look, decode_look(content));
  return database_
      .prepare(
          "INSERT INTO care_look VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE SET at = excluded.at, content = "
          "excluded.content WHERE excluded.content < care_look.content")
      .bind(look.id)
      .bind(look.at)
      .bind(code::encode(encode(look)))
      .run();
}

std::string CareDesk::officer() const {
  auto row = database_.prepare("SELECT value FROM care_own WHERE name = 'officer'");
  const auto there = row.step();
  return there.ok() && *there ? row.text(0) : "";
}

Status CareDesk::officer(std::string_view name) {
  return database_.prepare("INSERT OR REPLACE INTO care_own VALUES ('officer', ?)")
      .bind(household::cleaned(name, household::kNameLimit))
      .run();
}

Status CareDesk::look(std::string_view what, Instant now) {
  const ProtectionLook look{entropy_.id<FactTag>(), now, officer(),
                            household::cleaned(what, household::kTextLimit)};
  if (look.officer.empty()) return fail(Code::NotAllowed, "nobody sits here");
  store::Transaction transaction(database_);
  MACHI_TRY(keep_look(encode(look)));
  MACHI_TRY(post_.note(kKindLook, encode(look), now));
  return transaction.commit();
}

Result<std::vector<ProtectionLook>> CareDesk::looks(std::size_t limit) const {
  std::vector<ProtectionLook> out;
  auto row = database_.prepare("SELECT content FROM care_look ORDER BY at DESC, id LIMIT ?");
  row.bind(static_cast<std::int64_t>(limit));
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) return out;
    MACHI_TRY_SET(map, code::decode(row.bytes(0)));
    MACHI_TRY_SET(look, decode_look(map));
    out.push_back(std::move(look));
  }
}

Result<std::vector<CareDesk::AliasLine>> CareDesk::aliases(std::size_t limit) const {
  std::vector<AliasLine> out;
  auto row = database_.prepare("SELECT content, reception FROM care_alias ORDER BY at DESC, id LIMIT ?");
  row.bind(static_cast<std::int64_t>(limit));
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) return out;
    MACHI_TRY_SET(map, code::decode(row.bytes(0)));
    MACHI_TRY_SET(entry, decode_alias(map));
    if (!entry.people.empty()) out.push_back({std::move(entry), row.integer(1) != 0});
  }
}

}  // namespace machi::shelter

// What is written goes to the office's mail and into the own tables in one transaction.
#include "core/notice/desk/notice_desk.h"

#include "core/code/content.h"

namespace machi::notice {

using base::fail;

namespace {

constexpr std::string_view kTables =
    "CREATE TABLE notice_own (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;"
    "CREATE TABLE notice_template (name TEXT NOT NULL PRIMARY KEY, content BLOB NOT NULL) WITHOUT ROWID;";

std::string short_text(std::string_view text, std::size_t signs) {
  std::u32string points = base::to_code_points(code::content::cleaned(base::trimmed(text)));
  if (points.size() > signs) points.resize(signs);
  return base::from_code_points(points);
}

}  // namespace

std::vector<store::Migration> NoticeDesk::migrations() {
  auto out = DraftBook::migrations();
  out.push_back({"notice.desk.1", kTables});
  for (store::Migration& one : SumsBook::migrations()) out.push_back(std::move(one));
  return out;
}

Status NoticeDesk::on_message(std::string_view kind, const code::Cbor& content,
                              const crypto::SignPublic& from) {
  if (!post_.colleague(from)) return fail(Code::NotAllowed, "not of the office");
  return kind == kKindSums ? sums_.fold(content, from) : book_.fold(kind, content, from);
}

std::string NoticeDesk::setting(std::string_view name) const {
  auto row = database_.prepare("SELECT value FROM notice_own WHERE name = ?");
  row.bind(name);
  const auto there = row.step();
  return there.ok() && *there ? row.text(0) : "";
}

Status NoticeDesk::officer(std::string_view name) {
  return database_.prepare("INSERT OR REPLACE INTO notice_own VALUES ('officer', ?)")
      .bind(short_text(name, kEditorSigns))
      .run();
}

Status NoticeDesk::tell(std::string_view kind, const code::Cbor& content, Instant now) {
  store::Transaction transaction(database_);
  MACHI_TRY(book_.fold(kind, content, post_.self()));
  MACHI_TRY(post_.note(kind, content, now));
  return transaction.commit();
}

Result<DraftId> NoticeDesk::write(Draft draft, std::optional<DraftId> of, Instant now) {
  draft.at = now;
  draft.by = officer();
  if (draft.by.empty()) return fail(Code::NotAllowed, "nobody sits here");
  draft.id = of ? *of : entropy_.id<DraftTag>();
  draft.counter = 1;
  if (of) {
    MACHI_TRY_SET(line, book_.line(*of));
    if (!line || line->withdrawal) return fail(Code::Conflict, "taken back");
    draft.counter = line->draft.counter + 1;
  }
  const code::Cbor content = encode(draft);
  MACHI_TRY(decode_draft(content).ok() ? Status{} : Status(decode_draft(content).error()));
  MACHI_TRY(tell(kKindDraft, content, now));
  return draft.id;
}

Status NoticeDesk::approve(const DraftId& id, const Hash& seen, bool alone, Instant now) {
  MACHI_TRY_SET(line, book_.line(id));
  if (!line || line->withdrawal || line->hash != seen) return fail(Code::Conflict, "another version by now");
  if (officer().empty()) return fail(Code::NotAllowed, "nobody sits here");
  if (line->writer == post_.self() && !(alone && line->draft.header.importance == Importance::Emergency))
    return fail(Code::NotAllowed, "one's own");
  return tell(kKindApprove, encode(Approval{id, seen, now, officer(), alone}), now);
}

Status NoticeDesk::take_back(const DraftId& id, std::string_view why, Instant now) {
  MACHI_TRY_SET(line, book_.line(id));
  if (!line || line->withdrawal) return fail(Code::Conflict, "taken back already");
  if (officer().empty()) return fail(Code::NotAllowed, "nobody sits here");
  return tell(kKindWithdraw, encode(Withdrawal{id, now, officer(), short_text(why, kReasonSigns)}), now);
}

Result<std::vector<std::pair<std::string, Draft>>> NoticeDesk::templates() const {
  std::vector<std::pair<std::string, Draft>> out;
  auto row = database_.prepare("SELECT name, content FROM notice_template ORDER BY name");
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) return out;
    MACHI_TRY_SET(map, code::decode(row.bytes(1)));
    MACHI_TRY_SET(draft, decode_draft(map));
    out.emplace_back(row.text(0), std::move(draft));
  }
}

Status NoticeDesk::keep_template(std::string_view name, const Draft& draft) {
  const std::string called = short_text(name, kEditorSigns);
  if (called.empty()) return fail(Code::BadInput, "name");
  return database_.prepare("INSERT OR REPLACE INTO notice_template VALUES (?, ?)")
      .bind(called)
      .bind(code::encode(encode(draft)))
      .run();
}

Status NoticeDesk::drop_template(std::string_view name) {
  return database_.prepare("DELETE FROM notice_template WHERE name = ?").bind(name).run();
}

}  // namespace machi::notice

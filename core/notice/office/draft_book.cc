// The tables of drafts. Every row is a message's content by its own hash, so order and repetition do not
// matter.
#include "core/notice/office/draft_book.h"

#include <algorithm>

namespace machi::notice {

using base::fail;

namespace {

constexpr std::string_view kTables =
    "CREATE TABLE draft_version (id BLOB NOT NULL, hash BLOB NOT NULL, counter INTEGER NOT NULL, at INTEGER "
    "NOT NULL, writer BLOB NOT NULL, content BLOB NOT NULL, PRIMARY KEY (id, hash)) WITHOUT ROWID;"
    "CREATE TABLE draft_approval (id BLOB NOT NULL, draft BLOB NOT NULL, device BLOB NOT NULL, hash BLOB NOT "
    "NULL, content BLOB NOT NULL, PRIMARY KEY (id, draft, device, hash)) WITHOUT ROWID;"
    "CREATE TABLE draft_withdrawal (id BLOB NOT NULL, hash BLOB NOT NULL, content BLOB NOT NULL, PRIMARY KEY "
    "(id, hash)) WITHOUT ROWID;"
    "CREATE TABLE draft_printed (id BLOB NOT NULL, draft BLOB NOT NULL, device BLOB NOT NULL, hash BLOB NOT "
    "NULL, content BLOB NOT NULL, PRIMARY KEY (id, draft, device, hash)) WITHOUT ROWID;";

}  // namespace

bool DraftLine::may_be_printed() const {
  for (std::size_t i = 0; i < approvals.size(); ++i) {
    if (!(approvers[i] == writer)) return true;
    if (approvals[i].alone && draft.header.importance == Importance::Emergency) return true;
  }
  return false;
}

DraftState DraftLine::state() const {
  if (withdrawal) return serial && !forgotten ? DraftState::Withdrawn : DraftState::Gone;
  if (printed && printed->trouble.empty()) return DraftState::Published;
  return may_be_printed() ? DraftState::Approved : DraftState::Waits;
}

std::vector<store::Migration> DraftBook::migrations() { return {{"notice.drafts.1", kTables}}; }

Status DraftBook::fold(std::string_view kind, const code::Cbor& content, const crypto::SignPublic& from) {
  const Bytes bytes = code::encode(content);
  const Hash hash = crypto::hash(bytes);
  if (kind == kKindDraft) {
    MACHI_TRY_SET(draft, decode_draft(content));
    return database_.prepare("INSERT OR IGNORE INTO draft_version VALUES (?, ?, ?, ?, ?, ?)")
        .bind(draft.id)
        .bind(hash)
        .bind(static_cast<std::int64_t>(draft.counter))
        .bind(draft.at)
        .bind(from.bytes)
        .bind(bytes)
        .run();
  }
  if (kind == kKindApprove) {
    MACHI_TRY_SET(approval, decode_approval(content));
    return database_.prepare("INSERT OR IGNORE INTO draft_approval VALUES (?, ?, ?, ?, ?)")
        .bind(approval.id)
        .bind(approval.draft)
        .bind(from.bytes)
        .bind(hash)
        .bind(bytes)
        .run();
  }
  if (kind == kKindWithdraw) {
    MACHI_TRY_SET(withdrawal, decode_withdrawal(content));
    return database_.prepare("INSERT OR IGNORE INTO draft_withdrawal VALUES (?, ?, ?)")
        .bind(withdrawal.id)
        .bind(hash)
        .bind(bytes)
        .run();
  }
  if (kind != kKindPrinted) return fail(Code::Unsupported, "kind");
  MACHI_TRY_SET(printed, decode_printed(content));
  return database_.prepare("INSERT OR IGNORE INTO draft_printed VALUES (?, ?, ?, ?, ?)")
      .bind(printed.id)
      .bind(printed.draft)
      .bind(from.bytes)
      .bind(hash)
      .bind(bytes)
      .run();
}

Result<DraftLine> DraftBook::read(const DraftId& id) const {
  DraftLine out;
  auto version = database_.prepare(
      "SELECT hash, writer, content FROM draft_version WHERE id = ? ORDER BY counter DESC, hash LIMIT 1");
  version.bind(id);
  MACHI_TRY_SET(there, version.step());
  if (!there) return fail(Code::NotFound, "draft");
  out.hash = version.fixed<32>(0);
  out.writer = crypto::SignPublic{version.fixed<32>(1)};
  MACHI_TRY_SET(draft_map, code::decode(version.bytes(2)));
  MACHI_TRY_SET(draft, decode_draft(draft_map));
  out.draft = std::move(draft);
  auto approvals = database_.prepare(
      "SELECT device, content FROM draft_approval WHERE id = ? AND draft = ? ORDER BY hash");
  approvals.bind(id).bind(out.hash);
  for (;;) {
    MACHI_TRY_SET(more, approvals.step());
    if (!more) break;
    MACHI_TRY_SET(map, code::decode(approvals.bytes(1)));
    MACHI_TRY_SET(approval, decode_approval(map));
    out.approvals.push_back(std::move(approval));
    out.approvers.push_back(crypto::SignPublic{approvals.fixed<32>(0)});
  }
  auto withdrawal =
      database_.prepare("SELECT content FROM draft_withdrawal WHERE id = ? ORDER BY hash LIMIT 1");
  withdrawal.bind(id);
  MACHI_TRY_SET(taken_back, withdrawal.step());
  if (taken_back) {
    MACHI_TRY_SET(map, code::decode(withdrawal.bytes(0)));
    MACHI_TRY_SET(one, decode_withdrawal(map));
    out.withdrawal = std::move(one);
  }
  auto printed =
      database_.prepare("SELECT content FROM draft_printed WHERE id = ? AND device = ? ORDER BY hash");
  printed.bind(id).bind(press_().bytes);
  for (;;) {
    MACHI_TRY_SET(more, printed.step());
    if (!more) break;
    MACHI_TRY_SET(map, code::decode(printed.bytes(0)));
    MACHI_TRY_SET(one, decode_printed(map));
    if (one.draft == Hash{})
      out.forgotten = true;
    else if (one.trouble.empty())
      out.serial = one.serial;
    // What went well at the second try went well.
    const bool better = !out.printed || !out.printed->trouble.empty();
    if (one.draft == out.hash && better) out.printed = std::move(one);
  }
  return out;
}

Result<std::optional<DraftLine>> DraftBook::line(const DraftId& id) const {
  auto found = read(id);
  if (!found.ok() && found.code() == Code::NotFound) return std::optional<DraftLine>{};
  if (!found.ok()) return found.error();
  return std::optional<DraftLine>(std::move(*found));
}

Result<std::vector<DraftLine>> DraftBook::lines() const {
  std::vector<DraftId> ids;
  auto row = database_.prepare("SELECT id FROM draft_version GROUP BY id ORDER BY max(at) DESC, id");
  for (;;) {
    MACHI_TRY_SET(more, row.step());
    if (!more) break;
    MACHI_TRY_SET(id, DraftId::from(row.bytes(0)));
    ids.push_back(id);
  }
  std::vector<DraftLine> out;
  for (const DraftId& id : ids) {
    MACHI_TRY_SET(one, read(id));
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace machi::notice

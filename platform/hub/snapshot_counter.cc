// Snapshots in and out, and what they allow to delete. decode_* on any thread, the rest on the store's.
#include "platform/hub/snapshot_counter.h"

#include <set>

#include "core/code/cbor.h"
#include "platform/hub/reading.h"

namespace machi::hub {

using base::Code;
using base::fail;

namespace {

Status drop(MessageStore& store, const MailboxId& mailbox, const StoredSnapshot& stored) {
  MACHI_TRY_SET(snapshot, mail::read_snapshot(stored.snapshot));
  for (const mail::SnapshotChunk& chunk : snapshot.chunks) MACHI_TRY(store.drop_blob(mailbox, chunk.blob));
  return store.drop_snapshot(mailbox, stored.serial);
}

}  // namespace

Result<SnapshotPostWork> decode_snapshot_post(const Request& request) {
  MACHI_TRY_SET(snapshot, mail::read_snapshot(request.body));
  return SnapshotPostWork{std::move(snapshot), request.body};
}

Result<Answer> post_snapshot(OfficeState& office, const SnapshotPostWork& work, Instant now) {
  const mail::Snapshot& snapshot = work.snapshot;
  MACHI_TRY_SET(mailbox, office.mailboxes.at(snapshot.mailbox));
  MACHI_TRY_SET(member, member_of(*mailbox, snapshot.author, now));
  if (!member.rights.read) return fail(Code::NotAllowed, "right to read");
  if (snapshot.incarnation != office.incarnation) return fail(Code::Conflict, "incarnation");
  if (mailbox->confirmed != office.incarnation) return fail(Code::HeadNeeded, "mailbox was restored");
  MACHI_TRY_SET(row, office.store.mailbox(snapshot.mailbox));
  if (!row || snapshot.covers > row->newest) return fail(Code::Conflict, "covers what is not here");
  if (snapshot.epoch == 0 || snapshot.epoch > mailbox->log.epoch()) return fail(Code::Conflict, "epoch");

  MACHI_TRY_SET(stored, office.store.snapshots(snapshot.mailbox));
  for (const StoredSnapshot& one : stored)
    if (one.snapshot == work.bytes) return empty_answer();
  // Nobody starts from an older number than the newest that is here.
  if (!stored.empty() && snapshot.covers < stored.front().covers)
    return fail(Code::Conflict, "older than another");
  if (const std::uint32_t wait = office.rates.take_change(snapshot.mailbox, snapshot.author, now); wait != 0)
    return too_many(wait);
  std::set<Hash> taken;
  for (const StoredSnapshot& one : stored) {
    MACHI_TRY_SET(other, mail::read_snapshot(one.snapshot));
    for (const mail::SnapshotChunk& chunk : other.chunks) taken.insert(chunk.blob);
  }
  for (const mail::SnapshotChunk& chunk : snapshot.chunks) {
    // A blob of another snapshot would go with that one.
    if (taken.contains(chunk.blob)) return fail(Code::Conflict, "blob of another snapshot");
    MACHI_TRY_SET(blob, office.store.blob(snapshot.mailbox, chunk.blob));
    if (!blob) return fail(Code::NotFound, "blob");
    if (blob->size() != chunk.size) return fail(Code::BadInput, "size of a blob");
  }
  MACHI_TRY(office.store.put_snapshot(snapshot.mailbox, snapshot.covers, now, work.bytes));
  for (std::size_t i = kSnapshotsKept - 1; i < stored.size(); ++i)
    MACHI_TRY(drop(office.store, snapshot.mailbox, stored[i]));
  return empty_answer();
}

Result<SnapshotReadWork> decode_snapshot_read(const Request& request) {
  return SnapshotReadWork{request.ticket};
}

Result<Answer> read_snapshots(OfficeState& office, const SnapshotReadWork& work, Instant now) {
  MACHI_TRY_SET(holder, holder_of(office, work.ticket, Wish::Read, now));
  MACHI_TRY_SET(stored, office.store.snapshots(holder.mailbox));
  code::CborArray items;
  for (const StoredSnapshot& one : stored) items.emplace_back(ByteView(one.snapshot));
  MACHI_TRY_SET(row, office.store.mailbox(holder.mailbox));
  code::CborMap map{{1, code::Cbor(std::move(items))}};
  if (row && row->oldest > 1) {
    map.emplace_back(2, row->oldest);
    map.emplace_back(3, row->oldest_of.view());
  }
  return answer(code::encode(code::Cbor(std::move(map))));
}

Result<std::uint64_t> forget_covered(MessageStore& store, const MailboxId& mailbox,
                                     const IncarnationId& incarnation, Instant now) {
  MACHI_TRY_SET(stored, store.snapshots(mailbox));
  if (stored.empty()) return std::uint64_t{0};
  const Instant before = now.plus_seconds(-kMailKeptSeconds);
  // The oldest that is kept: each of them can still be begun from.
  MACHI_TRY_SET(gone, store.forget_messages(mailbox, stored.back().covers, before, incarnation));
  std::set<Hash> kept;
  for (const StoredSnapshot& one : stored) {
    MACHI_TRY_SET(snapshot, mail::read_snapshot(one.snapshot));
    for (const mail::SnapshotChunk& chunk : snapshot.chunks) kept.insert(chunk.blob);
  }
  MACHI_TRY_SET(old, store.blobs_before(mailbox, before));
  for (const Hash& hash : old)
    if (!kept.contains(hash)) MACHI_TRY(store.drop_blob(mailbox, hash));
  return gone;
}

Answer begins_later(const MailboxRow& row) {
  Response response = refusal(Code::Conflict);
  response.body = mail::encode_error({Code::Conflict, 0, row.oldest, row.oldest_of});
  return {std::move(response), std::nullopt};
}

}  // namespace machi::hub

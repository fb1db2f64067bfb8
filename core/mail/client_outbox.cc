// The outbox: envelopes are durable before anything is said of them, and stay until a desk has them (or 30
// days).
#include "core/mail/client_state.h"

namespace machi::mail {

using base::Code;
using base::fail;

namespace {
constexpr std::int64_t kRetryRefusedSeconds = 30;
constexpr int kTriesAtOnce = 20000;  // some hundredths of a second on an old phone

// Refusals that another try can turn: the hub was restored, the desk has not admitted us yet, too many at
// once.
bool may_change(Code code) {
  return base::is_retryable(code) || code == Code::NotFound || code == Code::UnknownKey ||
         code == Code::NotAllowed;
}
}  // namespace

Result<MessageId> Client::State::write(const Recipient& to, Body body, Instant now,
                                       std::vector<Enclosure> enclosures, const crypto::SignKey* author,
                                       std::vector<Attachment>* attached) {
  const auto id = entropy.id<base::MessageTag>();
  body.written = now;
  for (const Attachment& one : body.attachments)
    MACHI_TRY(database.prepare("update mail_blob set message=? where hash=?").bind(id).bind(one.blob).run());
  if (!enclosures.empty()) {
    MACHI_TRY_SET(attachments, enclose(to.mailbox, id, std::move(enclosures)));
    body.attachments.insert(body.attachments.end(), attachments.begin(), attachments.end());
  }
  const bool alone = body.attachments.empty();
  if (attached) *attached = body.attachments;
  const crypto::SignKey own = posting(to.mailbox);
  MACHI_TRY_SET(envelope, make_envelope(entropy, id, to.mailbox, to.epoch, to.epoch_key,
                                        author != nullptr ? *author : own, body));
  MACHI_TRY(database.prepare("insert into mail_out(id, mailbox, envelope, hash, saved) values(?,?,?,?,?)")
                .bind(id)
                .bind(to.mailbox)
                .bind(envelope)
                .bind(envelope_hash(envelope))
                .bind(now)
                .run());
  // A service worker posts envelopes only: one with attachments waits for the app.
  if (alone && events.on_envelope) events.on_envelope(id, envelope);
  return id;
}

Result<std::optional<std::pair<MessageId, Bytes>>> Client::State::next_envelope(Instant now) {
  std::optional<std::pair<MessageId, Bytes>> found_one;
  auto rows = database.prepare(
      "select id, envelope from mail_out where (arrived is null or again=1) and refused is null and not "
      "exists(select 1 from mail_blob where message=mail_out.id and posted=0) and not exists(select 1 from "
      "mail_introduce where office=mail_out.mailbox and message is not mail_out.id) order by seq");
  for (;;) {
    MACHI_TRY_SET(there, rows.step());
    if (!there) return found_one;
    const auto id = rows.id<MessageId>(0);
    if (auto after = post_after.find(id); after != post_after.end() && now < after->second) continue;
    if (auto puzzle = puzzles.find(id); puzzle != puzzles.end() && !puzzle->second.solved()) continue;
    bool in_flight = false;
    for (const auto& [number, about] : open)
      if (about.purpose == Purpose::Post && about.message == id) in_flight = true;
    if (in_flight) continue;
    found_one.emplace(id, rows.blob(1));
    return found_one;
  }
}

void Client::State::posted(const MessageId& id, int status, ByteView body, Instant now) {
  if (status == 200) {
    auto taken = take_receipt(body, now);
    if (taken.ok()) return;
    // A receipt that does not hold is no receipt: look for new delegations, and ask again later.
    log("mail.receipt-refused", base::code_name(taken.code()));
    post_after[id] = now.plus_seconds(kRetryRefusedSeconds);
    feed_due = now;
    return;
  }
  const WireError error = decode_error(body);
  if (error.code == Code::TooMany && error.puzzle > 0 && error.puzzle <= kHardestPuzzle) {
    log("mail.puzzle", "");
    return begin_puzzle(id, error.puzzle);
  }
  auto introduction = database.prepare("select 1 from mail_introduce where message=?");
  introduction.bind(id);
  auto introduces = introduction.step();
  // The office has cut the lost device off before: this one has to ask for a new slip.
  const bool too_late = introduces.ok() && *introduces && error.code == Code::NotAllowed;
  if (too_late)
    if (auto kept = forget_introduction(id); !kept.ok()) log("mail.storage", "introduction");
  if (!too_late && (status >= 500 || may_change(error.code))) {
    const std::int64_t wait = error.retry_after != 0 ? error.retry_after : kRetryRefusedSeconds;
    post_after[id] = now.plus_seconds(wait);
    log("mail.post-later", base::code_name(error.code));
    return;
  }
  log("mail.post-refused", base::code_name(error.code));
  auto kept = database.prepare("update mail_out set refused=? where id=?")
                  .bind(base::code_name(error.code))
                  .bind(id)
                  .run();
  if (!kept.ok()) log("mail.storage", "refused");
  changed();
}

void Client::State::begin_puzzle(const MessageId& id, int bits) {
  if (auto known = puzzles.find(id); known != puzzles.end()) return known->second.ask(bits);
  auto row = database.prepare("select hash from mail_out where id=?");
  auto there = row.bind(id).step();
  if (there.ok() && *there) puzzles.emplace(id, PuzzleSearch(row.fixed<32>(0), bits));
}

// A slice each time calls are taken: a phone's worker does not stand still for a hard puzzle.
void Client::State::work_on_puzzles() {
  for (auto& [id, puzzle] : puzzles)
    if (!puzzle.solved()) {
      puzzle.search(kTriesAtOnce);
      return;
    }
}

Status Client::State::take_receipt(ByteView bytes, Instant now) {
  base::Error last = fail(Code::UnknownKey, "receipt");
  for (const SignPublic& key : trust.keys(TownRole::HubReceipt, now)) {
    auto receipt = read_receipt(bytes, key);
    if (!receipt.ok()) {
      last = receipt.error();
      continue;
    }
    MACHI_TRY(learn_incarnation(receipt->incarnation, now));
    auto row = database.prepare("select id from mail_out where hash=? and mailbox=?");
    row.bind(receipt->envelope).bind(receipt->mailbox);
    MACHI_TRY_SET(there, row.step());
    if (!there) return fail(Code::NotFound, "receipt of another envelope");
    const auto id = row.id<MessageId>(0);
    store::Transaction transaction(database);
    MACHI_TRY(database.prepare("update mail_out set again=0 where id=?").bind(id).run());
    MACHI_TRY(mark_arrived(id, receipt->at));
    return transaction.commit();
  }
  return last;
}

// Once; what the app does about it is in the same transaction.
Status Client::State::mark_arrived(const MessageId& id, Instant at) {
  MACHI_TRY(database.prepare("update mail_out set arrived=? where id=? and arrived is null")
                .bind(at)
                .bind(id)
                .run());
  if (database.changes() == 0) return {};
  post_after.erase(id);
  puzzles.erase(id);
  MACHI_TRY(forget_introduction(id));
  if (events.on_arrived) events.on_arrived(id);
  changed();
  return {};
}

Status Client::State::mark_had(const MessageId& id, Instant now) {
  MACHI_TRY(
      database.prepare("update mail_out set had=? where id=? and had is null").bind(now).bind(id).run());
  if (database.changes() == 0) return {};
  changed();
  return mark_arrived(id, now);
}

bool Client::State::any_due() const {
  auto row = database.prepare(
      "select 1 from mail_out where (arrived is null or again=1) and refused is null limit 1");
  auto there = row.step();
  return there.ok() && *there;
}

}  // namespace machi::mail

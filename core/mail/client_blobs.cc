// Attachments: locked when they are written, at the hub before the envelope that names them, fetched when
// somebody looks. The bytes of one's own stay for 30 days, since a restored hub may need them again.
#include "core/mail/client_state.h"

namespace machi::mail {

using base::Code;
using base::fail;
using code::Cbor;

namespace {

constexpr std::int64_t kRetrySeconds = 30;
constexpr std::int64_t kKeepSeconds = 30 * 86400;
constexpr std::size_t kEnclosures = 16;

// As for envelopes: what another try can turn.
bool may_change(Code code) {
  return base::is_retryable(code) || code == Code::NotFound || code == Code::UnknownKey ||
         code == Code::NotAllowed;
}

}  // namespace

bool is_enclosure_type(std::string_view media_type, bool from_office) {
  return media_type == "image/jpeg" || media_type == "image/png" || media_type == "image/webp" ||
         (from_office && media_type == "application/pdf");
}

Result<std::vector<Attachment>> Client::State::enclose(const MailboxId& to, const MessageId& message,
                                                       std::vector<Enclosure> enclosures) {
  if (enclosures.size() > kEnclosures) return fail(Code::TooLarge, "enclosures");
  std::vector<Attachment> out;
  for (const Enclosure& one : enclosures) {
    if (!is_enclosure_type(one.media_type, false)) return fail(Code::Unsupported, "media type");
    if (one.bytes.empty()) return fail(Code::BadInput, "empty");
    if (one.bytes.size() > kEnclosureLimit) return fail(Code::TooLarge, "enclosure");
    crypto::Secret<32> key;
    entropy.fill(key.bytes());
    const Bytes locked = crypto::lock(entropy, key, one.bytes);
    const Hash hash = crypto::hash(locked);
    MACHI_TRY(keep_blob(to, message, hash, locked));
    out.push_back({hash, one.bytes.size(), one.media_type, key.bytes()});
  }
  return out;
}

Status Client::State::keep_blob(const MailboxId& mailbox, const MessageId& of, const Hash& hash,
                                ByteView locked) {
  return database.prepare("insert into mail_blob(hash, mailbox, message, bytes) values(?,?,?,?)")
      .bind(hash)
      .bind(mailbox)
      .bind(of)
      .bind(locked)
      .run();
}

Status Client::State::drop_blobs(const MessageId& of) {
  return database.prepare("delete from mail_blob where message=?").bind(of).run();
}

Status Client::State::drop_old_blobs(Instant now) {
  return database
      .prepare(
          "delete from mail_blob where message in (select id from mail_out where saved<? and (arrived is not "
          "null "
          "or refused is not null))")
      .bind(now.plus_seconds(-kKeepSeconds))
      .run();
}

Status Client::State::post_blobs_again() {
  // A snapshot that waits counts in the numbers of before; the next day close makes another.
  MACHI_TRY(database.prepare("delete from mail_blob where message in (select id from mail_snapshot)").run());
  MACHI_TRY(database.prepare("delete from mail_snapshot").run());
  return database
      .prepare("update mail_blob set posted=0 where message in (select id from mail_out where again=1)")
      .run();
}

void Client::State::plan_blobs(std::vector<Call>& out, Instant now) {
  if (busy(Purpose::BlobPost)) return;
  auto rows = database.prepare("select hash, mailbox, message from mail_blob where posted=0 order by seq");
  for (;;) {
    auto there = rows.step();
    if (!there.ok() || !*there) return;
    Conversation about{Purpose::BlobPost, {}};
    about.blob = rows.fixed<32>(0);
    about.message = rows.id<MessageId>(2);
    if (auto after = blob_after.find(about.message); after != blob_after.end() && now < after->second)
      continue;
    const auto mailbox = rows.id<MailboxId>(1);
    if (busy(Purpose::ChangeAccess, mailbox)) continue;
    auto row = database.prepare("select bytes from mail_blob where hash=?");
    row.bind(about.blob);
    auto found = row.step();
    if (!found.ok() || !*found) return;
    Bytes bytes = row.blob(0);
    const crypto::SignKey key = posting(mailbox);
    auto permit = code::decode(make_blob_permit({mailbox, about.blob, bytes.size(), key.open}, key));
    if (!permit.ok()) return;
    call(out, about, "POST", "/v1/blob",
         code::encode(Cbor::array({std::move(*permit), Cbor(std::move(bytes))})));
    out.back().timeout_ms = kBlobTimeoutMs;
    return;
  }
}

void Client::State::blob_posted(const Conversation& about, int status, ByteView body, Instant now) {
  Status kept;
  if (status == 200) {
    kept = database.prepare("update mail_blob set posted=1 where hash=?").bind(about.blob).run();
  } else {
    const WireError error = decode_error(body);
    if (status >= 500 || may_change(error.code)) {
      log("mail.blob-later", base::code_name(error.code));
      blob_after[about.message] =
          now.plus_seconds(error.retry_after != 0 ? error.retry_after : kRetrySeconds);
      return;
    }
    // Without its picture a message says something else: it is refused as a whole.
    log("mail.blob-refused", base::code_name(error.code));
    kept = database.prepare("update mail_out set refused=? where id=?")
               .bind(base::code_name(error.code))
               .bind(about.message)
               .run();
    if (kept.ok()) kept = database.prepare("delete from mail_snapshot where id=?").bind(about.message).run();
    if (kept.ok()) kept = drop_blobs(about.message);
  }
  if (!kept.ok()) {
    log("mail.storage", "blob");
    blob_after[about.message] = now.plus_seconds(kRetrySeconds);
  }
  changed();
}

void Client::State::plan_blob_fetches(std::vector<Call>& out, Instant now) {
  for (auto& [hash, wanted] : blob_wanted) {
    if (busy(Purpose::BlobFetch, wanted.mailbox)) continue;  // one at a time: its bytes are many
    const auto mailbox = mailboxes.find(wanted.mailbox);
    if (wanted.after > now || mailbox == mailboxes.end() || mailbox->second.session.ticket.empty() ||
        mailbox->second.session.with_invitation)
      continue;
    Conversation about{Purpose::BlobFetch, wanted.mailbox};
    about.blob = hash;
    call(out, about, "GET", "/v1/blob?hash=" + base::to_hex(hash), {}, mailbox->second.session.ticket);
    out.back().timeout_ms = kBlobTimeoutMs;
  }
}

void Client::State::blob_fetched(const Conversation& about, int status, ByteView body, Instant now) {
  const auto wanted = blob_wanted.find(about.blob);
  if (wanted == blob_wanted.end()) return;
  Result<Bytes> got = fail(decode_error(body).code, "blob");
  if (status == 200) {
    got = crypto::hash(body) == about.blob ? crypto::unlock(wanted->second.key, body)
                                           : Result<Bytes>(fail(Code::BadInput, "other bytes"));
    if (got.ok() && got->size() != wanted->second.size) got = fail(Code::BadInput, "size");
  } else if (status >= 500 || got.code() == Code::Expired || base::is_retryable(got.code())) {
    // A ticket that is over is renewed by the session.
    wanted->second.after = now.plus_seconds(5);
    return;
  }
  blob_wanted.erase(wanted);
  if (events.on_blob) events.on_blob(about.blob, std::move(got));
  changed();
}

}  // namespace machi::mail

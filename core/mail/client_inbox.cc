// The inbox: frames of the stream become opened messages, each folded once, in the transaction that moves the
// cursor.
#include "core/mail/client_state.h"

namespace machi::mail {

using base::Code;
using base::fail;
using code::Cbor;

namespace {

constexpr std::size_t kFrameLimit = kEnvelopeLimit + 64;
constexpr std::int64_t kVoucherSeconds = 400 * 86400;
constexpr std::int64_t kReadOnSeconds = 5;

bool is_storage(Code code) { return code == Code::Storage || code == Code::StorageFull; }

}  // namespace

void Client::State::take_frames(OwnMailbox& mailbox, ByteView bytes, Instant now) {
  Bytes& buffer = mailbox.session.buffer;
  buffer.insert(buffer.end(), bytes.begin(), bytes.end());
  std::size_t at = 0;
  store::Transaction transaction(database);
  Status trouble;
  bool any = false;
  while (trouble.ok() && buffer.size() - at >= 4) {
    const std::size_t length = (static_cast<std::size_t>(buffer[at]) << 24) |
                               (static_cast<std::size_t>(buffer[at + 1]) << 16) |
                               (static_cast<std::size_t>(buffer[at + 2]) << 8) | buffer[at + 3];
    if (length > kFrameLimit) {
      trouble = fail(Code::TooLarge, "frame");
      break;
    }
    if (buffer.size() - at - 4 < length) break;
    auto frame = code::decode(ByteView(buffer).subspan(at + 4, length));
    at += 4 + length;
    if (!frame.ok()) {
      trouble = frame.error();
      break;
    }
    if (frame->is_null()) continue;
    if (frame->array() == nullptr || frame->array()->size() != 2) {
      trouble = fail(Code::BadInput, "frame");
      break;
    }
    auto number = (*frame->array())[0].integer();
    auto envelope = (*frame->array())[1].bytes();
    if (!number.ok() || !envelope.ok() || *number < 1) {
      trouble = fail(Code::BadInput, "frame");
      break;
    }
    trouble = take_message(mailbox, static_cast<std::uint64_t>(*number), *envelope, now);
    any = true;
  }
  if (trouble.ok()) trouble = send_haves(now);
  if (trouble.ok()) trouble = transaction.commit();
  haves.clear();
  if (!trouble.ok()) {
    // Nothing of this piece is kept; the stream is asked again from the cursor in the tables.
    log("mail.inbox", base::code_name(trouble.code()));
    auto row = database.prepare("select cursor from mail_mailbox where id=?");
    row.bind(mailbox.id);
    if (auto there = row.step(); there.ok() && *there) mailbox.cursor = row.integer(0);
    session_failed(mailbox, WireError{trouble.code(), 0}, now);
    return;
  }
  buffer.erase(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(at));
  if (any) changed();
}

Status Client::State::take_message(OwnMailbox& mailbox, std::uint64_t number, ByteView bytes, Instant now) {
  // Numbers have no gap: one that jumps ahead means that a piece was lost, and the stream is asked again from
  // the cursor.
  if (static_cast<std::int64_t>(number) <= mailbox.cursor) return {};
  if (static_cast<std::int64_t>(number) != mailbox.cursor + 1) return fail(Code::BadInput, "gap");
  auto envelope = read_envelope(bytes);
  if (envelope.ok() && envelope->to == mailbox.id) {
    auto known =
        database.prepare("select incarnation, sealed is not null from mail_in where mailbox=? and id=?");
    known.bind(mailbox.id).bind(envelope->id);
    MACHI_TRY_SET(there, known.step());
    if (!there) {
      MACHI_TRY(open_message(mailbox, number, *envelope, now));
      if (options.sends_have && envelope->from != posting(mailbox.id).open)
        MACHI_TRY(keep_for_colleagues(bytes, now));
    } else if (known.id<IncarnationId>(0) != incarnation) {
      // Posted again after a restore: what is known stays, and the writer hears once more that it is here.
      MACHI_TRY(database.prepare("update mail_in set incarnation=?, number=? where mailbox=? and id=?")
                    .bind(incarnation)
                    .bind(static_cast<std::int64_t>(number))
                    .bind(mailbox.id)
                    .bind(envelope->id)
                    .run());
      MACHI_TRY(database.prepare("update mail_errand set done=1 where done=0 and body=?").bind(bytes).run());
      MACHI_TRY(owe_have(mailbox, *envelope));
    }
  } else {
    log("mail.envelope-refused", envelope.ok() ? "other mailbox" : base::code_name(envelope.code()));
  }
  mailbox.cursor = static_cast<std::int64_t>(number);
  mailbox.cursor_of = incarnation;
  return database.prepare("update mail_mailbox set cursor=?, cursor_of=? where id=?")
      .bind(mailbox.cursor)
      .bind(incarnation)
      .bind(mailbox.id)
      .run();
}

Status Client::State::open_message(OwnMailbox& mailbox, std::uint64_t number, const Envelope& envelope,
                                   Instant now) {
  auto keep = [&](std::string_view trouble) {
    return database
        .prepare(
            "insert into mail_in(mailbox, id, sender, number, incarnation, at, trouble) "
            "values(?,?,?,?,?,?,nullif(?,''))"
            " on conflict(mailbox, id) do update set trouble=excluded.trouble, sealed=null")
        .bind(mailbox.id)
        .bind(envelope.id)
        .bind(canonical(envelope.from).bytes)
        .bind(static_cast<std::int64_t>(number))
        .bind(incarnation)
        .bind(now)
        .bind(trouble)
        .run();
  };
  auto epoch = mailbox.epochs.find(envelope.epoch);
  if (epoch == mailbox.epochs.end()) {
    // Sealed to an epoch whose grant has not come yet: keep it, ask for grants, open it then.
    log("mail.epoch-missing", "");
    mailbox.wants_grants = true;
    mailbox.wants_sync |=
        envelope.epoch > mailbox.log.epoch();  // begun by an entry that this device has not read
    return database
        .prepare(
            "insert into mail_in(mailbox, id, sender, number, incarnation, at, sealed) values(?,?,?,?,?,?,?)")
        .bind(mailbox.id)
        .bind(envelope.id)
        .bind(envelope.from.bytes)
        .bind(static_cast<std::int64_t>(number))
        .bind(incarnation)
        .bind(now)
        .bind(rewrap(envelope))
        .run();
  }
  // A colleague may have let somebody in. Desks that know the same log agree at once after a restore.
  if (mailbox.nature == Nature::Office && !mailbox.log_due && !mailbox.log.members().contains(envelope.from))
    mailbox.log_due = now.plus_seconds(kReadOnSeconds);
  auto body = open_envelope(envelope, epoch->second.key);
  if (!body.ok()) {
    log("mail.body-refused", base::code_name(body.code()));
    return keep(base::code_name(body.code()));
  }
  auto sender = sender_of(envelope, *body, now);
  if (!sender.ok()) {
    log("mail.sender-refused", base::code_name(sender.code()));
    return keep(base::code_name(sender.code()));
  }
  for (const Attachment& one : body->attachments)
    if (!is_enclosure_type(one.media_type, sender->has_value()) || one.size > kEnclosureLimit) {
      log("mail.attachment-refused", "");
      return keep(base::code_name(Code::Unsupported));
    }
  const Received received{
      mailbox.id, number,        envelope.id, canonical(envelope.from), body->kind,    body->written,
      now,        body->content, *sender,     body->attachments,        envelope.epoch};
  Status delivered;
  {
    store::Transaction inner(database);
    if (received.kind == "person.device")
      delivered = take_device(mailbox, envelope, received);
    else if (received.kind == "person.devices")
      delivered = introduce_all(mailbox, envelope, received, now);
    else if (received.kind == "person.introduced")
      delivered = take_introduced(mailbox, envelope, received);
    else if (received.kind == "person.stays")
      delivered = take_stays(mailbox, envelope, received);
    else
      delivered = deliver(received, now);
    if (delivered.ok()) delivered = inner.commit();
  }
  if (!delivered.ok() && is_storage(delivered.code())) return delivered;
  if (!delivered.ok()) log("mail.message-refused", base::code_name(delivered.code()));
  MACHI_TRY(keep(delivered.ok() ? "" : base::code_name(delivered.code())));
  if (envelope.from == posting(mailbox.id).open) return mark_had(envelope.id, now);
  if (received.kind != "receipt.have") return owe_have(mailbox, envelope);
  return {};
}

Result<std::optional<OfficeSender>> Client::State::sender_of(const Envelope& envelope, const Body& body,
                                                             Instant now) {
  std::optional<OfficeSender> none;
  if (!body.proof) return none;
  if (body.proof->chain.empty()) return fail(Code::BadInput, "chain");
  MACHI_TRY_SET(first, read_access_entry(body.proof->chain.front()));
  auto office = offices.find(first.mailbox);
  if (office == offices.end()) {
    feed_due = now;
    return fail(Code::UnknownKey, "office");
  }
  MACHI_TRY_SET(sender, check_proof(*body.proof, first.mailbox, office->second.founder, envelope, now));
  if (sender.epoch != 0)
    MACHI_TRY(database
                  .prepare("insert into mail_recipient values(?,?,?) on conflict(mailbox) do update set "
                           "epoch=excluded.epoch, key=excluded.key where excluded.epoch>mail_recipient.epoch")
                  .bind(sender.office)
                  .bind(static_cast<std::int64_t>(sender.epoch))
                  .bind(sender.epoch_key.bytes)
                  .run());
  return std::optional<OfficeSender>{sender};
}

Status Client::State::deliver(const Received& received, Instant now) {
  if (received.kind == "receipt.have") {
    if (!received.office) return fail(Code::NotAllowed, "have without proof");
    const Cbor* list = received.content.find(1);
    if (list == nullptr || list->array() == nullptr) return fail(Code::BadInput, "have");
    for (const Cbor& item : *list->array()) {
      MACHI_TRY_SET(raw, item.bytes());
      MACHI_TRY_SET(id, MessageId::from(raw));
      MACHI_TRY(mark_had(id, now));
    }
    return {};
  }
  if (received.kind == "slip.application") MACHI_TRY(remember_applicant(received));
  return events.on_message ? events.on_message(received) : Status{};
}

Status Client::State::remember_applicant(const Received& received) {
  MACHI_TRY_SET(application, decode_application(received.content));
  MACHI_TRY(database
                .prepare("insert into mail_correspondent values(?,?,?,?) on conflict(sender) do update set "
                         "mailbox=excluded.mailbox, epoch=excluded.epoch, key=excluded.key")
                .bind(received.from.bytes)
                .bind(application.person)
                .bind(static_cast<std::int64_t>(application.epoch))
                .bind(application.epoch_key.bytes)
                .run());
  // What overtook the application on the way could not be answered: now it can.
  auto earlier = database.prepare("select id from mail_in where mailbox=? and sender=?");
  earlier.bind(received.mailbox).bind(received.from.bytes);
  for (;;) {
    MACHI_TRY_SET(there, earlier.step());
    if (!there) return {};
    if (options.sends_have) haves[received.from].push_back(earlier.id<MessageId>(0));
  }
}

// Whoever may not read the office's mail wrote from outside, and is told by itself that the desk has it.
Status Client::State::owe_have(const OwnMailbox& mailbox, const Envelope& envelope) {
  if (!options.sends_have || mailbox.nature != Nature::Office) return {};
  const auto member = mailbox.log.members().find(envelope.from);
  if (member == mailbox.log.members().end() || !member->second.rights.read)
    haves[canonical(envelope.from)].push_back(envelope.id);
  return {};
}

Status Client::State::send_haves(Instant now) {
  for (const auto& [sender, ids] : haves) {
    auto row = database.prepare("select mailbox, epoch, key from mail_correspondent where sender=?");
    row.bind(sender.bytes);
    MACHI_TRY_SET(there, row.step());
    if (!there) continue;
    const Recipient to{row.id<MailboxId>(0), static_cast<std::uint64_t>(row.integer(1)),
                       SealPublic{row.fixed<32>(2)}};
    code::CborArray list;
    for (const MessageId& id : ids) list.emplace_back(id.view());
    for (auto& [office, mailbox] : mailboxes) {
      if (mailbox.nature != Nature::Office || mailbox.belonging == Belonging::Joining ||
          mailbox.belonging == Belonging::Standby)
        continue;
      MACHI_TRY_SET(why, proof(office, to.mailbox, now.plus_seconds(kVoucherSeconds)));
      Body body;
      body.kind = "receipt.have";
      body.content = Cbor::map({{1, Cbor(std::move(list))}});
      body.proof = std::move(why);
      MACHI_TRY(write(to, std::move(body), now));
      break;
    }
  }
  haves.clear();
  return {};
}

Status Client::State::retry_sealed(OwnMailbox& mailbox, Instant now) {
  std::vector<std::pair<std::uint64_t, Bytes>> waiting;
  {
    auto rows = database.prepare(
        "select number, sealed from mail_in where mailbox=? and sealed is not null order by number");
    rows.bind(mailbox.id);
    for (;;) {
      MACHI_TRY_SET(there, rows.step());
      if (!there) break;
      waiting.emplace_back(static_cast<std::uint64_t>(rows.integer(0)), rows.blob(1));
    }
  }
  store::Transaction transaction(database);
  for (const auto& [number, kept] : waiting) {
    auto envelope = unwrap(mailbox.id, kept);
    if (!envelope.ok() || !mailbox.epochs.contains(envelope->epoch)) continue;
    MACHI_TRY(open_message(mailbox, number, *envelope, now));
  }
  MACHI_TRY(send_haves(now));
  MACHI_TRY(transaction.commit());
  if (!waiting.empty()) changed();
  return {};
}

// An envelope whose signature was checked, as it waits for its epoch.
Bytes Client::State::rewrap(const Envelope& e) {
  return code::encode(
      Cbor::map({{1, e.id.view()}, {3, e.epoch}, {4, e.from.bytes}, {5, ByteView(e.sealed)}}));
}

Result<Envelope> Client::State::unwrap(const MailboxId& to, ByteView kept) {
  MACHI_TRY_SET(map, code::decode(kept));
  MACHI_TRY_SET(raw_id, map.bytes_at(1));
  MACHI_TRY_SET(id, MessageId::from(raw_id));
  MACHI_TRY_SET(epoch, map.integer_at(3));
  MACHI_TRY_SET(from, map.fixed_at<32>(4));
  MACHI_TRY_SET(sealed, map.bytes_at(5));
  return Envelope{id, to, static_cast<std::uint64_t>(epoch), SignPublic{from}, base::copy(sealed)};
}

}  // namespace machi::mail

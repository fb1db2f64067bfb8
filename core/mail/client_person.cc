// The devices of one person: recovery by the printed sheet, and how offices learn that another device is the
// same person's. What a later device writes counts as the first one's: services know persons, not devices.
#include <algorithm>

#include "core/mail/client_state.h"

namespace machi::mail {

using base::Code;
using base::fail;
using code::Cbor;

// --- at the office

SignPublic Client::State::canonical(const SignPublic& sender) {
  auto row = database.prepare("select first from mail_device where sender=?");
  row.bind(sender.bytes);
  auto there = row.step();
  return there.ok() && *there ? SignPublic{row.fixed<32>(0)} : sender;
}

std::vector<SignPublic> Client::State::devices_of(const SignPublic& from) {
  const SignPublic first = canonical(from);
  std::vector<SignPublic> out{first};
  auto rows = database.prepare("select sender from mail_device where first=? order by seq");
  rows.bind(first.bytes);
  for (;;) {
    auto there = rows.step();
    if (!there.ok() || !*there) return out;
    out.push_back(SignPublic{rows.fixed<32>(0)});
  }
}

SignPublic Client::State::current(const SignPublic& key) {
  auto row = database.prepare(
      "select sender from mail_device where first=? and replaces=1 order by seq desc limit 1");
  row.bind(canonical(key).bytes);
  auto there = row.step();
  return there.ok() && *there ? SignPublic{row.fixed<32>(0)} : key;
}

Status Client::State::take_device(OwnMailbox& mailbox, const Envelope& envelope, const Received& received) {
  MACHI_TRY_SET(raw, received.content.bytes_at(1));
  MACHI_TRY_SET(statement, read_device_statement(raw));
  const Cbor* replaces_at = received.content.find(2);
  if (replaces_at == nullptr) return fail(Code::BadInput, "replaces");
  MACHI_TRY_SET(replaces, replaces_at->boolean());
  MACHI_TRY_SET(epoch, received.content.integer_at(3));
  MACHI_TRY_SET(epoch_key, received.content.fixed_at<32>(4));
  if (epoch < 1 || !crypto::is_sound(SealPublic{epoch_key})) return fail(Code::BadInput, "epoch");
  if (mailbox.nature != Nature::Office || statement.office != mailbox.id)
    return fail(Code::BadInput, "office");
  // Both say that they are one person: the new device by the statement's signature, the known one by the
  // envelope's.
  auto person = database.prepare("select mailbox from mail_correspondent where sender=?");
  person.bind(received.from.bytes);
  MACHI_TRY_SET(known, person.step());
  if (!known || person.id<MailboxId>(0) != statement.person) return fail(Code::NotAllowed, "person");
  auto other = database.prepare("select 1 from mail_correspondent where sender=?");
  other.bind(statement.device.bytes);
  MACHI_TRY_SET(applied, other.step());
  if (applied) return fail(Code::Conflict, "a device that applied by itself");
  MACHI_TRY(database.prepare("insert or ignore into mail_device(sender, first, replaces) values(?,?,?)")
                .bind(statement.device.bytes)
                .bind(received.from.bytes)
                .bind(replaces)
                .run());
  MACHI_TRY(database.prepare("update mail_correspondent set epoch=?, key=? where sender=? and epoch<=?")
                .bind(epoch)
                .bind(epoch_key)
                .bind(received.from.bytes)
                .bind(epoch)
                .run());
  // Only while the known device is listed, and never anew what the office has taken off since.
  const auto listed = mailbox.log.members().find(envelope.from);
  const auto self = mailbox.log.members().find(posting(mailbox.id).open);
  if (listed == mailbox.log.members().end() || !listed->second.rights.post || listed->second.rights.read ||
      self == mailbox.log.members().end() || !self->second.rights.admin ||
      mailbox.log.was_member(statement.device))
    return {};
  MACHI_TRY(wish(mailbox.id, AccessOp::Add, statement.device, kPostOnly, std::nullopt, std::nullopt));
  if (replaces) MACHI_TRY(wish(mailbox.id, AccessOp::Remove, envelope.from, {}, std::nullopt, std::nullopt));
  return {};
}

// --- at the person

std::vector<MailboxId> Client::State::offices_written_to() {
  std::vector<MailboxId> out;
  auto rows = database.prepare(
      "select distinct mailbox from mail_out where mailbox in (select mailbox from mail_office) union select "
      "office "
      "from mail_introduce");
  for (;;) {
    auto there = rows.step();
    if (!there.ok() || !*there) return out;
    out.push_back(rows.id<MailboxId>(0));
  }
}

Status Client::State::write_to_office(const MailboxId& office, std::string_view kind, Cbor content,
                                      Instant now, const crypto::SignKey* author, MessageId* id) {
  const auto listed = offices.find(office);
  if (listed == offices.end()) return fail(Code::NotFound, "office");
  Recipient to{office, listed->second.epoch, listed->second.epoch_key};
  auto newer = database.prepare("select epoch, key from mail_recipient where mailbox=?");
  newer.bind(office);
  MACHI_TRY_SET(there, newer.step());
  if (there && static_cast<std::uint64_t>(newer.integer(0)) > to.epoch)
    to = Recipient{office, static_cast<std::uint64_t>(newer.integer(0)), SealPublic{newer.fixed<32>(1)}};
  Body body;
  body.kind = kind;
  body.content = std::move(content);
  MACHI_TRY_SET(written, write(to, std::move(body), now, {}, author));
  if (id != nullptr) *id = written;
  return {};
}

Status Client::State::write_introduction(const MailboxId& office, const OwnMailbox& person,
                                         ByteView statement, bool replaces, const crypto::SignKey* author,
                                         Instant now, MessageId* id) {
  return write_to_office(
      office, "person.device",
      Cbor::map({{1, statement}, {2, replaces}, {3, person.log.epoch()}, {4, person.log.epoch_key().bytes}}),
      now, author, id);
}

// A second device asks the first, in the mailbox that both read, to make it known.
Status Client::State::offer_devices(OwnMailbox& mailbox, const std::vector<MailboxId>& targets, bool waits,
                                    Instant now) {
  Body body;
  body.kind = "person.devices";
  body.content = Cbor::map({{1, own_statements(mailbox.id, targets)}});
  MACHI_TRY(write({mailbox.id, mailbox.log.epoch(), mailbox.log.epoch_key()}, std::move(body), now));
  if (!waits) return {};
  // Until then nothing goes to the offices: they would not know whose it is.
  for (const MailboxId& office : targets)
    MACHI_TRY(database.prepare("insert or ignore into mail_introduce(office, message) values(?,?)")
                  .bind(office)
                  .bind(MessageId{})
                  .run());
  return {};
}

Status Client::State::take_introduced(const OwnMailbox& mailbox, const Envelope& envelope,
                                      const Received& received) {
  const auto member = mailbox.log.members().find(envelope.from);
  MACHI_TRY_SET(whom, received.content.fixed_at<32>(1));
  if (mailbox.nature != Nature::Person || member == mailbox.log.members().end() ||
      !member->second.rights.read)
    return fail(Code::NotAllowed, "introduced");
  MACHI_TRY(learn_keys(mailbox, envelope, received.content.find(2)));
  if (whom != posting(mailbox.id).open.bytes) return {};
  return forget_introduction(MessageId{});
}

Status Client::State::introduce_all(OwnMailbox& mailbox, const Envelope& envelope, const Received& received,
                                    Instant now) {
  const auto member = mailbox.log.members().find(envelope.from);
  if (mailbox.nature != Nature::Person || member == mailbox.log.members().end() ||
      !member->second.rights.read)
    return fail(Code::NotAllowed, "devices");
  if (envelope.from == posting(mailbox.id).open) return {};
  const Cbor* list = received.content.find(1);
  if (list == nullptr || list->array() == nullptr) return fail(Code::BadInput, "devices");
  MACHI_TRY(learn_keys(mailbox, envelope, list));
  const std::vector<MailboxId> known = offices_written_to();
  for (const Cbor& item : *list->array()) {
    MACHI_TRY_SET(raw, item.bytes());
    MACHI_TRY_SET(statement, read_device_statement(raw));
    if (statement.person != mailbox.id ||
        std::find(known.begin(), known.end(), statement.office) == known.end())
      continue;
    MACHI_TRY(write_introduction(statement.office, mailbox, raw, false, nullptr, now, nullptr));
  }
  Body body;
  body.kind = "person.introduced";
  body.content = Cbor::map({{1, envelope.from.bytes}, {2, own_statements(mailbox.id, known)}});
  MACHI_TRY(write({mailbox.id, mailbox.log.epoch(), mailbox.log.epoch_key()}, std::move(body), now));
  return {};
}

Result<SlipCode> Client::hand_over(ByteView bytes, Instant to, Instant now) {
  MACHI_TRY_SET(person, person_mailbox(now));
  store::Transaction transaction(state_->database);
  MACHI_TRY_SET(secret, invite(person, to, now));
  MACHI_TRY(state_->post_snapshot(person, bytes, folded(person), now));
  SlipCode code{};
  state_->entropy.fill(code);
  Bytes invitation = code::encode(Cbor::map({{1, person.view()}, {2, secret.view()}}));
  MACHI_TRY(post_slip(person, code, invitation, to));
  crypto::wipe(invitation);
  MACHI_TRY(transaction.commit());
  return code;
}

bool Client::handed_over() const {
  auto row = state_->database.prepare(
      "select 1 from mail_errand where path='/v1/slip-record' and done=0 union select 1 from mail_snapshot "
      "union select "
      "1 from "
      "mail_wish union select 1 from mail_change");
  const auto waits = row.step();
  return waits.ok() && !*waits;
}

Status Client::take_over(ByteView invitation, Instant now) {
  for (const auto& [id, mailbox] : state_->mailboxes)
    if (mailbox.nature == Nature::Person && mailbox.belonging != Belonging::Refused)
      return fail(Code::Conflict, "a mailbox of its own");
  MACHI_TRY_SET(map, code::decode(invitation));
  MACHI_TRY_SET(raw, map.bytes_at(1));
  MACHI_TRY_SET(person, MailboxId::from(raw));
  MACHI_TRY_SET(secret, map.fixed_at<32>(2));
  return join(person, crypto::Secret<32>(secret), now, Nature::Person);
}

// A device that took a lost one's place says so at every office, with the lost one's key, before anything
// else.
Status Client::State::plan_introductions(Instant now) {
  if (!former) return {};
  OwnMailbox* person = own_person();
  if (person == nullptr) return {};
  std::vector<MailboxId> due;
  bool any = false;
  {
    auto rows = database.prepare("select office, message from mail_introduce");
    for (;;) {
      MACHI_TRY_SET(there, rows.step());
      if (!there) break;
      any = true;
      if (rows.is_null(1) && offices.contains(rows.id<MailboxId>(0))) due.push_back(rows.id<MailboxId>(0));
    }
  }
  if (!any) {
    MACHI_TRY(database.prepare("delete from mail_note where name='former'").run());
    former.reset();
    // The devices beside it hear of it, and say under which keys they write.
    return person->log.readers(now).size() < 2 ? Status{}
                                               : offer_devices(*person, offices_written_to(), false, now);
  }
  for (const MailboxId& office : due) {
    store::Transaction transaction(database);
    const Bytes statement = make_device_statement({office, {}, person->id}, posting(office));
    MessageId id;
    const crypto::SignKey lost = former->posting(office);
    MACHI_TRY(write_introduction(office, *person, statement, true, &lost, now, &id));
    MACHI_TRY(
        database.prepare("update mail_introduce set message=? where office=?").bind(id).bind(office).run());
    MACHI_TRY(transaction.commit());
  }
  return {};
}

Status Client::State::forget_introduction(const MessageId& id) {
  return database.prepare("delete from mail_introduce where message=?").bind(id).run();
}

Result<Bytes> Client::State::recovery_content(ByteView service) {
  SnapshotContent content;
  content.service = base::copy(service);
  content.offices = offices_written_to();
  auto rows = database.prepare(
      "select id, sender from mail_in where mailbox in (select id from mail_mailbox where nature=2) and "
      "sealed is null");
  for (;;) {
    MACHI_TRY_SET(there, rows.step());
    if (!there) break;
    content.messages.push_back({rows.id<MessageId>(0), SignPublic{rows.fixed<32>(1)}});
  }
  MACHI_TRY_SET(arrived, arrivals());
  content.arrived = std::move(arrived);
  return encode_snapshot_content(content);
}

// What this person's devices wrote and the town took: another device says no less of it.
Result<std::vector<KnownArrival>> Client::State::arrivals() {
  std::vector<KnownArrival> out;
  auto rows = database.prepare(
      "select id, mailbox, arrived from mail_out where arrived is not null and mailbox in (select mailbox "
      "from mail_office)");
  for (;;) {
    MACHI_TRY_SET(there, rows.step());
    if (!there) return out;
    out.push_back({rows.id<MessageId>(0), rows.id<MailboxId>(1), rows.instant(2)});
  }
}

// Rows without an envelope: so old that nothing is ever posted of them.
Status Client::State::keep_arrivals(const std::vector<KnownArrival>& arrived) {
  for (const KnownArrival& one : arrived)
    MACHI_TRY(database
                  .prepare("insert or ignore into mail_out(id, mailbox, envelope, hash, saved, arrived) "
                           "values(?,?,x'',?,0,?)")
                  .bind(one.id)
                  .bind(one.to)
                  .bind(one.id)
                  .bind(one.at)
                  .run());
  return {};
}

Status Client::State::post_slot(Instant) {
  const Bytes kept = saved("recovery");
  const auto raw = base::fixed<18>(kept);
  if (!raw.ok()) return {};
  const PaperKey paper{crypto::Secret<18>(*raw)};
  const OwnMailbox* person = nullptr;
  for (const auto& [id, mailbox] : mailboxes)
    if (mailbox.nature == Nature::Person && mailbox.belonging != Belonging::Refused) person = &mailbox;
  if (person == nullptr) return fail(Code::NotFound, "mailbox");
  MACHI_TRY_SET(content, recovery_content(saved("recovery-bytes")));
  MACHI_TRY_SET(seed_bytes, base::fixed<32>(seed->view()));
  MACHI_TRY_SET(record,
                make_slot(entropy, paper, {person->id, crypto::Secret<32>(seed_bytes), std::move(content)},
                          posting(person->id)));
  crypto::wipe(seed_bytes);
  MACHI_TRY(database.prepare("delete from mail_errand where path='/v1/slot'").run());
  return database.prepare("insert into mail_errand(path, body) values('/v1/slot', ?)").bind(record).run();
}

void Client::State::slot_answered(int status, ByteView body, Instant now) {
  if (!slot_asked) return;
  const WireError error = status == 200 ? WireError{} : decode_error(body);
  // Asked again after a while.
  if (status >= 500 || (status != 200 && base::is_retryable(error.code))) return network_failed(now);
  const PaperKey paper = std::move(*slot_asked);
  slot_asked.reset();
  Status taken = status == 200 ? take_slot(paper, body, now) : Status(fail(error.code, "slot"));
  if (!taken.ok()) {
    log("mail.recovery-refused", base::code_name(taken.code()));
    if (events.on_recovered) static_cast<void>(events.on_recovered(Result<Bytes>(taken.error())));
  }
  changed();
}

Status Client::State::take_slot(const PaperKey& paper, ByteView body, Instant) {
  MACHI_TRY_SET(map, code::decode(body));
  MACHI_TRY_SET(locked, map.bytes_at(1));
  MACHI_TRY_SET(slot, open_slot(paper, locked));
  MACHI_TRY_SET(content, decode_snapshot_content(slot.content));
  for (const auto& [id, mailbox] : mailboxes)
    if (mailbox.nature == Nature::Person && mailbox.belonging != Belonging::Refused)
      return fail(Code::Conflict, "a mailbox of its own");
  store::Transaction transaction(database);
  MACHI_TRY(save("former", slot.seed.view()));
  MACHI_TRY(save("recovery", paper.bytes.view()));
  MACHI_TRY(save("recovery-bytes", content.service));
  MACHI_TRY(keep_arrivals(content.arrived));
  for (const MailboxId& office : content.offices)
    MACHI_TRY(database.prepare("insert or ignore into mail_introduce(office) values(?)").bind(office).run());
  for (const KnownMessage& message : content.messages)
    MACHI_TRY(database
                  .prepare("insert or ignore into mail_in(mailbox, id, sender, number, incarnation, at) "
                           "values(?,?,?,0,?,0)")
                  .bind(slot.mailbox)
                  .bind(message.id)
                  .bind(message.sender.bytes)
                  .bind(incarnation)
                  .run());
  if (events.on_recovered) MACHI_TRY(events.on_recovered(Result<Bytes>(content.service)));
  // The lost device's seed is the invitation: this one comes in, and that one goes out.
  MACHI_TRY(join(slot.mailbox, slot.seed.clone(), Nature::Person, false));
  MACHI_TRY(transaction.commit());
  former.emplace(std::move(slot.seed));
  return {};
}

}  // namespace machi::mail
